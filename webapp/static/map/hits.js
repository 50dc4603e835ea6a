// A click on the map: all that lies there, one or many; the window stays where it is.
// @ts-check
import { fetchCasesAt } from "./answers.js";
import { land } from "./land.js";
import { layers } from "./layers.js";
import { outlines } from "./outlines.js";
import { panel } from "./panel.js";
import { isPicked, isPicking } from "./pick.js";
import { store } from "./store.js";
import { rankOf, touches } from "./touch.js";
import { map } from "./view.js";

/** @typedef {{ address: string, name: string, layer: string, rank: number }} Hit */

// From now on every click tells what lies under it.
export function listenToClicks() {
  map.on("click", ({ latlng }) => {
    if (!map.getContainer().classList.contains("drawing")) {
      tell(latlng);
    }
  });
}

/** @param {L.LatLng} place */
async function tell(place) {
  const features = featuresAt(place);
  if (isPicking()) {
    features.length > 1 ? panel.openHere({ features, pick: isPicked }) : features[0] && isPicked(features[0].address);
    return;
  }
  const cases = outlines.casesAt(place);
  const code = land.countyAt(place);
  const count = code === null ? undefined : land.counts.get(code);
  const only = features.length === 1 && !cases.length && !count ? features[0] : null;
  if (only) {
    store.open(only.address, { isHere: true });
  } else if (features.length || cases.length || count) {
    const county = count && { name: count.name, ...(await fetchCasesAt("counties", count.id, store.now.args)) };
    panel.openHere({ features, cases, county });
  } else if (store.now.open) {
    panel.close();
  }
}

/**
 * The features of the layers shown, points first, then lines, then areas, the small ones first.
 * @param {L.LatLng} place
 * @returns {Hit[]}
 */
function featuresAt(place) {
  /** @type {Hit[]} */
  const found = [];
  for (const { spec, features } of layers.shown) {
    for (const { id, name, shape } of features) {
      if (touches(shape, place)) {
        found.push({ address: `${spec.id}:${id}`, name, layer: spec.title, rank: rankOf(shape) });
      }
    }
  }
  return found.sort((one, other) => one.rank - other.rank);
}
