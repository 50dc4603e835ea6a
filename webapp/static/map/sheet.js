// On a phone, list and panel are a sheet over the map: dragged by its handle, or moved by buttons.
import { button, element, narrow, words } from "./page.js";

const SIZES = ["low", "half", "full"];

export function makeSheet(node) {
  const sheet = { size: "half" };
  const set = (size) => {
    sheet.size = size;
    node.dataset.size = size;
    smaller.disabled = size === "low";
    larger.disabled = size === "full";
  };
  const move = (by) => set(SIZES[Math.min(2, Math.max(0, SIZES.indexOf(sheet.size) + by))]);
  const smaller = button("▾", () => move(-1), { ariaLabel: words.smaller });
  const larger = button("▴", () => move(1), { ariaLabel: words.larger });
  const handle = element("div", { className: "sheet-handle" }, smaller, element("span", { className: "grip", ariaHidden: "true" }), larger);
  node.prepend(handle);
  handle.addEventListener("pointerdown", (event) => event.target.closest("button") || drag(event, node, handle, set));
  set(node.id === "sidebar" ? "low" : "half");
  return { set };
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
