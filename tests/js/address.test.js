// The address of a state, and what addresses name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, caseOf, partsOf, stepOf, viewText } from "../../webapp/static/map/address.js";

const NOTHING = { args: [], open: null, view: null, layers: null, base: null, scheme: null, tour: null, at: null };
const PAGE = { path: "/", isEmbedded: false, isChinese: true };

test("a state that says nothing is the bare page", () => {
  assert.equal(addressOf(NOTHING, PAGE), "/");
});

test("a state is conditions, what is open, the window and the layers", () => {
  const view = { zoom: 9.5, center: { lat: 30.6, lon: 104.1 } };
  const state = { ...NOTHING, args: [["theme", "ecology"]], open: "case:A08", view, layers: ["belts", "rivers"] };
  assert.equal(addressOf(state, PAGE), "/?theme=ecology&open=case:A08&view=9.5/30.6/104.1&layers=belts,rivers");
});

test("the day as of which the map is stands in the address", () => {
  assert.equal(addressOf({ ...NOTHING, at: "2016-12-31" }, PAGE), "/?at=2016-12-31");
  assert.equal(addressOf({ ...NOTHING, at: "2016-12-31" }, { ...PAGE, names: { at: "j" } }), "/?j=2016-12-31");
});

test("no layers at all are told apart from the usual ones", () => {
  assert.equal(addressOf({ ...NOTHING, layers: [] }, PAGE), "/?layers=none");
});

test("a text cannot end its parameter", () => {
  assert.equal(addressOf({ ...NOTHING, args: [["q", "a&b=c #d"]] }, PAGE), "/?q=a%26b%3Dc%20%23d");
});

test("language and frame are kept", () => {
  assert.equal(addressOf(NOTHING, { path: "/atlas/", isEmbedded: true, isChinese: false }), "/atlas/?embed=1&lang=en");
});

test("short names make a short address, which opens the whole page", () => {
  const state = { ...NOTHING, args: [["theme", "ecology"]], scheme: "dark" };
  assert.equal(addressOf(state, { ...PAGE, isEmbedded: true, names: { theme: "t", scheme: "h" } }), "/?t=ecology&h=dark");
});

test("a window is zoom, latitude, longitude", () => {
  assert.equal(viewText({ zoom: 8, center: { lat: 30.5515, lon: 104.293 } }), "8/30.5515/104.293");
});

test("an id may have a colon of its own", () => {
  assert.deepEqual(partsOf("transit_lines:S3:a"), { kind: "transit_lines", id: "S3:a" });
});

test("only addresses of cases open a case", () => {
  assert.equal(caseOf("case:A08"), "A08");
  assert.equal(caseOf("belts:chengdu-deyang"), null);
  assert.equal(caseOf(null), null);
});

test("a tour without a step begins with the first, and says that none was asked for", () => {
  assert.deepEqual(stepOf("belts"), { id: "belts", at: 0, isAsked: false });
  assert.deepEqual(stepOf("belts.3"), { id: "belts", at: 2, isAsked: true });
});
