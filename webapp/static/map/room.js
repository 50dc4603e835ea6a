// Where labels find room on the screen: never over one another, nor under marks where there is room beside. Needs no page.
// @ts-check

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */

/** The ways out of a label, by the class that map.css moves it with, and pixels downwards. */
const SHIFTS = [
  { name: "", by: 0 },
  { name: "below", by: 24 },
  { name: "above", by: -24 },
  { name: "far-below", by: 44 },
  { name: "far-above", by: -44 },
];
export const SHIFT_NAMES = SHIFTS.map(({ name }) => name).filter(Boolean);

/**
 * How each label is shown, the first ones first: null where there is no room, else the name of its shift, "" for none.
 * @param {Box[]} labels
 * @param {Box[]} marks
 */
export function rooms(labels, marks) {
  /** @type {Box[]} */
  const taken = [];
  return labels.map((box) => {
    if (!isFree(box, taken)) {
      return null;
    }
    const spots = SHIFTS.map(({ name, by }) => ({ name, spot: moved(box, by) }));
    const { name, spot } = spots.find((one) => isFree(one.spot, taken) && isFree(one.spot, marks)) ?? { name: "", spot: box };
    taken.push(spot);
    return name;
  });
}

/**
 * @param {Box} spot
 * @param {Box[]} others
 */
function isFree(spot, others) {
  return !others.some((other) => meet(spot, other));
}

/**
 * @param {Box} box
 * @param {number} by
 */
function moved({ left, right, top, bottom }, by) {
  return { left, right, top: top + by, bottom: bottom + by };
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
