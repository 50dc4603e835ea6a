// The panel of layers: grouped switches that are the legend too, with source, date, rating, opacity and features.
// @ts-check
import { baseControls } from "./base.js";
import { dayForm } from "./day.js";
import { colorOf, layers } from "./layers.js";
import { kindsLegend, readingLegend, shadesLegend } from "./legend.js";
import { outlines } from "./outlines.js";
import { button, element, words } from "./page.js";
import { store } from "./store.js";
import { map } from "./view.js";

/** @typedef {typeof layers.all[number]} Layer */

export function layerTree() {
  const tree = element("div", { className: "layer-tree" });
  const only = element("input", { type: "checkbox", id: "only-in-view" });
  const fill = () => tree.replaceChildren(...groups(only.checked));
  only.addEventListener("change", fill);
  map.on("moveend", () => only.checked && tree.isConnected && fill());
  fill();
  return [
    element("h2", { textContent: words.layers }),
    baseControls(),
    casesLegend(),
    element("label", { className: "only-in-view" }, only, ` ${words.only_in_view}`),
    dayForm(),
    tree,
  ];
}

function casesLegend() {
  const box = element("input", { type: "checkbox", checked: outlines.isOn });
  box.addEventListener("change", () => outlines.toggle(box.checked));
  return element(
    "fieldset",
    {},
    element("legend", { textContent: words.cases }),
    element("label", {}, box, ` ${words.outlines}`),
    shadesLegend(),
    readingLegend(),
  );
}

/** @param {boolean} isOnlyInView */
function groups(isOnlyInView) {
  /** @type {Map<string, HTMLElement[]>} */
  const found = new Map();
  for (const layer of layers.all) {
    if (isOnlyInView && layer.group && !layer.featuresInView().length) {
      continue;
    }
    const title = layer.spec.group_title;
    found.set(title, [...(found.get(title) ?? []), layerRow(layer, isOnlyInView)]);
  }
  return [...found].map(([title, rows]) => element("fieldset", {}, element("legend", { textContent: title }), ...rows));
}

/**
 * @param {Layer} layer
 * @param {boolean} isOnlyInView
 */
function layerRow(layer, isOnlyInView) {
  const { spec } = layer;
  const box = element("input", { type: "checkbox", className: "layer-switch", dataset: { layer: spec.id } });
  box.checked = layers.wanted.includes(spec.id);
  box.addEventListener("change", () => layers.toggle(spec.id, box.checked));
  const swatch = element("span", { className: `swatch ${spec.geometry}`, ariaHidden: "true", dataset: { layer: spec.id } });
  swatch.style.setProperty("--layer", colorOf(spec));
  const more = element("details", { className: "layer-more" });
  more.append(element("summary", { textContent: words.details, ariaLabel: `${words.details}: ${spec.title}` }));
  const fill = async () => {
    more.append(...about(layer));
    if (!layer.group) {
      layers.toggle(spec.id, true);
      await layers.load([layer]);
      box.checked = true;
    }
    more.append(featureList(layer, isOnlyInView));
  };
  more.addEventListener("toggle", () => more.open && fill(), { once: true });
  return element(
    "div",
    { className: "layer-row" },
    element("label", {}, box, " ", swatch, ` ${spec.title} `, element("span", { className: "count", textContent: String(spec.count) })),
    kindsLegend(spec.kinds),
    spec.base ? element("p", { className: "hint", textContent: words.base_draws_it }) : null,
    more,
  );
}

/** @param {Layer} layer */
function about(layer) {
  const { spec } = layer;
  const slider = element("input", { type: "range", min: "0.1", max: "1", step: "0.1", value: String(layer.opacity), ariaLabel: `${words.opacity}: ${spec.title}` });
  slider.addEventListener("input", () => layer.fade(Number(slider.value)));
  const facts = [
    { term: words.rating, value: spec.ratings },
    { term: words.date, value: spec.dated ?? "" },
    { term: words.source, value: spec.source ?? words.source_by_feature },
  ].filter(({ value }) => value);
  return [
    element("dl", { className: "facts" }, ...facts.flatMap(({ term, value }) => [element("dt", { textContent: term }), element("dd", { textContent: value })])),
    element("label", { className: "opacity" }, `${words.opacity} `, slider),
    element(
      "p",
      { className: "actions" },
      element("a", { href: spec.page, textContent: words.page }),
      element("a", { href: spec.export, download: "", textContent: "GeoJSON", ariaLabel: `GeoJSON: ${spec.title}` }),
    ),
  ];
}

/**
 * @param {Layer} layer
 * @param {boolean} isOnlyInView
 */
function featureList(layer, isOnlyInView) {
  const { spec } = layer;
  const rows = (isOnlyInView ? layer.featuresInView() : layer.features).map(({ id, name }) =>
    element("li", {}, button(name, () => store.open(`${spec.id}:${id}`), { className: "open-feature", dataset: { layer: spec.id, feature: id } })),
  );
  return element("ul", { className: "feature-list" }, ...rows);
}
