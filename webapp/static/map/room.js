// Where labels find room on the screen: never over one another, never under a mark. Needs no page.
// @ts-check

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */
/** @typedef {{ x: number, y: number }} Shift pixels to the right and downwards */

const GAP = 2;
const SAME_NAME_PX = 140;
const BESIDE_MARK_PX = 12; // half a mark: where one stands on the dot

/**
 * A label that looks for room: its box where it belongs, and the shifts that it may take, the best first.
 * `isNeeded`: it is shown in any case, and marks give way; `text`: not shown twice close together; `gap`: how much room
 * it wants around it, in pixels.
 * @typedef {{ box: Box, shifts: Shift[], isNeeded?: boolean, text?: string, gap?: number }} Seeker
 */

/**
 * How each label is shown, the first ones first: its shift, or null where there is no room.
 * @param {Seeker[]} seekers
 * @param {Box[]} marks
 * @returns {(Shift | null)[]}
 */
export function rooms(seekers, marks) {
  /** @type {{ box: Box, text?: string }[]} */
  const taken = [];
  return seekers.map(({ box, shifts, isNeeded = false, text, gap = 0 }) => {
    if (text && taken.some((one) => one.text === text && distance(one.box, box) < SAME_NAME_PX)) {
      return null;
    }
    const free = shifts.filter((shift) => !taken.some((one) => meet(moved(wider(box, gap), shift), one.box)));
    const shift = free.find((one) => isFree(moved(box, one), marks)) ?? (isNeeded ? (free[0] ?? shifts[0]) : null);
    if (shift) {
      taken.push({ box: moved(box, shift), text });
    }
    return shift;
  });
}

/**
 * How far each mark gives way to labels that need their place: the shortest shift to a free spot, null for none needed.
 * @param {Box[]} marks
 * @param {Box[]} labels
 * @returns {(Shift | null)[]}
 */
export function givingWay(marks, labels) {
  const spots = [...marks];
  return marks.map((mark, at) => {
    if (isFree(mark, labels)) {
      return null;
    }
    const others = spots.filter((_, one) => one !== at);
    const shift = AROUND.find((one) => isFree(moved(mark, one), [...labels, ...others])) ?? null;
    if (shift) {
      spots[at] = moved(mark, shift);
    }
    return shift;
  });
}

/** Ever wider rings of shifts. */
const AROUND = [8, 14, 20, 27, 34].flatMap((radius) =>
  Array.from({ length: 12 }, (_, at) => ({ x: radius * Math.cos((at * Math.PI) / 6), y: radius * Math.sin((at * Math.PI) / 6) })),
);

/**
 * The shifts of a name inside an area: where it belongs, then a little off to all sides.
 * @param {number} height
 */
export function shiftsWithin(height) {
  const step = height * 0.9;
  return [
    [0, 0], [0, 1], [0, -1], [1.5, 0], [-1.5, 0], [0, 2], [0, -2], [2, 1], [-2, 1], [2, -1], [-2, -1],
    [3, 0], [-3, 0], [2.5, 2], [-2.5, 2], [2.5, -2], [-2.5, -2],
  ].map(([x, y]) => ({ x: x * step, y: y * step }));
}

/**
 * The shifts of a name around a dot: beside it, above and below, then at its corners.
 * @param {{ width: number, height: number }} size
 * @param {number} radius of the dot
 */
export function shiftsAround({ width, height }, radius) {
  return [0, BESIDE_MARK_PX].flatMap((off) => {
    const [x, y] = [width / 2 + radius + 2 + off, height / 2 + radius + off];
    return [
      [1, 0], [-1, 0], [0, -1], [0, 1], [1, -0.8], [-1, -0.8], [1, 0.8], [-1, 0.8], [0.5, -1], [-0.5, -1], [0.5, 1], [-0.5, 1],
    ].map(([right, down]) => ({ x: right * x, y: down * y }));
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
 * @param {Shift} by
 */
export function moved({ left, right, top, bottom }, { x, y }) {
  return { left: left + x, right: right + x, top: top + y, bottom: bottom + y };
}

/**
 * @param {Box} box
 * @param {number} by
 */
function wider({ left, right, top, bottom }, by) {
  return { left: left - by, right: right + by, top: top - by / 2, bottom: bottom + by / 2 };
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function meet(one, other) {
  return one.left < other.right + GAP && other.left < one.right + GAP && one.top < other.bottom + GAP && other.top < one.bottom + GAP;
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function distance(one, other) {
  return Math.hypot((one.left + one.right - other.left - other.right) / 2, (one.top + one.bottom - other.top - other.bottom) / 2);
}
