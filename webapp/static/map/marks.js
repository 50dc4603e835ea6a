// Cases on the map: single ones by theme and precision, clusters by their shares, both reachable by keyboard.
import { boxBounds } from "./geometry.js";
import { element, fetchJson, filled, isChinese, say, withArgs, words } from "./page.js";

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
const MOST_FANNED = 12;
const SAME_PLACE_PX = 40;

export class Marks {
  constructor(atlas, { marks, styles, themes }) {
    Object.assign(this, { atlas, url: marks, styles, themes });
    this.group = L.layerGroup().addTo(atlas.map);
    this.shown = new Map(); // key of a mark -> marker
    this.fetched = null;
    this.fan = L.layerGroup().addTo(atlas.map);
    atlas.map.on("moveend", () => this.refresh());
    // What a zoom will show is fetched while it still moves, and drawn when it stands.
    atlas.map.on("zoomanim", ({ center, zoom }) => {
      this.zooming = new Promise((resolve) => atlas.map.once("zoomend", resolve));
      this.refresh({ center, zoom });
    });
    atlas.map.on("zoomstart", () => this.fold());
    atlas.map.on("click", () => this.fold());
  }

  // Fetch what the window shows, unless it is here already.
  async refresh({ force = false, center = this.atlas.map.getCenter(), zoom: exact = this.atlas.map.getZoom() } = {}) {
    const { map, store } = this.atlas;
    const zoom = Math.round(exact * 4) / 4;
    const key = `${JSON.stringify(store.now.args)} ${zoom}`;
    const pixels = map.getPixelBounds(center, exact);
    const seen = L.latLngBounds(map.unproject(pixels.getBottomLeft(), exact), map.unproject(pixels.getTopRight(), exact));
    if (!force && this.fetched?.key === key && this.fetched.window.contains(seen)) {
      return;
    }
    const window_ = snapped(map, pixels, zoom);
    this.fetched = { key, window: window_ };
    this.abort?.abort();
    this.abort = new AbortController();
    const box = [window_.getWest(), window_.getSouth(), window_.getEast(), window_.getNorth()];
    const own = [["zoom", zoom], ["window", box.map((degree) => degree.toFixed(4)).join()]];
    try {
      const found = await fetchJson(withArgs(this.url, [...store.now.args, ...own]), this.abort.signal);
      await this.zooming;
      if (this.fetched?.window === window_) {
        this.draw(found);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.fetched = null;
        say(words.failed);
        this.atlas.results.offerRetry(() => this.refresh({ force: true }));
      }
    }
  }

  // Marks that stay keep their node, and with it the focus.
  draw({ cases, clusters }) {
    const fresh = new Map();
    cases.forEach((item) => fresh.set(item.id, () => this.single(item)));
    clusters.forEach((cluster) => fresh.set(JSON.stringify([cluster.at, cluster.themes]), () => this.cluster(cluster)));
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
    this.atlas.map.fire("labelschange");
    document.documentElement.dataset.marks = String((Number(document.documentElement.dataset.marks) || 0) + 1);
  }

  single({ id, title, theme, precision, schematic, at }) {
    const style = this.styles[theme];
    const icon = L.divIcon({
      className: `case-marker ${SHAPES[precision]} theme-${theme} ${schematic ? "schematic" : ""}`,
      html: element("span", { textContent: isChinese ? style.mark_zh : style.mark_en }),
      iconSize: [24, 24],
    });
    const marker = this.marker(at, icon, title, [id]);
    marker.on("click", () => this.atlas.open(`case:${id}`));
    return marker;
  }

  cluster({ at: middle, themes, box, cases }) {
    const shares = this.themes.map((theme) => themes[theme] ?? 0);
    const count = shares.reduce((sum, one) => sum + one, 0);
    const size = 30 + 5 * Math.min(5, Math.log10(count) * 2);
    const icon = L.divIcon({ className: "cluster", html: this.donut(shares, count, size), iconSize: [size, size] });
    const parts = shares.map((share, at) => (share ? `${this.atlas.themeName(this.themes[at])} ${share}` : null));
    const title = `${filled(words.cluster, { count })}: ${parts.filter(Boolean).join(", ")}`;
    const marker = this.marker(middle, icon, title, cases.map(({ id }) => id));
    marker.getElement()?.setAttribute("aria-expanded", "false");
    marker.count = count;
    marker.on("click", () => this.openCluster(marker, box, cases));
    return marker;
  }

  marker(latlng, icon, title, ids) {
    const marker = L.marker(latlng, { icon, title, alt: title, keyboard: true, riseOnHover: true });
    marker.on("add", () => {
      const node = marker.getElement();
      node.dataset.cases = ids.join(" ");
      node.setAttribute("aria-label", title);
      node.setAttribute("role", "button");
    });
    marker.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key === "Enter" || originalEvent.key === " ") {
        originalEvent.preventDefault();
        marker.fire("click");
      }
    });
    marker.ids = ids;
    return marker;
  }

  // A ring whose arcs are the shares of the themes, with the count in the middle.
  donut(shares, count, size) {
    const svg = svgNode("svg", { viewBox: "0 0 36 36", width: size, height: size, "aria-hidden": "true" });
    svg.append(svgNode("circle", { cx: 18, cy: 18, r: 17, class: "back" }));
    let start = 0;
    shares.forEach((share, at) => {
      const part = (share / count) * 100;
      if (share) {
        const arc = { cx: 18, cy: 18, r: 15.915, pathLength: 100, "stroke-dasharray": `${part} ${100 - part}`, "stroke-dashoffset": 25 - start };
        svg.append(svgNode("circle", { ...arc, class: `share theme-${this.themes[at]}` }));
      }
      start += part;
    });
    const text = svgNode("text", { x: 18, y: 22.5 });
    text.textContent = count > 9999 ? `${Math.round(count / 1000)}k` : String(count);
    svg.append(text);
    return svg;
  }

  // A cluster opens by zooming; cases at one place fan out, and very many of them open as a list.
  openCluster(marker, box, items) {
    const { map } = this.atlas;
    const deepest = map.getMaxZoom();
    const bounds = box && boxBounds(box);
    const span = bounds && map.project(bounds.getSouthWest(), deepest).distanceTo(map.project(bounds.getNorthEast(), deepest));
    if (!bounds || (span > SAME_PLACE_PX && map.getZoom() < deepest)) {
      const zoom = bounds ? Math.min(deepest, Math.max(map.getBoundsZoom(bounds.pad(0.3)), map.getZoom() + 1)) : map.getZoom() + 2;
      map.setView(bounds?.getCenter() ?? marker.getLatLng(), Math.min(deepest, zoom));
      map.getContainer().focus({ preventScroll: true });
      return;
    }
    if (items.length > MOST_FANNED) {
      this.atlas.panel.openList(items, marker.getElement());
      return;
    }
    this.fanOut(marker, items);
  }

  fanOut(cluster, items) {
    const { map, renderers } = this.atlas;
    this.fold();
    const center = map.latLngToLayerPoint(cluster.getLatLng());
    const radius = 26 + items.length * 5;
    const markers = items.map((item, at) => {
      const angle = (at / items.length) * 2 * Math.PI - Math.PI / 2;
      const spot = map.layerPointToLatLng(center.add([Math.cos(angle) * radius, Math.sin(angle) * radius]));
      L.polyline([cluster.getLatLng(), spot], { className: "leg", color: "#51626a", weight: 1.2, renderer: renderers.chosen, pane: "chosen", interactive: false }).addTo(this.fan);
      const marker = this.single({ ...item, at: spot }).addTo(this.fan);
      marker.getElement().classList.add("fanned");
      return marker;
    });
    this.fanned = cluster;
    cluster.getElement().classList.add("open");
    this.emphasise();
    markers[0].getElement().focus({ preventScroll: true });
  }

  fold() {
    this.fan.clearLayers();
    this.fanned?.getElement()?.classList.remove("open");
    this.fanned = null;
  }

  // The marks of what is open stand out.
  emphasise() {
    const open = this.atlas.store.now.open;
    const id = open?.startsWith("case:") ? open.slice(5) : null;
    [...this.shown.values(), ...this.fan.getLayers()].forEach((marker) => {
      marker.getElement?.()?.classList.toggle("chosen", id !== null && Boolean(marker.ids?.includes(id)));
    });
  }

  nodeOf(caseId) {
    return [...document.querySelectorAll(".case-marker, .cluster")].find((node) => node.dataset.cases?.split(" ").includes(caseId));
  }
}

function svgNode(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  return node;
}

// The window and a little more, on a fixed grid, so that small moves need nothing new.
function snapped(map, { min, max }, zoom) {
  const low = L.point(Math.floor(min.x / TILE_PX - 0.5), Math.floor(min.y / TILE_PX - 0.5)).multiplyBy(TILE_PX);
  const high = L.point(Math.ceil(max.x / TILE_PX + 0.5), Math.ceil(max.y / TILE_PX + 0.5)).multiplyBy(TILE_PX);
  return L.latLngBounds(map.unproject(low, zoom), map.unproject(high, zoom));
}
