// Land and borders: every border is one line that both sides share; counties are shaded by how many cases lie in them.
// @ts-check
/** @import { BorderLines, PlaceCount } from "./wire.js" */
import { corners, isInside } from "./geometry.js";
import { parts } from "./page.js";
import { onScheme, schemeNow } from "./scheme.js";
import { onBase } from "./view.js";

const { classes, shades } = parts.cases;
const { schemes } = parts.base;
const BETWEEN_SHADES_PX = 1.2; // the colour of the land parts shades better than a line of its own

class Land {
  constructor() {
    /** @type {Map<string, L.Polygon>} counties by their codes */
    this.counties = new Map();
    /** @type {Map<string, L.Polyline>} borders by their style */
    this.lines = new Map();
    /** @type {Map<string, PlaceCount>} */
    this.counts = new Map();
    onScheme(() => this.paint());
  }

  /**
   * Make the land, which lies below all else of the base map, and the borders, which lie above it.
   * @param {BorderLines} borders
   * @param {L.PolylineOptions} onGround where to draw the land
   */
  make({ lines, city, counties }, onGround) {
    const all = corners(lines);
    const options = { ...onBase, interactive: false };
    const below = { ...onGround, interactive: false, stroke: false };
    for (const [code, rings] of Object.entries(counties)) {
      this.counties.set(code, L.polygon(rings.map((ring) => joined(ring, all)), below));
    }
    const isCity = new Set(city);
    const of = (/** @type {boolean} */ wanted) => all.filter((_, at) => isCity.has(at + 1) === wanted);
    this.lines = new Map([["county", L.polyline(of(false), options)], ["city", L.polyline(of(true), options)]]);
    this.paint();
  }

  /**
   * Shade counties by their counts; without any, all land is alike.
   * @param {PlaceCount[]} counts
   */
  shade(counts) {
    this.counts = new Map(counts.map((one) => [one.id, one]));
    this.paint();
  }

  paint() {
    const styles = schemes[schemeNow()];
    for (const [code, area] of this.counties) {
      area.setStyle({ ...styles.land, ...fillOf(this.counts.get(code)?.count ?? 0) });
    }
    this.lines.forEach((line, style) => line.setStyle({ ...styles[style], fill: false }));
    if (this.counts.size) {
      this.lines.get("county")?.setStyle({ color: styles.land.fillColor, weight: BETWEEN_SHADES_PX });
    }
  }

  /**
   * The county that a place lies in.
   * @param {L.LatLng} place
   */
  countyAt(place) {
    for (const [code, area] of this.counties) {
      if (area.getBounds().contains(place) && isInside(place, /** @type {L.LatLng[][]} */ (area.getLatLngs()))) {
        return code;
      }
    }
    return null;
  }
}

export const land = new Land();

/**
 * The shade of a count, "" for the land itself.
 * @param {number} count
 */
export function shadeOf(count) {
  const at = classes.findLastIndex((least) => count >= least);
  return shades[schemeNow()][at] ?? "";
}

/** @param {number} count */
function fillOf(count) {
  const fillColor = shadeOf(count);
  return fillColor ? { fillColor } : {};
}

/**
 * The corners of a ring: line after line, backwards where its number is negative.
 * @param {number[]} ring
 * @param {L.LatLngTuple[][]} lines
 */
function joined(ring, lines) {
  return ring.flatMap((number) => (number > 0 ? lines[number - 1] : [...lines[-number - 1]].reverse()));
}
