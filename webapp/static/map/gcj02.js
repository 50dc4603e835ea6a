// GCJ-02, the datum of Chinese web maps: the same formula as geo/datum.py. Needs no page.
// @ts-check

const A = 6378245;
const EE = 0.006693421622965943;

/**
 * How far GCJ-02 moves a place, in degrees.
 * @param {number} lat
 * @param {number} lon
 */
export function gcj02Shift(lat, lon) {
  const [x, y] = [lon - 105, lat - 35];
  /** @type {(v: number, a: number, b: number, c: number) => number} */
  const waves = (v, a, b, c) => ((a * Math.sin(v * Math.PI) + b * Math.sin((v / c) * Math.PI)) * 2) / 3;
  const common = ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
  let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + common;
  dLat += waves(y, 20, 40, 3) + ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  let dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + common;
  dLon += waves(x, 20, 40, 3) + ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  const angle = (lat / 180) * Math.PI;
  const magic = 1 - EE * Math.sin(angle) ** 2;
  const root = Math.sqrt(magic);
  return {
    lat: (dLat * 180) / (((A * (1 - EE)) / (magic * root)) * Math.PI),
    lon: (dLon * 180) / ((A / root) * Math.cos(angle) * Math.PI),
  };
}
