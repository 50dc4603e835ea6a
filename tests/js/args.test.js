// Conditions of a query: pairs of name and value.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isSame, nearOf, thatHold, valueOf, valuesOf, withField, withNear, without, withToggled } from "../../webapp/static/map/args.js";

const PLACE_FIELDS = ["near", "county", "belt"];

test("a field has its values in order, and no value is an empty text", () => {
  const args = [["theme", "ecology"], ["city", "510600"], ["theme", "reform"]];
  assert.deepEqual(valuesOf(args, "theme"), ["ecology", "reform"]);
  assert.equal(valueOf(args, "theme"), "ecology");
  assert.equal(valueOf(args, "year"), "");
});

test("a field is replaced as a whole, and other fields stay", () => {
  const args = [["year", "2020"], ["theme", "ecology"], ["year", "2021"]];
  assert.deepEqual(withField(args, "year", [2024]), [["theme", "ecology"], ["year", "2024"]]);
  assert.deepEqual(withField(args, "year", []), [["theme", "ecology"]]);
});

test("a value that is there is taken away, and one that is not is added", () => {
  assert.deepEqual(withToggled([["theme", "ecology"]], "theme", "reform"), [["theme", "ecology"], ["theme", "reform"]]);
  assert.deepEqual(withToggled([["theme", "ecology"], ["theme", "reform"]], "theme", "ecology"), [["theme", "reform"]]);
});

test("a value is removed from its own field alone", () => {
  assert.deepEqual(without([["city", "510600"], ["county", "510600"]], "city", "510600"), [["county", "510600"]]);
});

test("a query near to features names them and the distance", () => {
  const args = [["near", "transit_lines:S3"], ["theme", "ecology"], ["near", "belts:chengdu-deyang"], ["within_km", "2.50"]];
  assert.deepEqual(nearOf(args), { addresses: ["transit_lines:S3", "belts:chengdu-deyang"], km: 2.5 });
});

test("a distance of 0 is a distance, and none is none", () => {
  assert.equal(nearOf([["near", "belts:a"], ["within_km", "0"]]).km, 0);
  assert.deepEqual(nearOf([["theme", "ecology"]]), { addresses: [], km: null });
});

test("near to another feature replaces the one before with its distance", () => {
  const args = [["near", "belts:a"], ["near", "belts:b"], ["within_km", "5"], ["theme", "ecology"]];
  assert.deepEqual(withNear(args, "eco_zones:c", "2"), [["theme", "ecology"], ["near", "eco_zones:c"], ["within_km", "2"]]);
});

test("a distance that was not typed means that they meet", () => {
  assert.deepEqual(withNear([], "belts:a", ""), [["near", "belts:a"], ["within_km", "0"]]);
});

test("near to nothing takes the distance along", () => {
  assert.deepEqual(withNear([["near", "belts:a"], ["within_km", "5"], ["q", "公交"]], "", "5"), [["q", "公交"]]);
});

test("a distance does not outlive what it is measured from", () => {
  assert.deepEqual(thatHold([["within_km", "5"], ["theme", "ecology"]], PLACE_FIELDS), [["theme", "ecology"]]);
});

test("a certainty needs some condition of place", () => {
  assert.deepEqual(thatHold([["certainty", "located"], ["theme", "ecology"]], PLACE_FIELDS), [["theme", "ecology"]]);
  const held = [["certainty", "located"], ["belt", "chengdu-deyang"]];
  assert.deepEqual(thatHold(held, PLACE_FIELDS), held);
});

test("conditions are the same with the same values in the same order", () => {
  assert.equal(isSame([["theme", "a"], ["theme", "b"]], [["theme", "a"], ["theme", "b"]]), true);
  assert.equal(isSame([["theme", "a"], ["theme", "b"]], [["theme", "b"], ["theme", "a"]]), false);
});
