// The state of the map: kept in the address, changed in one place, restored by back and forward.
import { isChinese, readJson } from "./page.js";

const EMPTY = { args: [], open: null, view: null, layers: null, base: null, scheme: null, tour: null };

export class Store {
  constructor() {
    const { problems, place_fields: placeFields, ...given } = readJson("map-state");
    Object.assign(this, { problems, placeFields });
    this.now = { ...EMPTY, ...given };
    this.listeners = [];
    this.isEmbedded = document.body.classList.contains("embedded");
    addEventListener("popstate", (event) => event.state && this.#change({ ...EMPTY, ...event.state }, true));
  }

  // `listener(now, before, isRestored)`: isRestored when back, forward or the first view set the state.
  listen(listener) {
    this.listeners.push(listener);
  }

  start() {
    history.replaceState(this.now, "", this.address());
    this.listeners.forEach((listener) => listener(this.now, EMPTY, true));
  }

  set(changes, { isStep = true } = {}) {
    const next = { ...this.now, ...changes };
    next.args = this.#thatHold(next.args);
    if (JSON.stringify(next) === JSON.stringify(this.now)) {
      return;
    }
    const before = this.now;
    this.now = next;
    history[isStep ? "pushState" : "replaceState"](next, "", this.address());
    this.listeners.forEach((listener) => listener(next, before, false));
  }

  #change(next, isRestored) {
    const before = this.now;
    this.now = next;
    this.listeners.forEach((listener) => listener(next, before, isRestored));
  }

  has(name, value) {
    return this.now.args.some(([key, one]) => key === name && (value === undefined || one === value));
  }

  // All conditions on a field, replaced.
  setField(name, values, options) {
    const others = this.now.args.filter(([key]) => key !== name);
    this.set({ args: [...others, ...values.map((value) => [name, String(value)])] }, options);
  }

  toggle(name, value) {
    const values = this.now.args.filter(([key]) => key === name).map(([, one]) => one);
    this.setField(name, values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  }

  remove(name, value) {
    this.set({ args: this.now.args.filter(([key, one]) => key !== name || one !== value) });
  }

  // Without what needs a condition that is gone: a distance needs `near`, a certainty some condition of place.
  #thatHold(args) {
    const isNear = args.some(([name]) => name === "near");
    const hasPlace = args.some(([name]) => this.placeFields.includes(name));
    return args.filter(([name]) => (isNear || name !== "within_km") && (hasPlace || name !== "certainty"));
  }

  // The address of a state; with `names`, a table of short names, the short one.
  address(names = null, changes = {}) {
    const { args, view, layers, ...rest } = { ...this.now, ...changes };
    const pairs = [...args, ...Object.entries(rest).filter(([, value]) => value)];
    if (view) {
      pairs.push(["view", viewText(view)]);
    }
    if (layers) {
      pairs.push(["layers", layers.join(",") || "none"]);
    }
    if (this.isEmbedded && !names) {
      pairs.push(["embed", "1"]);
    }
    if (!isChinese) {
      pairs.push(["lang", "en"]);
    }
    const text = pairs.map(([name, value]) => `${names?.[name] ?? name}=${tidy(value)}`).join("&");
    return text ? `${location.pathname}?${text}` : location.pathname;
  }
}

// As an address carries it.
export function viewText({ zoom, center }) {
  return `${zoom}/${center.lat}/${center.lon}`;
}

// Encoded as far as an address needs; what people read stays readable.
function tidy(value) {
  return encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2F/g, "/");
}
