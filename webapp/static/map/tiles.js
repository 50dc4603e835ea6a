// Tiles of other hosts; those in GCJ-02 are moved to where WGS-84 has what they show.
// @ts-check
/** @import { OnlineMap } from "./wire.js" */
import { gcj02Shift } from "./gcj02.js";
import { asAttribution, map } from "./view.js";

/**
 * What Leaflet places tiles by; its types leave these methods out.
 * @typedef {object} Placing
 * @property {(level: object, center: L.LatLng, zoom: number) => void} _setZoomTransform
 * @property {(center: L.LatLng) => L.Bounds} _getTiledPixelBounds
 */

// Laid so that every place lies where WGS-84 has it: exact in the middle of the window, and within a few metres at its
// edges.
const Gcj02TileLayer = L.TileLayer.extend(
  /** @type {Placing} */ ({
    _setZoomTransform(level, center, zoom) {
      placing()._setZoomTransform.call(this, level, shifted(center), zoom);
    },
    _getTiledPixelBounds(center) {
      return placing()._getTiledPixelBounds.call(this, shifted(center));
    },
  }),
);

/** @returns {Placing} */
function placing() {
  return /** @type {any} */ (L.TileLayer.prototype);
}

/** @param {L.LatLng} place */
function shifted(place) {
  const by = gcj02Shift(place.lat, place.lng);
  return L.latLng(place.lat + by.lat, place.lng + by.lon);
}

/**
 * @param {OnlineMap} online
 * @returns {L.TileLayer}
 */
export function tilesOf({ url, datum, attribution }) {
  const Tiles = datum === "GCJ-02" ? Gcj02TileLayer : L.TileLayer;
  const maxZoom = map.getMaxZoom();
  return new Tiles(url, { maxZoom, pane: "tiles", attribution: asAttribution(attribution) });
}
