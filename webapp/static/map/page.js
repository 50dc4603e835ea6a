// What the page carries for the scripts, and small ways to build elements; text only ever enters as textContent.

export function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

export const words = readJson("map-messages");

export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// An address from a record may only lead to the web.
export function webLink(address, text) {
  if (!/^https?:\/\//.test(address)) {
    return element("span", { textContent: text });
  }
  return element("a", { href: address, textContent: text, rel: "noopener noreferrer external" });
}

export function say(text) {
  document.querySelector(".map-status").textContent = text;
}

export async function fetchJson(url) {
  const response = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}`);
  }
  return response.json();
}
