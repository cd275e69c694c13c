/**
 * A Gaussian process: data by hand, posterior, and its marginal likelihood over length scale and noise.
 *
 * Markup in the page: `<figure class="widget" data-widget="gaussian-process" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.
 *
 *     state.js      what can be set, and the address     model.js           the process, frame by frame
 *     data-view.js  points, mean, band                   evidence-view.js   map, handle, gradient, surface
 *     controls.js   fields                               evidence-field.js  the map, made by worker.js
 *     readout.js    numbers, check, ascent               points-list.js     all points as fields and as text
 *     words.js      sentences                            derivation.js      the gradient by the engine
 *     layout.js     the parts and their order
 *
 * A drag of a point costs n² operations in the frame, one of the hyperparameters n³; the map, central
 * differences and the list follow when the hand rests.
 */

import { setText } from "../../draw/svg.js";
import { ascentOf } from "../../landscape/ascent.js";
import { ExampleExploration } from "../../landscape/example-exploration.js";
import { loadLandscapeStyles } from "../../landscape/styles.js";
import { FULL } from "./controls.js";
import { assemble, makeParts } from "./layout.js";
import { Model } from "./model.js";
import { MOST_POINTS, readState, rounded, stateFromOptions, toFields, VERSION } from "./state.js";
import { sentence } from "./words.js";

const TITLE = "Gaussian process: data, posterior, marginal likelihood";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Options} Options
 * @typedef {import("./state.js").Point} Point
 */

/**
 * @param {HTMLElement} root
 * @param {Options} options
 */
export async function mount(root, options) {
  await loadLandscapeStyles(new URL("./widget.css", import.meta.url));
  await new GaussianProcessWidget(root, options).begin();
}

/** @extends {ExampleExploration<State, Options>} */
class GaussianProcessWidget extends ExampleExploration {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    super(root, options, { title: TITLE, version: VERSION, stateFromOptions, readState, toFields, subject: ({ points }) => points });
    this.model = new Model();
    this.ascent = ascentOf(this, this.model, ([l, n]) => ({ length: rounded(Math.exp(l)), noise: rounded(Math.exp(n)) }));
    this.parts = makeParts(this.examples, this.#actions());
    assemble(root, TITLE, this.parts, this.announcer.element);
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      ...this.actions,
      ...this.ascent.actions,
      add: (point) => this.#addOnce(point),
      choose: (chosen) => this.update({ chosen }),
      movePoint: (point) => this.#setPoint(this.state.chosen, point),
      homePoint: () => this.#setPoint(this.state.chosen, this.#homePoint()),
      remove: () => this.#removeAt(this.state.chosen),
      turnTo: (step) => this.update({ chosen: (this.state.chosen + step + this.state.points.length) % this.state.points.length }),
      setPoint: (index, point) => this.#setPoint(index, point),
      removeAt: (index) => this.#removeAt(index),
      addFree: () => this.#add([rounded(this.#middle()), 0]),
      takeAll: (points) => this.restore({ ...this.state, example: "", points, chosen: 0, window: null }),
      setHyper: (change) => this.#change(change),
      move: (place) => this.#change(place),
      homePlace: () => this.#change({ length: this.base.length, noise: this.base.noise }),
    };
  }

  drawn() {
    return this.parts.evidence.map.settled;
  }

  /** Take over a whole state with its windows. @param {State} state */
  restore(state) {
    this.ascent.clear();
    this.parts.full.hidden = true;
    this.state = state;
    this.parts.data.frame(state);
    this.parts.evidence.frame(state);
    this.render();
  }

  /** What the reader changes ends the ascent. @param {Partial<State>} change */
  #change(change) {
    this.ascent.clear();
    this.parts.full.hidden = true;
    this.update(change);
  }

  /** The second click of a double click finds the point of the first. @param {Point} point */
  #addOnce([x, y]) {
    const there = this.state.points.findIndex((point) => point[0] === x && point[1] === y);
    if (there < 0) this.#add([x, y]);
    else this.update({ chosen: there });
  }

  /** @param {Point} point */
  #add(point) {
    const { points } = this.state;
    if (points.length < MOST_POINTS) return this.#change({ points: [...points, point], chosen: points.length });
    setText(this.parts.full, FULL);
    this.parts.full.hidden = false;
  }

  /** @param {number} index @param {Point} point */
  #setPoint(index, point) {
    this.#change({ points: this.state.points.map((old, k) => (k === index ? point : old)) });
  }

  /** @param {number} index */
  #removeAt(index) {
    const { points, chosen } = this.state;
    if (points.length < 2) return;
    const next = chosen > index || chosen === points.length - 1 ? chosen - 1 : chosen;
    this.#change({ points: points.filter((_, k) => k !== index), chosen: Math.max(0, next) });
  }

  /** Where the chosen point was at the start, if it was there. */
  #homePoint() {
    return this.base.points[this.state.chosen] ?? this.state.points[this.state.chosen];
  }

  #middle() {
    const { left, right } = this.parts.data.range;
    return (left + right) / 2;
  }

  draw() {
    const { state, parts } = this;
    const fitted = this.model.fit(state, parts.data.range);
    const { stops, playing, ended } = this.ascent;
    parts.data.show(state, fitted);
    parts.evidence.show(state, fitted, stops);
    parts.hyper.show(state);
    parts.point.show(state, parts.data.axes.scales);
    parts.readout.show(state, fitted);
    parts.readout.showAscent(stops, playing, ended);
    this.showExample(parts.presets);
    this.tell(() => sentence(state, fitted));
    this.atRest(() => this.#settle(state, fitted));
  }

  /** What is worked out when the hand rests. @param {State} state @param {import("./model.js").Fitted} fitted */
  #settle(state, fitted) {
    this.parts.readout.showDifferences(state, this.model.differences(state));
    this.parts.list.show(state);
  }
}
