// The filters: search, themes, facets with live counts, near, window; active ones are chips.
import { button, element, fetchJson, filled, words } from "./page.js";
import { lowerSheet } from "./sheet.js";

const TYPING_MS = 200;

export class Filters {
  constructor(atlas, { titles, choices, styles }) {
    Object.assign(this, { atlas, titles, choicesUrl: choices, styles });
    this.chips = document.getElementById("chips");
    this.themes = document.getElementById("themes");
    this.facets = document.getElementById("facets");
    this.search = document.querySelector("#search [name=q]");
    this.open = new Set();
    this.listenToSearch();
    this.listenToNear();
    document.getElementById("in-view").addEventListener("click", () => this.onlyInView());
    document.getElementById("year").addEventListener("change", (event) => atlas.store.setField("year", event.target.value ? [event.target.value] : []));
    document.getElementById("min-precision").addEventListener("change", (event) => atlas.store.setField("min_precision", event.target.value ? [event.target.value] : []));
    document.getElementById("with-region").addEventListener("change", (event) => atlas.store.setField("region", event.target.checked ? ["include"] : []));
  }

  listenToSearch() {
    const form = document.getElementById("search");
    let timer = null;
    const apply = () => {
      clearTimeout(timer);
      const text = this.search.value.trim();
      this.atlas.store.setField("q", text ? [text] : []);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      apply();
    });
    this.search.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) {
        timer = setTimeout(apply, TYPING_MS);
      }
    });
  }

  listenToNear() {
    const select = document.getElementById("near");
    const km = document.getElementById("within-km");
    const apply = () => {
      const others = this.atlas.store.now.args.filter(([name]) => name !== "near" && name !== "within_km");
      const near = select.value ? [["near", select.value], ["within_km", km.value || "0"]] : [];
      this.atlas.store.set({ args: [...others, ...near] });
    };
    select.addEventListener("change", apply);
    km.addEventListener("change", () => select.value && apply());
    document.getElementById("more-filters").addEventListener("toggle", () => this.fillNear(), { once: true });
    document.getElementById("pick-near").addEventListener("click", (event) => this.pick(event.target));
  }

  async fillNear() {
    if (this.isFilled) {
      return;
    }
    this.isFilled = true;
    try {
      const groups = await fetchJson(this.choicesUrl);
      const select = document.getElementById("near");
      select.append(
        ...groups.map(({ title, choices }) => element("optgroup", { label: title }, ...choices.map(({ value, label }) => element("option", { value, textContent: label })))),
      );
      this.showNear();
    } catch {
      this.isFilled = false;
      this.atlas.results.offerRetry(() => this.fillNear());
    }
  }

  // The next click on a line, belt or zone says what to be near to.
  pick(node) {
    const { atlas } = this;
    atlas.notify(words.pick_now);
    node.ariaPressed = "true";
    atlas.map.getContainer().classList.add("picking");
    const stop = () => {
      atlas.pick = null;
      node.ariaPressed = "false";
      atlas.map.getContainer().classList.remove("picking");
      atlas.notify(null);
    };
    lowerSheet();
    atlas.pick = (layer, id) => {
      stop();
      const others = atlas.store.now.args.filter(([name]) => name !== "near" && name !== "within_km");
      atlas.store.set({ args: [...others, ["near", `${layer}:${id}`], ["within_km", document.getElementById("within-km").value || "0"]] });
    };
    addEventListener("keydown", (event) => event.key === "Escape" && atlas.pick && stop(), { once: true });
  }

  onlyInView() {
    const { map, store } = this.atlas;
    const view = map.getBounds();
    const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((degree) => degree.toFixed(4));
    store.setField("bbox", [box.join()]);
  }

  show({ args, chips, facets }) {
    this.showChips(chips);
    this.showThemes(facets.theme);
    this.showFacets(facets);
    const value = (name) => args.find(([key]) => key === name)?.[1] ?? "";
    if (document.activeElement !== this.search) {
      this.search.value = value("q");
    }
    document.getElementById("year").value = value("year");
    document.getElementById("min-precision").value = value("min_precision");
    document.getElementById("with-region").checked = value("region") === "include";
    this.showNear();
  }

  showNear() {
    const value = (name) => this.atlas.store.now.args.find(([key]) => key === name)?.[1];
    const select = document.getElementById("near");
    select.value = value("near") ?? "";
    if (value("near") && select.value !== value("near")) {
      this.fillNear();
    }
    if (value("within_km") !== undefined) {
      document.getElementById("within-km").value = String(Number(value("within_km")));
    }
  }

  showChips(chips) {
    const { store } = this.atlas;
    const focusAt = [...this.chips.querySelectorAll("button")].indexOf(document.activeElement);
    const rows = chips.map(({ name, value, label }) =>
      element("li", {}, button(`${label} ×`, () => store.remove(name, value), { className: "chip", ariaLabel: filled(words.remove, { label }), dataset: { name, value } })),
    );
    if (chips.length > 1) {
      rows.push(element("li", {}, button(words.remove_all, () => store.set({ args: [] }), { className: "chip all" })));
    }
    this.chips.replaceChildren(...rows);
    if (focusAt >= 0) {
      (this.chips.querySelectorAll("button")[Math.min(focusAt, rows.length - 1)] ?? this.search).focus();
    }
  }

  showThemes(themes) {
    const { store } = this.atlas;
    const focused = document.activeElement?.closest("#themes button")?.dataset.value;
    const known = new Map(themes.map(({ value, count }) => [value, count]));
    this.themes.querySelectorAll("button").forEach((node) => {
      const { value } = node.dataset;
      node.ariaPressed = String(store.has("theme", value));
      node.querySelector(".count").textContent = String(known.get(value) ?? 0);
      node.onclick ??= () => store.toggle("theme", value);
      if (value === focused) {
        node.focus();
      }
    });
  }

  showFacets(facets) {
    const focused = document.activeElement?.closest("#facets input");
    const key = focused && `${focused.name} ${focused.value}`;
    const fields = Object.entries(facets).filter(([name, values]) => name !== "theme" && values.length);
    this.facets.replaceChildren(...fields.map(([name, values]) => this.facet(name, values)));
    [...this.facets.querySelectorAll("input")].find((input) => `${input.name} ${input.value}` === key)?.focus();
  }

  facet(name, values) {
    const { store } = this.atlas;
    const rows = values.map(({ value, label, count }) => {
      const box = element("input", { type: "checkbox", name, value, checked: store.has(name, value) });
      box.addEventListener("change", () => store.toggle(name, value));
      return element("label", {}, box, ` ${label} `, element("span", { className: "count", textContent: String(count) }));
    });
    const field = element("details", { className: "facet", open: this.open.has(name) || store.has(name) }, element("summary", { textContent: this.titles[name] }), element("fieldset", {}, element("legend", { className: "visually-hidden", textContent: this.titles[name] }), ...rows));
    field.addEventListener("toggle", () => (field.open ? this.open.add(name) : this.open.delete(name)));
    return field;
  }
}
