// The shapes of cases: outlines of all that are listed, thin at rest and faded while something is open.
// @ts-check
/** @import { Drawn } from "./geometry.js" */
/** @import { Outlines as Found } from "./wire.js" */
import { fetchOutlines } from "./answers.js";
import { drawn, SCHEMATIC } from "./geometry.js";
import { layers } from "./layers.js";
import { parts } from "./page.js";
import { store } from "./store.js";
import { touches } from "./touch.js";
import { map, onShapes } from "./view.js";

// Areas lie over one another by the dozen: at rest they are thin outlines, and a click counts on the line only.
const AT_REST = { weight: 1, opacity: 0.4, fill: false };
const FADED = { weight: 1, opacity: 0.12, fill: false };

class Outlines {
  constructor() {
    this.group = L.featureGroup();
    /** @type {{ shape: Drawn, cases: { id: string, title: string }[] }[]} */
    this.shapes = [];
    this.isOn = true;
    this.abort = new AbortController();
    /** @type {string | null} the conditions of what was fetched */
    this.fetched = null;
    store.listenToArgs(() => this.refresh());
    map.on("zoomend", () => this.refresh());
    store.listen((now, before) => now.open !== before?.open && this.group.setStyle(restingStyle()));
  }

  #isWanted() {
    return map.getZoom() >= parts.cases.counted_below || store.now.args.length > 0;
  }

  // Where counties are counted, the outlines of all cases would hide them: there only those of what was asked for.
  async refresh() {
    const conditions = JSON.stringify(store.now.args);
    this.toggle(this.isOn);
    if (!this.#isWanted() || this.fetched === conditions) {
      return;
    }
    this.fetched = conditions;
    this.abort.abort();
    this.abort = new AbortController();
    try {
      this.draw(await fetchOutlines(store.now.args, this.abort.signal));
    } catch {
      this.fetched = null;
      this.group.clearLayers(); // outlines are an extra: marks and list tell of every case
    }
  }

  /** @param {Found} found */
  draw({ shapes, cases }) {
    this.group.clearLayers();
    this.shapes = shapes.map(({ cases: ids, schematic, radius_m, shape: thin }) => {
      const style = { color: parts.cases.styles[cases[ids[0]].theme].color, dashArray: schematic ? SCHEMATIC : undefined };
      const shape = drawn(thin, { ...style, ...restingStyle(), ...onShapes, interactive: false }, radius_m);
      shape.addTo(this.group);
      return { shape, cases: ids.map((id) => ({ id, title: cases[id].title })) };
    });
    this.toggle(this.isOn);
  }

  /**
   * The cases whose outline runs under a place, each once.
   * @param {L.LatLng} place
   */
  casesAt(place) {
    const found = map.hasLayer(this.group) ? this.shapes.filter(({ shape }) => touches(shape, place, false)).flatMap(({ cases }) => cases) : [];
    return [...new Map(found.map((one) => [one.id, one])).values()];
  }

  /** @param {boolean} isOn */
  toggle(isOn) {
    this.isOn = isOn;
    isOn && this.fetched === JSON.stringify(store.now.args) && this.#isWanted() ? this.group.addTo(map) : this.group.remove();
    layers.order();
  }
}

export const outlines = new Outlines();

function restingStyle() {
  return store.now.open ? FADED : AT_REST;
}
