// Arrows where lines leave the area, with the name of where they go.
// @ts-check
/** @import { Label } from "./labels.js" */
/** @import { LineEnd } from "./wire.js" */
import { latLng } from "./geometry.js";
import { placeLabel } from "./labels.js";
import { words } from "./page.js";
import { onShapes } from "./view.js";
import { filled } from "./wording.js";

const LENGTH_PX = 7;
const WIDTH_PX = 4.5;
const NAMED_FROM = 8;
const RANK = 8;

/**
 * What Leaflet draws a circle with; its types leave this out.
 * @typedef {{ _point: L.Point, _renderer: { _ctx: CanvasRenderingContext2D, _drawing: boolean, _fillStroke: (ctx: CanvasRenderingContext2D, layer: unknown) => void }, _empty: () => boolean, options: { bearing: number } }} Drawing
 */

/** @type {new (at: L.LatLng, options: object) => L.CircleMarker} */
const Arrow = /** @type {any} */ (L.CircleMarker.extend(
  /** @type {{ _updatePath: () => void }} */ ({
    _updatePath() {
      const { _renderer: renderer, _point: point, options } = /** @type {Drawing} */ (/** @type {unknown} */ (this));
      const ctx = renderer._ctx;
      if (!renderer._drawing) {
        return;
      }
      const angle = (options.bearing * Math.PI) / 180;
      const [dx, dy] = [Math.sin(angle), -Math.cos(angle)];
      ctx.beginPath();
      ctx.moveTo(point.x + dx * LENGTH_PX, point.y + dy * LENGTH_PX);
      ctx.lineTo(point.x - dy * WIDTH_PX, point.y + dx * WIDTH_PX);
      ctx.lineTo(point.x + dy * WIDTH_PX, point.y - dx * WIDTH_PX);
      ctx.closePath();
      renderer._fillStroke(ctx, this);
    },
  }),
));

/**
 * The arrow of an end, in a colour.
 * @param {LineEnd} end
 * @returns {L.CircleMarker}
 */
export function arrow({ at, bearing }) {
  const options = { ...onShapes, radius: LENGTH_PX, bearing, stroke: false, fill: true, fillOpacity: 1, interactive: false };
  return new Arrow(latLng(at), options);
}

/**
 * The name of where a line goes, ahead of its arrow; null where no record tells.
 * @param {LineEnd} end
 * @returns {Label | null}
 */
export function goal({ at, name }) {
  if (name === null) {
    return null;
  }
  const sign = placeLabel(latLng(at), filled(words.towards, { place: name }), "goal");
  return { zoom: NAMED_FROM, rank: RANK, sign, isOff: false, dot: LENGTH_PX };
}
