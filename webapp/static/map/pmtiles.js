// Tiles out of one file that is fetched in parts: PMTiles, version 3, gzipped inside. Needs no page.
// @ts-check

const HEADER = 127; // bytes
const FIRST = 16_384; // the header and the root directory lie within these
const KEPT = 32; // directories beside the root

/** @typedef {{ rootAt: number, rootLength: number, leavesAt: number, tilesAt: number, minZoom: number, maxZoom: number }} Header */
/** @typedef {{ tile: number, run: number, length: number, offset: number }} Entry */

/** An archive at an address of a server that answers ranges. */
export class Archive {
  /** @param {string} url */
  constructor(url) {
    this.url = url;
    /** @type {string | null} */
    this.etag = null;
    /** @type {Promise<{ header: Header, root: Entry[] }> | null} */
    this.opened = null;
    /** @type {Map<number, Promise<Entry[]>>} */
    this.leaves = new Map();
  }

  /**
   * What a tile holds; null where there is none.
   * @param {number} zoom
   * @param {number} x
   * @param {number} y
   * @param {AbortSignal} [signal]
   * @returns {Promise<Uint8Array | null>}
   */
  async tile(zoom, x, y, signal) {
    const { header, root } = await (this.opened ??= this.#open());
    const wanted = tileNumber(zoom, x, y);
    let found = entryOf(root, wanted);
    while (found && found.run === 0) {
      found = entryOf(await this.#leaf(header.leavesAt + found.offset, found.length), wanted);
    }
    return found ? unzipped(await this.#part(header.tilesAt + found.offset, found.length, signal)) : null;
  }

  async #open() {
    const first = await this.#part(0, FIRST);
    const header = headerOf(new DataView(first.buffer, first.byteOffset, HEADER));
    const { rootAt, rootLength } = header;
    return { header, root: directoryOf(await unzipped(first.subarray(rootAt, rootAt + rootLength))) };
  }

  /**
   * @param {number} at
   * @param {number} length
   */
  #leaf(at, length) {
    const known = this.leaves.get(at) ?? this.#part(at, length).then(unzipped).then(directoryOf);
    known.catch(() => this.leaves.delete(at));
    this.leaves.set(at, known);
    if (this.leaves.size > KEPT) {
      this.leaves.delete([...this.leaves.keys()][0]);
    }
    return known;
  }

  /**
   * @param {number} at
   * @param {number} length
   * @param {AbortSignal} [signal]
   */
  async #part(at, length, signal) {
    const response = await fetch(this.url, { signal, headers: { Range: `bytes=${at}-${at + length - 1}` } });
    const etag = response.headers.get("ETag");
    if (!response.ok || (this.etag && etag !== this.etag)) {
      this.opened = this.etag = null; // another file lies there now: begin anew with the next tile
      this.leaves.clear();
      throw new Error(`${this.url}: ${response.status} ${etag}`);
    }
    this.etag = etag;
    const found = new Uint8Array(await response.arrayBuffer());
    return response.status === 206 ? found : found.subarray(at, at + length);
  }
}

/** @param {DataView} view */
export function headerOf(view) {
  const name = String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset, 7));
  if (name !== "PMTiles" || view.getUint8(7) !== 3 || view.getUint8(97) !== 2 || view.getUint8(98) !== 2) {
    throw new Error("no PMTiles of version 3, gzipped inside");
  }
  /** @param {number} at */
  const number = (at) => Number(view.getBigUint64(at, true));
  return {
    rootAt: number(8),
    rootLength: number(16),
    leavesAt: number(40),
    tilesAt: number(56),
    minZoom: view.getUint8(100),
    maxZoom: view.getUint8(101),
  };
}

/**
 * The number of a tile on the Hilbert curves of all zooms, one after the other.
 * @param {number} zoom
 * @param {number} x
 * @param {number} y
 */
export function tileNumber(zoom, x, y) {
  let number = (4 ** zoom - 1) / 3;
  for (let side = 2 ** zoom / 2; side >= 1; side /= 2) {
    const right = x & side ? 1 : 0;
    const low = y & side ? 1 : 0;
    number += side * side * ((3 * right) ^ low);
    if (!low) {
      [x, y] = right ? [side - 1 - y, side - 1 - x] : [y, x];
    }
    x &= side - 1;
    y &= side - 1;
  }
  return number;
}

/**
 * The entries of a directory, by tile.
 * @param {Uint8Array} bytes
 */
export function directoryOf(bytes) {
  let at = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte % 128) * scale;
      if (byte < 128) {
        return value;
      }
    }
  };
  let tile = 0;
  /** @type {Entry[]} */
  const entries = Array.from({ length: next() }, () => ({ tile: (tile += next()), run: 0, length: 0, offset: 0 }));
  entries.forEach((entry) => (entry.run = next()));
  entries.forEach((entry) => (entry.length = next()));
  entries.forEach((entry, place) => {
    const offset = next();
    entry.offset = offset ? offset - 1 : entries[place - 1].offset + entries[place - 1].length;
  });
  return entries;
}

/**
 * The entry that holds a tile, or the directory that may.
 * @param {Entry[]} entries
 * @param {number} wanted
 */
export function entryOf(entries, wanted) {
  const found = entries.findLast(({ tile }) => tile <= wanted);
  return found && (found.run === 0 || wanted < found.tile + found.run) ? found : null;
}

/** @param {Uint8Array} bytes */
async function unzipped(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
