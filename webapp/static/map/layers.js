// Overlay layers: fetched when first switched on, drawn by the style table, dashed where schematic.
import { placeLabel } from "./base.js";
import { drawn, SCHEMATIC } from "./geometry.js";
import { element, fetchJson, say, words } from "./page.js";

const KINDS = ["area", "line", "point"];

export class Layers {
  constructor(atlas, { layers: specs, url }) {
    Object.assign(this, { atlas, specs, url });
    this.byId = new Map(specs.map((spec) => [spec.id, { spec, group: null, features: new Map(), labels: [], opacity: 1 }]));
    this.first = specs.filter((spec) => spec.style.is_shown_first).map((spec) => spec.id);
    atlas.store.listen((now, before) => {
      if (String(now.layers) !== String(before.layers) || !this.isStarted) {
        this.isStarted = true;
        atlas.ready.push(this.apply());
      }
    });
  }

  get wanted() {
    return this.atlas.store.now.layers ?? this.first;
  }

  // Switch one layer on or off.
  toggle(id, isOn) {
    const others = this.wanted.filter((one) => one !== id);
    this.atlas.store.set({ layers: isOn ? [...others, id] : others });
  }

  async apply() {
    for (const [id, layer] of this.byId) {
      if (!this.wanted.includes(id) && layer.group) {
        layer.group.remove();
        this.label(layer, false);
      }
    }
    await this.load(this.wanted);
    for (const id of this.wanted) {
      const layer = this.byId.get(id);
      layer.group?.addTo(this.atlas.map);
      this.label(layer, true);
    }
    this.order();
    this.atlas.map.fire("labelschange");
  }

  // Fetch the layers that are not here yet, all in one.
  async load(ids) {
    const missing = ids.filter((id) => !this.byId.get(id).group);
    if (!missing.length) {
      return;
    }
    try {
      const found = await fetchJson(this.url.replace("/_.json", `/${missing.join(",")}.json`));
      missing.forEach((id) => {
        const layer = this.byId.get(id);
        layer.group ??= this.draw(layer, found[id]);
      });
    } catch {
      say(words.failed);
      this.atlas.results.offerRetry(() => this.apply());
    }
  }

  draw(layer, features) {
    const { atlas } = this;
    const group = L.featureGroup();
    for (const { id, name, schematic, shape: thin } of features) {
      const shape = drawn(thin, { ...pathStyle(layer.spec, schematic), renderer: atlas.renderers.shapes, pane: "shapes" });
      shape.bindTooltip(() => element("span", { textContent: name }), { sticky: true });
      shape.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        atlas.pick ? atlas.pick(layer.spec.id, id) : atlas.open(`${layer.spec.id}:${id}`);
      });
      shape.addTo(group);
      layer.features.set(id, { id, name, shape });
      if (layer.spec.style.label_from) {
        layer.labels.push(this.labelOf(layer.spec, name, shape));
      }
    }
    return group;
  }

  labelOf(spec, name, shape) {
    const middle = shape.getBounds ? middleOf(shape) : shape.getLatLng();
    const tooltip = placeLabel(middle, element("span", { textContent: name }), spec.id);
    return { zoom: spec.style.label_from, rank: 10 + spec.style.label_from, tooltip };
  }

  label(layer, isOn) {
    const { labels } = this.atlas;
    layer.labels.forEach((label) => {
      label.isOff = !isOn;
      if (!labels.includes(label)) {
        labels.push(label);
      }
    });
  }

  setOpacity(id, opacity) {
    const layer = this.byId.get(id);
    layer.opacity = opacity;
    layer.group?.setStyle({ opacity: 0.9 * opacity, fillOpacity: layer.spec.style.fill_opacity * opacity });
  }

  // Areas lie below lines, lines below points, whatever was switched on last.
  order() {
    for (const kind of KINDS) {
      for (const { spec, group } of this.byId.values()) {
        if (spec.geometry === kind && group && this.atlas.map.hasLayer(group)) {
          group.bringToFront();
        }
      }
    }
  }

  featuresInView(id) {
    const view = this.atlas.map.getBounds();
    return [...this.byId.get(id).features.values()].filter(({ shape }) =>
      shape.getBounds ? view.intersects(shape.getBounds()) : view.contains(shape.getLatLng()),
    );
  }
}

function pathStyle(spec, isSchematic) {
  const { style } = spec;
  return {
    color: style.color,
    weight: style.weight,
    opacity: 0.9,
    radius: 4,
    fill: style.fill_opacity > 0,
    fillColor: style.color,
    fillOpacity: style.fill_opacity,
    dashArray: isSchematic ? SCHEMATIC : style.dash || null,
  };
}

// Where a name stands: inside an area, half way along a line.
function middleOf(shape) {
  if (shape instanceof L.Polygon) {
    return shape.getBounds().getCenter();
  }
  const lines = shape.getLatLngs();
  const longest = Array.isArray(lines[0]) ? lines.reduce((one, other) => (other.length > one.length ? other : one)) : lines;
  return longest[Math.floor(longest.length / 2)];
}
