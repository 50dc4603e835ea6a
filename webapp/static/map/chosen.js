// What is open, drawn in full over the rest.
// @ts-check
/** @import { Thin } from "./wire.js" */
import { drawn, SCHEMATIC } from "./geometry.js";
import { home, look, map, onTop } from "./view.js";

export const FEATURE_COLOR = "#d0006f";
const CHOSEN = { weight: 4, opacity: 1, fillOpacity: 0.22 };

/** @typedef {{ schematic: boolean, radius_m?: number, shape: Thin }} Shape */

export const chosen = L.featureGroup().addTo(map);

/**
 * Draw shapes in place of those before; returns their bounds.
 * @param {Shape[]} shapes
 * @param {string} color
 */
export function choose(shapes, color) {
  chosen.clearLayers();
  for (const { schematic, radius_m, shape } of shapes) {
    const options = { color, fillColor: color, ...CHOSEN, ...onTop, dashArray: schematic ? SCHEMATIC : undefined };
    drawn(shape, options, radius_m).addTo(chosen);
  }
  return chosen.getBounds();
}

// Bring all of what is open into view; what has no shape of its own is about the whole area.
export function lookAtChosen() {
  const bounds = chosen.getBounds();
  look(bounds.isValid() ? bounds : home);
}
