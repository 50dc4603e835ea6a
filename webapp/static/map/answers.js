// What the scripts fetch, each answer with its type.
// @ts-check
/** @import { BaseLabel, BaseMap, CaseDetails, CasesAt, ChoiceGroup, FeatureDetails, LayerShape, MarksInView, Outlines, Results, ResultsPiece, Tour } from "./wire.js" */
import { partsOf } from "./address.js";
import { parts, pause } from "./page.js";

/** @typedef {[string, string][]} Pairs */

/** @returns {Promise<BaseMap>} */
export function fetchBase() {
  return fetchJson(parts.base.url);
}

/** @returns {Promise<BaseLabel[]>} */
export function fetchTowns() {
  return fetchJson(parts.base.towns);
}

/**
 * @param {string[]} ids
 * @returns {Promise<Record<string, LayerShape[]>>}
 */
export function fetchLayers(ids) {
  return fetchJson(parts.layers.url.replace("/_.json", `/${ids.join(",")}.json`));
}

/**
 * @param {Pairs} args
 * @returns {Promise<Results>}
 */
export function fetchResults(args) {
  return fetchJson(withArgs(parts.results.results, args));
}

/**
 * The rows of the list from `offset` on.
 * @param {Pairs} args
 * @param {number} offset
 * @returns {Promise<ResultsPiece>}
 */
export function fetchMore(args, offset) {
  return fetchJson(withArgs(parts.results.results, [...args, ["offset", String(offset)]]));
}

/** @returns {Promise<ChoiceGroup[]>} */
export function fetchChoices() {
  return fetchJson(parts.results.choices);
}

/** @returns {Promise<Tour[]>} */
export function fetchTours() {
  return fetchJson(parts.results.tours);
}

/**
 * @param {Pairs} args
 * @param {AbortSignal} signal
 * @returns {Promise<MarksInView>}
 */
export function fetchMarks(args, signal) {
  return fetchJson(withArgs(parts.cases.marks, args), signal);
}

/**
 * @param {Pairs} args
 * @param {AbortSignal} signal
 * @returns {Promise<Outlines>}
 */
export function fetchOutlines(args, signal) {
  return fetchJson(withArgs(parts.cases.outlines, args), signal);
}

/**
 * The cases that are counted at a county or city.
 * @param {"counties" | "cities"} layer
 * @param {string} id
 * @param {Pairs} args
 * @returns {Promise<CasesAt>}
 */
export function fetchCasesAt(layer, id, args) {
  return fetchJson(withArgs(parts.cases.at.replace("/counties/_.json", `/${layer}/${encodeURIComponent(id)}.json`), args));
}

/**
 * @param {string} id
 * @returns {Promise<CaseDetails>}
 */
export function fetchCase(id) {
  return fetchJson(parts.cases.details.replace("/_.json", `/${encodeURIComponent(id)}.json`));
}

/**
 * @param {string} address "<layer>:<id>"
 * @returns {Promise<FeatureDetails>}
 */
export function fetchFeature(address) {
  const { kind, id } = partsOf(address);
  return fetchJson(parts.cases.feature.replace("/_/-.json", `/${kind}/${encodeURIComponent(id)}.json`));
}

/**
 * An address with more parameters.
 * @param {string} address
 * @param {Pairs} pairs
 */
function withArgs(address, pairs) {
  const url = new URL(address, location.href);
  pairs.forEach(([name, value]) => url.searchParams.append(name, value));
  return url.toString();
}

/**
 * @param {string} url
 * @param {AbortSignal} [signal]
 */
async function fetchJson(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`);
  }
  const found = await response.json();
  await pause(); // what arrives together is drawn piece by piece
  return found;
}
