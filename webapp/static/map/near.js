// What the query is near to: drawn on the map with the land within its distance.
// @ts-check
/** @import { FeatureDetails } from "./wire.js" */
import { fetchFeature } from "./answers.js";
import { isSame, nearOf } from "./args.js";
import { FEATURE_COLOR } from "./chosen.js";
import { drawn, SCHEMATIC } from "./geometry.js";
import { store } from "./store.js";
import { map, onTop } from "./view.js";

const FEATURE = { color: FEATURE_COLOR, weight: 4, opacity: 0.8, fillOpacity: 0.08 };
/** @type {L.PathOptions} */
const ZONE = { color: FEATURE_COLOR, fillColor: FEATURE_COLOR, opacity: 0.14, fillOpacity: 0.14, lineCap: "round", lineJoin: "round" };
const KM_PER_DEGREE = 111.2;

const zones = L.featureGroup().addTo(map);
const features = L.featureGroup().addTo(map);
let withinKm = 0;

// From now on, as the query changes.
export function showNear() {
  map.on("zoomend", widen);
  store.listen(({ args }, before) => {
    if (!isSame(nearOf(args), nearOf(before?.args ?? []))) {
      show();
    }
  });
}

async function show() {
  const asked = nearOf(store.now.args);
  const found = await Promise.allSettled(asked.addresses.map(fetchFeature));
  if (!isSame(nearOf(store.now.args), asked)) {
    return;
  }
  zones.clearLayers();
  features.clearLayers();
  withinKm = asked.km ?? 0;
  found.forEach((one) => one.status === "fulfilled" && draw(one.value)); // an extra: the chip names what did not load
  widen();
  document.documentElement.dataset.near = String(features.getLayers().length);
}

/** @param {FeatureDetails} feature */
function draw({ shape, schematic }) {
  if (withinKm > 0) {
    drawn(shape, { ...ZONE, ...onTop }, withinKm * 1000).addTo(zones);
  }
  drawn(shape, { ...FEATURE, ...onTop, dashArray: schematic ? SCHEMATIC : undefined }).addTo(features);
  zones.bringToBack();
}

// The zone is a stroke as wide as the distance to both sides, in pixels of this zoom; circles have their own radius.
function widen() {
  const middle = map.getCenter();
  const px = map.project(middle).distanceTo(map.project(L.latLng(middle.lat + withinKm / KM_PER_DEGREE, middle.lng)));
  zones.eachLayer((zone) => {
    zone instanceof L.Path && zone.setStyle({ weight: zone instanceof L.Circle ? 0 : 2 * px });
  });
}
