// The map itself: its view, its scale, its attribution.
import { words } from "./page.js";

export function createMap(atlas, { center, zoom, minZoom, maxZoom }) {
  atlas.map = L.map("map", {
    center,
    zoom,
    minZoom,
    maxZoom,
    zoomControl: false,
    zoomSnap: 0.25,
    fadeAnimation: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  atlas.map.attributionControl.setPrefix(false);
  L.control.zoom({ position: "topleft", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(atlas.map);
  atlas.map.on("zoomend", () => noteZoom(atlas.map));
  noteZoom(atlas.map);
  // From bottom to top: areas, lines, footprints of cases, points.
  ["areas", "lines", "footprints", "points"].forEach((name, rank) => {
    atlas.map.createPane(name).style.zIndex = String(400 + rank * 10);
  });
}

// Style sheets show more names the closer one looks.
function noteZoom(map) {
  map.getContainer().classList.toggle("far", map.getZoom() < 8.25);
}

export function setView(atlas, { bounds }) {
  atlas.home = L.latLngBounds(bounds);
  atlas.map.fitBounds(atlas.home, { animate: false });
  atlas.map.setMaxBounds(atlas.home.pad(0.5));
}

export function addScale(atlas) {
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(atlas.map);
}

export function setAttribution(atlas, { text }) {
  // Leaflet writes attributions with innerHTML: hand it escaped text.
  const span = document.createElement("span");
  span.textContent = text;
  atlas.map.attributionControl.addAttribution(span.innerHTML);
}
