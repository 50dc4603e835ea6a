// Clusters: their shares, their size, and what a click on one does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arcsOf, fanOf, openingOf, shortCount, sharesOf, sizeOf, totalOf } from "../../webapp/static/map/clusters.js";

const THEMES = ["layout", "infrastructure", "ecology"];

test("shares stand in the order of the themes, without those that nothing has", () => {
  const shares = sharesOf(THEMES, { ecology: 1, layout: 3 });
  assert.deepEqual(shares, [{ theme: "layout", count: 3 }, { theme: "ecology", count: 1 }]);
  assert.equal(totalOf(shares), 4);
});

test("arcs fill the ring one after the other", () => {
  const arcs = arcsOf([{ theme: "layout", count: 3 }, { theme: "ecology", count: 1 }]);
  assert.deepEqual(arcs, [{ theme: "layout", length: 75, start: 0 }, { theme: "ecology", length: 25, start: 75 }]);
});

test("more cases make a larger cluster, up to a limit", () => {
  assert.equal(sizeOf(10), 40);
  assert.equal(sizeOf(1000), 55);
  assert.equal(sizeOf(1_000_000), 55);
});

test("what four digits cannot tell is told in thousands", () => {
  assert.equal(shortCount(9999), "9999");
  assert.equal(shortCount(12_600), "13k");
});

test("cases that lie apart are parted by zooming", () => {
  assert.equal(openingOf({ spreadPx: 41, isDeepest: false, count: 30 }), "zoom");
});

test("cases at one place fan out, and very many of them are listed", () => {
  assert.equal(openingOf({ spreadPx: 40, isDeepest: false, count: 12 }), "fan");
  assert.equal(openingOf({ spreadPx: 0, isDeepest: false, count: 13 }), "list");
});

test("where there is no deeper zoom, cases that lie apart fan out too", () => {
  assert.equal(openingOf({ spreadPx: 500, isDeepest: true, count: 2 }), "fan");
});

test("cases too many to be known are parted by zooming", () => {
  assert.equal(openingOf({ spreadPx: null, isDeepest: false, count: 0 }), "zoom");
});

test("a fan begins above and stands around evenly", () => {
  const fan = fanOf(4).map(({ x, y }) => [Math.round(x), Math.round(y)]);
  assert.deepEqual(fan, [[0, -46], [46, 0], [0, 46], [-46, 0]]);
});
