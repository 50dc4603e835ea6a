// Overlay layers: fetched when first switched on, drawn by the style table, dashed where schematic.
// @ts-check
/** @import { Label } from "./labels.js" */
/** @import { Drawn } from "./geometry.js" */
/** @import { LayerOptions, LayerShape } from "./wire.js" */
import { fetchLayers } from "./answers.js";
import { boundsOf, drawn, SCHEMATIC } from "./geometry.js";
import { addLabel, placeLabel } from "./labels.js";
import { offerRetry } from "./notes.js";
import { element, parts, say, words } from "./page.js";
import { isPicked } from "./pick.js";
import { store } from "./store.js";
import { map, onShapes } from "./view.js";

const KINDS = ["area", "line", "point"];

/** @typedef {{ id: string, name: string, shape: Drawn }} Feature */

/** A layer; without a group until it was first switched on. */
class Layer {
  /** @param {LayerOptions} spec */
  constructor(spec) {
    this.spec = spec;
    this.opacity = 1;
    /** @type {L.FeatureGroup | null} */
    this.group = null;
    /** @type {Feature[]} */
    this.features = [];
    /** @type {Label[]} */
    this.labels = [];
  }

  /** @param {LayerShape[]} features */
  draw(features) {
    const group = L.featureGroup();
    features.forEach((feature) => this.#drawOne(feature).addTo(group));
    this.group = group;
  }

  /** @param {LayerShape} feature */
  #drawOne({ id, name, schematic, shape: thin }) {
    const { spec } = this;
    const address = `${spec.id}:${id}`;
    const shape = drawn(thin, { ...pathStyle(spec, schematic), ...onShapes });
    shape.bindTooltip(() => element("span", { textContent: name }), { sticky: true });
    shape.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      isPicked(address) || store.open(address);
    });
    this.features.push({ id, name, shape });
    if (spec.style.label_from) {
      const tooltip = placeLabel(middleOf(shape), name, spec.id);
      const label = { zoom: spec.style.label_from, rank: 10 + spec.style.label_from, tooltip, isOff: false };
      this.labels.push(label);
      addLabel(label);
    }
    return shape;
  }

  show() {
    this.group?.addTo(map);
    this.labels.forEach((label) => (label.isOff = false));
  }

  hide() {
    this.group?.remove();
    this.labels.forEach((label) => (label.isOff = true));
  }

  /** @param {number} opacity */
  fade(opacity) {
    this.opacity = opacity;
    this.group?.setStyle({ opacity: 0.9 * opacity, fillOpacity: this.spec.style.fill_opacity * opacity });
  }

  featuresInView() {
    const view = map.getBounds();
    return this.features.filter(({ shape }) => view.intersects(boundsOf(shape)));
  }
}

class Layers {
  constructor() {
    this.all = parts.layers.layers.map((spec) => new Layer(spec));
    this.first = parts.layers.layers.filter(({ style }) => style.is_shown_first).map(({ id }) => id);
    this.applied = Promise.resolve();
    store.listen((now, before) => {
      if (String(now.layers) !== String(before?.layers)) {
        this.applied = this.apply();
      }
    });
  }

  // The ids of those that are switched on.
  get wanted() {
    return store.now.layers ?? this.first;
  }

  get shown() {
    return this.all.filter(({ spec }) => this.wanted.includes(spec.id));
  }

  /**
   * @param {string} id
   * @param {boolean} isOn
   */
  toggle(id, isOn) {
    const others = this.wanted.filter((one) => one !== id);
    store.set({ layers: isOn ? [...others, id] : others });
  }

  async apply() {
    this.all.filter(({ spec }) => !this.wanted.includes(spec.id)).forEach((layer) => layer.hide());
    await this.load(this.shown);
    this.shown.forEach((layer) => layer.show());
    this.order();
    map.fire("labelschange");
  }

  /**
   * Fetch the layers that are not here yet, all in one.
   * @param {Layer[]} layers
   */
  async load(layers) {
    const missing = layers.filter(({ group }) => !group);
    if (!missing.length) {
      return;
    }
    try {
      const found = await fetchLayers(missing.map(({ spec }) => spec.id));
      missing.filter(({ group }) => !group).forEach((layer) => layer.draw(found[layer.spec.id]));
    } catch {
      say(words.failed);
      offerRetry(() => this.apply());
    }
  }

  // Areas lie below lines, lines below points, whatever was switched on last.
  order() {
    for (const kind of KINDS) {
      for (const { spec, group } of this.all) {
        if (spec.geometry === kind && group && map.hasLayer(group)) {
          group.bringToFront();
        }
      }
    }
  }
}

export const layers = new Layers();

/**
 * @param {LayerOptions} spec
 * @param {boolean} isSchematic
 */
function pathStyle({ style }, isSchematic) {
  return {
    color: style.color,
    weight: style.weight,
    opacity: 0.9,
    radius: 4,
    fill: style.fill_opacity > 0,
    fillColor: style.color,
    fillOpacity: style.fill_opacity,
    dashArray: isSchematic ? SCHEMATIC : style.dash || undefined,
  };
}

/**
 * Where a name stands: inside an area or at a point, half way along a line.
 * @param {Drawn} shape
 */
function middleOf(shape) {
  if (!(shape instanceof L.Polyline) || shape instanceof L.Polygon) {
    return boundsOf(shape).getCenter();
  }
  const lines = /** @type {L.LatLng[][]} */ (shape.getLatLngs());
  const longest = lines.reduce((one, other) => (other.length > one.length ? other : one));
  return longest[Math.floor(longest.length / 2)];
}
