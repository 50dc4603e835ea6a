// Archives of tiles are read as the specification of PMTiles says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Archive, directoryOf, entryOf, headerOf, tileNumber } from "../../webapp/static/map/pmtiles.js";

// The examples of the specification, version 3, "Tile ID".
for (const [zoom, x, y, number] of [[0, 0, 0, 0], [1, 0, 0, 1], [1, 0, 1, 2], [1, 1, 1, 3], [1, 1, 0, 4], [2, 0, 0, 5], [12, 3423, 1763, 19078479]]) {
  test(`tile ${zoom}/${x}/${y} is number ${number}`, () => assert.equal(tileNumber(zoom, x, y), number));
}

test("a directory lists tile, run, length and offset", () => {
  const bytes = new Uint8Array([2, 5, 0x80 | 1, 2, 1, 3, 9, 7, 1, 0]);
  assert.deepEqual(directoryOf(bytes), [
    { tile: 5, run: 1, length: 9, offset: 0 },
    { tile: 5 + 257, run: 3, length: 7, offset: 9 },
  ]);
});

test("a tile within a run is that of its first", () => {
  const run = { tile: 10, run: 3, length: 1, offset: 0 };
  assert.equal(entryOf([run], 12), run);
  assert.equal(entryOf([run], 13), null);
  assert.equal(entryOf([run], 9), null);
});

test("a directory below is asked for every tile behind its first", () => {
  const leaf = { tile: 10, run: 0, length: 1, offset: 0 };
  assert.equal(entryOf([leaf], 99), leaf);
});

test("another file is refused", () => {
  assert.throws(() => headerOf(new DataView(new ArrayBuffer(127))), /no PMTiles/);
});

// One tile, 0/0/0, behind a root directory that leads to a leaf.
function archive(text) {
  const tile = gzipSync(text);
  const leaf = gzipSync(new Uint8Array([1, 0, 1, tile.length, 1]));
  const root = gzipSync(new Uint8Array([1, 0, 0, leaf.length, 1]));
  const header = Buffer.alloc(127);
  header.write("PMTiles");
  header[7] = 3;
  header[97] = header[98] = 2;
  const places = { 8: 127, 16: root.length, 40: 127 + root.length, 48: leaf.length, 56: 127 + root.length + leaf.length };
  Object.entries(places).forEach(([at, value]) => header.writeBigUInt64LE(BigInt(value), Number(at)));
  return Buffer.concat([header, root, leaf, tile]);
}

/** Answer ranges of a file, and tell which were asked for. */
function served(file, { status = 206, etag = () => '"a"' } = {}) {
  const asked = [];
  globalThis.fetch = async (_url, { headers }) => {
    asked.push(headers.Range);
    const [first, last] = headers.Range.slice(6).split("-").map(Number);
    return new Response(status === 206 ? file.subarray(first, last + 1) : file, { status, headers: { ETag: etag() } });
  };
  return asked;
}

const told = (bytes) => new TextDecoder().decode(bytes);

test("a tile is found by its directories, each fetched once", async () => {
  const asked = served(archive("content"));
  const found = new Archive("/x.pmtiles");
  assert.equal(told(await found.tile(0, 0, 0)), "content");
  assert.equal(told(await found.tile(0, 0, 0)), "content");
  assert.equal(asked.length, 4); // the beginning, the leaf, and the tile twice
  assert.equal(asked[0], "bytes=0-16383");
});

test("a tile that is not there is null", async () => {
  served(archive("content"));
  assert.equal(await new Archive("/x.pmtiles").tile(3, 1, 1), null);
});

test("a server that knows no ranges is understood", async () => {
  served(archive("content"), { status: 200 });
  assert.equal(told(await new Archive("/x.pmtiles").tile(0, 0, 0)), "content");
});

test("parts of two files are never mixed, and the next tile begins anew", async () => {
  let version = 0;
  served(archive("content"), { etag: () => `"${version}"` });
  const found = new Archive("/x.pmtiles");
  await found.tile(0, 0, 0);
  version = 1;
  await assert.rejects(found.tile(0, 0, 0), /"1"/);
  assert.equal(told(await found.tile(0, 0, 0)), "content");
});
