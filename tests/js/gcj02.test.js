// GCJ-02: places that the eviltransform project publishes in both datums.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gcj02Shift } from "../../webapp/static/map/gcj02.js";

test("Shanghai lies where the published pair has it", () => {
  const { lat, lon } = gcj02Shift(31.1774276, 121.5272106);
  near(31.1774276 + lat, 31.17530398364597);
  near(121.5272106 + lon, 121.531541859215);
});

test("Shenzhen lies where the published pair has it", () => {
  const { lat, lon } = gcj02Shift(22.543847, 113.912316);
  near(22.543847 + lat, 22.540796131694766);
  near(113.912316 + lon, 113.9171764808363);
});

test("Beijing lies where the published pair has it", () => {
  const { lat, lon } = gcj02Shift(39.911954, 116.377817);
  near(39.911954 + lat, 39.91334545536069);
  near(116.377817 + lon, 116.38404722455657);
});

// Within 1 mm: the pairs are of the same formula with other digits of the ellipsoid.
function near(degrees, published) {
  assert.ok(Math.abs(degrees - published) < 1e-8, `${degrees} is not ${published}`);
}
