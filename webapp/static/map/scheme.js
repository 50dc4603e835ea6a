// Light or dark: as the address says, else as the device is.
// @ts-check
import { store } from "./store.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
/** @type {(() => void)[]} */
const listeners = [];

dark.addEventListener("change", apply);
store.listen((now, before) => now.scheme !== before?.scheme && apply());

/** @returns {"light" | "dark"} */
export function schemeNow() {
  const chosen = store.now.scheme ?? "auto";
  if (chosen === "auto") {
    return dark.matches ? "dark" : "light";
  }
  return chosen === "dark" ? "dark" : "light";
}

/**
 * Hear when light becomes dark, and at the beginning.
 * @param {() => void} listener
 */
export function onScheme(listener) {
  listeners.push(listener);
}

function apply() {
  document.documentElement.dataset.scheme = schemeNow();
  listeners.forEach((listener) => listener());
}
