// Overlay layers: fetched when first switched on, drawn by the style table, dashed where schematic.
import { element, fetchJson, say, words } from "./page.js";

const PANES = { area: "areas", line: "lines", point: "points" };

export function addLayer(atlas, { id, title, geometry, url, style, columns }) {
  const layer = { id, title, url, style, columns, geometry, group: null, features: new Map() };
  atlas.layers.set(id, layer);
  const box = document.querySelector(`.layer-switch[data-layer="${id}"]`);
  box.addEventListener("change", () => (box.checked ? show(atlas, layer) : hide(atlas, layer)));
  if (style.is_shown_first) {
    box.checked = true;
    atlas.ready.push(show(atlas, layer));
  }
  document.querySelectorAll(`.open-feature[data-layer="${id}"]`).forEach((button) => {
    button.addEventListener("click", () => openFeature(atlas, layer, button.dataset.feature));
  });
}

async function openFeature(atlas, layer, featureId) {
  document.querySelector(`.layer-switch[data-layer="${layer.id}"]`).checked = true;
  if (await show(atlas, layer)) {
    const shape = layer.features.get(featureId);
    atlas.panel.openFeature(layer, shape.feature);
    atlas.panel.look(shape.getBounds?.() ?? shape.getLatLng().toBounds(20_000));
  }
}

async function show(atlas, layer) {
  try {
    layer.group ??= draw(atlas, layer, await fetchJson(layer.url));
  } catch {
    say(`${layer.title}: ${words.failed}`);
    document.querySelector(`.layer-switch[data-layer="${layer.id}"]`).checked = false;
    return false;
  }
  layer.group.addTo(atlas.map);
  return true;
}

function hide(atlas, layer) {
  layer.group?.remove();
}

function draw(atlas, layer, data) {
  return L.geoJSON(data, {
    pane: PANES[layer.geometry],
    style: (feature) => pathStyle(layer.style, feature.properties),
    pointToLayer: (feature, latlng) => L.circleMarker(latlng, { radius: 4, pane: "points" }),
    onEachFeature: (feature, shape) => {
      layer.features.set(feature.id, shape);
      shape.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        atlas.panel.openFeature(layer, feature);
      });
      label(layer, feature, shape);
    },
  });
}

function label(layer, feature, shape) {
  const zh = document.documentElement.lang.startsWith("zh");
  const name = zh ? feature.properties.name_zh : (feature.properties.name_en ?? feature.properties.name_zh);
  const text = element("span", { textContent: name });
  if (layer.style.has_labels) {
    shape.bindTooltip(text, { permanent: true, direction: "center", className: `name-label ${layer.id}`, interactive: false });
  } else {
    shape.bindTooltip(text, { sticky: true });
  }
}

function pathStyle(style, properties) {
  return {
    color: style.color,
    weight: style.weight,
    opacity: 0.9,
    fill: true,
    fillColor: style.color,
    fillOpacity: style.fill_opacity,
    dashArray: properties.schematic ? "5 4" : style.dash || null,
  };
}
