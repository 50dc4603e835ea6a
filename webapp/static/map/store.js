// The state of the map: kept in the address, changed in one place, restored by back and forward.
// @ts-check
/** @import { FirstState, State } from "./wire.js" */
import { addressOf } from "./address.js";
import { isSame, thatHold, withField, without, withToggled } from "./args.js";
import { isChinese, readJson } from "./page.js";

/**
 * `before` is null at the beginning; `isRestored` when back, forward or the first view set the state.
 * @typedef {(now: State, before: State | null, isRestored: boolean) => void} Listener
 */

/** @type {State} */
const EMPTY = { args: [], open: null, view: null, layers: null, base: null, scheme: null, tour: null, at: null };

class Store {
  constructor() {
    /** @type {FirstState} */
    const { problems, place_fields: placeFields, ...given } = readJson("map-state");
    this.problems = problems;
    this.placeFields = placeFields;
    this.isHere = false;
    this.now = given;
    /** @type {Listener[]} */
    this.listeners = [];
    this.isEmbedded = document.body.classList.contains("embedded");
    addEventListener("popstate", (event) => event.state && this.#change({ ...EMPTY, ...event.state }, true));
  }

  /** @param {Listener} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /**
   * Hear of other conditions than before; not at the beginning.
   * @param {() => void} listener
   */
  listenToArgs(listener) {
    this.listen((now, before) => before && !isSame(now.args, before.args) && listener());
  }

  start() {
    history.replaceState(this.now, "", this.address());
    this.listeners.forEach((listener) => listener(this.now, null, true));
  }

  /**
   * @param {Partial<State>} changes
   * @param {{ isStep?: boolean }} options
   */
  set(changes, { isStep = true } = {}) {
    const next = { ...this.now, ...changes };
    next.args = thatHold(next.args, this.placeFields);
    if (JSON.stringify(next) === JSON.stringify(this.now)) {
      return;
    }
    history[isStep ? "pushState" : "replaceState"](next, "", this.address(null, next));
    this.#change(next, false);
  }

  /**
   * @param {State} next
   * @param {boolean} isRestored
   */
  #change(next, isRestored) {
    const before = this.now;
    this.now = next;
    this.listeners.forEach((listener) => listener(next, before, isRestored));
  }

  /**
   * Tell of a case or a feature: "case:<id>" or "<layer>:<id>"; `isHere`: where the window is already.
   * @param {string} address
   * @param {{ isHere?: boolean }} options
   */
  open(address, { isHere = false } = {}) {
    this.isHere = isHere;
    this.set({ open: address, tour: null });
    this.isHere = false;
  }

  /**
   * @param {string} field
   * @param {string} value
   */
  has(field, value) {
    return this.now.args.some(([name, one]) => name === field && one === value);
  }

  /**
   * @param {string} field
   * @param {string[]} values
   */
  setField(field, values) {
    this.set({ args: withField(this.now.args, field, values) });
  }

  /**
   * @param {string} field
   * @param {string} value
   */
  toggle(field, value) {
    this.set({ args: withToggled(this.now.args, field, value) });
  }

  /**
   * @param {string} field
   * @param {string} value
   */
  remove(field, value) {
    this.set({ args: without(this.now.args, field, value) });
  }

  /**
   * The address of the state; with `names`, a table of short names, the short one.
   * @param {Record<string, string> | null} names
   */
  address(names = null, state = this.now) {
    return addressOf(state, { path: location.pathname, isEmbedded: this.isEmbedded, isChinese, names });
  }
}

export const store = new Store();
