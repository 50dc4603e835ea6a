// Labels find room: beside marks, never over one another, never under a mark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { givingWay, rooms, shiftsAround, shiftsWithin } from "../../webapp/static/map/room.js";

const SHIFTS = [{ x: 0, y: 0 }, { x: 0, y: 24 }, { x: 0, y: -24 }];

function box(left, top) {
  return { left, right: left + 40, top, bottom: top + 16 };
}

function label(left, top, more = {}) {
  return { box: box(left, top), shifts: SHIFTS, ...more };
}

test("a label alone stands where it belongs", () => {
  assert.deepEqual(rooms([label(0, 0)], []), [{ x: 0, y: 0 }]);
});

test("a label moves out from under a mark", () => {
  assert.deepEqual(rooms([label(0, 0)], [box(0, 0)]), [{ x: 0, y: 24 }]);
  assert.deepEqual(rooms([label(0, 0)], [box(0, 0), box(0, 24)]), [{ x: 0, y: -24 }]);
});

test("a label that finds only marks is not shown", () => {
  assert.deepEqual(rooms([label(0, 0)], [box(0, -24), box(0, 0), box(0, 24)]), [null]);
});

test("a label that is needed stands in any case, and marks give way", () => {
  const marks = [box(0, -24), box(0, 0), box(0, 24)];
  assert.deepEqual(rooms([label(0, 0, { isNeeded: true })], marks), [{ x: 0, y: 0 }]);
  const [above, on, below] = givingWay([box(0, -60), box(0, 0), box(0, 60)], [box(0, 0)]);
  assert.deepEqual([above, below], [null, null]);
  assert.ok(Math.hypot(on.x, on.y) > 16);
});

test("a mark that gives way does not move onto another", () => {
  const [shift] = givingWay([box(0, 0), box(0, 20), box(0, -20)], [box(-2, 0)]);
  assert.ok(shift === null || Math.abs(shift.x) > 30);
});

test("of two labels at one place the first is shown", () => {
  assert.deepEqual(rooms([label(0, 0), { ...label(10, 4), shifts: [{ x: 0, y: 0 }] }], []), [{ x: 0, y: 0 }, null]);
});

test("a label that was moved leaves room where it belonged", () => {
  const mark = { left: 0, right: 40, top: -3, bottom: 2 };
  assert.deepEqual(rooms([label(0, 0), { ...label(0, 5), shifts: [{ x: 0, y: 0 }] }], [mark]), [{ x: 0, y: 24 }, { x: 0, y: 0 }]);
});

test("one name does not stand twice close together", () => {
  assert.deepEqual(rooms([label(0, 0, { text: "S3" }), label(60, 0, { text: "S3" })], []), [{ x: 0, y: 0 }, null]);
  assert.deepEqual(rooms([label(0, 0, { text: "S3" }), label(300, 0, { text: "S3" })], []).includes(null), false);
});

test("a name inside an area stands in its middle first, one at a dot never on it", () => {
  assert.deepEqual(shiftsWithin(16)[0], { x: 0, y: 0 });
  const around = shiftsAround({ width: 40, height: 16 }, 4);
  assert.ok(around.every(({ x, y }) => Math.abs(x) >= 24 || Math.abs(y) >= 12));
});
