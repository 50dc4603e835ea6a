// Shapes of vector tiles are read as the specification says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { layersOf, partsOf } from "../../webapp/static/map/vector_tile.js";

// The examples of the specification, version 2.1, §4.3.5.
const EXAMPLES = {
  "a line": [[9, 4, 4, 18, 0, 16, 16, 0], [[2, 2, 2, 10, 10, 10]]],
  "two lines": [[9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8], [[2, 2, 2, 10, 10, 10], [1, 1, 3, 5]]],
  "an area": [[9, 6, 12, 18, 10, 12, 24, 44, 15], [[3, 6, 8, 12, 20, 34]]],
  "an area with a hole": [
    [9, 22, 22, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15],
    [[11, 11, 20, 11, 20, 20, 11, 20], [13, 13, 13, 17, 17, 17, 17, 13]],
  ],
};

for (const [name, [commands, parts]] of Object.entries(EXAMPLES)) {
  test(`${name} is drawn from corner to corner`, () => assert.deepEqual(partsOf(new Uint8Array(commands)), parts));
}

test("a large step takes several bytes", () => {
  assert.deepEqual(partsOf(new Uint8Array([9, 0x80, 0x40, 0xff, 0x3f])), [[4096, -4096]]);
});

/** A field of Protocol Buffers that has a length. */
const field = (number, bytes) => [number * 8 + 2, bytes.length, ...bytes];

test("layers that follow each other are told apart, whatever else they hold", () => {
  const line = field(2, [...field(2, [0, 0]), 24, 2, ...field(4, EXAMPLES["a line"][0])]);
  const area = field(2, [24, 3, ...field(4, EXAMPLES["an area"][0])]);
  const roads = field(3, [120, 2, ...field(1, [...Buffer.from("roads")]), ...line, ...field(3, [...Buffer.from("class")]), 40, 0x80, 0x08]);
  const water = field(3, [120, 2, ...field(1, [...Buffer.from("water")]), ...area, 40, 0x80, 0x20]);
  assert.deepEqual(Object.fromEntries(layersOf(new Uint8Array([...roads, ...water]))), {
    roads: { extent: 1024, shapes: [{ isArea: false, parts: [[2, 2, 2, 10, 10, 10]] }] },
    water: { extent: 4096, shapes: [{ isArea: true, parts: [[3, 6, 8, 12, 20, 34]] }] },
  });
});

test("an empty tile has no layers", () => assert.equal(layersOf(new Uint8Array()).size, 0));
