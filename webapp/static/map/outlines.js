// The shapes of cases: outlines of all that are listed, thin at rest and faded while something is open.
// @ts-check
/** @import { Outlines as Found } from "./wire.js" */
import { fetchOutlines } from "./answers.js";
import { drawn, SCHEMATIC } from "./geometry.js";
import { layers } from "./layers.js";
import { parts } from "./page.js";
import { panel } from "./panel.js";
import { store } from "./store.js";
import { map, onShapes } from "./view.js";

// Areas lie over one another by the dozen: at rest they are thin outlines, and a click counts on the line only.
const AT_REST = { weight: 1.2, opacity: 0.45, fill: false };
const FADED = { weight: 1, opacity: 0.12, fill: false };

class Outlines {
  constructor() {
    this.group = L.featureGroup();
    this.isOn = true;
    this.abort = new AbortController();
    store.listenToArgs(() => this.refresh());
    store.listen((now, before) => now.open !== before?.open && this.group.setStyle(restingStyle()));
  }

  async refresh() {
    this.abort.abort();
    this.abort = new AbortController();
    try {
      this.draw(await fetchOutlines(store.now.args, this.abort.signal));
    } catch {
      this.group.clearLayers(); // outlines are an extra: marks and list tell of every case
    }
  }

  /** @param {Found} found */
  draw({ shapes, cases }) {
    this.group.clearLayers();
    for (const { cases: ids, schematic, radius_m, shape: thin } of shapes) {
      const [first] = ids;
      const style = { color: parts.cases.styles[cases[first].theme].color, dashArray: schematic ? SCHEMATIC : undefined };
      const shape = drawn(thin, { ...style, ...restingStyle(), ...onShapes }, radius_m);
      shape.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        ids.length === 1 ? store.open(`case:${first}`) : panel.openList(ids.map((id) => ({ id, title: cases[id].title })));
      });
      shape.addTo(this.group);
    }
    this.toggle(this.isOn);
  }

  /** @param {boolean} isOn */
  toggle(isOn) {
    this.isOn = isOn;
    isOn ? this.group.addTo(map) : this.group.remove();
    layers.order();
  }
}

export const outlines = new Outlines();

function restingStyle() {
  return store.now.open ? FADED : AT_REST;
}
