// The list: counts, rows, more rows, and what to do when nothing is found.
// @ts-check
/** @import { ResultRow, Results as Found } from "./wire.js" */
import { caseOf } from "./address.js";
import { fetchMore, fetchResults } from "./answers.js";
import { showFilters } from "./filters.js";
import { forgetFailures, offerRetry } from "./notes.js";
import { all, button, byId, element, isChinese, parts, readJson, say, the, words } from "./page.js";
import { store } from "./store.js";
import { filled } from "./wording.js";

class Results {
  constructor() {
    this.list = byId("results");
    this.count = byId("count");
    this.note = byId("results-note");
    this.groups = byId("groups");
    this.badge = byId("region-badge");
    this.asked = 0;
    /** @type {Found} at first what the page brought along */
    this.found = readJson("map-results");
    /** @type {ResultRow[]} */
    this.rows = [];
    this.badge.addEventListener("click", () => store.setField("precision", ["region"]));
    store.listenToArgs(() => this.refresh());
    store.listen((now, before) => now.open !== before?.open && this.mark());
  }

  async refresh() {
    const asked = ++this.asked;
    this.list.setAttribute("aria-busy", "true");
    try {
      const found = await fetchResults(store.now.args);
      if (asked === this.asked) {
        this.show(found);
        say(this.count.textContent);
      }
    } catch {
      offerRetry(() => this.refresh());
    } finally {
      this.list.removeAttribute("aria-busy");
    }
  }

  show(found = this.found) {
    this.found = found;
    this.rows = [];
    forgetFailures();
    this.list.replaceChildren();
    this.list.dataset.count = String(found.matched);
    this.list.dataset.args = JSON.stringify(found.args);
    this.count.textContent = this.counted();
    this.showGroups();
    this.badge.hidden = found.region_wide === 0;
    the(this.badge, ".number").textContent = String(found.region_wide);
    this.keepLinks();
    this.append(found.cases);
    if (!found.matched) {
      this.note.append(this.nothing());
    }
    showFilters(found);
  }

  counted() {
    const { matched, located, region_wide } = this.found;
    return filled(words.counted, { count: matched, located, region: region_wide });
  }

  // The same cases as downloads, as a list, and in the form of all downloads.
  keepLinks() {
    const { args, links } = this.found;
    Object.entries(links).forEach(([name, href]) => the(document, `[data-export="${name}"]`).setAttribute("href", href));
    const kept = args.map(([name, value]) => element("input", { type: "hidden", name, value }));
    document.querySelector("#download .kept")?.replaceChildren(...kept);
  }

  // How surely cases lie there: each group with its count, to be left out or taken in.
  showGroups() {
    const { groups, warnings } = this.found;
    const focused = document.activeElement?.closest("#groups button");
    const rows = groups.map(({ value, label, meaning, count, chosen }) =>
      button(`${label} ${count}`, () => toggleGroup(value), { className: "group", title: meaning, ariaPressed: String(chosen), dataset: { value } }),
    );
    const notes = warnings.map((told) => element("p", { className: "hint", textContent: told }));
    const value = focused instanceof HTMLElement ? focused.dataset.value : null;
    this.groups.replaceChildren(...rows, ...notes);
    this.groups.hidden = !groups.length;
    rows.find(({ dataset }) => dataset.value === value)?.focus();
  }

  /** @param {ResultRow[]} cases */
  append(cases) {
    cases.forEach((item) => {
      const heading = this.heading(item, this.rows.at(-1));
      heading && this.list.append(heading);
      this.list.append(row(item));
      this.rows.push(item);
    });
    this.list.querySelector(".more")?.remove();
    const left = this.found.matched - this.rows.length;
    if (left > 0) {
      this.list.append(element("li", { className: "more" }, button(filled(words.more, { count: left }), () => this.more())));
    }
    this.mark();
  }

  /**
   * What stands above the first case of a group, and of the whole region.
   * @param {ResultRow} item
   * @param {ResultRow | undefined} before
   */
  heading(item, before) {
    const group = this.found.groups.find(({ value }) => value === item.match);
    if (item.region && !before?.region) {
      return element("li", { className: "divider", textContent: filled(words.region_heading, { count: this.found.region_wide }) });
    }
    if (group && before?.match !== item.match) {
      const textContent = `${group.label} · ${group.count}`;
      return element("li", { className: "divider", dataset: { group: group.value }, title: group.meaning, textContent });
    }
    return null;
  }

  async more() {
    try {
      const focus = this.rows.length;
      const { cases } = await fetchMore(store.now.args, focus);
      this.append(cases);
      all(this.list, ".open-case").at(focus)?.focus();
    } catch {
      offerRetry(() => this.more());
    }
  }

  // Why nothing was found, and the nearest change that finds something.
  nothing() {
    const { relaxations, chips } = this.found;
    const why = element("p", { textContent: filled(words.nothing, { conditions: chips.map((chip) => chip.label).join("; ") }) });
    const offers = relaxations.slice(0, 4).map(({ label, count, within_km, args }) => {
      const text = within_km === null ? filled(words.drop, { label, count }) : filled(words.widen, { km: within_km, count });
      return element("li", {}, button(text, () => store.set({ args }), { className: "relax" }));
    });
    offers.push(element("li", {}, button(words.remove_all, () => store.set({ args: [] }))));
    return element("div", { className: "nothing" }, why, element("ul", {}, ...offers));
  }

  // The row of the case that is open.
  mark() {
    const open = caseOf(store.now.open);
    all(this.list, ".open-case").forEach((node) => {
      node.ariaCurrent = node.dataset.case === open ? "true" : null;
    });
  }

  /**
   * The cases before and after one, and its place in the list, 0 for none.
   * @param {string} caseId
   */
  around(caseId) {
    const at = this.rows.findIndex((item) => item.id === caseId);
    if (at >= 0 && at === this.rows.length - 1 && this.rows.length < this.found.matched) {
      const focused = document.activeElement;
      this.more().then(() => focused instanceof HTMLElement && focused.focus());
    }
    const before = at > 0 ? this.rows[at - 1].id : undefined;
    const after = at < 0 ? undefined : this.rows.at(at + 1)?.id;
    return { before, after, place: at + 1, count: this.found.matched };
  }
}

export const results = new Results();

/**
 * Without any chosen, the first three answer together; the whole region is a condition of its own.
 * @param {string} value
 */
function toggleGroup(value) {
  if (value === "region") {
    store.setField("region", store.has("region", "include") ? [] : ["include"]);
  } else {
    store.toggle("certainty", value);
  }
}

/** @param {ResultRow} item */
function row(item) {
  const style = parts.cases.styles[item.theme];
  const mark = element("span", { className: "mark", ariaHidden: "true", textContent: isChinese ? style.mark_zh : style.mark_en });
  const facts = [words[`precision_${item.precision}`], item.where, item.named ? words.named : null].filter(Boolean).join(" · ");
  const text = element(
    "span",
    { className: "row-text" },
    element("span", { className: "row-title", textContent: item.title, lang: item.untranslated ? "zh-CN" : "" }),
    item.untranslated ? element("small", { className: "untranslated", textContent: words.not_translated }) : null,
    item.why ? element("small", { className: "why", textContent: item.why }) : null,
    element("small", { className: "quiet", textContent: facts }),
  );
  const open = button("", () => store.open(`case:${item.id}`), { className: `open-case theme-${item.theme}`, dataset: { case: item.id } });
  open.append(mark, text);
  return element("li", {}, open);
}
