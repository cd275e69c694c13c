/**
 * Variational inference: a Gaussian approximation is moved over a target by hand or by ascent, with the
 * evidence lower bound, its gradient and what it does to the variances.
 *
 * Markup in the page: `<figure class="widget" data-widget="variational-inference" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.
 *
 *     state.js        what can be set, and the address     model.js           bound, gradient, best approximations
 *     target-view.js  map, ellipses, handles, arrows       marginals-view.js  each unknown alone
 *     controls.js     fields                               readout.js         numbers, check, ascent, bound-chart.js
 *     derivation.js   the gradient by the engine           expectation.js     the closed form
 *     words.js        sentences                            layout.js          the parts and their order
 *
 * Everything but the derivation is worked out here, by math/variational; central differences follow
 * when the hand rests.
 */

import { oncePerFrame } from "../../draw/frame.js";
import { Ascent } from "../../landscape/ascent.js";
import { WIDTHS } from "../../math/variational/bound.js";
import { clamp } from "../../math/view.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { loadStyles } from "../../services/styles.js";
import { assemble, makeParts } from "./layout.js";
import { Model } from "./model.js";
import { readState, rounded, roundedPlace, sameTarget, stateFromOptions, toFields, VERSION, windowOf } from "./state.js";
import { sentence } from "./words.js";

const TITLE = "Variational inference: a Gaussian fitted to a target";
const PATIENCE = 4000;
const REST = 250;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Options} Options
 * @typedef {import("./state.js").Place} Place
 */

/**
 * @param {HTMLElement} root
 * @param {Options} options
 */
export async function mount(root, options) {
  const shared = ["../../draw/plane.css", "../../controls/controls.css", "../../charts/charts.css", "../../landscape/landscape.css", "./widget.css"];
  await loadStyles(...shared.map((path) => new URL(path, import.meta.url)));
  await new VariationalInferenceWidget(root, options).begin();
}

class VariationalInferenceWidget {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    this.root = root;
    this.presets = options.presets ?? [];
    this.start = stateFromOptions(options, this.presets);
    /** @type {State} */
    this.state = this.start;
    this.model = new Model();
    this.address = new AddressState(parameterFor(root), VERSION, {
      [VERSION]: (_, read) => readState(read, this.start, this.presets),
    });
    this.announcer = new Announcer();
    /** @type {Ascent<Place>} */
    this.ascent = new Ascent({
      begin: () => this.model.stop(this.state),
      next: (stops) => this.model.next(this.state, stops),
      onStop: ({ place }) => this.update({ place: roundedPlace(place) }),
      onChange: () => this.render(),
    });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.render = oncePerFrame(() => this.#renderNow());
    this.parts = makeParts(this.presets, this.#actions());
    assemble(root, TITLE, this.parts, this.announcer.element);
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      choosePreset: ({ id }) => this.load(stateFromOptions({ example: id }, this.presets)),
      setTarget: (change) => this.#setTarget({ ...this.state.target, ...change }),
      setEntry: (which, value) => this.#move({ [which]: value }),
      setDiagonal: (diagonal) => this.#setDiagonal(diagonal),
      moveMean: (z1, z2) => this.#move({ 0: z1, 1: z2 }),
      homeMean: () => this.#move({ 0: this.#base.place[0], 1: this.#base.place[1] }),
      moveColumn: (which, right, up) => this.#move(which ? { 4: up } : { 2: right, 3: up }),
      homeColumn: (which) => this.#move(which ? { 4: this.#base.place[4] } : { 2: this.#base.place[2], 3: this.#base.place[3] }),
      play: () => (this.ascent.playing ? this.ascent.stop() : void this.ascent.play()),
      climbOnce: () => void this.ascent.step(),
      back: () => this.ascent.back(),
      redraw: () => this.render(),
      reset: () => this.load(this.address.home ?? this.start),
    };
  }

  async begin() {
    this.root.setAttribute("aria-label", this.root.getAttribute("aria-label") ?? TITLE);
    this.address.onChange(() => this.load(this.address.read() ?? this.start));
    this.load(this.address.read() ?? this.start);
    // The hand can begin already; the map is waited for, but not for long.
    await Promise.race([this.parts.view.map.settled, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }

  /** Take over a whole state with its window. @param {State} state */
  load(state) {
    this.ascent.clear();
    this.state = state;
    this.parts.view.frame(state);
    this.render();
  }

  /** The example that is shown, or the start. */
  get #base() {
    const preset = this.presets.find(({ id }) => id === this.state.example);
    return preset && this.state.example !== this.start.example ? stateFromOptions({ example: preset.id }, this.presets) : this.start;
  }

  /** @param {Partial<State>} change */
  update(change) {
    this.state = { ...this.state, ...change };
    this.render();
  }

  /** What the reader changes ends the ascent. @param {Partial<State>} change */
  #change(change) {
    this.ascent.clear();
    this.update(change);
  }

  /** Another target; where it is out of sight the picture moves to it. @param {State["target"]} target */
  #setTarget(target) {
    if (this.parts.view.sees(target)) this.#change({ target });
    else this.load({ ...this.state, target, window: windowOf(target, this.state.place) });
  }

  /** Some entries of the place, kept where they may be. @param {Record<number, number>} entries */
  #move(entries) {
    const [m1, m2, k, l, n] = /** @type {Place} */ (this.state.place.map((old, which) => rounded(entries[which] ?? old)));
    this.#change({ place: [m1, m2, clamp(k, ...WIDTHS), this.state.diagonal ? 0 : clamp(l, -WIDTHS[1], WIDTHS[1]), clamp(n, ...WIDTHS)] });
    this.parts.view.putHandles(this.state.place);
  }

  /** Without its correlation q keeps its variances. @param {boolean} diagonal */
  #setDiagonal(diagonal) {
    const [m1, m2, k, l, n] = this.state.place;
    this.#change({ diagonal, place: diagonal ? [m1, m2, k, 0, rounded(Math.hypot(l, n))] : this.state.place });
  }

  #renderNow() {
    const { state, parts } = this;
    const fitted = this.model.fit(state);
    parts.view.show(state, fitted, this.ascent.stops);
    parts.marginals.show(state, fitted, parts.view.plane.view);
    parts.target.show(state);
    parts.approximation.show(state);
    parts.readout.show(state, fitted);
    parts.readout.showAscent(state, fitted, this.ascent);
    this.#showPreset();
    this.announcer.say(() => sentence(state, fitted));
    const fields = toFields(state, this.start, this.presets);
    this.address.write(Object.keys(fields).length ? fields : null);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => parts.readout.showDifferences(state, this.model.differences(state)), REST);
  }

  /** The example, or that the target is the reader's own. */
  #showPreset() {
    const { presets } = this.parts;
    const preset = this.presets.find(({ id }) => id === this.state.example);
    const untouched = preset && sameTarget(this.state.target, stateFromOptions({ example: preset.id }, this.presets).target);
    if (preset && !untouched) presets.showOwn(preset);
    else presets.show(preset);
  }
}
