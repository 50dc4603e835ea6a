// On a phone, list and panel are a sheet over the map: dragged by its handle, or moved by buttons.
// @ts-check
import { byId, isIn, narrow, the } from "./page.js";

const SIZES = ["low", "half", "full"];

/** @param {HTMLElement} node */
export function makeSheet(node) {
  const handle = the(node, ".sheet-handle");
  const buttons = [...handle.querySelectorAll("button")];
  /** @type {(by: number) => string | undefined} */
  const next = (by) => SIZES[SIZES.indexOf(node.dataset.size ?? "") + by];
  /** @param {string | undefined} size */
  const set = (size) => {
    node.dataset.size = size;
    buttons.forEach((one) => (one.disabled = !next(Number(one.dataset.by))));
  };
  buttons.forEach((one) => one.addEventListener("click", () => set(next(Number(one.dataset.by)))));
  node.addEventListener("lower", () => set("low"));
  handle.addEventListener("pointerdown", (event) => isIn(event, "button") || drag(event, node, handle, set));
}

// What happens on the map next wants to be seen.
export function lowerSheet() {
  byId("sidebar").dispatchEvent(new Event("lower"));
}

/**
 * @param {PointerEvent} start
 * @param {HTMLElement} node
 * @param {HTMLElement} handle
 * @param {(size: string) => void} set
 */
function drag(start, node, handle, set) {
  const stage = node.offsetParent?.getBoundingClientRect();
  if (!narrow.matches || !stage) {
    return;
  }
  handle.setPointerCapture(start.pointerId);
  node.classList.add("dragged");
  /** @param {PointerEvent} event */
  const onMove = (event) => node.style.setProperty("--sheet-height", `${Math.max(60, stage.bottom - event.clientY)}px`);
  /** @param {PointerEvent} event */
  const onUp = (event) => {
    const share = (stage.bottom - event.clientY) / stage.height;
    node.classList.remove("dragged");
    node.style.removeProperty("--sheet-height");
    set(share < 0.3 ? "low" : share < 0.72 ? "half" : "full");
    handle.removeEventListener("pointermove", onMove);
  };
  handle.addEventListener("pointermove", onMove);
  handle.addEventListener("pointerup", onUp, { once: true });
  handle.addEventListener("pointercancel", onUp, { once: true });
}
