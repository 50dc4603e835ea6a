// Draw a rectangle or a polygon on the map: the cases inside become the result.
// @ts-check
/** @import { Args } from "./args.js" */
import { boxCorners, crossesItself } from "./geometry.js";
import { notify } from "./notes.js";
import { isIn, words } from "./page.js";
import { lowerSheet } from "./sheet.js";
import { store } from "./store.js";
import { map, onTop } from "./view.js";

const STYLE = { color: "#d9822b", weight: 2, dashArray: "4 3", fillOpacity: 0.08, ...onTop };
const DECIMALS = 4;
const CLOSE_PX = 12;

class Drawing {
  constructor() {
    this.area = L.featureGroup().addTo(map);
    /** @type {(() => void) | null} ends the drawing that is going on */
    this.end = null;
    store.listen((now) => this.showAreas(now.args));
  }

  /**
   * The areas that are conditions now.
   * @param {Args} args
   */
  showAreas(args) {
    this.area.clearLayers();
    for (const [name, text] of args) {
      if (name === "bbox") {
        const [west, south, east, north] = text.split(",").map(Number);
        L.rectangle([[south, west], [north, east]], STYLE).addTo(this.area);
      }
      if (name === "polygon") {
        L.polygon(text.split(" ").map(cornerOf), STYLE).addTo(this.area);
      }
    }
  }

  /** @param {"bbox" | "polygon"} kind */
  begin(kind) {
    this.end?.();
    /** @type {L.LatLng[]} */
    const corners = [];
    const sketch = L.polygon([], STYLE).addTo(map);
    const node = map.getContainer();
    node.classList.add("drawing");
    map.doubleClickZoom.disable();
    lowerSheet();
    notify(kind === "bbox" ? words.draw_box_now : words.draw_polygon_now);
    const done = new AbortController();
    kind === "bbox" ? this.boxing(corners, sketch, done.signal) : this.tracing(corners, sketch, done.signal);
    /** @param {KeyboardEvent} event */
    const onKey = (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.end?.();
      } else if (event.key === "Backspace" && kind === "polygon") {
        event.preventDefault();
        corners.pop();
        sketch.setLatLngs(corners);
      } else if (event.key === "Enter" && kind === "polygon") {
        this.finishPolygon(corners);
      }
    };
    addEventListener("keydown", onKey, { capture: true, signal: done.signal });
    this.end = () => {
      done.abort();
      sketch.remove();
      node.classList.remove("drawing");
      map.dragging.enable();
      setTimeout(() => map.doubleClickZoom.enable());
      notify(null);
      this.end = null;
    };
  }

  /**
   * From corner to corner with one pointer: mouse, pen or finger.
   * @param {L.LatLng[]} corners
   * @param {L.Polygon} sketch
   * @param {AbortSignal} signal
   */
  boxing(corners, sketch, signal) {
    const node = map.getContainer();
    map.dragging.disable();
    node.addEventListener("pointerdown", (event) => {
      if (event.isPrimary && !isIn(event, ".leaflet-control")) {
        node.setPointerCapture(event.pointerId);
        corners.push(map.mouseEventToLatLng(event));
      }
    }, { signal });
    node.addEventListener("pointermove", (event) => corners.length && sketch.setLatLngs(boxCorners(corners[0], map.mouseEventToLatLng(event))), { signal });
    node.addEventListener("pointerup", (event) => corners.length && this.finishBox(corners[0], map.mouseEventToLatLng(event)), { signal });
    node.addEventListener("pointercancel", () => this.end?.(), { signal });
  }

  /**
   * Corner by corner; back on the first one closes it.
   * @param {L.LatLng[]} corners
   * @param {L.Polygon} sketch
   * @param {AbortSignal} signal
   */
  tracing(corners, sketch, signal) {
    /** @type {L.LeafletEventHandlerFnMap} */
    const on = {
      mousemove: ({ latlng }) => corners.length && sketch.setLatLngs([...corners, latlng]),
      click: ({ latlng }) => this.addCorner(corners, latlng, sketch),
      dblclick: () => this.finishPolygon(corners),
    };
    map.on(on);
    signal.addEventListener("abort", () => map.off(on));
  }

  /**
   * @param {L.LatLng[]} corners
   * @param {L.LatLng} latlng
   * @param {L.Polygon} sketch
   */
  addCorner(corners, latlng, sketch) {
    const isClosing = corners.length > 2 && map.latLngToContainerPoint(corners[0]).distanceTo(map.latLngToContainerPoint(latlng)) < CLOSE_PX;
    if (isClosing) {
      this.finishPolygon(corners);
      return;
    }
    const last = corners.at(-1);
    if (!last || !last.equals(latlng)) {
      corners.push(latlng);
      sketch.setLatLngs(corners);
    }
  }

  /**
   * @param {L.LatLng} one
   * @param {L.LatLng} other
   */
  finishBox(one, other) {
    const bounds = L.latLngBounds(one, other);
    this.end?.();
    if (bounds.getNorth() > bounds.getSouth() && bounds.getEast() > bounds.getWest()) {
      const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      store.setField("bbox", [box.map((degree) => degree.toFixed(DECIMALS)).join()]);
    }
  }

  /** @param {L.LatLng[]} corners */
  finishPolygon(corners) {
    if (crossesItself(corners)) {
      notify(words.polygon_crosses);
      return;
    }
    this.end?.();
    if (corners.length > 2) {
      store.setField("polygon", [corners.map(({ lat, lng }) => `${lng.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)}`).join(" ")]);
    }
  }
}

export const drawing = new Drawing();

/**
 * A corner as an address writes it, "lon,lat".
 * @param {string} text
 */
function cornerOf(text) {
  const [lon, lat] = text.split(",").map(Number);
  return L.latLng(lat, lon);
}
