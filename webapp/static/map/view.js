// The map itself: its window, its scale, its attribution, and how to bring something into view.
import { boxBounds } from "./geometry.js";
import { calm, narrow, words } from "./page.js";
import { viewText } from "./store.js";

const DECIMALS = 4;

export function createMap(atlas, { view, minZoom, maxZoom }) {
  const map = L.map("map", {
    ...view,
    minZoom,
    maxZoom,
    zoomControl: false,
    zoomSnap: 0.25,
    wheelDebounceTime: 20,
    fadeAnimation: false,
    zoomAnimation: !calm.matches,
    inertia: !calm.matches,
  });
  atlas.map = map;
  map.attributionControl.setPrefix(false);
  L.control.zoom({ position: "bottomright", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  // From bottom to top: tiles, our base map, layers and outlines, what is chosen; each pane has one canvas.
  ["tiles", "base", "shapes", "chosen"].forEach((name, rank) => {
    map.createPane(name).style.zIndex = String(200 + rank * 10);
  });
  atlas.renderers = Object.fromEntries(
    ["base", "shapes", "chosen"].map((pane) => [pane, L.canvas({ pane, padding: 0.1, tolerance: 5 })]),
  );
  map.on("zoomend", () => noteZoom(map));
  noteZoom(map);
}

function noteZoom(map) {
  map.getContainer().dataset.zoom = String(Math.floor(map.getZoom()));
}

export function setView(atlas, { box }) {
  const { map, store } = atlas;
  atlas.home = boxBounds(box);
  map.setMaxBounds(atlas.home.pad(1));
  const sheet = narrow.matches && !store.isEmbedded ? document.getElementById("sidebar").offsetHeight : 0;
  map.fitBounds(atlas.home, { animate: false, paddingTopLeft: [0, sheet && 40], paddingBottomRight: [0, sheet] });
  const restore = ({ view }) => {
    if (view && viewText(view) !== viewText(viewOf(map))) {
      map.setView(view.center, view.zoom, { animate: false });
    }
  };
  restore(store.now);
  store.listen((now, before, isRestored) => isRestored && restore(now));
  let isFirst = true;
  map.on("moveend", () => {
    if (!isFirst || store.now.view) {
      store.set({ view: viewOf(map) }, { isStep: false });
    }
    isFirst = false;
  });
}

function viewOf(map) {
  const { lat, lng } = map.getCenter();
  const center = { lat: Number(lat.toFixed(DECIMALS)), lon: Number(lng.toFixed(DECIMALS)) };
  return { zoom: Number(map.getZoom().toFixed(2)), center };
}

// Bring an area into the part of the map that panel and sheet leave free.
export function look(atlas, bounds) {
  const { map, panel } = atlas;
  if (!bounds.isValid()) {
    return;
  }
  const size = map.getSize();
  const covered = panel && !panel.node.hidden ? panel.node : null;
  map.fitBounds(bounds, {
    maxZoom: 12,
    animate: false,
    paddingTopLeft: [30, 50],
    paddingBottomRight: narrow.matches
      ? [30, Math.round(size.y * 0.5)]
      : [(covered ? covered.offsetWidth : 0) + 60, 40],
  });
}

export function addScale(atlas) {
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(atlas.map);
}

export function setAttribution(atlas, { text }) {
  // Leaflet writes attributions with innerHTML: hand it escaped text.
  const span = document.createElement("span");
  span.textContent = text;
  atlas.attribution = text;
  atlas.map.attributionControl.addAttribution(span.innerHTML);
}
