// The next click on a line, belt or zone says what was asked for.
// @ts-check
import { notify } from "./notes.js";
import { words } from "./page.js";
import { lowerSheet } from "./sheet.js";
import { map } from "./view.js";

/** @type {((address: string) => void) | null} */
let pick = null;

/**
 * Wait for a click; the button shows that we do. Escape stops.
 * @param {HTMLElement} button
 * @param {(address: string) => void} onPick
 */
export function pickNext(button, onPick) {
  notify(words.pick_now);
  button.ariaPressed = "true";
  map.getContainer().classList.add("picking");
  lowerSheet();
  const stop = () => {
    pick = null;
    button.ariaPressed = "false";
    map.getContainer().classList.remove("picking");
    notify(null);
  };
  pick = (address) => {
    stop();
    onPick(address);
  };
  addEventListener("keydown", (event) => event.key === "Escape" && pick && stop(), { once: true });
}

// Whether a click is waited for.
export function isPicking() {
  return pick !== null;
}

/**
 * Take a click on a feature, if one is waited for; tells whether.
 * @param {string} address "<layer>:<id>"
 */
export function isPicked(address) {
  const isWanted = pick !== null;
  pick?.(address);
  return isWanted;
}
