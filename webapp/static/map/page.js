// What the page carries for the scripts, and small ways to build elements; text only ever enters as textContent.

export function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

export const words = readJson("map-messages");
export const isChinese = document.documentElement.lang.startsWith("zh");
export const calm = matchMedia("(prefers-reduced-motion: reduce)");
export const narrow = matchMedia("(max-width: 46rem)");

export function element(name, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const node = Object.assign(document.createElement(name), rest);
  Object.assign(node.dataset, dataset);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function button(text, onClick, properties = {}) {
  const node = element("button", { type: "button", textContent: text, ...properties });
  node.addEventListener("click", onClick);
  return node;
}

// An address from a record may only lead to the web.
export function webLink(address, text) {
  if (!/^https?:\/\//.test(address)) {
    return element("span", { textContent: text });
  }
  return element("a", { href: address, textContent: text, rel: "noopener noreferrer external" });
}

// A text that may not have been translated says so.
export function told({ text, translated }, name = "span", properties = {}) {
  if (translated) {
    return element(name, { textContent: text, ...properties });
  }
  const mark = element("small", { className: "untranslated", textContent: ` ${words.not_translated}` });
  return element(name, properties, element("span", { lang: "zh-CN", textContent: text }), mark);
}

// Let the browser draw and listen between two pieces of work.
export function pause() {
  return globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

export function say(text) {
  document.getElementById("map-status").textContent = text;
}

// Replace "%(name)s" in a message.
export function filled(message, values) {
  return message.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}

// An address with more parameters; `pairs` are name and value.
export function withArgs(address, pairs) {
  const url = new URL(address, location.href);
  pairs.forEach(([name, value]) => url.searchParams.append(name, value));
  return url.toString();
}

export async function fetchJson(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`);
  }
  const found = await response.json();
  await pause(); // what arrives together is drawn piece by piece
  return found;
}

// Something that failed to load, with a way to try again.
export function retryNote(onRetry) {
  return element("p", { className: "failed", role: "alert" }, `${words.failed} `, button(words.retry, onRetry));
}
