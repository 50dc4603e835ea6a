// The map itself: its window, its scale, its attribution, and how to bring something into view.
// @ts-check
/** @import { State } from "./wire.js" */
import { viewText } from "./address.js";
import { boxBounds, latLng } from "./geometry.js";
import { byId, calm, element, narrow, parts, words } from "./page.js";
import { store } from "./store.js";

const DECIMALS = 4;
/** The zoom that is enough to see what is chosen: its surroundings stay in sight. */
export const CLOSEST = 12;
// From bottom to top: tiles, our base map, layers and outlines, what is chosen; each pane of ours has one canvas.
const PANES = ["tiles", "base", "shapes", "chosen"];

export const map = L.map("map", {
  center: latLng(parts.map.view.center),
  zoom: parts.map.view.zoom,
  minZoom: parts.map.min_zoom,
  maxZoom: parts.map.max_zoom,
  zoomControl: false,
  zoomSnap: 0.25,
  wheelDebounceTime: 20,
  fadeAnimation: false,
  zoomAnimation: !calm.matches,
  inertia: !calm.matches,
});
PANES.forEach((name, rank) => {
  map.createPane(name).style.zIndex = String(200 + rank * 10);
});

/** @param {string} pane */
function canvas(pane) {
  return { pane, renderer: L.canvas({ pane, padding: 0.1, tolerance: 5 }) };
}

// Where to draw: options of a shape.
export const onBase = canvas("base");
export const onShapes = canvas("shapes");
export const onTop = { ...canvas("chosen"), interactive: false };

export const home = boxBounds(parts.home.box);

// Show the window of the address, or all of the area, and keep the address up to date.
export function beginView() {
  map.attributionControl.setPrefix(false).addAttribution(asAttribution(parts.attribution.text));
  L.control.zoom({ position: "bottomright", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  map.on("zoomend", noteZoom);
  noteZoom();
  map.setMaxBounds(home.pad(1));
  const sheet = narrow.matches && !store.isEmbedded ? byId("sidebar").offsetHeight : 0;
  map.fitBounds(home, { animate: false, paddingTopLeft: [0, sheet && 40], paddingBottomRight: [0, sheet] });
  restore(store.now);
  store.listen((now, _, isRestored) => isRestored && restore(now));
  let isFirst = true;
  map.on("moveend", () => {
    if (!isFirst || store.now.view) {
      store.set({ view: viewOfMap() }, { isStep: false });
    }
    isFirst = false;
  });
}

/** @param {State} state */
function restore({ view }) {
  if (view && viewText(view) !== viewText(viewOfMap())) {
    map.setView(latLng(view.center), view.zoom, { animate: false });
  }
}

function noteZoom() {
  map.getContainer().dataset.zoom = String(Math.floor(map.getZoom()));
}

function viewOfMap() {
  const { lat, lng } = map.getCenter();
  const center = { lat: Number(lat.toFixed(DECIMALS)), lon: Number(lng.toFixed(DECIMALS)) };
  return { zoom: Number(map.getZoom().toFixed(2)), center };
}

/**
 * Bring an area into the part of the map that panel and sheet leave free.
 * @param {L.LatLngBounds} bounds
 */
export function look(bounds) {
  if (!bounds.isValid()) {
    return;
  }
  map.fitBounds(bounds, {
    maxZoom: CLOSEST,
    animate: false,
    paddingTopLeft: [30, 50],
    paddingBottomRight: narrow.matches ? [30, Math.round(map.getSize().y * 0.5)] : [byId("panel").offsetWidth + 60, 40],
  });
}

/**
 * Leaflet writes attributions as HTML: hand it escaped text.
 * @param {string} text
 */
export function asAttribution(text) {
  return element("span", { textContent: text }).innerHTML;
}
