// Sentences made of parts; needs no page.
// @ts-check
/** @import { Period, PlaceText, Words } from "./wire.js" */

/**
 * Replace "%(name)s" in a message.
 * @param {string} message
 * @param {Record<string, string | number>} values
 */
export function filled(message, values) {
  return message.replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));
}

/**
 * From when to when; "…" is open or unknown, and of nothing there is nothing to tell.
 * @param {Period} period
 */
export function periodText({ start, end }) {
  return start || end ? `${start ?? "…"} – ${end ?? "…"}` : null;
}

/**
 * A place as it was found, and as the record mentions it where that differs.
 * @param {PlaceText} place
 * @param {Pick<Words, "schematic" | "fallback">} words
 */
export function placeText(place, words) {
  const parts = [place.precision, place.radius, place.schematic ? words.schematic : null, place.fallback ? words.fallback : null];
  const name = place.name === place.mention ? place.name : `${place.mention} → ${place.name}`;
  return `${name} (${parts.filter(Boolean).join(", ")})`;
}
