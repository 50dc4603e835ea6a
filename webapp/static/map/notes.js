// What visitors are told beside the map and the list: what to do next, what failed, what of an address was no use.
// @ts-check
import { button, byId, element, retryNote, words } from "./page.js";

/** @type {(() => void)[]} */
let failed = [];

/**
 * Say what to do next; null takes it away.
 * @param {string | null} text
 */
export function notify(text) {
  const note = byId("notice");
  note.hidden = !text;
  note.replaceChildren(...(text ? [element("span", { textContent: text })] : []));
}

/**
 * One note for all that failed: trying again tries each of them.
 * @param {() => void} onRetry
 */
export function offerRetry(onRetry) {
  failed.push(onRetry);
  const again = () => {
    const retries = failed;
    forgetFailures();
    retries.forEach((retry) => retry());
  };
  byId("results-note").replaceChildren(retryNote(again));
}

export function forgetFailures() {
  failed = [];
  byId("results-note").replaceChildren();
}

/**
 * Parts of the address that could not be used.
 * @param {string[]} problems
 */
export function tellProblems(problems) {
  if (!problems.length) {
    return;
  }
  const note = byId("notice");
  note.replaceChildren(
    element("strong", { textContent: words.address_problems }),
    element("ul", {}, ...problems.map((problem) => element("li", { textContent: problem }))),
    button(words.close, () => (note.hidden = true)),
  );
  note.hidden = false;
}
