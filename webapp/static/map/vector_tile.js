// The shapes of a vector tile (Mapbox Vector Tile 2.1), without attributes. Needs no page.
// @ts-check

const TILE_LAYERS = 3;
const NAME = 1, FEATURES = 2, EXTENT = 5;
const KIND = 3, GEOMETRY = 4;
const MOVE = 1, LINE = 2, CLOSE = 7;

/**
 * Lines, or rings that fill by the even-odd rule: x and y of each corner, one after the other.
 * @typedef {{ isArea: boolean, parts: number[][] }} Shape
 */
/** @typedef {{ extent: number, shapes: Shape[] }} TileLayer */

/**
 * The layers of a tile by name.
 * @param {Uint8Array} bytes
 * @returns {Map<string, TileLayer>}
 */
export function layersOf(bytes) {
  /** @type {Map<string, TileLayer>} */
  const layers = new Map();
  for (const [field, content] of fields(bytes)) {
    if (field === TILE_LAYERS && content instanceof Uint8Array) {
      const { name, ...layer } = layerOf(content);
      layers.set(name, layer);
    }
  }
  return layers;
}

/** @param {Uint8Array} bytes */
function layerOf(bytes) {
  const layer = { name: "", extent: 4096, shapes: /** @type {Shape[]} */ ([]) };
  for (const [field, content] of fields(bytes)) {
    if (content instanceof Uint8Array) {
      field === NAME && (layer.name = new TextDecoder().decode(content));
      field === FEATURES && layer.shapes.push(shapeOf(content));
    } else if (field === EXTENT) {
      layer.extent = content;
    }
  }
  return layer;
}

/** @param {Uint8Array} bytes */
function shapeOf(bytes) {
  /** @type {Shape} */
  const shape = { isArea: false, parts: [] };
  for (const [field, content] of fields(bytes)) {
    if (field === KIND) {
      shape.isArea = content === 3;
    } else if (field === GEOMETRY && content instanceof Uint8Array) {
      shape.parts = partsOf(content);
    }
  }
  return shape;
}

/**
 * The corners that commands lead to, each a step from the one before (§4.3 of the specification).
 * @param {Uint8Array} bytes
 */
export function partsOf(bytes) {
  const read = reader(bytes);
  /** @type {number[][]} */
  const parts = [];
  let x = 0;
  let y = 0;
  while (read.more()) {
    const command = read.number();
    const kind = command % 8;
    for (let left = Math.floor(command / 8); left > 0 && kind !== CLOSE; left -= 1) {
      x += step(read.number());
      y += step(read.number());
      kind === MOVE && parts.push([]);
      (kind === MOVE || kind === LINE) && parts.at(-1)?.push(x, y);
    }
  }
  return parts;
}

/** @param {number} zigzag */
function step(zigzag) {
  return zigzag % 2 ? -(zigzag + 1) / 2 : zigzag / 2;
}

/**
 * The fields of a message of Protocol Buffers: numbers, and the bytes of everything else that has a length.
 * @param {Uint8Array} bytes
 * @returns {Generator<[number, number | Uint8Array]>}
 */
function* fields(bytes) {
  const read = reader(bytes);
  while (read.more()) {
    const key = read.number();
    const wire = key % 8;
    if (wire === 0) {
      yield [Math.floor(key / 8), read.number()];
    } else {
      yield [Math.floor(key / 8), read.bytes(wire === 2 ? read.number() : wire === 1 ? 8 : 4)];
    }
  }
}

/** @param {Uint8Array} bytes */
function reader(bytes) {
  let at = 0;
  return {
    more: () => at < bytes.length,
    number: () => {
      let value = 0;
      for (let scale = 1; at < bytes.length; scale *= 128) {
        const byte = bytes[at++];
        value += (byte % 128) * scale;
        if (byte < 128) {
          break;
        }
      }
      return value;
    },
    /** @param {number} length */
    bytes: (length) => bytes.subarray(at, (at += length)),
  };
}
