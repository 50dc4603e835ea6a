// Guided tours: each step sets the state of the map; by button, by key, or by itself.
// @ts-check
/** @import { Tour } from "./wire.js" */
import { caseOf, stepOf } from "./address.js";
import { fetchCase, fetchFeature, fetchTours } from "./answers.js";
import { isSame } from "./args.js";
import { choose, chosen, FEATURE_COLOR } from "./chosen.js";
import { button, byId, calm, element, isIn, parts, retryNote, words } from "./page.js";
import { panel } from "./panel.js";
import { store } from "./store.js";
import { home, look } from "./view.js";
import { filled } from "./wording.js";

const STEP_MS = 9000;

export class Tours {
  constructor() {
    /** @type {Tour[] | null} */
    this.all = null;
    /** @type {{ tour: Tour, at: number } | null} */
    this.current = null;
    /** @type {number | undefined} */
    this.timer = undefined;
    this.isPlaying = false;
    this.playButton = button(words.play, () => this.togglePlay());
    byId("open-tours").addEventListener("click", () => this.choose());
    store.listen((now, before) => {
      if (now.tour !== before?.tour) {
        now.tour ? this.show(now.tour) : this.pause();
      }
    });
    addEventListener("keydown", (event) => this.onKey(event));
  }

  async load() {
    this.all ??= await fetchTours();
    return this.all;
  }

  async choose() {
    try {
      const tours = await this.load();
      const rows = tours.map((tour) => {
        const steps = filled(words.tour_steps, { count: tour.steps.length });
        const open = button(tour.title, () => go(tour, 0), { className: "open-tour", dataset: { tour: tour.id } });
        return element("li", {}, open, element("small", { className: "quiet", textContent: ` ${steps}` }));
      });
      panel.show("tours", element("h2", { textContent: words.tours }), element("ul", { className: "case-buttons" }, ...rows));
    } catch {
      panel.show("tours", retryNote(() => this.choose()));
    }
  }

  /** @param {string} address */
  async show(address) {
    const { id, at, isAsked } = stepOf(address);
    let tours;
    try {
      tours = await this.load();
    } catch {
      panel.show("tour", retryNote(() => this.show(address)));
      return;
    }
    const tour = tours.find((one) => one.id === id);
    const step = tour?.steps[at];
    if (!tour || !step) {
      return;
    }
    this.current = { tour, at };
    if (!isAsked || !isSame(store.now.args, step.args)) {
      store.set({ tour: `${tour.id}.${at + 1}`, args: step.args, layers: step.layers }, { isStep: false });
    }
    panel.show("tour", ...this.content(tour, at));
    lookAt(step.look);
    if (this.isPlaying) {
      this.schedule();
    }
  }

  /**
   * @param {Tour} tour
   * @param {number} at
   */
  content(tour, at) {
    const step = tour.steps[at];
    const last = tour.steps.length - 1;
    return [
      element("p", { className: "badges" }, element("span", { className: "badge", textContent: words.tour })),
      element("h2", { textContent: tour.title }),
      element("p", { className: "quiet", textContent: `${at + 1} / ${last + 1}` }),
      element("p", { className: "lead tour-text", textContent: step.text }),
      element("p", { className: "hint", textContent: `${words.source}: ${step.source}` }),
      element(
        "p",
        { className: "actions" },
        button(`‹ ${words.previous}`, () => this.move(-1), { disabled: at === 0 }),
        this.playButton,
        button(`${words.next} ›`, () => this.move(1), { disabled: at === last, className: "tour-next" }),
        button(words.other_tours, () => this.choose()),
      ),
      element("p", { className: "hint", textContent: words.tour_keys }),
    ];
  }

  /** @param {number} by */
  move(by) {
    if (this.current?.tour.steps[this.current.at + by]) {
      go(this.current.tour, this.current.at + by);
    } else {
      this.pause();
    }
  }

  togglePlay() {
    this.isPlaying ? this.pause() : this.play();
  }

  play() {
    this.isPlaying = true;
    this.playButton.textContent = words.pause;
    this.schedule();
  }

  pause() {
    this.isPlaying = false;
    clearTimeout(this.timer);
    this.playButton.textContent = words.play;
  }

  schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.move(1), calm.matches ? STEP_MS * 2 : STEP_MS);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (panel.kind !== "tour" || isIn(event, "input, select, .leaflet-container")) {
      return;
    }
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) {
      event.preventDefault();
      this.move(by);
    } else if (event.key === " " && !isIn(event, "button, a")) {
      event.preventDefault();
      this.togglePlay();
    }
  }
}

/**
 * @param {Tour} tour
 * @param {number} at
 */
function go(tour, at) {
  const { args, layers } = tour.steps[at];
  store.set({ tour: `${tour.id}.${at + 1}`, args, layers, open: null, view: null });
}

/**
 * Draw "case:<id>" or "<layer>:<id>" in full and bring it into view; "" is the whole area.
 * @param {string} address
 */
async function lookAt(address) {
  if (!address) {
    chosen.clearLayers();
    look(home);
    return;
  }
  const id = caseOf(address);
  if (id === null) {
    look(choose([await fetchFeature(address)], FEATURE_COLOR));
  } else {
    const item = await fetchCase(id);
    look(choose(item.shapes, parts.cases.styles[item.theme].color));
  }
}
