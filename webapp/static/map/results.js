// The list: counts, rows, more rows, and what to do when nothing is found.
import { element, button, fetchJson, filled, isChinese, readJson, retryNote, say, withArgs, words } from "./page.js";

export class Results {
  constructor(atlas, { results, styles }) {
    Object.assign(this, { atlas, url: results, styles });
    this.list = document.getElementById("results");
    this.count = document.getElementById("count");
    this.note = document.getElementById("results-note");
    this.groups = document.getElementById("groups");
    this.badge = document.getElementById("region-badge");
    this.badge.addEventListener("click", () => atlas.store.setField("precision", ["region"]));
    this.rows = [];
    this.failed = [];
    this.asked = 0;
  }

  // What the page brought along for its first state.
  begin() {
    this.show(readJson("map-results"));
  }

  async refresh() {
    const asked = ++this.asked;
    this.list.setAttribute("aria-busy", "true");
    try {
      const found = await fetchJson(withArgs(this.url, this.atlas.store.now.args));
      if (asked === this.asked) {
        this.show(found);
        say(this.count.textContent);
      }
    } catch {
      this.offerRetry(() => this.refresh());
    } finally {
      this.list.removeAttribute("aria-busy");
    }
  }

  show(found) {
    this.found = found;
    this.rows = [];
    this.failed = [];
    this.note.replaceChildren();
    this.list.replaceChildren();
    this.list.dataset.count = String(found.matched);
    this.list.dataset.args = JSON.stringify(found.args);
    this.count.textContent = filled(words.counted, { count: found.matched, located: found.located, region: found.region_wide });
    this.showGroups(found);
    this.badge.hidden = found.region_wide === 0;
    this.badge.querySelector(".number").textContent = String(found.region_wide);
    document.querySelectorAll("[data-export]").forEach((link) => (link.href = found.links[link.dataset.export]));
    document.querySelector("#download .kept")?.replaceChildren(...found.args.map(([name, value]) => element("input", { type: "hidden", name, value })));
    this.append(found);
    if (!found.matched) {
      this.note.append(this.nothing(found));
    }
    this.atlas.filters.show(found);
  }

  // How surely cases lie there: each group with its count, to be left out or taken in.
  showGroups({ groups, precision_m }) {
    const focused = document.activeElement?.closest("#groups button")?.dataset.value;
    const rows = groups.map(({ value, label, meaning, count, chosen }) =>
      button(`${label} ${count}`, () => this.toggleGroup(value), { className: "group", title: meaning, ariaPressed: String(chosen), dataset: { value } }),
    );
    const note = precision_m ? [element("p", { className: "hint", textContent: filled(words.drawn_off, { km: (precision_m / 1000).toFixed(1) }) })] : [];
    this.groups.replaceChildren(...rows, ...note);
    this.groups.hidden = !groups.length;
    this.groups.querySelector(`[data-value="${focused}"]`)?.focus();
  }

  // Without any chosen, the first three answer together; the whole region is a condition of its own.
  toggleGroup(value) {
    const { store } = this.atlas;
    if (value === "region") {
      store.setField("region", store.has("region", "include") ? [] : ["include"]);
    } else {
      store.toggle("certainty", value);
    }
  }

  append({ cases, matched }) {
    const start = this.rows.length;
    this.rows.push(...cases);
    cases.forEach((row, at) => {
      const before = this.rows[start + at - 1];
      const group = this.found.groups.find(({ value }) => value === row.match);
      if (row.region && !before?.region) {
        this.list.append(element("li", { className: "divider", textContent: filled(words.region_heading, { count: this.found.region_wide }) }));
      } else if (group && before?.match !== row.match) {
        this.list.append(element("li", { className: "divider", dataset: { group: group.value }, title: group.meaning, textContent: `${group.label} · ${group.count}` }));
      }
      this.list.append(this.row(row));
    });
    this.list.querySelector(".more")?.remove();
    if (this.rows.length < matched) {
      const more = button(filled(words.more, { count: matched - this.rows.length }), () => this.more());
      this.list.append(element("li", { className: "more" }, more));
    }
    this.mark(this.chosen);
  }

  async more() {
    try {
      const focus = this.rows.length;
      const args = [...this.atlas.store.now.args, ["offset", this.rows.length]];
      this.append(await fetchJson(withArgs(this.url, args)));
      this.list.querySelectorAll(".open-case")[focus]?.focus();
    } catch {
      this.offerRetry(() => this.more());
    }
  }

  row(item) {
    const style = this.styles[item.theme];
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
    const open = button("", () => this.atlas.open(`case:${item.id}`), { className: `open-case theme-${item.theme}`, dataset: { case: item.id } });
    open.append(mark, text);
    return element("li", {}, open);
  }

  // Why nothing was found, and the nearest change that finds something.
  nothing({ relaxations, chips }) {
    const why = element("p", { textContent: filled(words.nothing, { conditions: chips.map((chip) => chip.label).join("; ") }) });
    const offers = relaxations.slice(0, 4).map((change) => {
      const text = change.within_km === null
        ? filled(words.drop, { label: change.label, count: change.count })
        : filled(words.widen, { km: change.within_km, count: change.count });
      return element("li", {}, button(text, () => this.atlas.store.set({ args: change.args }), { className: "relax" }));
    });
    offers.push(element("li", {}, button(words.remove_all, () => this.atlas.store.set({ args: [] }))));
    return element("div", { className: "nothing" }, why, element("ul", {}, ...offers));
  }

  // One note for all that failed: trying again tries each of them.
  offerRetry(onRetry) {
    this.failed.push(onRetry);
    const again = () => {
      const failed = this.failed.splice(0);
      this.note.replaceChildren();
      failed.forEach((retry) => retry());
    };
    this.note.replaceChildren(retryNote(again));
  }

  mark(caseId) {
    this.chosen = caseId;
    this.list.querySelectorAll(".open-case").forEach((node) => {
      node.ariaCurrent = node.dataset.case === caseId ? "true" : null;
    });
  }

  around(caseId) {
    const at = this.rows.findIndex((row) => row.id === caseId);
    if (at < 0) {
      return { place: 0 };
    }
    if (at >= this.rows.length - 1 && this.rows.length < this.found.matched) {
      const focused = document.activeElement;
      this.more().then(() => focused?.focus?.());
    }
    return { before: this.rows[at - 1]?.id, after: this.rows[at + 1]?.id, place: at + 1, count: this.found.matched };
  }
}
