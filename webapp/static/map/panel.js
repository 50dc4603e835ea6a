// The detail panel: a case, a feature of a layer, or the cases at one place.
import { boundsOf, emphasise } from "./cases.js";
import { element, fetchJson, webLink, words } from "./page.js";

export function addPanel(atlas) {
  atlas.panel = new Panel(atlas, document.getElementById("panel"));
}

class Panel {
  constructor(atlas, node) {
    this.atlas = atlas;
    this.node = node;
    this.before = null;
    this.highlighted = null;
    node.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    atlas.map.on("click", () => this.close());
    addEventListener("hashchange", () => this.openFromAddress());
  }

  openFromAddress() {
    const caseId = new URLSearchParams(location.hash.slice(1)).get("case");
    if (caseId && this.atlas.cases.has(caseId) && this.shown !== caseId) {
      this.openCase(caseId);
    }
  }

  async openCase(caseId) {
    this.shown = caseId;
    this.highlight(null, null);
    this.show(element("p", { textContent: words.loading }));
    emphasise(this.atlas, caseId);
    const bounds = boundsOf(this.atlas, caseId);
    this.look(bounds.isValid() ? bounds : this.atlas.home);
    history.replaceState(null, "", `#case=${encodeURIComponent(caseId)}`);
    try {
      const language = new URLSearchParams(location.search).get("lang");
      const query = language ? `?lang=${encodeURIComponent(language)}` : "";
      this.show(...caseContent(await fetchJson(`map/cases/${encodeURIComponent(caseId)}.json${query}`)));
    } catch {
      const retry = element("button", { type: "button", textContent: words.retry });
      retry.addEventListener("click", () => this.openCase(caseId));
      this.show(element("p", { textContent: words.failed }), retry);
    }
  }

  // Bring an area into the part of the map that the panel leaves free.
  look(bounds) {
    const { map } = this.atlas;
    const size = map.getSize();
    const isBeside = this.node.offsetWidth < size.x;
    map.fitBounds(bounds, {
      maxZoom: 12,
      paddingTopLeft: [30, 30],
      paddingBottomRight: isBeside ? [this.node.offsetWidth + 40, 40] : [30, Math.round(size.y * 0.62) + 10],
    });
  }

  openFeature(layer, feature) {
    this.shown = null;
    emphasise(this.atlas, null);
    this.highlight(layer, feature);
    this.show(...featureContent(layer, feature));
  }

  // The feature that is open stands out until something else does.
  highlight(layer, feature) {
    this.highlighted?.group.resetStyle(this.highlighted.shape);
    this.highlighted = null;
    if (feature) {
      const shape = layer.features.get(feature.id);
      shape.setStyle({ weight: layer.style.weight + 3, opacity: 1 });
      this.highlighted = { group: layer.group, shape };
    }
  }

  openList(items) {
    this.shown = null;
    this.highlight(null, null);
    emphasise(this.atlas, null);
    const list = element("ul", { className: "case-buttons" });
    for (const item of items) {
      const button = element("button", { type: "button", className: "open-listed", textContent: item.title });
      button.dataset.case = item.id;
      button.addEventListener("click", () => this.openCase(item.id));
      list.append(element("li", {}, button));
    }
    this.show(element("h2", { textContent: words.cases_here }), list);
  }

  show(...content) {
    if (this.node.hidden) {
      this.before = document.activeElement;
    }
    const close = element("button", { type: "button", className: "close", textContent: "×", ariaLabel: words.close });
    close.addEventListener("click", () => this.close());
    this.node.replaceChildren(close, ...content);
    this.node.hidden = false;
    this.node.focus({ preventScroll: true });
  }

  close() {
    if (this.node.hidden) {
      return;
    }
    this.node.hidden = true;
    this.shown = null;
    this.highlight(null, null);
    emphasise(this.atlas, null);
    history.replaceState(null, "", location.pathname + location.search);
    this.before?.focus({ preventScroll: true });
  }
}

function caseContent(item) {
  const facts = element("dl");
  const add = (term, value) => value && facts.append(element("dt", { textContent: term }), element("dd", {}, value));
  add(words.problem, item.problem);
  add(words.mechanism, item.mechanism);
  add(words.reusable, item.reusable);
  add(words.status, item.status_as_of ? `${item.status} (${item.status_as_of})` : item.status);
  add(words.period, item.period.some(Boolean) ? item.period.map((date) => date ?? "…").join(" – ") : null);
  add(words.cities, item.cities.join(" · "));
  add(words.where, list(item.facts));
  add(words.places, list(item.places.map(placeText)));
  add(words.figures, item.figures.length ? list(item.figures) : null);
  add(words.partners, item.partners.length ? list(item.partners) : null);
  return [
    element(
      "p",
      { className: "badges" },
      element("span", { className: `badge theme-${item.theme}`, textContent: item.theme_name }),
      element("span", { className: "badge", textContent: item.membership }),
    ),
    element("h2", { textContent: item.title }),
    element("p", { className: "lead", textContent: item.summary }),
    facts,
    element("h3", { textContent: words.sources }),
    element("ul", { className: "sources" }, ...item.sources.map(sourceItem)),
    element(
      "p",
      { className: "actions" },
      element("a", { className: "button", href: item.export, download: "", textContent: words.export_case }),
      element("a", { className: "button", href: item.page, textContent: words.page }),
    ),
  ];
}

function placeText(place) {
  const parts = [place.precision, place.radius, place.schematic ? words.schematic : null, place.fallback ? words.fallback : null];
  const name = place.name === place.mention ? place.name : `${place.mention} → ${place.name}`;
  return `${name} (${parts.filter(Boolean).join(", ")})`;
}

function sourceItem(source) {
  const facts = [source.publisher, source.date, source.rating].filter(Boolean).join(" · ");
  const title = source.url ? webLink(source.url, source.title) : element("span", { textContent: source.title });
  return element("li", {}, title, element("span", { className: "quiet", textContent: ` ${facts}` }));
}

const COMMON = new Set(["id", "name_zh", "name_en", "status", "status_date", "rating", "schematic", "precision_m", "source", "note_zh", "note_en", "aliases"]);

function featureContent(layer, feature) {
  const { properties } = feature;
  const zh = document.documentElement.lang.startsWith("zh");
  const name = zh ? properties.name_zh : (properties.name_en ?? properties.name_zh);
  const note = zh ? properties.note_zh : (properties.note_en ?? properties.note_zh);
  const facts = element("dl");
  const add = (term, value) => value && facts.append(element("dt", { textContent: term }), element("dd", { textContent: value }));
  for (const [key, value] of Object.entries(properties)) {
    if (!COMMON.has(key) && value !== null) {
      add(layer.columns[key] ?? key, valueText(key, value));
    }
  }
  add(words.status, [valueText("status", properties.status), properties.status_date].filter(Boolean).join(" · "));
  const isToldTwice = properties.rating === "schematic";
  add(words.rating, [valueText("rating", properties.rating), properties.schematic && !isToldTwice ? words.schematic : null].filter(Boolean).join(" · "));
  add(words.precision_m, properties.precision_m ? `${properties.precision_m} m` : null);
  add(words.note, note);
  add(words.source, properties.source);
  return [
    element("p", { className: "badges" }, element("span", { className: "badge", textContent: layer.title })),
    element("h2", { textContent: name }),
    facts,
    element("p", { className: "actions" }, element("a", { className: "button", href: layer.url, download: "", textContent: words.export_layer })),
  ];
}

// A choice in the language of the page; anything else as it stands.
function valueText(key, value) {
  if (typeof value === "boolean") {
    return value ? words.yes : words.no;
  }
  const choice = key.endsWith("rating") ? `rating_${value}` : `${key}_${value}`;
  return words[choice] ?? String(value);
}

function list(texts) {
  return element("ul", {}, ...texts.map((text) => element("li", { textContent: text })));
}
