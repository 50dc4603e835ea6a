// Thin geometries, as webapp/map/thin.py writes them, become Leaflet's latitudes and longitudes.

// What is schematic is dashed so.
export const SCHEMATIC = "5 4";
// Round ends of dashes take twice as long to paint.
const DASHES = { lineCap: "butt", lineJoin: "bevel" };

export function corners([kind, digits, parts]) {
  const scale = 10 ** -digits;
  const lines = parts.map((steps) => {
    const line = [];
    let [x, y] = [0, 0];
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      line.push([y * scale, x * scale]);
    }
    return line;
  });
  return { kind, lines };
}

// A shape to draw; points become circles of `radius_m` metres, or dots.
export function drawn(thin, options, radius_m = 0) {
  const { kind, lines } = corners(thin);
  options = options.dashArray ? { ...options, ...DASHES } : options;
  if (kind === "area") {
    return L.polygon(lines, options);
  }
  if (kind === "line") {
    return L.polyline(lines, { ...options, fill: false });
  }
  const dots = lines.map(([point]) =>
    radius_m > 0 ? L.circle(point, { ...options, radius: radius_m }) : L.circleMarker(point, { radius: 5, ...options }),
  );
  return dots.length === 1 ? dots[0] : L.featureGroup(dots);
}

// Leaflet's bounds of a box by its sides.
export function boxBounds({ south, west, north, east }) {
  return L.latLngBounds([south, west], [north, east]);
}

export function boundsOf(shapes) {
  return shapes.reduce((bounds, shape) => bounds.extend(shape.getBounds?.() ?? shape.getLatLng()), L.latLngBounds([]));
}

// Whether the outline around corners crosses itself.
export function crossesItself(corners) {
  const side = (a, b, c) => Math.sign((b.lng - a.lng) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lng - a.lng));
  const edges = corners.map((corner, at) => [corner, corners[(at + 1) % corners.length]]);
  return edges.some(([a, b], one) =>
    edges.slice(one + 1).some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
  );
}
