// The panel beside the map: what is open, the layers, a list, a tour. It gives the focus back when it closes.
// @ts-check
/** @import { CaseDetails, FeatureDetails } from "./wire.js" */
import { caseOf } from "./address.js";
import { fetchCase, fetchFeature } from "./answers.js";
import { choose, chosen, FEATURE_COLOR } from "./chosen.js";
import { caseContent, featureContent } from "./details.js";
import { layers } from "./layers.js";
import { button, byId, element, isIn, parts, retryNote, say, the, words } from "./page.js";
import { store } from "./store.js";
import { home, look, map } from "./view.js";
import { filled } from "./wording.js";

class Panel {
  constructor() {
    this.node = byId("panel");
    this.body = the(this.node, ".panel-body");
    /** @type {string | null} what it shows */
    this.kind = null;
    /** @type {Element | null | undefined} */
    this.opener = null;
    the(this.node, ".close").addEventListener("click", () => this.close());
    addEventListener("keydown", (event) => event.key === "Escape" && this.onEscape(event));
    store.listen((now, before, isRestored) => {
      if (now.open !== before?.open) {
        now.open ? this.load(now.open, !store.isHere && (!isRestored || !now.view)) : this.hide();
      }
    });
  }

  /** @param {Event} event */
  onEscape(event) {
    if (!this.node.hidden && !isIn(event, "select, [type=search]")) {
      this.close();
    }
  }

  /**
   * Tell of "case:<id>" or "<layer>:<id>", and look at it if need be.
   * @param {string} address
   * @param {boolean} isLooking
   */
  async load(address, isLooking) {
    this.show("details", element("p", { textContent: words.loading }));
    try {
      const id = caseOf(address);
      const open = id === null ? await this.feature(address) : await this.case(id);
      if (store.now.open === address) {
        const bounds = open();
        isLooking && look(bounds);
      }
    } catch {
      this.show("details", retryNote(() => this.load(address, isLooking)));
    }
  }

  /** @param {string} id */
  async case(id) {
    const item = await fetchCase(id);
    return () => this.openCase(item);
  }

  /** @param {string} address */
  async feature(address) {
    const item = await fetchFeature(address);
    return () => this.openFeature(item);
  }

  /** @param {CaseDetails} item */
  openCase(item) {
    this.show("details", ...caseContent(item));
    const bounds = choose(item.shapes, parts.cases.styles[item.theme].color);
    say(item.title.text);
    return bounds.isValid() ? bounds : home;
  }

  /** @param {FeatureDetails} item */
  openFeature(item) {
    this.show("details", ...featureContent(item));
    if (!layers.wanted.includes(item.layer)) {
      store.set({ layers: [...layers.wanted, item.layer] }, { isStep: false });
    }
    const bounds = choose([item], FEATURE_COLOR);
    say(item.name.text);
    return item.is_point ? bounds.getCenter().toBounds(20_000) : bounds;
  }

  /**
   * Cases that lie at one place.
   * @param {{ id: string, title: string }[]} items
   * @param {Element | undefined} opener
   */
  openList(items, opener = undefined, title = words.cases_here) {
    this.show("list", element("h2", { textContent: title }), caseButtons(items));
    this.opener = opener ?? this.opener;
  }

  /**
   * All that lies at one place: features, the cases with an outline there, and those of the county. Opening one leaves the
   * window where it is; with `pick`, a feature is taken instead of opened.
   * @param {{ features: { address: string, name: string, layer: string }[], cases?: Listed[], county?: Counted, pick?: (address: string) => void }} here
   */
  openHere({ features, cases = [], county, pick = (address) => store.open(address, { isHere: true }) }) {
    const rows = features.map(({ address, name, layer }) => {
      const row = button("", () => pick(address), { className: "open-hit", dataset: { hit: address } });
      row.append(element("span", { className: "row-text" }, element("span", { className: "row-title", textContent: name }), element("small", { className: "quiet", textContent: layer })));
      return element("li", {}, row);
    });
    this.show(
      "list",
      rows.length || cases.length ? element("h2", { textContent: words.here }) : null,
      rows.length ? element("ul", { className: "case-buttons" }, ...rows) : null,
      ...(cases.length ? [element("h3", { textContent: words.cases_outlined }), caseButtons(cases)] : []),
      ...(county ? countyList(county) : []),
    );
  }

  /**
   * The cases of a county or city.
   * @param {Counted} county
   * @param {Element | undefined} opener
   */
  openCounty(county, opener) {
    this.show("list", ...countyList(county));
    this.opener = opener ?? this.opener;
  }

  /**
   * @param {string} kind
   * @param {...(Node | null)} content
   */
  show(kind, ...content) {
    if (this.node.hidden) {
      this.opener = document.activeElement;
    }
    this.kind = kind;
    this.body.replaceChildren(...content.filter((node) => node !== null));
    this.node.hidden = false;
    this.node.dataset.kind = kind;
    document.body.classList.add("has-panel");
    this.body.scrollTop = 0;
    this.node.focus({ preventScroll: true });
  }

  close() {
    if (store.now.open || store.now.tour) {
      store.set({ open: null, tour: null });
    }
    this.hide();
  }

  hide() {
    if (this.node.hidden) {
      return;
    }
    const opened = this.body.querySelector("[data-case-id]");
    this.node.hidden = true;
    this.kind = null;
    document.body.classList.remove("has-panel");
    chosen.clearLayers();
    this.giveFocusBack(opened instanceof HTMLElement ? opened.dataset.caseId : undefined);
  }

  /**
   * To what opened the panel; where that is gone, to the same case on the map or in the list, else to the map.
   * @param {string | undefined} caseId
   */
  giveFocusBack(caseId) {
    const isThere = this.opener?.isConnected && this.opener !== document.body;
    const node = isThere ? this.opener : caseId && nodeOf(caseId);
    const target = node instanceof HTMLElement || node instanceof SVGElement ? node : map.getContainer();
    target.focus({ preventScroll: true });
  }
}

export const panel = new Panel();

/** @typedef {{ id: string, title: string }} Listed */
/** @typedef {{ name: string, count: number, cases: Listed[] }} Counted */

/** @param {Counted} county */
function countyList({ name, count, cases }) {
  return [element("h2", { textContent: `${name} · ${filled(words.cluster, { count })}` }), caseButtons(cases)];
}

/** @param {Listed[]} items */
function caseButtons(items) {
  const rows = items.map(({ id, title }) =>
    element("li", {}, button(title, () => store.open(`case:${id}`, { isHere: true }), { className: "open-listed", dataset: { case: id } })),
  );
  return element("ul", { className: "case-buttons" }, ...rows);
}

/**
 * A case on the map, or else in the list.
 * @param {string} id
 */
function nodeOf(id) {
  const name = CSS.escape(id);
  return document.querySelector(`[data-cases~="${name}"]`) ?? document.querySelector(`#results [data-case="${name}"]`);
}
