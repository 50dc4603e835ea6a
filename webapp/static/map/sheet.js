// On a phone, list and panel are a sheet over the map: dragged by its handle, or moved by buttons.
import { narrow } from "./page.js";

const SIZES = ["low", "half", "full"];

export function makeSheet(node) {
  const handle = node.querySelector(".sheet-handle");
  const buttons = handle.querySelectorAll("button");
  const set = (size) => {
    node.dataset.size = size;
    buttons.forEach((one) => (one.disabled = !SIZES[SIZES.indexOf(size) + Number(one.dataset.by)]));
  };
  buttons.forEach((one) => one.addEventListener("click", () => set(SIZES[SIZES.indexOf(node.dataset.size) + Number(one.dataset.by)])));
  node.addEventListener("lower", () => set("low"));
  handle.addEventListener("pointerdown", (event) => event.target.closest("button") || drag(event, node, handle, set));
}

// What happens on the map next wants to be seen.
export function lowerSheet() {
  document.getElementById("sidebar").dispatchEvent(new Event("lower"));
}

function drag(start, node, handle, set) {
  if (!narrow.matches) {
    return;
  }
  handle.setPointerCapture(start.pointerId);
  const stage = node.offsetParent.getBoundingClientRect();
  node.classList.add("dragged");
  const onMove = (event) => node.style.setProperty("--sheet-height", `${Math.max(60, stage.bottom - event.clientY)}px`);
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
