// The base map: our own in light and dark, or tiles of another host where the settings allow it.
// @ts-check
/** @import { Label } from "./labels.js" */
/** @import { Drawn } from "./geometry.js" */
/** @import { BaseLabel } from "./wire.js" */
import { fetchBase, fetchTowns } from "./answers.js";
import { drawn, latLng } from "./geometry.js";
import { addLabel, placeLabel } from "./labels.js";
import { land } from "./land.js";
import { byId, element, parts, pause, words } from "./page.js";
import { onScheme, schemeNow } from "./scheme.js";
import { store } from "./store.js";
import { tilesOf } from "./tiles.js";
import { asAttribution, map, onBase } from "./view.js";

const { schemes, online, entries, towns_from: townsFrom } = parts.base;
const own = L.layerGroup();
const DOT_PX = 4;
const TOWN_GAP_PX = 36;
const OF_BORDERS = ["land", "county", "city"];
const FADED = [0.6, 0.35]; // at the zoom from which a part fades, and at the next ones

/** @typedef {{ shape: Drawn, style: string, from: number, fadesFrom: number | null }} Part */

/** @type {Part[]} */
const shapes = [];
/** @type {Map<string, Label[]>} names by the entry of the legend that switches them */
const names = new Map([["names", []], ["towns", []]]);
/** @type {Set<string>} */
const hidden = new Set();
/** @type {L.TileLayer | null} */
let tiles = null;
let isFetchingTowns = false;
const { tiles: tilesBelow } = parts.base;
/** @type {Promise<L.GridLayer> | null} */
let below = null;
map.createPane("ground").style.zIndex = "190"; // land lies below the tiles of an import, all else above
const onGround = { pane: "ground", renderer: L.canvas({ pane: "ground", padding: 0.1 }) };

onScheme(applyScheme);
map.on("zoomend", applyZoom);
store.listen((now, before) => now.base !== before?.base && applyBase());

/**
 * How a part is drawn now: deeper than its source is good for, it fades.
 * @param {Pick<Part, "style" | "fadesFrom">} part
 */
function styleOf({ style, fadesFrom }) {
  const look = schemes[schemeNow()][style];
  const beyond = fadesFrom === null ? -1 : Math.floor(map.getZoom()) - fadesFrom;
  return beyond < 0 ? { opacity: 1, ...look } : { ...look, opacity: FADED[Math.min(beyond, FADED.length - 1)] };
}

function applyScheme() {
  shapes.filter(({ style }) => !OF_BORDERS.includes(style)).forEach((part) => part.shape.setStyle(styleOf(part)));
  below?.then((layer) => layer.redraw());
}

function applyZoom() {
  shapes.forEach(showPart);
  shapes.filter(({ fadesFrom }) => fadesFrom !== null).forEach((part) => part.shape.setStyle(styleOf(part)));
  addTowns();
  addTiles();
}

/** @param {Part} part */
function addPart(part) {
  shapes.push(part);
  showPart(part);
}

/** @param {Part} part */
function showPart({ shape, style, from }) {
  map.getZoom() >= from && !hidden.has(style) ? shape.addTo(own) : shape.remove();
}

// Fetch our own base map and draw it, names first, piece by piece.
export async function addBase() {
  const { parts: found, borders, labels } = await fetchBase();
  labels.forEach((label) => addName("names", label, label.zoom));
  applyBase();
  land.make(borders, onGround);
  land.counties.forEach((shape) => addPart({ shape, style: "land", from: 0, fadesFrom: null }));
  for (const { style, zoom, fades_from: fadesFrom, shape: thin } of found) {
    const shape = drawn(thin, { ...styleOf({ style, fadesFrom }), ...onBase, interactive: false });
    addPart({ shape, style, from: zoom, fadesFrom });
    await pause();
  }
  land.lines.forEach((shape, style) => addPart({ shape, style, from: 0, fadesFrom: null }));
  addTowns();
  addTiles();
}

// The tiles of an import, and what draws them, once they may be shown.
function addTiles() {
  if (!tilesBelow || below || map.getZoom() < tilesBelow.from_zoom) {
    return;
  }
  below = import(byId("map-parts").dataset.tiles ?? "").then(({ tileLayer }) =>
    tileLayer(tilesBelow, tileStyle, { pane: "tiles", attribution: asAttribution(tilesBelow.attribution) }).addTo(own),
  );
  below.catch(() => (below = null)); // the next zoom tries again
}

/** @param {string} layer */
function tileStyle(layer) {
  return hidden.has(layer) ? undefined : tilesBelow?.schemes[schemeNow()][layer];
}

// The names of townships, once they may be shown; those whose place is known best come first.
async function addTowns() {
  if (map.getZoom() < townsFrom || isFetchingTowns) {
    return;
  }
  isFetchingTowns = true;
  try {
    (await fetchTowns()).forEach((label, place) => addName("towns", label, label.zoom + 20 + place / 1000));
    applyBase();
  } catch {
    isFetchingTowns = false; // the next zoom tries again
  }
}

/**
 * @param {string} entry
 * @param {BaseLabel} label
 * @param {number} rank
 */
function addName(entry, { name, at, zoom, kind, id, has_dot: hasDot }, rank) {
  const sign = placeLabel(latLng(at), name, kind);
  const label = { zoom, rank, sign, isOff: false, dot: hasDot ? DOT_PX : undefined, isNeeded: kind === "cities", key: `${kind}:${id}`, gap: entry === "towns" ? TOWN_GAP_PX : 0 };
  names.get(entry)?.push(label);
  addLabel(label);
}

function applyBase() {
  const chosen = store.now.base ?? "own";
  tiles?.remove();
  const other = online.find(({ id }) => id === chosen);
  tiles = other ? tilesOf(other).addTo(map) : null;
  const isOwn = chosen === "own";
  isOwn ? own.addTo(map) : own.remove();
  names.forEach((labels, entry) => labels.forEach((label) => (label.isOff = !isOwn || hidden.has(entry))));
  map.fire("labelschange");
}

/**
 * @param {string} entry
 * @param {boolean} isOn
 */
function switchEntry(entry, isOn) {
  isOn ? hidden.delete(entry) : hidden.add(entry);
  shapes.filter(({ style }) => style === entry).forEach(showPart);
  shapes.filter(({ shape }) => map.hasLayer(shape)).forEach(({ shape }) => shape.bringToFront()); // each in its place
  tilesBelow?.layers.includes(entry) && below?.then((layer) => layer.redraw());
  applyBase();
}

// The choice of base map and of light and dark, for the panel of layers.
export function baseControls() {
  const { base, scheme } = store.now;
  /** @type {[string, string][]} */
  const bases = [["own", words.base_own], ...online.map(({ id, title }) => /** @type {[string, string]} */ ([id, title])), ["none", words.base_none]];
  /** @type {[string, string][]} */
  const choices = [["auto", words.scheme_auto], ["light", words.scheme_light], ["dark", words.scheme_dark]];
  return element(
    "fieldset",
    { className: "base-controls" },
    element("legend", { textContent: words.base_map }),
    choice(words.base_map, bases, base ?? "own", (value) => store.set({ base: value === "own" ? null : value })),
    legend(),
    choice(words.scheme, choices, scheme ?? "auto", (value) => store.set({ scheme: value === "auto" ? null : value })),
  );
}

// What our own base map shows, each with its colour and a switch.
function legend() {
  const rows = entries.map(({ id, title }) => {
    const box = element("input", { type: "checkbox", checked: !hidden.has(id), className: "base-switch", dataset: { part: id } });
    box.addEventListener("change", () => switchEntry(id, box.checked));
    const swatch = element("span", { className: "swatch base", ariaHidden: "true" });
    const { color, fillColor } = schemes[schemeNow()][id] ?? tilesBelow?.schemes[schemeNow()][id] ?? {};
    swatch.style.setProperty("--layer", color ?? fillColor ?? "transparent");
    return element("li", {}, element("label", {}, box, " ", swatch, ` ${title}`));
  });
  return element("details", {}, element("summary", { textContent: words.base_shows }), element("ul", { className: "legend" }, ...rows));
}

/**
 * @param {string} label
 * @param {[string, string][]} options
 * @param {string} chosen
 * @param {(value: string) => void} onChange
 */
function choice(label, options, chosen, onChange) {
  const select = element("select", { ariaLabel: label }, ...options.map(([value, text]) => element("option", { value, textContent: text })));
  select.value = chosen;
  select.addEventListener("change", () => onChange(select.value));
  return select;
}
