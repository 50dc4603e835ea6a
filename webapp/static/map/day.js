// The day as of which the map is: a field in the panel of layers. Another day is another page.
// @ts-check
import { element, words } from "./page.js";
import { store } from "./store.js";

export function dayField() {
  const field = element("input", { type: "date", id: "at", value: store.now.at ?? "" });
  field.addEventListener("change", () => field.validity.valid && location.assign(store.address(null, { ...store.now, at: field.value || null })));
  return element("label", { className: "day" }, `${words.as_of} `, field);
}
