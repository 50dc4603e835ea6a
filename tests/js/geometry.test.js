// Thin geometries become corners, and outlines that cross themselves are found.
import assert from "node:assert/strict";
import { test } from "node:test";
import { corners, crossesItself, distanceTo, isInside, spotsAlong } from "../../webapp/static/map/geometry.js";

test("a point is its latitude and longitude", () => {
  const thin = { kind: "point", digits: 5, parts: [{ lon: [10406000], lat: [3066000] }] };
  assert.deepEqual(rounded(corners(thin)), [[[30.66, 104.06]]]);
});

test("each corner is a step from the one before", () => {
  const thin = { kind: "line", digits: 1, parts: [{ lon: [1040, 1, -3], lat: [300, 2, 0] }] };
  assert.deepEqual(rounded(corners(thin)), [[[30, 104], [30.2, 104.1], [30.2, 103.8]]]);
});

test("each part begins anew", () => {
  const thin = { kind: "line", digits: 0, parts: [{ lon: [104, 1], lat: [30, 1] }, { lon: [100, 1], lat: [20, 1] }] };
  assert.deepEqual(corners(thin), [[[30, 104], [31, 105]], [[20, 100], [21, 101]]]);
});

test("a geometry without parts has no corners", () => {
  assert.deepEqual(corners({ kind: "area", digits: 4, parts: [] }), []);
});

test("a square does not cross itself, a bow tie does", () => {
  const [a, b, c, d] = [{ lat: 0, lng: 0 }, { lat: 0, lng: 1 }, { lat: 1, lng: 1 }, { lat: 1, lng: 0 }];
  assert.equal(crossesItself([a, b, c, d]), false);
  assert.equal(crossesItself([a, c, b, d]), true);
});

test("an outline around a bay does not cross itself", () => {
  const outline = [[0, 0], [6, 0], [6, 6], [4, 6], [4, 2], [2, 2], [2, 6], [0, 6]].map(([lng, lat]) => ({ lat, lng }));
  assert.equal(crossesItself(outline), false);
});

test("what has no area yet does not cross itself", () => {
  assert.equal(crossesItself([]), false);
  assert.equal(crossesItself([{ lat: 0, lng: 0 }, { lat: 1, lng: 1 }]), false);
});

function rounded(lines) {
  return lines.map((line) => line.map((corner) => corner.map((degree) => Number(degree.toFixed(9)))));
}

test("a place is inside rings by the even-odd rule", () => {
  const square = (from, to) => [[from, from], [from, to], [to, to], [to, from]].map(([lat, lng]) => ({ lat, lng }));
  const rings = [square(0, 9), square(3, 6)];
  assert.equal(isInside({ lat: 1, lng: 1 }, rings), true);
  assert.equal(isInside({ lat: 4, lng: 4 }, rings), false);
  assert.equal(isInside({ lat: 10, lng: 4 }, rings), false);
});

test("the distance to a line is that to its nearest stretch", () => {
  const line = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }];
  assert.equal(distanceTo({ x: 5, y: 3 }, line), 3);
  assert.equal(distanceTo({ x: 13, y: 14 }, line), 5);
});

test("spots along a line lie inside the window, the middle one first", () => {
  const line = [{ x: -100, y: 5 }, { x: 110, y: 5 }];
  const spots = spotsAlong(line, { left: 0, right: 100, top: 0, bottom: 10 }, 20);
  assert.deepEqual(spots[0], { x: 50, y: 5 });
  assert.deepEqual(spots.map(({ x }) => x).sort((a, b) => a - b), [10, 30, 50, 70, 90]);
});
