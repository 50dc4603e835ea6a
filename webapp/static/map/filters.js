// The form of the filters, made field by field from what the page lists; active conditions are chips.
// @ts-check
/** @import { FacetValue, FilterField, Results } from "./wire.js" */
import { fetchChoices } from "./answers.js";
import { nearOf, valueOf, withNear } from "./args.js";
import { drawing } from "./draw.js";
import { offerRetry } from "./notes.js";
import { all, button, byId, element, parts, the, words } from "./page.js";
import { pickNext } from "./pick.js";
import { store } from "./store.js";
import { map } from "./view.js";
import { filled } from "./wording.js";

const TYPING_MS = 200;
const DECIMALS = 4;

/**
 * What a field shows of what was found.
 * @typedef {(found: Results) => void} Show
 */

/** @type {Record<FilterField["kind"], (field: FilterField) => Show>} */
const CONTROLS = { text: textField, choice: choiceField, single: singleField, near: nearField, year: yearField, shape: shapeField };

const shape = group(words.area);
const ticked = element("div", { id: "facets" });
const other = group(words.other_conditions);
const more = byId("more-filters");
const shows = parts.results.fields.map((field) => CONTROLS[field.kind](field));
more.append(shape, ticked, other);

/** @param {Results} found */
export function showFilters(found) {
  showChips(found);
  shows.forEach((show) => show(found));
}

/**
 * @param {string} title
 * @param {...(Node | string)} children
 */
function group(title, ...children) {
  return element("fieldset", {}, element("legend", { textContent: title }), ...spaced(children));
}

/**
 * Children with room between them, as words have.
 * @param {(Node | string)[]} children
 */
function spaced(children) {
  return children.flatMap((child) => [child, " "]);
}

/**
 * The id of a field's control in the page.
 * @param {FilterField} field
 */
function idOf({ id }) {
  return id.replaceAll("_", "-");
}

/**
 * Search: as it is typed, and by the button.
 * @type {(field: FilterField) => Show}
 */
function textField({ id }) {
  const form = byId("search");
  const input = /** @type {HTMLInputElement} */ (the(form, `[name="${id}"]`));
  /** @type {number | undefined} */
  let timer;
  const apply = () => {
    clearTimeout(timer);
    const text = input.value.trim();
    store.setField(id, text ? [text] : []);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!(event instanceof InputEvent && event.isComposing)) {
      timer = setTimeout(apply, TYPING_MS);
    }
  });
  return ({ args }) => {
    if (document.activeElement !== input) {
      input.value = valueOf(args, id);
    }
  };
}

/**
 * Several values with live counts: as buttons where the page has them, else behind a title that opens.
 * @type {(field: FilterField) => Show}
 */
function choiceField(field) {
  const buttons = all(document, `[data-field="${field.id}"] button`);
  return buttons.length ? buttonsField(field, buttons) : facetField(field);
}

/**
 * @param {FilterField} field
 * @param {HTMLElement[]} buttons
 * @returns {Show}
 */
function buttonsField({ id }, buttons) {
  buttons.forEach((node) => node.addEventListener("click", () => store.toggle(id, String(node.dataset.value))));
  return ({ facets }) =>
    buttons.forEach((node) => {
      const value = String(node.dataset.value);
      node.ariaPressed = String(store.has(id, value));
      the(node, ".count").textContent = String(facets[id].find((one) => one.value === value)?.count ?? 0);
    });
}

/** @type {(field: FilterField) => Show} */
function facetField({ id, title }) {
  const values = element("fieldset", {});
  const facet = element("details", { className: "facet" }, element("summary", { textContent: title }), values);
  ticked.append(facet);
  return ({ facets }) => {
    const focused = all(values, "input").find((input) => input === document.activeElement);
    const legend = element("legend", { className: "visually-hidden", textContent: title });
    values.replaceChildren(legend, ...facets[id].map((value) => facetValue(id, value)));
    facet.hidden = !facets[id].length;
    facet.open ||= facets[id].some(({ value }) => store.has(id, value));
    focused && all(values, "input").find((input) => input.dataset.value === focused.dataset.value)?.focus();
  };
}

/**
 * @param {string} name
 * @param {FacetValue} facet
 */
function facetValue(name, { value, label, count }) {
  const box = element("input", { type: "checkbox", name, value, checked: store.has(name, value), dataset: { value } });
  box.addEventListener("change", () => store.toggle(name, value));
  return element("label", {}, box, ` ${label} `, element("span", { className: "count", textContent: String(count) }));
}

/**
 * One of some values; of a single one, it or nothing.
 * @type {(field: FilterField) => Show}
 */
function singleField(field) {
  const [only, ...rest] = field.choices;
  return rest.length ? selectField(field) : switchField(field, only);
}

/** @type {(field: FilterField) => Show} */
function selectField(field) {
  const options = [{ value: "", label: "–" }, ...field.choices].map(({ value, label }) => element("option", { value, textContent: label }));
  const select = element("select", { id: idOf(field) }, ...options);
  select.addEventListener("change", () => store.setField(field.id, select.value ? [select.value] : []));
  other.append(...spaced([element("label", {}, `${field.title} `, select)]));
  return ({ args }) => (select.value = valueOf(args, field.id));
}

/**
 * @param {FilterField} field
 * @param {{ value: string, label: string }} choice
 * @returns {Show}
 */
function switchField({ id }, { value, label }) {
  const box = element("input", { type: "checkbox", id: `with-${id}` });
  box.addEventListener("change", () => store.setField(id, box.checked ? [value] : []));
  other.append(...spaced([element("label", {}, box, ` ${label}`)]));
  return ({ args }) => (box.checked = valueOf(args, id) === value);
}

/**
 * A number field within the bounds of a field.
 * @param {FilterField} field
 * @param {string} id
 */
function numberInput({ least, most }, id) {
  return element("input", { id, type: "number", min: String(least ?? ""), max: String(most ?? ""), step: "any" });
}

/** @type {(field: FilterField) => Show} */
function yearField(field) {
  const input = numberInput(field, idOf(field));
  input.step = "1";
  input.addEventListener("change", () => store.setField(field.id, input.value ? [input.value] : []));
  other.append(...spaced([element("label", {}, `${field.title} `, input)]));
  return ({ args }) => (input.value = valueOf(args, field.id));
}

/**
 * Near to a feature, from a list that is fetched when first needed or picked on the map, within some kilometres.
 * @type {(field: FilterField) => Show}
 */
function nearField(field) {
  const select = element("select", { id: "near", ariaLabel: field.title }, element("option", { value: "", textContent: "–" }));
  const km = numberInput(field, "within-km");
  km.value = "5";
  const pick = button(words.pick_on_map, () => pickNext(pick, apply), { id: "pick-near" });
  more.append(group(field.title, select, element("label", {}, `${words.within} `, km, " km"), pick));

  /** @param {string} address */
  function apply(address) {
    store.set({ args: withNear(store.now.args, address, km.value) });
  }

  /** @type {Promise<void> | null} */
  let filling = null;
  async function fill() {
    try {
      const groups = await fetchChoices();
      const options = groups.map(({ title, choices }) =>
        element("optgroup", { label: title }, ...choices.map(({ value, label }) => element("option", { value, textContent: label }))),
      );
      select.append(...options);
      show();
    } catch {
      filling = null;
      offerRetry(() => void (filling ??= fill()));
    }
  }

  function show() {
    const near = nearOf(store.now.args);
    const [address = ""] = near.addresses;
    select.value = address;
    if (address && select.value !== address) {
      filling ??= fill();
    }
    if (near.km !== null) {
      km.value = String(near.km);
    }
  }

  select.addEventListener("change", () => apply(select.value));
  km.addEventListener("change", () => select.value && apply(select.value));
  more.addEventListener("toggle", () => void (filling ??= fill()), { once: true });
  return show;
}

/**
 * A box, or an outline, on the map; drawing shows it there.
 * @type {(field: FilterField) => Show}
 */
function shapeField({ id }) {
  const buttons =
    id === "bbox"
      ? [button(words.in_view, onlyInView, { id: "in-view" }), button(words.draw_box, () => drawing.begin("bbox"), { id: "draw-box" })]
      : [button(words.draw_polygon, () => drawing.begin("polygon"), { id: "draw-polygon" })];
  shape.append(...spaced(buttons));
  return () => undefined;
}

function onlyInView() {
  const view = map.getBounds();
  const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((degree) => degree.toFixed(DECIMALS));
  store.setField("bbox", [box.join()]);
}

/** @param {Results} found */
function showChips({ chips }) {
  const node = byId("chips");
  const focusAt = all(node, "button").findIndex((one) => one === document.activeElement);
  const buttons = chips.map(({ name, value, label }) =>
    button(`${label} ×`, () => store.remove(name, value), { className: "chip", ariaLabel: filled(words.remove, { label }), dataset: { name, value } }),
  );
  if (chips.length > 1) {
    buttons.push(button(words.remove_all, () => store.set({ args: [] }), { className: "chip all" }));
  }
  node.replaceChildren(...buttons.map((one) => element("li", {}, one)));
  if (focusAt >= 0) {
    (buttons.at(Math.min(focusAt, buttons.length - 1)) ?? the(document, "#search input[type=search]")).focus();
  }
}
