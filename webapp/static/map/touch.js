// Whether a place on the map touches what is drawn there.
// @ts-check
/** @import { Drawn } from "./geometry.js" */
import { boundsOf, distanceTo, isInside } from "./geometry.js";
import { map } from "./view.js";

const NEAR_PX = 6;

/**
 * Whether a shape is under a place, or near enough for a finger; of an area also all within.
 * @param {Drawn} shape
 * @param {L.LatLng} place
 */
export function touches(shape, place, isFilled = true) {
  const isWithin = isFilled && shape instanceof L.Polygon && shape.getBounds().contains(place);
  if (isWithin && isInside(place, /** @type {L.LatLng[][]} */ (shape.getLatLngs()))) {
    return true;
  }
  return distancePx(shape, place) <= NEAR_PX;
}

/**
 * @param {Drawn} shape
 * @param {L.LatLng} place
 * @returns {number}
 */
function distancePx(shape, place) {
  const spot = map.latLngToContainerPoint(place);
  if (shape instanceof L.Circle) {
    const center = map.latLngToContainerPoint(shape.getLatLng());
    return Math.abs(center.distanceTo(spot) - center.distanceTo(map.latLngToContainerPoint([shape.getBounds().getNorth(), shape.getLatLng().lng])));
  }
  if (shape instanceof L.CircleMarker) {
    return map.latLngToContainerPoint(shape.getLatLng()).distanceTo(spot);
  }
  if (shape instanceof L.Polyline) {
    const isClosed = shape instanceof L.Polygon;
    const lines = /** @type {L.LatLng[][]} */ (shape.getLatLngs());
    return Math.min(...lines.map((line) => distanceTo(spot, (isClosed ? [...line, line[0]] : line).map((one) => map.latLngToContainerPoint(one)))));
  }
  const parts = /** @type {L.FeatureGroup} */ (shape).getLayers();
  return Math.min(...parts.map((one) => distancePx(/** @type {Drawn} */ (one), place)));
}

/**
 * Points before lines before areas, small areas before large ones.
 * @param {Drawn} shape
 */
export function rankOf(shape) {
  if (shape instanceof L.Polygon) {
    const box = boundsOf(shape);
    return 2 + (box.getEast() - box.getWest()) * (box.getNorth() - box.getSouth());
  }
  return shape instanceof L.Polyline ? 1 : 0;
}
