// Makes the calls that the page carries, in order, and says when the first view is drawn.
import { addCases, addFootprints } from "./cases.js";
import { addLayer } from "./layers.js";
import { addPanel } from "./panel.js";
import { readJson, say, words } from "./page.js";
import { addScale, createMap, setAttribution, setView } from "./view.js";

const CALLS = { createMap, setView, addScale, setAttribution, addLayer, addFootprints, addCases, addPanel };

async function start() {
  const atlas = { map: null, layers: new Map(), cases: new Map(), footprints: null, panel: null, ready: [] };
  for (const { call, with: options } of readJson("map-calls")) {
    CALLS[call](atlas, options);
  }
  const results = await Promise.allSettled(atlas.ready);
  if (results.some((result) => result.status === "rejected")) {
    say(words.failed);
  }
  atlas.panel.openFromAddress();
  document.documentElement.dataset.mapReady = "true";
}

start();
