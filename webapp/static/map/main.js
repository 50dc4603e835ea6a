// Begins the page: draws it in pieces, so that it answers between them, and says when all is there.
// @ts-check
import { addBase } from "./base.js";
import { listenToClicks } from "./hits.js";
import { arrangeLabels, keepLabelsApart } from "./labels.js";
import { layerTree } from "./layer_tree.js";
import { layers } from "./layers.js";
import { marks } from "./marks.js";
import { showNear } from "./near.js";
import { tellProblems } from "./notes.js";
import { outlines } from "./outlines.js";
import { byId, copy, element, parts, pause, words } from "./page.js";
import { panel } from "./panel.js";
import { savePicture } from "./picture.js";
import { fitToPaper } from "./print.js";
import { results } from "./results.js";
import { makeSheet } from "./sheet.js";
import { store } from "./store.js";
import { Tours } from "./tour.js";
import { beginView } from "./view.js";

// The other language keeps the state.
function updateLanguageLinks() {
  document.querySelectorAll("a.language").forEach((link) => {
    if (link instanceof HTMLAnchorElement) {
      const here = new URL(store.address(), location.href);
      link.hreflang === "zh" ? here.searchParams.delete("lang") : here.searchParams.set("lang", "en");
      link.href = here.toString();
    }
  });
}

function addTools() {
  ["open-layers", "open-day"].forEach((id) => byId(id).addEventListener("click", () => panel.show("layers", ...layerTree())));
  byId("save-picture").addEventListener("click", savePicture);
  byId("copy-link").addEventListener("click", () => copy(new URL(store.address(parts.results.short), location.href).toString()));
  byId("copy-embed").addEventListener("click", copyFrame);
  [byId("sidebar"), panel.node].forEach(makeSheet);
  new Tours();
}

// The element that shows this map in another page.
function copyFrame() {
  const url = new URL(store.address(), location.href);
  url.searchParams.set("embed", "1");
  copy(element("iframe", { src: url.toString(), width: "800", height: "600", title: words.atlas }).outerHTML);
}

async function start() {
  await pause();
  beginView();
  await pause();
  addTools();
  showNear();
  keepLabelsApart();
  listenToClicks();
  fitToPaper();
  store.listen((now) => {
    document.body.classList.toggle("has-choice", Boolean(now.open));
    updateLanguageLinks();
  });
  await pause();
  const pieces = [addBase(), marks.begin(), outlines.refresh()];
  await pause();
  store.start();
  await pause();
  results.show();
  tellProblems(store.problems);
  await Promise.allSettled([...pieces, layers.applied]);
  await pause();
  arrangeLabels();
  document.documentElement.dataset.mapReady = "true";
}

start();
