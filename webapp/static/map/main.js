// Makes the calls that the page carries, in order, lets the parts listen to the state, and says when all is drawn.
import { addBase } from "./base.js";
import { copy } from "./details.js";
import { Drawing } from "./draw.js";
import { Filters } from "./filters.js";
import { arrangeLabels, keepLabelsApart } from "./labels.js";
import { layerTree } from "./layer_tree.js";
import { Layers } from "./layers.js";
import { Marks } from "./marks.js";
import { Near } from "./near.js";
import { Outlines } from "./outlines.js";
import { button, element, pause, readJson, words } from "./page.js";
import { FEATURE_COLOR, Panel } from "./panel.js";
import { savePicture } from "./picture.js";
import { fitToPaper } from "./print.js";
import { Results } from "./results.js";
import { makeSheet } from "./sheet.js";
import { Store } from "./store.js";
import { Tours } from "./tour.js";
import { addScale, createMap, look, setAttribution, setView } from "./view.js";

const CALLS = { createMap, setView, addScale, setAttribution, addBase, addLayers, addCases, addResults };

function addLayers(atlas, options) {
  atlas.layers = new Layers(atlas, options);
}

function addCases(atlas, options) {
  atlas.styles = options.styles;
  atlas.marks = new Marks(atlas, options);
  atlas.outlines = new Outlines(atlas, options);
  atlas.panel = new Panel(atlas, options);
  atlas.near = new Near(atlas);
}

function addResults(atlas, options) {
  const styled = { ...options, styles: atlas.styles };
  atlas.filters = new Filters(atlas, styled);
  atlas.results = new Results(atlas, styled);
  atlas.tours = new Tours(atlas, options);
  atlas.drawing = new Drawing(atlas);
  atlas.short = options.short;
}

// What the parts ask of one another.
function connect(atlas) {
  const { store } = atlas;
  atlas.open = (address) => store.set({ open: address, tour: null });
  atlas.themeName = (theme) => document.querySelector(`#themes [data-value="${theme}"] .name`).textContent;
  atlas.rowOf = (id) => atlas.results.rows.find((row) => row.id === id) ?? atlas.known.get(id);
  atlas.themeOf = (id) => atlas.rowOf(id)?.theme;
  atlas.titleOf = (id) => atlas.rowOf(id)?.title;
  atlas.lookAt = (address) => lookAt(atlas, address);
  atlas.notify = (text) => {
    const note = document.getElementById("notice");
    note.hidden = !text;
    note.replaceChildren(...(text ? [element("span", { textContent: text })] : []));
  };
  store.listen((now, before, isRestored) => {
    if (isRestored && before.args.length === 0 && !atlas.isStarted) {
      atlas.isStarted = true;
      atlas.results.begin();
    } else if (JSON.stringify(now.args) !== JSON.stringify(before.args)) {
      atlas.results.refresh();
      atlas.marks.refresh({ force: true });
      atlas.outlines.refresh();
    }
    document.body.classList.toggle("has-choice", Boolean(now.open));
    updateLanguageLinks(store);
  });
}

async function lookAt(atlas, address) {
  const [kind] = address.split(":");
  if (!address) {
    atlas.outlines.clear();
    look(atlas, atlas.home);
    return;
  }
  const item = await atlas.panel.fetch(address);
  const isCase = kind === "case";
  look(atlas, atlas.outlines.choose(isCase ? item.shapes : [item], isCase ? atlas.styles[item.theme].color : FEATURE_COLOR));
}

// The other language keeps the state.
function updateLanguageLinks(store) {
  document.querySelectorAll("a.language").forEach((link) => {
    const other = new URL(link.href);
    const here = new URL(store.address(), location.href);
    link.hreflang === "zh" ? here.searchParams.delete("lang") : here.searchParams.set("lang", "en");
    link.href = here.toString() || other.toString();
  });
}

function addTools(atlas) {
  const { panel, store } = atlas;
  const on = (id, action) => document.getElementById(id)?.addEventListener("click", action);
  on("open-layers", () => panel.show("layers", ...layerTree(atlas)));
  on("save-picture", () => savePicture(atlas));
  on("copy-link", () => copy(new URL(store.address(atlas.short), location.href).toString()));
  on("copy-embed", () => {
    const url = new URL(store.address(), location.href);
    url.searchParams.set("embed", "1");
    const frame = element("iframe", { src: url.toString(), width: "800", height: "600", title: words.atlas });
    copy(frame.outerHTML);
  });
  [document.getElementById("sidebar"), panel.node].filter(Boolean).forEach(makeSheet);
}

// Parts of the address that could not be used.
function tellProblems(atlas) {
  if (!atlas.store.problems.length) {
    return;
  }
  const note = document.getElementById("notice");
  note.replaceChildren(
    element("strong", { textContent: words.address_problems }),
    element("ul", {}, ...atlas.store.problems.map((problem) => element("li", { textContent: problem }))),
    button(words.close, () => (note.hidden = true)),
  );
  note.hidden = false;
}

// In pieces, so that the page answers between them.
async function start() {
  await pause();
  const atlas = { store: new Store(), ready: [], labels: [], known: new Map(), pick: null };
  for (const { call, with: options } of readJson("map-calls")) {
    CALLS[call](atlas, options);
    await pause();
  }
  connect(atlas);
  atlas.ready.push(atlas.marks.refresh({ force: true }), atlas.outlines.refresh());
  keepLabelsApart(atlas);
  addTools(atlas);
  fitToPaper(atlas);
  atlas.store.start();
  tellProblems(atlas);
  await Promise.allSettled(atlas.ready);
  await pause();
  arrangeLabels(atlas);
  document.documentElement.dataset.mapReady = "true";
}

start();
