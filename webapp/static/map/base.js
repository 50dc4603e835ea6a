// The base map: our own in light and dark, or tiles of another host where the settings allow it.
import { Gcj02TileLayer } from "./gcj02.js";
import { drawn } from "./geometry.js";
import { element, fetchJson, pause, words } from "./page.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

export function addBase(atlas, { url, schemes, online }) {
  const base = { shapes: [], labels: [], tiles: null, schemes, online: new Map(online.map((one) => [one.id, one])) };
  atlas.base = base;
  atlas.ready.push(fetchJson(url).then((data) => drawBase(atlas, data)));
  atlas.store.listen((now, before) => {
    if (now.scheme !== before.scheme) {
      applyScheme(atlas);
    }
    if (now.base !== before.base) {
      applyBase(atlas);
    }
  });
  dark.addEventListener("change", () => applyScheme(atlas));
  applyScheme(atlas);
}

export function schemeOf(atlas) {
  const chosen = atlas.store.now.scheme ?? "auto";
  return chosen === "auto" ? (dark.matches ? "dark" : "light") : chosen;
}

function applyScheme(atlas) {
  const scheme = schemeOf(atlas);
  document.documentElement.dataset.scheme = scheme;
  atlas.base.shapes.forEach(({ shape, style }) => shape.setStyle(atlas.base.schemes[scheme][style]));
  atlas.map.fire("schemechange");
}

async function drawBase(atlas, { parts, labels }) {
  const { base, renderers } = atlas;
  labels.forEach(({ name, at, zoom, kind }) => {
    const text = element("span", { textContent: name });
    base.labels.push({ zoom, rank: zoom, tooltip: placeLabel(at, text, kind) });
  });
  atlas.labels.push(...base.labels);
  base.group = L.layerGroup();
  applyBase(atlas);
  for (const { style, shape: thin } of parts) {
    const shape = drawn(thin, { ...base.schemes[schemeOf(atlas)][style], renderer: renderers.base, pane: "base", interactive: false });
    base.shapes.push({ shape, style });
    shape.addTo(base.group);
    await pause();
  }
}

export function placeLabel(latlng, text, kind) {
  return L.tooltip(L.latLng(latlng), {
    content: text,
    permanent: true,
    direction: "center",
    className: `name-label ${kind}`,
    interactive: false,
    opacity: 1,
    pane: "chosen",
  });
}

function applyBase(atlas) {
  const { base, map, store } = atlas;
  const chosen = store.now.base ?? "own";
  base.tiles?.remove();
  base.tiles = null;
  const online = base.online.get(chosen);
  if (online) {
    const Tiles = online.datum === "GCJ-02" ? Gcj02TileLayer : L.TileLayer;
    const span = element("span", { textContent: online.attribution });
    base.tiles = new Tiles(online.url, { maxZoom: 18, maxNativeZoom: online.max_zoom, pane: "tiles", attribution: span.innerHTML });
    base.tiles.addTo(map);
  }
  const isOwn = chosen === "own";
  isOwn ? base.group?.addTo(map) : base.group?.remove();
  base.labels.forEach((label) => (label.isOff = !isOwn));
  map.fire("labelschange");
}

// The choice of base map and of light and dark, for the panel of layers.
export function baseControls(atlas) {
  const { base, store } = atlas;
  const bases = [["own", words.base_own], ...[...base.online.values()].map((one) => [one.id, one.title]), ["none", words.base_none]];
  const schemes = [["auto", words.scheme_auto], ["light", words.scheme_light], ["dark", words.scheme_dark]];
  return element(
    "fieldset",
    { className: "base-controls" },
    element("legend", { textContent: words.base_map }),
    choice(words.base_map, bases, store.now.base ?? "own", (value) => store.set({ base: value === "own" ? null : value })),
    choice(words.scheme, schemes, store.now.scheme ?? "auto", (value) => store.set({ scheme: value === "auto" ? null : value })),
  );
}

function choice(label, options, chosen, onChange) {
  const select = element("select", { ariaLabel: label }, ...options.map(([value, text]) => element("option", { value, textContent: text })));
  select.value = chosen;
  select.addEventListener("change", () => onChange(select.value));
  return select;
}
