// What the panel tells of a case and of a feature.
// @ts-check
/** @import { CaseDetails, FeatureDetails, OtherMap, SourceText, Told } from "./wire.js" */
import { withNear } from "./args.js";
import { lookAtChosen } from "./chosen.js";
import { button, copy, element, parts, told, webLink, words } from "./page.js";
import { results } from "./results.js";
import { store } from "./store.js";
import { filled, periodText, placeText } from "./wording.js";

/** @param {CaseDetails} item */
export function caseContent(item) {
  const facts = [
    ...fact(words.problem, textOf(item.problem)),
    ...fact(words.mechanism, textOf(item.mechanism)),
    ...fact(words.reusable, textOf(item.reusable)),
    ...fact(words.status, item.status_as_of ? `${item.status} (${item.status_as_of})` : item.status),
    ...fact(words.period, periodText(item.period)),
    ...fact(words.cities, item.cities.join(" · ")),
    ...fact(words.where, list(item.facts), element("small", { className: "quiet", textContent: words.where_hint })),
    ...fact(words.places, list(item.places.map((one) => placeText(one, words)))),
    ...fact(words.figures, list(item.figures)),
    ...fact(words.partners, list(item.partners)),
  ];
  return [
    steps(item.id),
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
    told(item.summary, "p", "lead"),
    reason(item.id),
    element("dl", { className: "facts" }, ...facts),
    element("h3", { textContent: words.sources }),
    element("ul", { className: "sources" }, ...item.sources.map(sourceItem)),
    related(item),
    elsewhere(item.elsewhere),
    actions(item, item.citation),
  ];
}

/** @param {FeatureDetails} item */
export function featureContent(item) {
  const isTold = !item.schematic || item.rating === words.schematic;
  const facts = [
    ...item.facts.flatMap(({ name, value }) => fact(name, value)),
    ...fact(words.status, item.status),
    ...fact(words.rating, isTold ? item.rating : `${item.rating} · ${words.schematic}`),
    ...fact(words.precision_m, item.precision_m ? `${item.precision_m} m` : null),
    ...fact(words.note, item.note),
    ...fact(words.source, item.source),
  ];
  return [
    element("p", { className: "badges" }, element("span", { className: "badge", textContent: item.layer_title })),
    told(item.name, "h2"),
    nearForm(item),
    element("dl", { className: "facts" }, ...facts),
    elsewhere(item.elsewhere),
    actions(item, null),
  ];
}

/**
 * A term and what it is, if there is anything to tell.
 * @param {string} term
 * @param {Node | string | null} value
 * @param {...Node} more
 */
function fact(term, value, ...more) {
  return value ? [element("dt", { textContent: term }), element("dd", {}, value, ...more)] : [];
}

/** @param {Told | null} text */
function textOf(text) {
  return text && told(text);
}

/** @param {string[]} texts */
function list(texts) {
  return texts.length ? element("ul", {}, ...texts.map((text) => element("li", { textContent: text }))) : null;
}

/**
 * Why the case is found, where the query has a condition of place.
 * @param {string} caseId
 */
function reason(caseId) {
  const row = results.rows.find(({ id }) => id === caseId);
  const group = results.found.groups.find(({ value }) => value === row?.match);
  return group ? element("p", { className: "why", title: group.meaning, textContent: `${group.label}: ${row?.why}` }) : null;
}

/**
 * Previous and next in the list of results.
 * @param {string} caseId
 */
function steps(caseId) {
  const { before, after, place, count } = results.around(caseId);
  if (!place) {
    return element("p", { className: "steps" });
  }
  return element(
    "p",
    { className: "steps" },
    step(before, `‹ ${words.previous}`),
    element("span", { className: "quiet", textContent: ` ${place} / ${count} ` }),
    step(after, `${words.next} ›`),
  );
}

/**
 * @param {string | undefined} id
 * @param {string} text
 */
function step(id, text) {
  return button(text, () => store.open(`case:${id}`), { disabled: !id, className: "step" });
}

/**
 * Cases near this feature: sets the filter.
 * @param {FeatureDetails} item
 */
function nearForm(item) {
  const most = parts.results.fields.find(({ kind }) => kind === "near")?.most;
  const km = element("input", { type: "number", min: "0", max: String(most ?? ""), step: "any", value: "5", ariaLabel: words.within_km });
  const form = element("form", { className: "near-form" }, `${words.cases_within} `, km, " km ", element("button", { type: "submit", textContent: words.show }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    store.set({ args: withNear(store.now.args, `${item.layer}:${item.id}`, km.value) });
  });
  return form;
}

/** @param {CaseDetails} item */
function related(item) {
  if (!item.related.length) {
    return null;
  }
  const rows = item.related.map(({ id, title, why }) =>
    element("li", {}, button(title, () => store.open(`case:${id}`), { className: "link" }), " ", element("span", { className: "quiet", textContent: why })),
  );
  return element("section", {}, element("h3", { textContent: words.related }), element("ul", {}, ...rows));
}

/** @param {OtherMap[]} maps */
function elsewhere(maps) {
  if (!maps.length) {
    return null;
  }
  const rows = maps.map(({ map, datum, url, position }) =>
    element("li", {}, webLink(url, map), " ", element("span", { className: "quiet", textContent: `${datum} ${position}` })),
  );
  return element("section", { className: "elsewhere" }, element("h3", { textContent: words.elsewhere }), element("p", { className: "hint", textContent: words.elsewhere_hint }), element("ul", {}, ...rows));
}

/**
 * @param {CaseDetails | FeatureDetails} item
 * @param {string | null} citation
 */
function actions(item, citation) {
  const exports = Object.entries(item.exports).map(([format, href]) => {
    const textContent = filled(words.export_as, { format: format === "geojson" ? "GeoJSON" : format });
    return element("a", { className: "button", href, download: "", textContent });
  });
  return element(
    "p",
    { className: "actions" },
    button(words.show_whole, lookAtChosen, { className: "show-whole" }),
    ...exports,
    citation ? button(words.copy_citation, () => copy(citation)) : null,
    button(words.print, () => print()),
    element("a", { className: "button", href: item.page, textContent: words.page }),
  );
}

/** @param {SourceText} source */
function sourceItem(source) {
  const facts = [source.publisher, source.date, source.rating].filter(Boolean).join(" · ");
  const title = source.url ? webLink(source.url, source.title) : element("span", { textContent: source.title });
  return element("li", {}, title, element("span", { className: "quiet", textContent: ` ${facts}` }));
}
