// Draw a rectangle or a polygon on the map: the cases inside become the result.
import { crossesItself } from "./geometry.js";
import { words } from "./page.js";
import { lowerSheet } from "./sheet.js";

const STYLE = { color: "#d9822b", weight: 2, dashArray: "4 3", fillOpacity: 0.08, interactive: false };
const DECIMALS = 4;
const CLOSE_PX = 12;

export class Drawing {
  constructor(atlas) {
    this.atlas = atlas;
    this.area = L.featureGroup().addTo(atlas.map);
    document.getElementById("draw-box").addEventListener("click", () => this.begin("bbox"));
    document.getElementById("draw-polygon").addEventListener("click", () => this.begin("polygon"));
    atlas.store.listen((now) => this.showAreas(now.args));
  }

  options() {
    return { ...STYLE, renderer: this.atlas.renderers.chosen, pane: "chosen" };
  }

  // The areas that are conditions now.
  showAreas(args) {
    this.area.clearLayers();
    for (const [name, text] of args) {
      if (name === "bbox") {
        const [west, south, east, north] = text.split(",").map(Number);
        L.rectangle([[south, west], [north, east]], this.options()).addTo(this.area);
      }
      if (name === "polygon") {
        L.polygon(text.split(" ").map((corner) => corner.split(",").map(Number).reverse()), this.options()).addTo(this.area);
      }
    }
  }

  begin(kind) {
    const { map } = this.atlas;
    this.end?.();
    const corners = [];
    const sketch = L.polygon([], this.options()).addTo(map);
    const node = map.getContainer();
    node.classList.add("drawing");
    map.doubleClickZoom.disable();
    lowerSheet();
    this.atlas.notify(kind === "bbox" ? words.draw_box_now : words.draw_polygon_now);
    const done = new AbortController();
    kind === "bbox" ? this.boxing(corners, sketch, done.signal) : this.tracing(corners, sketch, done.signal);
    const onKey = (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.end();
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
      this.atlas.notify(null);
      this.end = null;
    };
  }

  // From corner to corner with one pointer: mouse, pen or finger.
  boxing(corners, sketch, signal) {
    const { map } = this.atlas;
    const node = map.getContainer();
    map.dragging.disable();
    const on = {
      pointerdown: (event) => {
        if (event.isPrimary && !event.target.closest(".leaflet-control")) {
          node.setPointerCapture(event.pointerId);
          corners.push(map.mouseEventToLatLng(event));
        }
      },
      pointermove: (event) => corners.length && sketch.setLatLngs(boxOf(corners[0], map.mouseEventToLatLng(event))),
      pointerup: (event) => corners.length && this.finishBox(corners[0], map.mouseEventToLatLng(event)),
      pointercancel: () => this.end(),
    };
    Object.entries(on).forEach(([name, action]) => node.addEventListener(name, action, { signal }));
  }

  // Corner by corner; back on the first one closes it.
  tracing(corners, sketch, signal) {
    const { map } = this.atlas;
    const on = {
      mousemove: ({ latlng }) => corners.length && sketch.setLatLngs([...corners, latlng]),
      click: ({ latlng }) => this.addCorner(corners, latlng, sketch),
      dblclick: () => this.finishPolygon(corners),
    };
    map.on(on);
    signal.addEventListener("abort", () => map.off(on));
  }

  addCorner(corners, latlng, sketch) {
    const { map } = this.atlas;
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

  finishBox(one, other) {
    const bounds = L.latLngBounds(one, other);
    this.end();
    if (bounds.getNorth() > bounds.getSouth() && bounds.getEast() > bounds.getWest()) {
      const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      this.atlas.store.setField("bbox", [box.map((degree) => degree.toFixed(DECIMALS)).join()]);
    }
  }

  finishPolygon(corners) {
    if (crossesItself(corners)) {
      this.atlas.notify(words.polygon_crosses);
      return;
    }
    this.end();
    if (corners.length > 2) {
      this.atlas.store.setField("polygon", [corners.map(({ lat, lng }) => `${lng.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)}`).join(" ")]);
    }
  }
}

function boxOf(one, other) {
  return [one, L.latLng(one.lat, other.lng), other, L.latLng(other.lat, one.lng)];
}
