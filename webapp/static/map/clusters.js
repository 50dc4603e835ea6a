// Clusters by their numbers: shares of themes, size, and what a click on one does. Needs no page.
// @ts-check

const MOST_FANNED = 12;
const SAME_PLACE_PX = 40;

/**
 * How many cases each theme has, in the order of the themes.
 * @param {string[]} themes
 * @param {Record<string, number>} counts
 */
export function sharesOf(themes, counts) {
  return themes.map((theme) => ({ theme, count: counts[theme] ?? 0 })).filter(({ count }) => count > 0);
}

/** @param {{ count: number }[]} shares */
export function totalOf(shares) {
  return shares.reduce((sum, { count }) => sum + count, 0);
}

/**
 * The arcs of a ring of 100 units, one after the other.
 * @param {{ theme: string, count: number }[]} shares
 */
export function arcsOf(shares) {
  const total = totalOf(shares);
  let end = 0;
  return shares.map(({ theme, count }) => {
    const length = (count / total) * 100;
    end += length;
    return { theme, length, start: end - length };
  });
}

/**
 * Pixels across: clusters of more cases are larger, up to a limit.
 * @param {number} count
 */
export function sizeOf(count) {
  return 30 + 5 * Math.min(5, Math.log10(count) * 2);
}

/**
 * The number in the ring; it has room for four digits.
 * @param {number} count
 */
export function shortCount(count) {
  return count > 9999 ? `${Math.round(count / 1000)}k` : String(count);
}

/**
 * What a click does: "zoom" in, or, where that parts nothing, "fan" the cases out or "list" very many of them.
 * @param {{ spreadPx: number | null, isDeepest: boolean, count: number }} cluster `spreadPx`: how far its cases lie apart
 *   at the deepest zoom, null where they are too many to be known.
 * @returns {"zoom" | "fan" | "list"}
 */
export function openingOf({ spreadPx, isDeepest, count }) {
  if (spreadPx === null || (spreadPx > SAME_PLACE_PX && !isDeepest)) {
    return "zoom";
  }
  return count > MOST_FANNED ? "list" : "fan";
}

/**
 * Where the cases of a cluster stand around it, in pixels to the right and down; the first one above.
 * @param {number} count
 */
export function fanOf(count) {
  const radius = 26 + count * 5;
  return Array.from({ length: count }, (_, at) => {
    const angle = (at / count) * 2 * Math.PI - Math.PI / 2;
    return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius };
  });
}
