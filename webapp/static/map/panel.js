// The panel beside the map: what is open, the layers, a list, a tour. It gives the focus back when it closes.
import { caseContent, featureContent } from "./details.js";
import { button, element, fetchJson, retryNote, say, words } from "./page.js";
import { look } from "./view.js";

export const FEATURE_COLOR = "#d0006f";

export class Panel {
  constructor(atlas, options) {
    this.atlas = atlas;
    this.options = options;
    this.node = document.getElementById("panel");
    this.body = this.node.querySelector(".panel-body");
    this.node.querySelector(".close").addEventListener("click", () => this.close());
    addEventListener("keydown", (event) => event.key === "Escape" && this.onEscape(event));
    atlas.map.on("click", () => atlas.store.now.open && this.close());
    atlas.store.listen((now, before, isRestored) => {
      if (now.open !== before.open) {
        now.open ? this.load(now.open, !isRestored || !now.view) : this.hide();
      }
    });
  }

  onEscape(event) {
    if (!this.node.hidden && !event.target.closest?.("select, [type=search]")) {
      this.close();
    }
  }

  // The texts and shapes of "case:<id>" or "<layer>:<id>".
  fetch(address) {
    const [kind, name] = [address.slice(0, address.indexOf(":")), address.slice(address.indexOf(":") + 1)];
    const { details, feature } = this.options;
    return fetchJson(
      kind === "case"
        ? details.replace("/_.json", `/${encodeURIComponent(name)}.json`)
        : feature.replace("/_/-.json", `/${kind}/${encodeURIComponent(name)}.json`),
    );
  }

  async load(address, isLooking) {
    const kind = address.split(":")[0];
    this.show("details", element("p", { textContent: words.loading }));
    try {
      const item = await this.fetch(address);
      if (this.atlas.store.now.open === address) {
        kind === "case" ? this.openCase(item, isLooking) : this.openFeature(item, isLooking);
      }
    } catch {
      this.show("details", retryNote(() => this.load(address, isLooking)));
    }
  }

  openCase(item, isLooking) {
    const { atlas } = this;
    this.show("details", ...caseContent(atlas, item));
    const bounds = atlas.outlines.choose(item.shapes, this.options.styles[item.theme].color);
    atlas.marks.emphasise();
    atlas.results.mark(item.id);
    if (isLooking) {
      look(atlas, bounds.isValid() ? bounds : atlas.home);
    }
    say(item.title.text);
  }

  openFeature(item, isLooking) {
    const { atlas } = this;
    this.show("details", ...featureContent(atlas, item));
    if (!atlas.layers.wanted.includes(item.layer)) {
      atlas.store.set({ layers: [...atlas.layers.wanted, item.layer] }, { isStep: false });
    }
    const bounds = atlas.outlines.choose([item], FEATURE_COLOR);
    atlas.marks.emphasise();
    if (isLooking) {
      look(atlas, item.is_point ? bounds.getCenter().toBounds(20_000) : bounds);
    }
    say(item.name.text);
  }

  // Cases that lie at one place, or share one outline.
  openList(items, opener = null) {
    const rows = items.map(({ id, title }) =>
      element("li", {}, button(title, () => this.atlas.open(`case:${id}`), { className: "open-listed", dataset: { case: id } })),
    );
    this.show("list", element("h2", { textContent: words.cases_here }), element("ul", { className: "case-buttons" }, ...rows));
    this.opener = opener ?? this.opener;
  }

  openIds(ids) {
    this.openList(ids.map((id) => ({ id, title: this.atlas.titleOf(id) ?? id })));
  }

  show(kind, ...content) {
    if (this.node.hidden) {
      this.opener = document.activeElement;
    }
    this.kind = kind;
    this.body.replaceChildren(...content);
    this.node.hidden = false;
    this.node.dataset.kind = kind;
    document.body.classList.add("has-panel");
    this.body.scrollTop = 0;
    this.node.focus({ preventScroll: true });
  }

  close() {
    const { store } = this.atlas;
    if (store.now.open || store.now.tour) {
      store.set({ open: null, tour: null });
    }
    this.hide();
  }

  hide() {
    if (this.node.hidden) {
      return;
    }
    const opened = this.body.querySelector("[data-case-id]")?.dataset.caseId;
    this.node.hidden = true;
    this.kind = null;
    document.body.classList.remove("has-panel");
    this.atlas.outlines.clear();
    this.atlas.marks.emphasise();
    this.atlas.results.mark(null);
    this.giveFocusBack(opened);
  }

  // To what opened the panel; where that is gone, to the same case on the map or in the list, else to the map.
  giveFocusBack(caseId) {
    const listed = () => document.querySelector(`#results [data-case="${CSS.escape(caseId)}"]`);
    const node = this.opener?.isConnected && this.opener !== document.body ? this.opener : caseId && (this.atlas.marks.nodeOf(caseId) ?? listed());
    (node ?? this.atlas.map.getContainer()).focus({ preventScroll: true });
  }
}
