// The panel of layers: grouped switches that are the legend too, with source, date, rating, opacity and features.
import { baseControls } from "./base.js";
import { button, element, words } from "./page.js";

const MARKS = [["sharp", "mark_sharp"], ["circle", "mark_circle"], ["line", "mark_line"], ["area", "mark_area"], ["schematic", "mark_schematic"]];

export function layerTree(atlas) {
  const tree = element("div", { className: "layer-tree" });
  const only = element("input", { type: "checkbox", id: "only-in-view" });
  const fill = () => tree.replaceChildren(...groups(atlas, only.checked));
  only.addEventListener("change", fill);
  atlas.map.on("moveend", () => only.checked && tree.isConnected && fill());
  fill();
  return [
    element("h2", { textContent: words.layers }),
    baseControls(atlas),
    casesLegend(atlas),
    element("label", { className: "only-in-view" }, only, ` ${words.only_in_view}`),
    tree,
  ];
}

function casesLegend(atlas) {
  const box = element("input", { type: "checkbox", checked: atlas.outlines.isOn });
  box.addEventListener("change", () => atlas.outlines.toggle(box.checked));
  return element(
    "fieldset",
    {},
    element("legend", { textContent: words.cases }),
    element("label", {}, box, ` ${words.outlines}`),
    element(
      "ul",
      { className: "legend" },
      ...MARKS.map(([shape, word]) => element("li", {}, element("span", { className: `key mark-${shape}`, ariaHidden: "true" }), ` ${words[word]}`)),
    ),
  );
}

function groups(atlas, onlyInView) {
  const found = new Map();
  for (const spec of atlas.layers.specs) {
    if (onlyInView && atlas.layers.byId.get(spec.id).group && !atlas.layers.featuresInView(spec.id).length) {
      continue;
    }
    found.set(spec.group_title, [...(found.get(spec.group_title) ?? []), layerRow(atlas, spec, onlyInView)]);
  }
  return [...found].map(([title, rows]) => element("fieldset", {}, element("legend", { textContent: title }), ...rows));
}

function layerRow(atlas, spec, onlyInView) {
  const box = element("input", { type: "checkbox", className: "layer-switch", dataset: { layer: spec.id } });
  box.checked = atlas.layers.wanted.includes(spec.id);
  box.addEventListener("change", () => atlas.layers.toggle(spec.id, box.checked));
  const swatch = element("span", { className: `swatch layer-${spec.style_key ?? ""} ${spec.geometry}`, ariaHidden: "true", dataset: { layer: spec.id } });
  swatch.style.setProperty("--layer", spec.style.color);
  const more = element("details", { className: "layer-more" });
  more.append(element("summary", { textContent: words.details, ariaLabel: `${words.details}: ${spec.title}` }));
  more.addEventListener("toggle", () => more.open && fillMore(atlas, spec, more, onlyInView), { once: true });
  return element(
    "div",
    { className: "layer-row" },
    element("label", {}, box, " ", swatch, ` ${spec.title} `, element("span", { className: "count", textContent: String(spec.count) })),
    more,
  );
}

async function fillMore(atlas, spec, more, onlyInView) {
  const layer = atlas.layers.byId.get(spec.id);
  const slider = element("input", { type: "range", min: "0.1", max: "1", step: "0.1", value: String(layer.opacity), ariaLabel: `${words.opacity}: ${spec.title}` });
  slider.addEventListener("input", () => atlas.layers.setOpacity(spec.id, Number(slider.value)));
  const told = [[words.rating, spec.ratings], [words.date, spec.dated], [words.source, spec.source ?? words.source_by_feature]];
  more.append(
    element("dl", { className: "facts" }, ...told.filter(([, value]) => value).flatMap(([term, value]) => [element("dt", { textContent: term }), element("dd", { textContent: value })])),
    element("label", { className: "opacity" }, `${words.opacity} `, slider),
    element(
      "p",
      { className: "actions" },
      element("a", { href: spec.page, textContent: words.page }),
      element("a", { href: spec.export, download: "", textContent: "GeoJSON", ariaLabel: `GeoJSON: ${spec.title}` }),
    ),
  );
  if (!layer.group) {
    atlas.layers.toggle(spec.id, true);
    await atlas.layers.load([spec.id]);
    more.closest(".layer-row").querySelector(".layer-switch").checked = true;
  }
  const features = onlyInView ? atlas.layers.featuresInView(spec.id) : [...layer.features.values()];
  more.append(
    element(
      "ul",
      { className: "feature-list" },
      ...features.map(({ id, name }) =>
        element("li", {}, button(name, () => atlas.open(`${spec.id}:${id}`), { className: "open-feature", dataset: { layer: spec.id, feature: id } })),
      ),
    ),
  );
}
