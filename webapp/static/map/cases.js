// Cases: a marker at the label point by theme and precision, and the true footprints below it.
import { element, fetchJson, words } from "./page.js";

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

// Areas lie over one another by the dozen: at rest they are outlines with a breath of colour.
const AT_REST = { opacity: 0.4, weight: 1.2, fillOpacity: 0.015 };

export function addCases(atlas, { url, styles }) {
  const group = L.layerGroup();
  switchable(atlas, "cases", group);
  atlas.ready.push(
    fetchJson(url).then((cases) => {
      cases.forEach((item) => atlas.cases.set(item.id, item));
      places(cases).forEach((items) => marker(atlas, items, styles).addTo(group));
    }),
  );
  document.querySelectorAll(".open-case").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      atlas.panel.openCase(link.dataset.case);
    });
  });
}

// Cases at one place never split by zooming: they share a marker that opens a list.
function places(cases) {
  const at = new Map();
  for (const item of cases.filter((one) => one.position)) {
    const key = item.position.map((degree) => degree.toFixed(3)).join();
    at.set(key, [...(at.get(key) ?? []), item]);
  }
  return [...at.values()];
}

function marker(atlas, items, styles) {
  const first = items[0];
  const shape = items.length > 1 ? "stack" : SHAPES[first.precision];
  const zh = document.documentElement.lang.startsWith("zh");
  const style = styles[first.theme];
  const mark = items.length > 1 ? String(items.length) : zh ? style.mark_zh : style.mark_en;
  const themeClass = items.length > 1 ? "" : `theme-${first.theme}`;
  const icon = L.divIcon({
    className: `case-marker ${shape} ${themeClass} ${items.length === 1 && first.schematic ? "schematic" : ""}`,
    html: element("span", { textContent: mark }),
    iconSize: [24, 24],
  });
  const title = items.length > 1 ? `${words.cases_here}: ${items.length}` : first.title;
  const created = L.marker(first.position, { icon, title, alt: title, keyboard: true, riseOnHover: true });
  created.on("click keypress", (event) => {
    if (event.type === "keypress" && event.originalEvent.key !== "Enter") {
      return;
    }
    if (items.length > 1) {
      atlas.panel.openList(items);
    } else {
      atlas.panel.openCase(first.id);
    }
  });
  created.on("add", () => {
    const node = created.getElement();
    node.dataset.cases = items.map((item) => item.id).join(" ");
    node.setAttribute("aria-label", title);
  });
  return created;
}

export function addFootprints(atlas, { url, styles }) {
  atlas.footprints = { byCase: new Map() };
  atlas.ready.push(
    fetchJson(url).then((data) => {
      const group = L.geoJSON(data, {
        pane: "footprints",
        style: (feature) => footprintStyle(feature.properties, styles),
        pointToLayer: pointShape,
        onEachFeature: (feature, shape) => remember(atlas, feature, shape),
      });
      switchable(atlas, "footprints", group);
    }),
  );
}

function pointShape(feature, latlng) {
  return feature.properties.radius_m > 0
    ? L.circle(latlng, { radius: feature.properties.radius_m, pane: "footprints" })
    : L.circleMarker(latlng, { radius: 5, pane: "footprints" });
}

function remember(atlas, feature, shape) {
  const { byCase } = atlas.footprints;
  const { case_id: caseId } = feature.properties;
  byCase.set(caseId, [...(byCase.get(caseId) ?? []), shape]);
  shape.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    atlas.panel.openCase(caseId);
  });
}

function footprintStyle(properties, styles) {
  return {
    color: styles[properties.theme].color,
    ...AT_REST,
    fillColor: styles[properties.theme].color,
    dashArray: properties.schematic ? "4 4" : null,
  };
}

// The footprints of one case stand out and the rest fades; null brings all back.
export function emphasise(atlas, caseId) {
  for (const [id, shapes] of atlas.footprints.byCase) {
    const isChosen = id === caseId;
    for (const shape of shapes) {
      shape.setStyle(
        caseId === null
          ? AT_REST
          : { opacity: isChosen ? 1 : 0.12, weight: isChosen ? 3 : 1, fillOpacity: isChosen ? 0.25 : 0.01 },
      );
      if (isChosen) {
        shape.bringToFront();
      }
    }
  }
  document.querySelectorAll(".case-marker").forEach((node) => {
    node.classList.toggle("faded", caseId !== null && !node.dataset.cases.split(" ").includes(caseId));
  });
}

export function boundsOf(atlas, caseId) {
  const shapes = atlas.footprints.byCase.get(caseId) ?? [];
  return shapes.reduce((bounds, shape) => bounds.extend(shape.getBounds?.() ?? shape.getLatLng()), L.latLngBounds([]));
}

function switchable(atlas, id, group) {
  const box = document.querySelector(`.layer-switch[data-layer="${id}"]`);
  const apply = () => (box.checked ? group.addTo(atlas.map) : group.remove());
  box.addEventListener("change", apply);
  apply();
}
