// What the page carries for the scripts, and small ways to build elements; text only ever enters as textContent.
// @ts-check
/** @import { Parts, Told, Words } from "./wire.js" */
import { filled } from "./wording.js";

/**
 * What a script element of the page holds; whoever asks says what it is.
 * @param {string} id
 * @returns {any}
 */
export function readJson(id) {
  return JSON.parse(byId(id).textContent);
}

/** @type {Words} */
export const words = readJson("map-messages");
/** @type {Parts} */
export const parts = /** @type {any} */ (Object.fromEntries(
  readJson("map-parts").map((/** @type {{part: string, with: unknown}} */ one) => [one.part, one.with]),
));
export const isChinese = document.documentElement.lang.startsWith("zh");
export const calm = matchMedia("(prefers-reduced-motion: reduce)");
export const narrow = matchMedia("(max-width: 46rem)");

/**
 * An element of the template.
 * @param {string} id
 */
export function byId(id) {
  return the(document, `[id="${id}"]`);
}

/**
 * The element that must be there.
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function the(within, selector) {
  const node = within.querySelector(selector);
  if (!(node instanceof HTMLElement)) {
    throw new Error(`${selector} is missing`);
  }
  return node;
}

/**
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function all(within, selector) {
  return [...within.querySelectorAll(selector)].filter((node) => node instanceof HTMLElement);
}

/**
 * Whether something happened in what a selector names.
 * @param {Event} event
 * @param {string} selector
 */
export function isIn(event, selector) {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}

/** @typedef {Node | string | null | undefined} Child */

/**
 * @template {keyof HTMLElementTagNameMap} N
 * @typedef {Partial<Omit<HTMLElementTagNameMap[N], "dataset">> & { dataset?: Record<string, string> }} Properties
 */

/**
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Properties<N>} properties
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[N]}
 */
export function element(name, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const node = Object.assign(document.createElement(name), rest);
  Object.assign(node.dataset, dataset);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * @param {string} text
 * @param {() => void} onClick
 * @param {Properties<"button">} properties
 */
export function button(text, onClick, properties = {}) {
  const node = element("button", { type: "button", textContent: text, ...properties });
  node.addEventListener("click", onClick);
  return node;
}

/**
 * An address from a record may only lead to the web.
 * @param {string} address
 * @param {string} text
 */
export function webLink(address, text) {
  if (!/^https?:\/\//.test(address)) {
    return element("span", { textContent: text });
  }
  return element("a", { href: address, textContent: text, rel: "noopener noreferrer external" });
}

/**
 * A text that may not have been translated says so.
 * @param {Told} text
 * @param {"span" | "p" | "h2"} name
 */
export function told({ text, translated }, name = "span", className = "") {
  if (translated) {
    return element(name, { textContent: text, className });
  }
  const mark = element("small", { className: "untranslated", textContent: ` ${words.not_translated}` });
  return element(name, { className }, element("span", { lang: "zh-CN", textContent: text }), mark);
}

/**
 * Let the browser draw and listen between two pieces of work.
 * @returns {Promise<void>}
 */
export function pause() {
  return globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

/**
 * Tell those who hear the page.
 * @param {string} text
 */
export function say(text) {
  byId("map-status").textContent = text;
}

/**
 * Something that failed to load, with a way to try again.
 * @param {() => void} onRetry
 */
export function retryNote(onRetry) {
  return element("p", { className: "failed", role: "alert" }, `${words.failed} `, button(words.retry, onRetry));
}

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without the clipboard (no https, no permission) the old way: a selection that the browser copies.
    const area = element("textarea", { value: text, className: "visually-hidden" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(filled(words.copied, { text }));
}
