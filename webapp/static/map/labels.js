// Names, numbers of lines and counts on the map: shown from their zoom on, where they find room.
// @ts-check
/** @import { Seeker } from "./room.js" */
import { spotsAlong } from "./geometry.js";
import { all, element } from "./page.js";
import { givingWay, moved, rooms, shiftsAround, shiftsWithin } from "./room.js";
import { map } from "./view.js";

/**
 * A name that may be drawn, those of small rank first. `line`: it stands along that line, wherever there is room;
 * `dot`: beside a dot of that radius; else inside an area. `isNeeded`: marks give way to it. `key`: "<layer>:<id>".
 * `gap`: the room that it wants around it at the zoom from which it is shown; with every further zoom a third of it.
 * @typedef {{ zoom: number, rank: number, sign: L.Marker, isOff: boolean, line?: L.LatLng[][], dot?: number, isNeeded?: boolean, key?: string, gap?: number }} Label
 */

/** @typedef {{ node: HTMLElement, label: Label } & Seeker} Shown */

const ALONG_PX = 70;
const EDGE_PX = 6;

/** @type {Set<Label>} */
const labels = new Set();

/** @param {Label} label */
export function addLabel(label) {
  labels.add(label);
}

/**
 * The name of a feature, where one may be shown.
 * @param {string} key "<layer>:<id>"
 */
export function labelOf(key) {
  return [...labels].find((label) => label.key === key);
}

/** @param {Label} label */
export function removeLabel(label) {
  label.sign.remove();
  labels.delete(label);
}

/**
 * A name at a place.
 * @param {L.LatLng} place
 * @param {string | HTMLElement} text
 * @param {string} kind
 */
export function placeLabel(place, text, kind) {
  const html = typeof text === "string" ? element("span", { textContent: text }) : text;
  const icon = L.divIcon({ html, className: `name-label ${kind}`, iconSize: undefined });
  return L.marker(place, { icon, interactive: false, keyboard: false, pane: "chosen" });
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
  const marks = all(map.getContainer(), ".case-marker, .cluster");
  marks.forEach((mark) => (mark.style.translate = ""));
  const shown = shownNow();
  const fixed = all(document, ".stage .toolbar button, .stage .leaflet-control").map(boxOf);
  const found = rooms(shown, [...fixed, ...marks.map(boxOf)]);
  found.forEach((shift, at) => put(shown[at], shift));
  giveWay(marks, shown.flatMap(({ box, isNeeded }, at) => (isNeeded && found[at] ? [moved(box, found[at])] : [])));
}

/**
 * What stands along a line takes its new place on the map, so that it stays there while the map moves.
 * @param {Shown} shown
 * @param {{ x: number, y: number } | null} shift
 */
function put({ node, label: { line, sign } }, shift) {
  node.classList.toggle("crowded", shift === null);
  const anchor = sign.getLatLng();
  if (shift && line && anchor) {
    sign.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(anchor).add([shift.x, shift.y])));
  } else {
    inner(node).style.translate = shift ? `${shift.x.toFixed(1)}px ${shift.y.toFixed(1)}px` : "";
  }
}

/**
 * Clusters stand at the mean of their cases: they may stand a little off, where single cases may not.
 * @param {HTMLElement[]} marks
 * @param {{ left: number, right: number, top: number, bottom: number }[]} taken
 */
function giveWay(marks, taken) {
  givingWay(marks.map(boxOf), taken).forEach((shift, at) => {
    if (shift && marks[at].classList.contains("cluster")) {
      marks[at].style.translate = `${shift.x.toFixed(1)}px ${shift.y.toFixed(1)}px`;
    }
  });
}

/** @param {HTMLElement} node */
function boxOf(node) {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return { left, right, top, bottom };
}

/**
 * What is moved of a label.
 * @param {HTMLElement} node
 */
function inner(node) {
  return /** @type {HTMLElement} */ (node.firstElementChild);
}

/** @returns {Shown[]} */
function shownNow() {
  const zoom = map.getZoom();
  const view = map.getBounds().pad(0.05);
  /** @type {Shown[]} */
  const shown = [];
  /** @type {Label[]} */
  const present = [];
  for (const label of [...labels].sort((one, other) => one.rank - other.rank)) {
    const { sign, isOff, zoom: from, line } = label;
    const anchor = sign.getLatLng();
    const isInView = line ? L.latLngBounds(line.flat()).intersects(view) : anchor && view.contains(anchor);
    if (isOff || zoom < from || !isInView) {
      sign.remove();
      continue;
    }
    sign.addTo(map);
    present.push(label);
  }
  const home = map.getContainer().getBoundingClientRect();
  present.forEach((label) => inner(/** @type {HTMLElement} */ (label.sign.getElement())).style.removeProperty("translate"));
  for (const label of present) {
    const node = /** @type {HTMLElement} */ (label.sign.getElement());
    const box = boxOf(inner(node));
    shown.push({ node, label, box, shifts: shiftsOf(label, box, home), isNeeded: label.isNeeded, text: node.textContent, gap: gapOf(label) });
  }
  return shown;
}

/** @param {Label} label */
function gapOf({ gap = 0, zoom }) {
  return gap / 3 ** (map.getZoom() - zoom);
}

/**
 * The ways out of a label.
 * @param {Label} label
 * @param {{ left: number, right: number, top: number, bottom: number }} box
 * @param {DOMRect} home
 */
function shiftsOf({ line, dot }, box, home) {
  const size = { width: box.right - box.left, height: box.bottom - box.top };
  if (dot !== undefined) {
    return shiftsAround(size, dot);
  }
  if (!line) {
    return shiftsWithin(size.height);
  }
  const window_ = {
    left: size.width / 2 + EDGE_PX,
    right: home.width - size.width / 2 - EDGE_PX,
    top: size.height / 2 + EDGE_PX,
    bottom: home.height - size.height / 2 - EDGE_PX,
  };
  const [x, y] = [(box.left + box.right) / 2 - home.left, (box.top + box.bottom) / 2 - home.top];
  return line
    .flatMap((part) => spotsAlong(part.map((corner) => map.latLngToContainerPoint(corner)), window_, ALONG_PX))
    .map((spot) => ({ x: spot.x - x, y: spot.y - y }));
}
