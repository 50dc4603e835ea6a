// Thin geometries, as webapp/map/wire.py writes them, become Leaflet's latitudes and longitudes.
// @ts-check
/** @import { LatLon, LatLonBox, Thin } from "./wire.js" */

// What is schematic is dashed so.
export const SCHEMATIC = "5 4";
// What is planned or under construction is dotted so.
export const PLANNED = "1.5 4";
// Round ends of dashes take twice as long to paint.
/** @type {L.PathOptions} */
const DASHES = { lineCap: "butt", lineJoin: "bevel" };

/** @typedef {L.Path | L.FeatureGroup} Drawn */

/**
 * Degrees from steps in whole units.
 * @param {number[]} steps
 * @param {number} digits
 */
function degrees(steps, digits) {
  const scale = 10 ** -digits;
  let units = 0;
  return steps.map((step) => (units += step) * scale);
}

/**
 * The corners of each part, latitude first as Leaflet has them.
 * @param {Thin} thin
 * @returns {L.LatLngTuple[][]}
 */
export function corners({ digits, parts }) {
  return parts.map(({ lon, lat }) => {
    const lons = degrees(lon, digits);
    return degrees(lat, digits).map((degree, at) => [degree, lons[at]]);
  });
}

/**
 * A shape to draw; points become circles of `radius_m` metres, or dots.
 * @param {Thin} thin
 * @param {L.CircleMarkerOptions} options
 * @returns {Drawn}
 */
export function drawn(thin, options, radius_m = 0) {
  const lines = corners(thin);
  const look = options.dashArray ? { ...options, ...DASHES } : options;
  if (thin.kind === "area") {
    return L.polygon(lines, look);
  }
  if (thin.kind === "line") {
    return L.polyline(lines, { ...look, fill: false });
  }
  const dots = lines.map(([point]) =>
    radius_m > 0 ? L.circle(point, { ...look, radius: radius_m }) : L.circleMarker(point, { radius: 5, ...look }),
  );
  return dots.length === 1 ? dots[0] : L.featureGroup(dots);
}

/** @param {LatLon} place */
export function latLng({ lat, lon }) {
  return L.latLng(lat, lon);
}

/**
 * Leaflet's bounds of a box by its sides.
 * @param {LatLonBox} box
 */
export function boxBounds({ south, west, north, east }) {
  return L.latLngBounds([south, west], [north, east]);
}

/**
 * The bounds of what was drawn; a dot has but a place.
 * @param {Drawn} shape
 */
export function boundsOf(shape) {
  if (shape instanceof L.CircleMarker && !(shape instanceof L.Circle)) {
    return L.latLngBounds([shape.getLatLng()]);
  }
  return /** @type {L.Polyline | L.Circle | L.FeatureGroup} */ (shape).getBounds();
}

/**
 * A box around a middle from corner to corner.
 * @param {L.LatLng} one
 * @param {L.LatLng} other
 */
export function boxCorners(one, other) {
  return [one, L.latLng(one.lat, other.lng), other, L.latLng(other.lat, one.lng)];
}

/**
 * Whether the outline around corners crosses itself.
 * @param {{ lat: number, lng: number }[]} outline
 */
export function crossesItself(outline) {
  /** @type {(a: L.LatLngLiteral, b: L.LatLngLiteral, c: L.LatLngLiteral) => number} */
  const side = (a, b, c) => Math.sign((b.lng - a.lng) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lng - a.lng));
  const edges = outline.map((corner, at) => [corner, outline[(at + 1) % outline.length]]);
  return edges.some(([a, b], one) =>
    edges.slice(one + 1).some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
  );
}

/**
 * Whether a place lies inside rings, which fill by the even-odd rule.
 * @param {{ lat: number, lng: number }} place
 * @param {{ lat: number, lng: number }[][]} rings
 */
export function isInside({ lat, lng }, rings) {
  let isIn = false;
  for (const ring of rings) {
    ring.forEach((one, at) => {
      const other = ring[(at + 1) % ring.length];
      const crosses = one.lat > lat !== other.lat > lat;
      if (crosses && lng < ((other.lng - one.lng) * (lat - one.lat)) / (other.lat - one.lat) + one.lng) {
        isIn = !isIn;
      }
    });
  }
  return isIn;
}

/** @typedef {{ x: number, y: number }} Spot */

/**
 * How far a spot on the screen is from a line, in pixels.
 * @param {Spot} spot
 * @param {Spot[]} line
 */
export function distanceTo(spot, line) {
  if (line.length === 1) {
    return Math.hypot(spot.x - line[0].x, spot.y - line[0].y);
  }
  return Math.min(...line.slice(1).map((end, at) => distanceToStep(spot, line[at], end)));
}

/**
 * @param {Spot} spot
 * @param {Spot} start
 * @param {Spot} end
 */
function distanceToStep({ x, y }, start, end) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const part = length ? Math.max(0, Math.min(1, ((x - start.x) * dx + (y - start.y) * dy) / length)) : 0;
  return Math.hypot(x - start.x - part * dx, y - start.y - part * dy);
}

/**
 * Spots along a line inside a box, `apart` pixels from one another, the middle ones first.
 * @param {Spot[]} line
 * @param {{ left: number, right: number, top: number, bottom: number }} box
 * @param {number} apart
 */
export function spotsAlong(line, box, apart) {
  /** @type {Spot[]} */
  const found = [];
  let left = apart / 2;
  line.slice(1).forEach((end, at) => {
    const start = line[at];
    const length = Math.hypot(end.x - start.x, end.y - start.y);
    for (; left < length; left += apart) {
      const spot = { x: start.x + ((end.x - start.x) * left) / length, y: start.y + ((end.y - start.y) * left) / length };
      if (spot.x > box.left && spot.x < box.right && spot.y > box.top && spot.y < box.bottom) {
        found.push(spot);
      }
    }
    left -= length;
  });
  const middle = (found.length - 1) / 2;
  return found.map((spot, at) => ({ spot, off: Math.abs(at - middle) })).sort((one, other) => one.off - other.off).map(({ spot }) => spot);
}
