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

import { ascentOf } from "../../landscape/ascent.js";
import { ExampleExploration } from "../../landscape/example-exploration.js";
import { loadLandscapeStyles } from "../../landscape/styles.js";
import { WIDTHS } from "../../math/variational/bound.js";
import { clamp } from "../../math/view.js";
import { assemble, makeParts } from "./layout.js";
import { Model } from "./model.js";
import { readState, rounded, roundedPlace, stateFromOptions, toFields, VERSION, windowOf } from "./state.js";
import { sentence } from "./words.js";

const TITLE = "Variational inference: a Gaussian fitted to a target";

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
  await loadLandscapeStyles(new URL("./widget.css", import.meta.url));
  await new VariationalInferenceWidget(root, options).begin();
}

/** @extends {ExampleExploration<State, Options>} */
class VariationalInferenceWidget extends ExampleExploration {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    super(root, options, { title: TITLE, version: VERSION, stateFromOptions, readState, toFields, subject: ({ target }) => target });
    this.model = new Model();
    this.ascent = ascentOf(this, this.model, (place) => ({ place: roundedPlace(place) }));
    this.parts = makeParts(this.examples, this.#actions());
    assemble(root, TITLE, this.parts, this.announcer.element);
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      ...this.actions,
      ...this.ascent.actions,
      setTarget: (change) => this.#setTarget({ ...this.state.target, ...change }),
      setEntry: (which, value) => this.#move({ [which]: value }),
      setDiagonal: (diagonal) => this.#setDiagonal(diagonal),
      moveMean: (z1, z2) => this.#move({ 0: z1, 1: z2 }),
      homeMean: () => this.#move({ 0: this.base.place[0], 1: this.base.place[1] }),
      moveColumn: (which, right, up) => this.#move(which ? { 4: up } : { 2: right, 3: up }),
      homeColumn: (which) => this.#move(which ? { 4: this.base.place[4] } : { 2: this.base.place[2], 3: this.base.place[3] }),
    };
  }

  drawn() {
    return this.parts.view.map.settled;
  }

  /** Take over a whole state with its window. @param {State} state */
  restore(state) {
    this.ascent.clear();
    this.state = state;
    this.parts.view.frame(state);
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
    else this.restore({ ...this.state, target, window: windowOf(target, this.state.place) });
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

  draw() {
    const { state, parts } = this;
    const fitted = this.model.fit(state);
    parts.view.show(state, fitted, this.ascent.stops);
    parts.marginals.show(state, fitted, parts.view.plane.view);
    parts.target.show(state);
    parts.approximation.show(state);
    parts.readout.show(state, fitted);
    parts.readout.showAscent(state, fitted, this.ascent);
    this.showExample(parts.presets);
    this.tell(() => sentence(state, fitted));
    this.atRest(() => parts.readout.showDifferences(state, this.model.differences(state)));
  }
}
