// Names on the map: shown from their zoom on, where they find room.
// @ts-check
import { all, element } from "./page.js";
import { rooms, SHIFT_NAMES } from "./room.js";
import { map } from "./view.js";

/**
 * A name that may be drawn, those of small rank first.
 * @typedef {{ zoom: number, rank: number, tooltip: L.Tooltip, isOff: boolean }} Label
 */

/** @type {Set<Label>} */
const labels = new Set();

/** @param {Label} label */
export function addLabel(label) {
  labels.add(label);
}

/**
 * A name at a place.
 * @param {L.LatLng} place
 * @param {string} text
 * @param {string} kind
 */
export function placeLabel(place, text, kind) {
  return L.tooltip(place, {
    content: element("span", { textContent: text }),
    permanent: true,
    direction: "center",
    className: `name-label ${kind}`,
    interactive: false,
    opacity: 1,
    pane: "chosen",
  });
}

export function keepLabelsApart() {
  /** @type {number | null} */
  let frame = null;
  map.on("zoomend moveend labelschange", () => {
    if (document.documentElement.dataset.mapReady) {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        arrangeLabels();
      });
    }
  });
}

export function arrangeLabels() {
  const shown = shownNow();
  shown.forEach((node) => node.classList.remove(...SHIFT_NAMES));
  const marks = all(map.getContainer(), ".case-marker, .cluster");
  const found = rooms(shown.map(boxOf), marks.map(boxOf));
  found.forEach((shift, at) => {
    shown[at].classList.toggle("crowded", shift === null);
    shift && shown[at].classList.add(shift);
  });
}

/** @param {HTMLElement} node */
function boxOf(node) {
  return node.getBoundingClientRect();
}

function shownNow() {
  const zoom = map.getZoom();
  const view = map.getBounds().pad(0.05);
  /** @type {HTMLElement[]} */
  const shown = [];
  for (const { tooltip, isOff, zoom: from } of [...labels].sort((one, other) => one.rank - other.rank)) {
    const place = tooltip.getLatLng();
    if (isOff || zoom < from || !place || !view.contains(place)) {
      tooltip.remove();
      continue;
    }
    tooltip.addTo(map);
    const node = tooltip.getElement();
    node && shown.push(node);
  }
  return shown;
}
