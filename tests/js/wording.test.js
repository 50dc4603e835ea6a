// Sentences made of parts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, periodText, placeText } from "../../webapp/static/map/wording.js";

const WORDS = { schematic: "schematic", fallback: "(not resolved)" };
const PLACE = { mention: "放高路", name: "放高路", precision: "Street", radius: null, schematic: false, fallback: false };

test("every name in a message is filled in, numbers too", () => {
  assert.equal(filled("%(count)s of %(all)s, %(count)s!", { count: 3, all: "many" }), "3 of many, 3!");
});

test("what is filled in is not read again", () => {
  assert.equal(filled("Copied: %(text)s", { text: "%(text)s $& $1" }), "Copied: %(text)s $& $1");
});

test("a period is open where an end is unknown", () => {
  assert.equal(periodText({ start: "2020", end: "2024-09-29" }), "2020 – 2024-09-29");
  assert.equal(periodText({ start: "2020", end: null }), "2020 – …");
  assert.equal(periodText({ start: null, end: "2024" }), "… – 2024");
});

test("of a period without start and end there is nothing to tell", () => {
  assert.equal(periodText({ start: null, end: null }), null);
});

test("a place tells how exact it is", () => {
  assert.equal(placeText({ ...PLACE, radius: "± 0.1 km" }, WORDS), "放高路 (Street, ± 0.1 km)");
});

test("a place under another name tells both, and that it stands in for an unknown one", () => {
  const found = { ...PLACE, name: "简阳市", precision: "County", schematic: true, fallback: true };
  assert.equal(placeText(found, WORDS), "放高路 → 简阳市 (County, schematic, (not resolved))");
});
