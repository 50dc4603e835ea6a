// The legend: marks, shades of counties, kinds of lines.
// @ts-check
import { shadeOf } from "./land.js";
import { element, parts, words } from "./page.js";
import { schemeNow } from "./scheme.js";

const MARKS = [
  { shape: "sharp", word: words.mark_sharp },
  { shape: "circle", word: words.mark_circle },
  { shape: "line", word: words.mark_line },
  { shape: "area", word: words.mark_area },
  { shape: "schematic", word: words.mark_schematic },
];
const LINES = [
  { look: "solid", word: words.line_solid },
  { look: "dashed", word: words.line_dashed },
  { look: "dotted", word: words.line_planned },
];

/** @param {...(Node | string)} children */
function row(...children) {
  return element("li", {}, ...children);
}

/** @param {string} className */
function key(className) {
  return element("span", { className: `key ${className}`, ariaHidden: "true" });
}

// How to read it, folded: the switches of the layers are what the panel is opened for.
export function readingLegend() {
  return element("details", { className: "reading" }, element("summary", { textContent: words.legend_reading }), marksLegend(), linesLegend());
}

// What the marks of cases mean.
function marksLegend() {
  const ring = element("span", { className: "key key-ring", ariaHidden: "true", textContent: "5" });
  return element(
    "ul",
    { className: "legend" },
    ...MARKS.map(({ shape, word }) => row(key(`mark-${shape}`), ` ${word}`)),
    row(ring, ` ${words.legend_ring}`),
    row(key("key-outline"), ` ${words.legend_outline}`),
    row(key("key-arrow"), ` ${words.legend_arrow}`),
  );
}

// How many cases lie in a county, by its shade.
export function shadesLegend() {
  const { classes } = parts.cases;
  const cells = classes.map((least, at) => {
    const next = classes[at + 1];
    const most = next - 1;
    const cell = element("span", { className: "shade", textContent: next === undefined ? `${least}+` : least === most ? `${least}` : `${least}–${most}` });
    cell.style.background = shadeOf(least);
    return cell;
  });
  return element("div", { className: "shades" }, element("p", { className: "hint", textContent: words.legend_shades }), element("p", { className: "shade-row" }, ...cells));
}

// How lines are drawn.
function linesLegend() {
  return element("ul", { className: "legend" }, ...LINES.map(({ look, word }) => row(key(`key-line ${look}`), ` ${word}`)));
}

/**
 * The kinds of lines of a layer.
 * @param {{ title: string, color: string, dark: string }[]} kinds
 */
export function kindsLegend(kinds) {
  const rows = kinds.map(({ title, color, dark }) => {
    const swatch = key("key-line solid");
    swatch.style.setProperty("--quiet", schemeNow() === "dark" ? dark : color);
    return row(swatch, ` ${title}`);
  });
  return kinds.length ? element("ul", { className: "legend kinds" }, ...rows) : null;
}
