// The day as of which the map is: a field in the panel of layers. Another day is another page.
// @ts-check
import { element, words } from "./page.js";
import { store } from "./store.js";

export function dayForm() {
  const field = element("input", { type: "date", id: "at", min: "1900-01-01", value: store.now.at ?? "" });
  const form = element(
    "form",
    { className: "day" },
    element("label", {}, `${words.as_of} `, field),
    " ",
    element("button", { type: "submit", textContent: words.show }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(store.address(null, { ...store.now, at: field.value || null }));
  });
  return form;
}
