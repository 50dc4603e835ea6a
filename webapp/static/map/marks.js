// Cases on the map: single ones by theme and precision, clusters by their shares, both reachable by keyboard.
// @ts-check
/** @import { CaseMark, ClusterMark, MarksInView } from "./wire.js" */
import { caseOf } from "./address.js";
import { fetchMarks } from "./answers.js";
import { arcsOf, fanOf, openingOf, shortCount, sharesOf, sizeOf, totalOf } from "./clusters.js";
import { counts } from "./counts.js";
import { boxBounds, latLng } from "./geometry.js";
import { offerRetry } from "./notes.js";
import { all, element, isChinese, parts, say, the, words } from "./page.js";
import { panel } from "./panel.js";
import { store } from "./store.js";
import { map, onTop } from "./view.js";
import { filled } from "./wording.js";

/** @type {Record<CaseMark["precision"], string>} */
const SHAPES = {
  exact: "sharp",
  street: "sharp",
  town: "circle",
  zone: "area",
  line: "line",
  county: "area",
  belt: "area",
  city: "area",
  region: "area",
};
const TILE_PX = 256;
const { styles, themes } = parts.cases;

class Marks {
  constructor() {
    this.group = L.layerGroup().addTo(map);
    this.fan = L.layerGroup().addTo(map);
    /** @type {Map<string, L.Marker>} what is drawn, by a key of its content */
    this.shown = new Map();
    /** @type {{ key: string, window: L.LatLngBounds } | null} */
    this.fetched = null;
    /** @type {L.Marker | null} the cluster that is fanned out */
    this.fanned = null;
    this.abort = new AbortController();
    /** @type {Promise<void>} */
    this.zooming = Promise.resolve();
    store.listenToArgs(() => this.refresh({ isForced: true }));
    store.listen((now, before) => now.open !== before?.open && this.emphasise());
  }

  // Show the marks of this window, and of every one to come.
  begin() {
    map.on("moveend", () => this.refresh());
    // What a zoom will show is fetched while it still moves, and drawn when it stands.
    map.on("zoomanim", ({ center, zoom }) => {
      this.zooming = new Promise((resolve) => map.once("zoomend", () => resolve(undefined)));
      this.refresh({ center, zoom });
    });
    map.on("zoomstart click", () => this.fold());
    return this.refresh();
  }

  // Fetch what the window shows, unless it is here already.
  async refresh({ isForced = false, center = map.getCenter(), zoom: exact = map.getZoom() } = {}) {
    const zoom = Math.round(exact * 4) / 4;
    const key = `${JSON.stringify(store.now.args)} ${zoom}`;
    const middle = map.project(center, exact);
    const half = map.getSize().divideBy(2);
    const [low, high] = [middle.subtract(half), middle.add(half)];
    const seen = L.latLngBounds(map.unproject(low, exact), map.unproject(high, exact));
    if (!isForced && this.fetched?.key === key && this.fetched.window.contains(seen)) {
      return;
    }
    const fetched = { key, window: snapped(low, high, zoom) };
    this.fetched = fetched;
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    try {
      const found = await fetchMarks([...store.now.args, ["zoom", String(zoom)], ["window", boxText(fetched.window)]], signal);
      await this.zooming;
      if (this.fetched === fetched) {
        this.draw(found);
      }
    } catch {
      if (!signal.aborted) {
        this.fetched = null;
        say(words.failed);
        offerRetry(() => this.refresh({ isForced: true }));
      }
    }
  }

  /**
   * Marks that stay keep their node, and with it the focus.
   * @param {MarksInView} found
   */
  draw({ cases, clusters, counties, cities }) {
    counts.show(counties, cities);
    /** @type {Map<string, () => L.Marker>} */
    const fresh = new Map();
    cases.forEach((item) => fresh.set(item.id, () => single(item, latLng(item.at))));
    clusters.forEach((item) => fresh.set(JSON.stringify([item.at, item.themes]), () => this.cluster(item)));
    for (const [key, marker] of this.shown) {
      if (!fresh.has(key)) {
        marker.remove();
        this.shown.delete(key);
      }
    }
    this.fold();
    for (const [key, make] of fresh) {
      if (!this.shown.has(key)) {
        this.shown.set(key, make().addTo(this.group));
      }
    }
    this.emphasise();
    map.fire("labelschange");
    const { dataset } = document.documentElement;
    dataset.marks = String(Number(dataset.marks ?? 0) + 1);
  }

  /** @param {ClusterMark} item */
  cluster({ at, themes: found, box, cases }) {
    const shares = sharesOf(themes, found);
    const count = totalOf(shares);
    const size = sizeOf(count);
    const icon = L.divIcon({ className: "cluster", html: ring(shares, size), iconSize: [size, size] });
    const told = shares.map((share) => `${themeName(share.theme)} ${share.count}`);
    const title = `${filled(words.cluster, { count })}: ${told.join(", ")}`;
    const marker = markerAt(latLng(at), icon, title, cases);
    marker.on("click", () => this.openCluster(marker, box && boxBounds(box), cases));
    return marker;
  }

  /**
   * A cluster opens by zooming; cases at one place fan out, and very many of them open as a list.
   * @param {L.Marker} marker
   * @param {L.LatLngBounds | null} bounds
   * @param {CaseMark[]} items
   */
  openCluster(marker, bounds, items) {
    const deepest = map.getMaxZoom();
    const spreadPx = bounds && map.project(bounds.getSouthWest(), deepest).distanceTo(map.project(bounds.getNorthEast(), deepest));
    const opening = openingOf({ spreadPx, isDeepest: map.getZoom() >= deepest, count: items.length });
    if (opening === "zoom") {
      const zoom = bounds ? Math.max(map.getBoundsZoom(bounds.pad(0.3)), map.getZoom() + 1) : map.getZoom() + 2;
      map.setView(bounds?.getCenter() ?? marker.getLatLng(), Math.min(deepest, zoom));
      map.getContainer().focus({ preventScroll: true });
    } else if (opening === "list") {
      panel.openList(items, marker.getElement());
    } else {
      this.fanOut(marker, items);
    }
  }

  /**
   * @param {L.Marker} cluster
   * @param {CaseMark[]} items
   */
  fanOut(cluster, items) {
    this.fold();
    const center = map.latLngToLayerPoint(cluster.getLatLng());
    const spots = fanOf(items.length).map(({ x, y }) => map.layerPointToLatLng(center.add([x, y])));
    const nodes = items.map((item, at) => {
      L.polyline([cluster.getLatLng(), spots[at]], { color: "#51626a", weight: 1.2, ...onTop }).addTo(this.fan);
      return single(item, spots[at]).addTo(this.fan).getElement();
    });
    nodes.forEach((node) => node?.classList.add("fanned"));
    this.fanned = cluster;
    cluster.getElement()?.classList.add("open");
    this.emphasise();
    nodes.at(0)?.focus({ preventScroll: true });
  }

  fold() {
    this.fan.clearLayers();
    this.fanned?.getElement()?.classList.remove("open");
    this.fanned = null;
  }

  // The marks of what is open stand out.
  emphasise() {
    const id = caseOf(store.now.open);
    all(map.getContainer(), ".case-marker, .cluster").forEach((node) => {
      node.classList.toggle("chosen", id !== null && Boolean(node.dataset.cases?.split(" ").includes(id)));
    });
  }
}

export const marks = new Marks();

/**
 * @param {CaseMark} item
 * @param {L.LatLng} place
 */
function single(item, place) {
  const { id, title, theme, precision, schematic } = item;
  const style = styles[theme];
  const icon = L.divIcon({
    className: `case-marker ${SHAPES[precision]} theme-${theme} ${schematic ? "schematic" : ""}`,
    html: element("span", { textContent: isChinese ? style.mark_zh : style.mark_en }),
    iconSize: [24, 24],
  });
  return markerAt(place, icon, title, [item]).on("click", () => store.open(`case:${id}`, { isHere: true }));
}

/**
 * @param {L.LatLng} place
 * @param {L.DivIcon} icon
 * @param {string} title
 * @param {CaseMark[]} cases
 */
function markerAt(place, icon, title, cases) {
  const marker = L.marker(place, { icon, title, alt: title, keyboard: true, riseOnHover: true });
  marker.on("add", () => {
    const node = marker.getElement();
    if (node) {
      node.dataset.cases = cases.map(({ id }) => id).join(" ");
      node.ariaLabel = title;
      node.role = "button";
    }
  });
  marker.on("keypress", ({ originalEvent }) => {
    if (originalEvent.key === "Enter" || originalEvent.key === " ") {
      originalEvent.preventDefault();
      marker.fire("click");
    }
  });
  return marker;
}

/** @param {string} theme */
function themeName(theme) {
  return the(document, `#themes [data-value="${theme}"] .name`).textContent;
}

/**
 * A ring whose arcs are the shares of the themes, with the count in the middle.
 * @param {{ theme: string, count: number }[]} shares
 * @param {number} size
 */
function ring(shares, size) {
  const svg = svgNode("svg", { viewBox: "0 0 36 36", width: size, height: size, "aria-hidden": "true" });
  svg.append(svgNode("circle", { cx: 18, cy: 18, r: 17, class: "back" }));
  arcsOf(shares).forEach(({ theme, length, start }) => {
    const arc = { cx: 18, cy: 18, r: 15.915, pathLength: 100, "stroke-dasharray": `${length} ${100 - length}`, "stroke-dashoffset": 25 - start };
    svg.append(svgNode("circle", { ...arc, class: `share theme-${theme}` }));
  });
  const text = svgNode("text", { x: 18, y: 22.5 });
  text.textContent = shortCount(totalOf(shares));
  svg.append(text);
  return /** @type {HTMLElement} */ (/** @type {Element} */ (svg)); // Leaflet takes any element
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function svgNode(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
  return node;
}

/** @param {L.LatLngBounds} box */
function boxText(box) {
  return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((degree) => degree.toFixed(4)).join();
}

/**
 * The window and a little more, on a fixed grid, so that small moves need nothing new.
 * @param {L.Point} low
 * @param {L.Point} high
 * @param {number} zoom
 */
function snapped(low, high, zoom) {
  const from = low.divideBy(TILE_PX).subtract([0.5, 0.5]).floor().multiplyBy(TILE_PX);
  const to = high.divideBy(TILE_PX).add([0.5, 0.5]).ceil().multiplyBy(TILE_PX);
  return L.latLngBounds(map.unproject(from, zoom), map.unproject(to, zoom));
}
