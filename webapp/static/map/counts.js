// Counts of counties and cities: how many cases lie there, as shade, number and button that lists them.
// @ts-check
/** @import { Label } from "./labels.js" */
/** @import { PlaceCount } from "./wire.js" */
import { fetchCasesAt } from "./answers.js";
import { latLng } from "./geometry.js";
import { addLabel, labelOf, placeLabel, removeLabel } from "./labels.js";
import { land } from "./land.js";
import { offerRetry } from "./notes.js";
import { all, button, element, words } from "./page.js";
import { panel } from "./panel.js";
import { store } from "./store.js";
import { map } from "./view.js";
import { filled } from "./wording.js";

const RANK = 8.5;

class Counts {
  constructor() {
    /** @type {Map<string, Label>} the numbers of counties, by a key of their content */
    this.numbers = new Map();
    /** @type {PlaceCount[]} */
    this.cities = [];
    map.on("labelschange", () => this.tellCities());
  }

  /**
   * @param {PlaceCount[]} counties
   * @param {PlaceCount[]} cities
   */
  show(counties, cities) {
    land.shade(counties);
    this.cities = cities;
    const fresh = new Map(counties.map((one) => [`${one.id}:${one.count}`, one]));
    for (const [key, label] of this.numbers) {
      if (!fresh.has(key)) {
        removeLabel(label);
        this.numbers.delete(key);
      }
    }
    for (const [key, one] of fresh) {
      if (!this.numbers.has(key)) {
        const label = numberLabel(one);
        addLabel(label);
        this.numbers.set(key, label);
      }
    }
  }

  // The cases known by a city only are counted on its name.
  tellCities() {
    for (const city of this.cities) {
      const name = /** @type {L.DivIconOptions | undefined} */ (labelOf(`cities:${city.id}`)?.sign.options.icon?.options)?.html;
      if (name instanceof HTMLElement && name.querySelector("button")?.textContent !== String(city.count)) {
        name.querySelector("button")?.remove();
        name.append(" ", listButton("cities", city));
      }
    }
    const counted = new Set(this.cities.map(({ id }) => `cities/${id}`));
    all(map.getContainer(), '.cities [data-place^="cities/"]').forEach((one) => counted.has(one.dataset.place ?? "") || one.remove());
  }
}

export const counts = new Counts();

/** @param {PlaceCount} county */
function numberLabel(county) {
  const sign = placeLabel(latLng(county.at), element("span", {}, listButton("counties", county)), "county-count");
  return { zoom: 0, rank: RANK, sign, isOff: false };
}

/**
 * @param {"counties" | "cities"} layer
 * @param {PlaceCount} place
 */
function listButton(layer, { id, name, count }) {
  const told = `${name}: ${filled(words.cluster, { count })}`;
  const open = button(String(count), () => list(layer, id, name, open), { className: "open-county", ariaLabel: told, title: told, dataset: { place: `${layer}/${id}` } });
  L.DomEvent.disableClickPropagation(open);
  return open;
}

/**
 * @param {"counties" | "cities"} layer
 * @param {string} id
 * @param {string} name
 * @param {HTMLElement} opener
 */
async function list(layer, id, name, opener) {
  try {
    panel.openCounty({ name, ...(await fetchCasesAt(layer, id, store.now.args)) }, opener);
  } catch {
    offerRetry(() => list(layer, id, name, opener));
  }
}
