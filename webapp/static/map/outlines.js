// The shapes of cases: outlines of all that are listed at rest, and in full those of the case that is open.
import { boundsOf, drawn, SCHEMATIC } from "./geometry.js";
import { fetchJson, withArgs } from "./page.js";

// Areas lie over one another by the dozen: at rest they are thin outlines, and a click counts on the line only.
const AT_REST = { weight: 1.2, opacity: 0.45, fill: false };
const FADED = { weight: 1, opacity: 0.12, fill: false };
const CHOSEN = { weight: 4, opacity: 1, fillOpacity: 0.22 };

export class Outlines {
  constructor(atlas, { outlines, styles }) {
    Object.assign(this, { atlas, url: outlines, styles });
    this.group = L.featureGroup();
    this.chosen = L.featureGroup().addTo(atlas.map);
    this.isOn = true;
  }

  async refresh() {
    const { store } = this.atlas;
    this.abort?.abort();
    this.abort = new AbortController();
    try {
      const { shapes, cases } = await fetchJson(withArgs(this.url, store.now.args), this.abort.signal);
      Object.entries(cases).forEach(([id, item]) => this.atlas.known.set(id, item));
      this.draw(shapes);
    } catch {
      this.group.clearLayers(); // outlines are an extra: marks and list tell of every case
    }
  }

  draw(shapes) {
    this.group.clearLayers();
    for (const { cases: ids, schematic, radius_m, shape: thin } of shapes) {
      const style = { color: this.styles[this.atlas.themeOf(ids[0])].color, dashArray: schematic ? SCHEMATIC : null };
      const shape = drawn(thin, { ...style, ...this.restingStyle(), renderer: this.atlas.renderers.shapes, pane: "shapes" }, radius_m);
      shape.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        ids.length === 1 ? this.atlas.open(`case:${ids[0]}`) : this.atlas.panel.openIds(ids);
      });
      shape.addTo(this.group);
    }
    this.toggle(this.isOn);
  }

  toggle(isOn) {
    this.isOn = isOn;
    isOn ? this.group.addTo(this.atlas.map) : this.group.remove();
    this.atlas.layers?.order();
  }

  restingStyle() {
    return this.atlas.store.now.open ? FADED : AT_REST;
  }

  // Draw what is open in full; the rest fades.
  choose(shapes, color) {
    this.chosen.clearLayers();
    for (const { schematic, radius_m, shape } of shapes) {
      const options = { color, fillColor: color, ...CHOSEN, dashArray: schematic ? SCHEMATIC : null };
      drawn(shape, { ...options, renderer: this.atlas.renderers.chosen, pane: "chosen", interactive: false }, radius_m).addTo(this.chosen);
    }
    this.group.setStyle(this.restingStyle());
    return boundsOf(this.chosen.getLayers());
  }

  clear() {
    this.chosen.clearLayers();
    this.group.setStyle(this.restingStyle());
  }
}
