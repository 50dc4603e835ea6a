// Guided tours: each step sets the state of the map; by button, by key, or by itself.
import { button, calm, element, fetchJson, filled, retryNote, words } from "./page.js";

const STEP_MS = 9000;

export class Tours {
  constructor(atlas, { tours }) {
    Object.assign(this, { atlas, url: tours });
    this.timer = null;
    document.getElementById("open-tours").addEventListener("click", () => this.choose());
    atlas.store.listen((now, before, isRestored) => {
      if (now.tour !== before.tour) {
        now.tour ? this.show(now.tour, isRestored) : this.pause();
      }
    });
    addEventListener("keydown", (event) => this.onKey(event));
  }

  async load() {
    this.all ??= await fetchJson(this.url);
    return this.all;
  }

  async choose() {
    const { panel } = this.atlas;
    try {
      const tours = await this.load();
      const rows = tours.map((tour) =>
        element("li", {}, button(tour.title, () => this.go(tour, 0), { className: "open-tour", dataset: { tour: tour.id } }), element("small", { className: "quiet", textContent: ` ${filled(words.tour_steps, { count: tour.steps.length })}` })),
      );
      panel.show("tours", element("h2", { textContent: words.tours }), element("ul", { className: "case-buttons" }, ...rows));
    } catch {
      panel.show("tours", retryNote(() => this.choose()));
    }
  }

  go(tour, at) {
    const step = tour.steps[at];
    this.atlas.store.set({ tour: `${tour.id}.${at + 1}`, args: step.args, layers: step.layers, open: null, view: null });
  }

  async show(address) {
    const [id, number] = address.split(".");
    let tours;
    try {
      tours = await this.load();
    } catch {
      this.atlas.panel.show("tour", retryNote(() => this.show(address)));
      return;
    }
    const tour = tours.find((one) => one.id === id);
    const at = Number(number ?? 1) - 1;
    this.current = { tour, at };
    const step = tour.steps[at];
    const { store } = this.atlas;
    if (!number || JSON.stringify(store.now.args) !== JSON.stringify(step.args)) {
      store.set({ tour: `${tour.id}.${at + 1}`, args: step.args, layers: step.layers }, { isStep: false });
    }
    this.atlas.panel.show("tour", ...this.content(tour, at, step));
    this.atlas.lookAt(step.look);
    if (this.isPlaying) {
      this.schedule();
    }
  }

  content(tour, at, step) {
    const last = tour.steps.length - 1;
    this.playButton = button(this.isPlaying ? words.pause : words.play, () => this.togglePlay());
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

  move(by) {
    const { tour, at } = this.current;
    if (tour.steps[at + by]) {
      this.go(tour, at + by);
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
    if (this.playButton) {
      this.playButton.textContent = words.play;
    }
  }

  schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.move(1), calm.matches ? STEP_MS * 2 : STEP_MS);
  }

  onKey(event) {
    if (this.atlas.panel.kind !== "tour" || event.target.closest?.("input, select, .leaflet-container")) {
      return;
    }
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) {
      event.preventDefault();
      this.move(by);
    } else if (event.key === " " && !event.target.closest("button, a")) {
      event.preventDefault();
      this.togglePlay();
    }
  }
}
