// In print the map has a size of its own and shows what is open; afterwards the window is as it was.
import { element } from "./page.js";

export function fitToPaper({ map, outlines, store }) {
  let before = null;
  let view = null;
  const resize = (isPrinting) => {
    document.body.classList.toggle("printing", isPrinting);
    map.invalidateSize({ animate: false, pan: false });
  };
  addEventListener("beforeprint", () => {
    before = [map.getCenter(), map.getZoom()];
    ({ view } = store.now);
    resize(true);
    const bounds = outlines.chosen.getBounds();
    bounds.isValid() ? map.fitBounds(bounds, { animate: false, padding: [20, 20], maxZoom: 12 }) : map.setView(...before, { animate: false });
    map.getContainer().querySelectorAll("canvas").forEach(copyForPaper);
  });
  addEventListener("afterprint", () => {
    map.getContainer().querySelectorAll(".paper").forEach((copy) => copy.remove());
    resize(false);
    map.setView(...before, { animate: false });
    store.set({ view }, { isStep: false });
  });
}

// Chromium prints a canvas that was just drawn as its strokes, and what was cleared in it as white; a copy is a picture.
function copyForPaper(canvas) {
  const copy = element("canvas", { width: canvas.width, height: canvas.height, className: `${canvas.className} paper` });
  copy.style.cssText = canvas.style.cssText;
  copy.getContext("2d").drawImage(canvas, 0, 0);
  canvas.before(copy);
}
