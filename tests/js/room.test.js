// Labels find room: beside marks, never over one another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rooms } from "../../webapp/static/map/room.js";

function box(left, top) {
  return { left, right: left + 40, top, bottom: top + 16 };
}

test("a label alone stands where it belongs", () => {
  assert.deepEqual(rooms([box(0, 0)], []), [""]);
});

test("a label moves out from under a mark", () => {
  assert.deepEqual(rooms([box(0, 0)], [box(0, 0)]), ["below"]);
  assert.deepEqual(rooms([box(0, 0)], [box(0, 0), box(0, 24)]), ["above"]);
});

test("a label that finds only marks stays where it belongs", () => {
  assert.deepEqual(rooms([box(0, 0)], [box(0, -44), box(0, -24), box(0, 0), box(0, 24), box(0, 44)]), [""]);
});

test("of two labels at one place the first is shown", () => {
  assert.deepEqual(rooms([box(0, 0), box(10, 4)], []), ["", null]);
});

test("a label does not move onto another", () => {
  assert.deepEqual(rooms([box(0, 24), box(0, 0)], [box(0, 0)]), ["", "above"]);
});

test("a label that was moved leaves room where it belonged", () => {
  assert.deepEqual(rooms([box(0, 0), box(0, 8)], [{ left: 0, right: 40, top: 0, bottom: 4 }]), ["below", ""]);
});
