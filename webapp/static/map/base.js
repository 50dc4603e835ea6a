// The base map: our own in light and dark, or tiles of another host where the settings allow it.
// @ts-check
/** @import { Label } from "./labels.js" */
/** @import { Drawn } from "./geometry.js" */
import { fetchBase } from "./answers.js";
import { drawn, latLng } from "./geometry.js";
import { addLabel, placeLabel } from "./labels.js";
import { land } from "./land.js";
import { element, parts, pause, words } from "./page.js";
import { onScheme, schemeNow } from "./scheme.js";
import { store } from "./store.js";
import { tilesOf } from "./tiles.js";
import { map, onBase } from "./view.js";

const { schemes, online } = parts.base;
const own = L.layerGroup();
/** @type {{ shape: Drawn, style: string }[]} */
const shapes = [];
/** @type {Label[]} */
const names = [];
/** @type {L.TileLayer | null} */
let tiles = null;

onScheme(() => shapes.forEach(({ shape, style }) => shape.setStyle(styleOf(style))));
store.listen((now, before) => now.base !== before?.base && applyBase());

/** @param {string} style */
function styleOf(style) {
  return schemes[schemeNow()][style];
}

// Fetch our own base map and draw it, names first, piece by piece.
export async function addBase() {
  const { parts: found, borders, labels } = await fetchBase();
  labels.forEach(({ name, at, zoom, kind, id }) => {
    const label = { zoom, rank: zoom, tooltip: placeLabel(latLng(at), name, kind), isOff: false, isNeeded: kind === "cities", key: `${kind}:${id}` };
    names.push(label);
    addLabel(label);
  });
  applyBase();
  land.make(borders);
  land.counties.forEach((area) => area.addTo(own));
  for (const { style, shape: thin } of found) {
    const shape = drawn(thin, { ...styleOf(style), ...onBase, interactive: false });
    shapes.push({ shape, style });
    shape.addTo(own);
    await pause();
  }
  land.lines.forEach((line) => line.addTo(own));
}

function applyBase() {
  const chosen = store.now.base ?? "own";
  tiles?.remove();
  const other = online.find(({ id }) => id === chosen);
  tiles = other ? tilesOf(other).addTo(map) : null;
  const isOwn = chosen === "own";
  isOwn ? own.addTo(map) : own.remove();
  names.forEach((label) => (label.isOff = !isOwn));
  map.fire("labelschange");
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
    choice(words.scheme, choices, scheme ?? "auto", (value) => store.set({ scheme: value === "auto" ? null : value })),
  );
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
