// A state of the map as an address, and addresses of what is on it. Needs no page.
// @ts-check
/** @import { State, View } from "./wire.js" */

/**
 * The address of a state; with `names`, a table of short names, the short one.
 * @param {State} state
 * @param {{ path: string, isEmbedded: boolean, isChinese: boolean, names?: Record<string, string> | null }} page
 */
export function addressOf(state, { path, isEmbedded, isChinese, names = null }) {
  const { args, view, layers, ...rest } = state;
  const pairs = [...args];
  Object.entries(rest).forEach(([name, value]) => value && pairs.push([name, value]));
  if (view) {
    pairs.push(["view", viewText(view)]);
  }
  if (layers) {
    pairs.push(["layers", layers.join(",") || "none"]);
  }
  if (isEmbedded && !names) {
    pairs.push(["embed", "1"]);
  }
  if (!isChinese) {
    pairs.push(["lang", "en"]);
  }
  const text = pairs.map(([name, value]) => `${names?.[name] ?? name}=${tidy(value)}`).join("&");
  return text ? `${path}?${text}` : path;
}

/**
 * A window as an address carries it.
 * @param {View} view
 */
export function viewText({ zoom, center }) {
  return `${zoom}/${center.lat}/${center.lon}`;
}

/**
 * Encoded as far as an address needs; what people read stays readable.
 * @param {string} value
 */
function tidy(value) {
  return encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2F/g, "/");
}

/**
 * "case:<id>" or "<layer>:<id>" as its two parts; ids may have colons of their own.
 * @param {string} address
 */
export function partsOf(address) {
  const at = address.indexOf(":");
  return { kind: address.slice(0, at), id: address.slice(at + 1) };
}

/**
 * The case that an address opens, if it opens one.
 * @param {string | null} address
 */
export function caseOf(address) {
  return address?.startsWith("case:") ? partsOf(address).id : null;
}

/**
 * A step of a tour: "<id>.<number>" counts from 1, here from 0; without a number it is the first, not yet asked for.
 * @param {string} address
 */
export function stepOf(address) {
  const [id, number] = address.split(".");
  return { id, at: Number(number ?? 1) - 1, isAsked: number !== undefined };
}
