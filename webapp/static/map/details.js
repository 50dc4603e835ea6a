// What the panel tells of a case and of a feature.
import { button, element, filled, say, told, webLink, words } from "./page.js";

// Why the case is found, where the query has a condition of place.
function reason({ results }, caseId) {
  const row = results.rows.find(({ id }) => id === caseId);
  const group = results.found.groups.find(({ value }) => value === row?.match);
  return group ? element("p", { className: "why", title: group.meaning, textContent: `${group.label}: ${row.why}` }) : null;
}

export function caseContent(atlas, item) {
  const facts = element("dl", { className: "facts" });
  const add = (term, value) => value && facts.append(element("dt", { textContent: term }), element("dd", {}, value));
  const addText = (term, text) => text && add(term, told(text));
  addText(words.problem, item.problem);
  addText(words.mechanism, item.mechanism);
  addText(words.reusable, item.reusable);
  add(words.status, item.status_as_of ? `${item.status} (${item.status_as_of})` : item.status);
  add(words.period, periodText(item.period));
  add(words.cities, item.cities.join(" · "));
  add(words.where, list(item.facts));
  facts.lastElementChild?.append(element("small", { className: "quiet", textContent: words.where_hint }));
  add(words.places, list(item.places.map(placeText)));
  add(words.figures, item.figures.length ? list(item.figures) : null);
  add(words.partners, item.partners.length ? list(item.partners) : null);
  return [
    steps(atlas, item.id),
    element(
      "p",
      { className: "badges", dataset: { caseId: item.id } },
      element("span", { className: `badge theme-${item.theme}`, textContent: item.theme_name }),
      " ",
      element("span", { className: "badge", textContent: item.membership }),
      item.is_region_wide ? element("span", { className: "badge region", textContent: words.region_wide }) : null,
      item.schematic ? element("span", { className: "badge schematic", textContent: words.schematic }) : null,
    ),
    told(item.title, "h2"),
    element("p", { className: "hint", textContent: item.evidence }),
    told(item.summary, "p", { className: "lead" }),
    reason(atlas, item.id),
    facts,
    element("h3", { textContent: words.sources }),
    element("ul", { className: "sources" }, ...item.sources.map(sourceItem)),
    related(atlas, item),
    elsewhere(item.elsewhere),
    actions(item, item.citation),
  ];
}

export function featureContent(atlas, item) {
  const facts = element("dl", { className: "facts" });
  const add = (term, value) => value && facts.append(element("dt", { textContent: term }), element("dd", { textContent: value }));
  item.facts.forEach(({ name, value }) => add(name, value));
  add(words.status, item.status);
  add(words.rating, item.schematic && item.rating !== words.schematic ? `${item.rating} · ${words.schematic}` : item.rating);
  add(words.precision_m, item.precision_m ? `${item.precision_m} m` : null);
  add(words.note, item.note);
  add(words.source, item.source);
  return [
    element("p", { className: "badges" }, element("span", { className: "badge", textContent: item.layer_title })),
    told(item.name, "h2"),
    nearForm(atlas, item),
    facts,
    elsewhere(item.elsewhere),
    actions(item, null),
  ];
}

// Previous and next in the list of results.
function steps(atlas, caseId) {
  const { before, after, place, count } = atlas.results.around(caseId);
  if (!place) {
    return element("p", { className: "steps" });
  }
  const step = (id, text) => button(text, () => atlas.open(`case:${id}`), { disabled: !id, className: "step" });
  return element(
    "p",
    { className: "steps" },
    step(before, `‹ ${words.previous}`),
    element("span", { className: "quiet", textContent: ` ${place} / ${count} ` }),
    step(after, `${words.next} ›`),
  );
}

// Cases near this feature: sets the filter.
function nearForm(atlas, item) {
  const km = element("input", { type: "number", min: "0", max: "50", step: "any", value: "5", ariaLabel: words.within_km });
  const form = element("form", { className: "near-form" }, `${words.cases_within} `, km, " km ", element("button", { type: "submit", textContent: words.show }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const others = atlas.store.now.args.filter(([name]) => name !== "near" && name !== "within_km");
    atlas.store.set({ args: [...others, ["near", `${item.layer}:${item.id}`], ["within_km", km.value || "0"]] });
  });
  return form;
}

function related(atlas, item) {
  if (!item.related.length) {
    return null;
  }
  const rows = item.related.map(({ id, title, why }) =>
    element("li", {}, button(title, () => atlas.open(`case:${id}`), { className: "link" }), " ", element("span", { className: "quiet", textContent: why })),
  );
  return element("section", {}, element("h3", { textContent: words.related }), element("ul", {}, ...rows));
}

function elsewhere(maps) {
  if (!maps.length) {
    return null;
  }
  const rows = maps.map(({ map, datum, url, position }) =>
    element("li", {}, webLink(url, map), " ", element("span", { className: "quiet", textContent: `${datum} ${position}` })),
  );
  return element("section", { className: "elsewhere" }, element("h3", { textContent: words.elsewhere }), element("p", { className: "hint", textContent: words.elsewhere_hint }), element("ul", {}, ...rows));
}

function actions(item, citation) {
  return element(
    "p",
    { className: "actions" },
    ...Object.entries(item.exports).map(([format, href]) => element("a", { className: "button", href, download: "", textContent: filled(words.export_as, { format: format === "geojson" ? "GeoJSON" : format }) })),
    citation ? button(words.copy_citation, () => copy(citation)) : null,
    button(words.print, () => print()),
    element("a", { className: "button", href: item.page, textContent: words.page }),
  );
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without the clipboard (no https, no permission) the old way: a selection that the browser copies.
    const area = element("textarea", { value: text, className: "visually-hidden" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(filled(words.copied, { text }));
}

function periodText({ start, end }) {
  return start || end ? `${start ?? "…"} – ${end ?? "…"}` : null;
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

function list(texts) {
  return element("ul", {}, ...texts.map((text) => element("li", { textContent: text })));
}
