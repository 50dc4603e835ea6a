// Overlay layers: fetched when first switched on, drawn by the style table, dashed where schematic, dotted where planned.
// @ts-check
/** @import { Label } from "./labels.js" */
/** @import { Drawn } from "./geometry.js" */
/** @import { LayerOptions, LayerShape, LineEnd } from "./wire.js" */
import { fetchLayers } from "./answers.js";
import { boundsOf, drawn, PLANNED, SCHEMATIC } from "./geometry.js";
import { addLabel, placeLabel } from "./labels.js";
import { arrow, goal } from "./line_ends.js";
import { offerRetry } from "./notes.js";
import { element, parts, say, words } from "./page.js";
import { onScheme, schemeNow } from "./scheme.js";
import { store } from "./store.js";
import { map, onShapes } from "./view.js";

const KINDS = ["area", "line", "point"];
const SHIELD_RANK = 9;
const NAME_RANK = 10;
const SHIELDED_FROM = 9;
const DOT_PX = 5;
const RIBBON_PX = 7;
const RIBBON_OPACITY = 0.2;
const COUNTED_BELOW = parts.cases.counted_below;

/**
 * What is drawn of a feature is `strokes`; `shape` is all of it.
 * @typedef {{ id: string, name: string, shape: Drawn, strokes: Stroke[] }} Feature
 */
/**
 * A path of a feature: of a kind of lines; an arrow; the ribbon along the edge of an area, which stands for its fill while
 * counties are shaded. `weight` is the width in pixels at the zooms of a city.
 * @typedef {{ path: Drawn, kind: string, weight: number, role?: "arrow" | "ribbon" }} Stroke
 */

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
    onScheme(() => this.paint());
  }

  /** @param {LayerShape[]} shapes */
  draw(shapes) {
    const group = L.featureGroup();
    for (const shape of shapes) {
      const feature = featureOf(this.spec, shape);
      feature.strokes.forEach(({ path }) => path.bindTooltip(() => element("span", { textContent: shape.name }), { sticky: true }).addTo(group));
      this.features.push(feature);
      this.labels.push(...labelsOf(this.spec, shape, feature.shape));
    }
    this.labels.forEach(addLabel);
    this.group = group;
    this.paint();
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
    this.paint();
  }

  // Colours by day or night, as strong as the slider says, as thin as the zoom wants.
  paint() {
    const isFar = map.getZoom() < COUNTED_BELOW;
    for (const { path, kind, weight, role } of this.features.flatMap(({ strokes }) => strokes)) {
      const color = colorOf(this.spec, kind);
      path.setStyle({ color, fillColor: color, weight: weight * thinness(), ...this.#strength(role, isFar) });
    }
  }

  /**
   * @param {Stroke["role"]} role
   * @param {boolean} isFar
   */
  #strength(role, isFar) {
    const { opacity, spec } = this;
    if (role === "ribbon") {
      return { opacity: isFar ? RIBBON_OPACITY * opacity : 0, fillOpacity: 0 };
    }
    const isFilled = role === "arrow" || spec.geometry !== "area" || !isFar;
    const fill = role === "arrow" ? 1 : spec.style.fill_opacity;
    return { opacity: 0.9 * opacity, fillOpacity: isFilled ? fill * opacity : 0 };
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
    map.on("zoomend", () => this.shown.forEach((layer) => layer.paint()));
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
    this.shown.forEach((layer) => {
      layer.paint();
      layer.show();
    });
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
 * The colour of a layer, or of a kind of its lines.
 * @param {LayerOptions} spec
 * @param {string} kind
 */
export function colorOf({ style, dark, kinds }, kind = "") {
  const look = kinds.find(({ id }) => id === kind) ?? { color: style.color, dark };
  return schemeNow() === "dark" ? look.dark : look.color;
}

// Far away lines are thin, or they would hide what they cross.
function thinness() {
  return Math.min(1.2, Math.max(0.5, 0.5 + (map.getZoom() - 8) * 0.17));
}

/**
 * @param {LayerOptions} spec
 * @param {LayerShape} shape
 * @returns {Feature}
 */
function featureOf(spec, { id, name, schematic, shape: thin, line }) {
  const style = { ...pathStyle(spec, schematic ? SCHEMATIC : spec.style.dash), ...onShapes };
  const whole = drawn(thin, style);
  if (!line) {
    /** @type {Stroke[]} */
    const ribbon = spec.geometry === "area" ? [{ path: drawn(thin, { ...onShapes, fill: false, interactive: false }), kind: "", weight: RIBBON_PX, role: "ribbon" }] : [];
    return { id, name, shape: whole, strokes: [...ribbon, { path: whole, kind: "", weight: spec.style.weight }] };
  }
  const { kind, planned, strokes, ends } = line;
  const weight = spec.kinds.find((one) => one.id === kind)?.weight ?? spec.style.weight;
  /** @type {(end: LineEnd) => Stroke} */
  const arrowOf = (end) => ({ path: arrow(end), kind, weight, role: "arrow" });
  const lines = strokes.map(({ dashed, shape }) => {
    const dashArray = planned ? PLANNED : dashed ? SCHEMATIC : undefined;
    return { path: drawn(shape, { ...style, dashArray }), kind, weight };
  });
  return { id, name, shape: whole, strokes: [...lines, ...ends.map(arrowOf)] };
}

/**
 * @param {LayerOptions} spec
 * @param {string | undefined} dashArray
 * @returns {L.CircleMarkerOptions}
 */
function pathStyle({ style }, dashArray) {
  return { radius: 4, fill: style.fill_opacity > 0, dashArray: dashArray || undefined };
}

/**
 * The number of a line, or else the name of a feature, and where a line goes.
 * @param {LayerOptions} spec
 * @param {LayerShape} feature
 * @param {Drawn} shape
 * @returns {Label[]}
 */
function labelsOf(spec, { name, line, shape: { kind } }, shape) {
  const along = kind === "line" ? { line: /** @type {L.LatLng[][]} */ (/** @type {L.Polyline} */ (shape).getLatLngs()) } : {};
  const from = spec.style.label_from;
  const label = { isOff: false, ...along, ...(kind === "point" ? { dot: DOT_PX } : {}) };
  const middle = middleOf(shape);
  const found = (line?.ends ?? []).map(goal).filter((one) => one !== null);
  if (line?.shield) {
    const text = element("span", { textContent: line.shield, title: name });
    text.style.setProperty("--line", colorOf(spec, line.kind));
    return [...found, { ...label, zoom: SHIELDED_FROM, rank: SHIELD_RANK, sign: placeLabel(middle, text, `shield ${line.kind || "road"}`) }];
  }
  return from ? [...found, { ...label, zoom: from, rank: NAME_RANK + from, sign: placeLabel(middle, name, spec.id) }] : found;
}

/**
 * Where a name stands at first: inside an area or at a point, half way along a line.
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
