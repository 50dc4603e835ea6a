// Save the map as a PNG: what the window shows, with title, legend, scale and attribution.
// @ts-check
import { land, shadeOf } from "./land.js";
import { colorOf, layers } from "./layers.js";
import { all, element, parts, the, words } from "./page.js";
import { results } from "./results.js";
import { map } from "./view.js";
import { filled } from "./wording.js";

const SCALE = 2;
const MARGIN = 16;
const LINE = 20;

/** @typedef {CanvasRenderingContext2D} Pen */

export function savePicture() {
  const canvas = drawPicture();
  canvas.toBlob((blob) => {
    if (!blob) {
      return;
    }
    const link = element("a", { href: URL.createObjectURL(blob), download: "tongcheng-atlas.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }, "image/png");
}

function drawPicture() {
  const node = map.getContainer();
  const { width, height } = node.getBoundingClientRect();
  const legend = legendRows();
  const foot = MARGIN * 2 + LINE * (Math.ceil(legend.length / columns(width)) + 2);
  const canvas = element("canvas", { width: width * SCALE, height: (height + foot) * SCALE });
  const pen = canvas.getContext("2d");
  if (!pen) {
    return canvas;
  }
  const style = getComputedStyle(document.documentElement);
  const paper = style.getPropertyValue("--paper");
  const ink = style.getPropertyValue("--ink");
  pen.scale(SCALE, SCALE);
  pen.fillStyle = getComputedStyle(node).backgroundColor;
  pen.fillRect(0, 0, width, height);
  drawPanes(pen, node);
  drawLabels(pen, node, ink, paper);
  drawMarks(pen, node);
  drawScale(pen, node, ink, height);
  drawFoot(pen, legend, { width, top: height, foot, paper, ink });
  return canvas;
}

/**
 * Where an element lies in another.
 * @param {Element} node
 * @param {Element} origin
 */
function at(node, origin) {
  const box = node.getBoundingClientRect();
  const home = origin.getBoundingClientRect();
  return { x: box.left - home.left, y: box.top - home.top, width: box.width, height: box.height };
}

/**
 * @param {Pen} pen
 * @param {HTMLElement} node
 */
function drawPanes(pen, node) {
  // Panes by their order; tiles of other hosts would taint the picture and are left out.
  const canvases = [...node.querySelectorAll("canvas")];
  canvases.sort((one, other) => rankOf(one) - rankOf(other));
  canvases.forEach((canvas) => {
    const { x, y, width, height } = at(canvas, node);
    pen.drawImage(canvas, x, y, width, height);
  });
}

/** @param {HTMLElement} canvas */
function rankOf(canvas) {
  const pane = canvas.closest(".leaflet-pane");
  return pane instanceof HTMLElement ? Number(pane.style.zIndex) : 0;
}

/**
 * @param {Pen} pen
 * @param {HTMLElement} node
 * @param {string} ink
 * @param {string} paper
 */
function drawLabels(pen, node, ink, paper) {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  all(node, ".name-label:not(.crowded)").forEach((label) => {
    const inner = label.firstElementChild ?? label;
    const { x, y, width, height } = at(inner, node);
    const style = getComputedStyle(inner);
    if (label.classList.contains("shield")) {
      drawShield(pen, label.textContent, { x, y, width, height }, style);
      return;
    }
    pen.font = style.font;
    pen.lineWidth = 3;
    pen.strokeStyle = paper;
    pen.strokeText(label.textContent, x + width / 2, y + height / 2);
    pen.fillStyle = getComputedStyle(label).color || ink;
    pen.fillText(label.textContent, x + width / 2, y + height / 2);
  });
}

/**
 * The number of a line on its ground.
 * @param {Pen} pen
 * @param {string} number
 * @param {{ x: number, y: number, width: number, height: number }} box
 * @param {CSSStyleDeclaration} style
 */
function drawShield(pen, number, { x, y, width, height }, style) {
  pen.beginPath();
  pen.roundRect(x, y, width, height, Math.min(height / 2, Number.parseFloat(style.borderTopLeftRadius)));
  pen.fillStyle = style.backgroundColor;
  pen.fill();
  pen.lineWidth = 1;
  pen.strokeStyle = style.getPropertyValue("--line");
  pen.stroke();
  text(pen, number, x + width / 2, y + height / 2, style.color, style.font);
}

/**
 * @param {Pen} pen
 * @param {HTMLElement} node
 */
function drawMarks(pen, node) {
  all(node, ".case-marker, .cluster").forEach((mark) => {
    const { x, y, width, height } = at(mark, node);
    const [cx, cy, radius] = [x + width / 2, y + height / 2, width / 2];
    mark.classList.contains("cluster") ? drawCluster(pen, mark, cx, cy, radius) : drawCase(pen, mark, cx, cy, radius);
  });
}

/**
 * @param {Pen} pen
 * @param {HTMLElement} mark
 * @param {number} cx
 * @param {number} cy
 * @param {number} radius
 */
function drawCluster(pen, mark, cx, cy, radius) {
  const [back, number] = [mark.querySelector(".back"), mark.querySelector("text")].map((node) => (node ? getComputedStyle(node).fill : ""));
  disc(pen, cx, cy, radius, back);
  let start = -Math.PI / 2;
  mark.querySelectorAll(".share").forEach((arc) => {
    const part = (Number.parseFloat(arc.getAttribute("stroke-dasharray") ?? "") / 100) * 2 * Math.PI;
    pen.beginPath();
    pen.arc(cx, cy, radius * 0.86, start, start + part);
    pen.lineWidth = radius * 0.28;
    pen.strokeStyle = getComputedStyle(arc).stroke;
    pen.stroke();
    start += part;
  });
  text(pen, mark.textContent, cx, cy, number);
}

/**
 * @param {Pen} pen
 * @param {HTMLElement} mark
 * @param {number} cx
 * @param {number} cy
 * @param {number} radius
 */
function drawCase(pen, mark, cx, cy, radius) {
  const style = getComputedStyle(mark);
  const half = mark.classList.contains("line") ? 9 : radius;
  const round = ["top-left", "top-right", "bottom-right", "bottom-left"].map((corner) => {
    const given = style.getPropertyValue(`border-${corner}-radius`);
    return Math.min(half, given.endsWith("%") ? radius : Number.parseFloat(given));
  });
  pen.beginPath();
  pen.roundRect(cx - radius, cy - half, radius * 2, half * 2, round);
  pen.fillStyle = "#ffffff";
  pen.fill();
  pen.beginPath();
  pen.roundRect(cx - radius + 1, cy - half + 1, radius * 2 - 2, half * 2 - 2, round);
  pen.fillStyle = style.backgroundColor;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = style.borderTopColor;
  pen.setLineDash(style.borderTopStyle === "dashed" ? [4, 3] : []);
  pen.stroke();
  pen.setLineDash([]);
  text(pen, mark.textContent, cx, cy, style.color);
}

/**
 * @param {Pen} pen
 * @param {number} cx
 * @param {number} cy
 * @param {number} radius
 * @param {string} color
 */
function disc(pen, cx, cy, radius, color) {
  pen.beginPath();
  pen.arc(cx, cy, radius, 0, 2 * Math.PI);
  pen.fillStyle = color;
  pen.fill();
}

/**
 * @param {Pen} pen
 * @param {string} value
 * @param {number} cx
 * @param {number} cy
 * @param {string} color
 */
function text(pen, value, cx, cy, color, font = "bold 12px sans-serif") {
  pen.font = font;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = color;
  pen.fillText(value, cx, cy);
}

/**
 * @param {Pen} pen
 * @param {HTMLElement} node
 * @param {string} ink
 * @param {number} height
 */
function drawScale(pen, node, ink, height) {
  const line = the(node, ".leaflet-control-scale-line");
  const { width } = line.getBoundingClientRect();
  pen.strokeStyle = ink;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(MARGIN, height - 24);
  pen.lineTo(MARGIN, height - MARGIN);
  pen.lineTo(MARGIN + width, height - MARGIN);
  pen.lineTo(MARGIN + width, height - 24);
  pen.stroke();
  text(pen, line.textContent, MARGIN + width / 2, height - 26, ink);
}

/** @typedef {{ color: string, text: string }} LegendRow */

/** @returns {LegendRow[]} */
function legendRows() {
  const themes = all(document, "#themes button").map((node) => {
    const mark = the(node, ".mark");
    return { color: getComputedStyle(mark).backgroundColor, text: `${mark.textContent} ${the(node, ".name").textContent}` };
  });
  const shown = layers.shown.flatMap(({ spec }) => {
    const kinds = spec.kinds.map(({ id, title }) => ({ color: colorOf(spec, id), text: title }));
    return kinds.length ? kinds : [{ color: colorOf(spec), text: spec.title }];
  });
  const { classes } = parts.cases;
  const shades = land.counts.size ? classes.map((least) => ({ color: shadeOf(least), text: filled(words.cluster, { count: `≥ ${least}` }) })) : [];
  const dashes = [words.line_dashed, words.line_planned].map((told) => ({ color: "transparent", text: told }));
  return [...themes, ...shown, ...shades, ...dashes];
}

/** @param {number} width */
function columns(width) {
  return Math.max(2, Math.floor(width / 190));
}

/**
 * @param {Pen} pen
 * @param {LegendRow[]} legend
 * @param {{ width: number, top: number, foot: number, paper: string, ink: string }} box
 */
function drawFoot(pen, legend, { width, top, foot, paper, ink }) {
  pen.fillStyle = paper;
  pen.fillRect(0, top, width, foot);
  pen.textAlign = "left";
  pen.textBaseline = "top";
  pen.fillStyle = ink;
  pen.font = "bold 14px sans-serif";
  const conditions = results.found.chips.map((chip) => chip.label).join("; ");
  pen.fillText(`${words.atlas} · ${results.counted()}${conditions ? ` · ${conditions}` : ""}`, MARGIN, top + MARGIN, width - 2 * MARGIN);
  const across = columns(width);
  pen.font = "12px sans-serif";
  legend.forEach((row, number) => {
    const x = MARGIN + (number % across) * ((width - 2 * MARGIN) / across);
    const y = top + MARGIN + LINE + Math.floor(number / across) * LINE + 4;
    pen.fillStyle = row.color;
    pen.fillRect(x, y, 14, 12);
    pen.fillStyle = ink;
    pen.fillText(row.text, x + 20, y, (width - 2 * MARGIN) / across - 24);
  });
  const attributions = [parts.attribution.text, parts.base.tiles?.attribution].filter(Boolean);
  pen.fillText(attributions.join("；"), MARGIN, top + foot - MARGIN - 4, width - 2 * MARGIN);
}
