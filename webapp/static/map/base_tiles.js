// What an import adds below the base map: vector tiles, drawn on canvas. Fetched only where there are some.
// @ts-check
/** @import { BaseTiles, PathStyle } from "./wire.js" */
/** @import { Shape, TileLayer } from "./vector_tile.js" */
import { Archive } from "./pmtiles.js";
import { layersOf } from "./vector_tile.js";

const SIZE = 256; // pixels of the map
const KEPT = 32; // tiles that were read
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
  /** @type {Map<string, Promise<Map<string, TileLayer>>>} */
  const known = new Map();

  /**
   * @param {number} zoom
   * @param {number} x
   * @param {number} y
   */
  function layersAt(zoom, x, y) {
    const key = `${zoom}/${x}/${y}`;
    const found = known.get(key) ?? archive.tile(zoom, x, y).then((bytes) => layersOf(bytes ?? new Uint8Array()));
    found.catch(() => known.delete(key));
    known.set(key, found);
    known.size > KEPT && known.delete([...known.keys()][0]);
    return found;
  }

  /** @type {Map<HTMLElement, () => void>} what draws each tile that is shown */
  const shown = new Map();

  class Tiles extends L.GridLayer {
    // Draws every tile anew, from what is here: Leaflet would fetch all, and mistakes a zoom between two for a level.
    redraw() {
      shown.forEach((again) => again());
      return this;
    }

    /**
     * @param {L.Coords} coords
     * @param {L.DoneCallback} done
     * @returns {HTMLElement}
     */
    createTile({ x, y, z }, done) {
      const canvas = document.createElement("canvas");
      const times = 2 ** Math.max(z - spec.to_zoom, 0); // deeper than there are tiles: a part of one, drawn anew
      layersAt(Math.min(z, spec.to_zoom), Math.floor(x / times), Math.floor(y / times)).then(
        (layers) => {
          const part = { layers, times, right: x % times, down: y % times };
          shown.set(canvas, () => draw(canvas, part, spec.layers, styleOf));
          shown.get(canvas)?.();
          done(undefined, canvas);
        },
        (error) => done(error, canvas),
      );
      return canvas;
    }
  }
  const layer = new Tiles({ ...options, minZoom: spec.from_zoom, keepBuffer: 1, updateWhenZooming: false });
  return layer.on("tileunload", ({ tile }) => shown.delete(tile));
}

/**
 * What a tile shows: a square of another one, whose side is so many times as long.
 * @typedef {{ layers: Map<string, TileLayer>, times: number, right: number, down: number }} Part
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Part} part
 * @param {string[]} order the layers from bottom to top
 * @param {(layer: string) => PathStyle | undefined} styleOf
 */
function draw(canvas, { layers, times, right, down }, order, styleOf) {
  const side = SIZE * Math.min(devicePixelRatio, DETAIL);
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  pen?.translate(-right * side, -down * side);
  for (const name of order) {
    const layer = layers.get(name);
    const style = styleOf(name);
    if (pen && layer && style) {
      const scale = (side * times) / layer.extent;
      pen.lineWidth = ((style.weight ?? 1) * side * (times > 1 ? 1.6 : 1)) / SIZE;
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
