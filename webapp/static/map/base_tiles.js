// What an import adds below the base map: vector tiles, drawn on canvas. Fetched only where there are some.
// @ts-check
/** @import { BaseTiles, PathStyle } from "./wire.js" */
/** @import { Shape } from "./vector_tile.js" */
import { Archive } from "./pmtiles.js";
import { layersOf } from "./vector_tile.js";

const DETAIL = 2; // pixels of a canvas by pixels of the map, at most

/**
 * A layer for Leaflet; `styleOf` says how a layer of the tiles is drawn now, undefined where it is hidden.
 * @param {BaseTiles} spec
 * @param {(layer: string) => PathStyle | undefined} styleOf
 * @param {{ pane: string, attribution: string }} options
 * @returns {L.GridLayer}
 */
export function tileLayer(spec, styleOf, options) {
  const archive = new Archive(spec.url);
  class Tiles extends L.GridLayer {
    /**
     * @param {L.Coords} coords
     * @param {L.DoneCallback} done
     * @returns {HTMLElement}
     */
    createTile({ x, y, z }, done) {
      const canvas = document.createElement("canvas");
      archive.tile(z, x, y).then(
        (bytes) => {
          bytes && draw(canvas, bytes, spec.layers, styleOf, z);
          done(undefined, canvas);
        },
        (error) => done(error, canvas),
      );
      return canvas;
    }
  }
  return new Tiles({ ...options, minZoom: spec.from_zoom, maxNativeZoom: spec.to_zoom, keepBuffer: 1, updateWhenZooming: false });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} bytes
 * @param {string[]} order the layers from bottom to top
 * @param {(layer: string) => PathStyle | undefined} styleOf
 * @param {number} zoom
 */
function draw(canvas, bytes, order, styleOf, zoom) {
  const size = 256;
  const detail = Math.min(devicePixelRatio, DETAIL);
  canvas.width = canvas.height = size * detail;
  const pen = canvas.getContext("2d");
  const layers = layersOf(bytes);
  for (const name of order) {
    const layer = layers.get(name);
    const style = styleOf(name);
    if (pen && layer && style) {
      const scale = (size * detail) / layer.extent;
      pen.lineWidth = (style.weight ?? 1) * detail * (zoom > 12 ? 1.6 : 1);
      pen.lineJoin = pen.lineCap = "round";
      pen.strokeStyle = style.color ?? "transparent";
      pen.fillStyle = style.fillColor ?? "transparent";
      layer.shapes.forEach((shape) => drawShape(pen, shape, scale));
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Shape} shape
 * @param {number} scale
 */
function drawShape(pen, { isArea, parts }, scale) {
  pen.beginPath();
  for (const part of parts) {
    pen.moveTo(part[0] * scale, part[1] * scale);
    for (let at = 2; at < part.length; at += 2) {
      pen.lineTo(part[at] * scale, part[at + 1] * scale);
    }
  }
  isArea ? pen.fill("evenodd") : pen.stroke();
}
