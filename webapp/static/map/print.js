// In print the map has a size of its own and shows what is open; afterwards the window is as it was.
// @ts-check
import { chosen } from "./chosen.js";
import { all, element } from "./page.js";
import { store } from "./store.js";
import { CLOSEST, map } from "./view.js";

export function fitToPaper() {
  /** @type {() => void} */
  let restore = () => undefined;
  addEventListener("beforeprint", () => {
    const [center, zoom] = /** @type {const} */ ([map.getCenter(), map.getZoom()]);
    const { view } = store.now;
    restore = () => {
      map.setView(center, zoom, { animate: false });
      store.set({ view }, { isStep: false });
    };
    resize(true);
    const bounds = chosen.getBounds();
    bounds.isValid() ? map.fitBounds(bounds, { animate: false, padding: [20, 20], maxZoom: CLOSEST }) : map.setView(center, zoom, { animate: false });
    map.getContainer().querySelectorAll("canvas").forEach(copyForPaper);
  });
  addEventListener("afterprint", () => {
    all(map.getContainer(), ".paper").forEach((copy) => copy.remove());
    resize(false);
    restore();
  });
}

/** @param {boolean} isPrinting */
function resize(isPrinting) {
  document.body.classList.toggle("printing", isPrinting);
  map.invalidateSize({ animate: false, pan: false });
}

/**
 * Chromium prints a canvas that was just drawn as its strokes, and what was cleared in it as white; a copy is a picture.
 * @param {HTMLCanvasElement} canvas
 */
function copyForPaper(canvas) {
  const copy = element("canvas", { width: canvas.width, height: canvas.height, className: `${canvas.className} paper` });
  copy.style.cssText = canvas.style.cssText;
  copy.getContext("2d")?.drawImage(canvas, 0, 0);
  canvas.before(copy);
}
