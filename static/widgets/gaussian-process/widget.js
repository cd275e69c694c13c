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

import { oncePerFrame } from "../../draw/frame.js";
import { setText } from "../../draw/svg.js";
import { Ascent } from "../../landscape/ascent.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { loadStyles } from "../../services/styles.js";
import { FULL } from "./controls.js";
import { assemble, makeParts } from "./layout.js";
import { Model } from "./model.js";
import { MOST_POINTS, readState, rounded, same, stateFromOptions, toFields, VERSION } from "./state.js";
import { sentence } from "./words.js";

const TITLE = "Gaussian process: data, posterior, marginal likelihood";
const PATIENCE = 4000;
const REST = 250;

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
  const shared = ["../../draw/plane.css", "../../controls/controls.css", "../../charts/charts.css", "../../landscape/landscape.css", "./widget.css"];
  await loadStyles(...shared.map((path) => new URL(path, import.meta.url)));
  await new GaussianProcessWidget(root, options).begin();
}

class GaussianProcessWidget {
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
    this.ascent = new Ascent({
      begin: () => this.model.stop(this.state),
      next: (stops) => this.model.next(this.state, stops),
      onStop: ({ place }) => this.update({ length: rounded(Math.exp(place[0])), noise: rounded(Math.exp(place[1])) }),
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
      add: (point) => this.#addOnce(point),
      choose: (chosen) => this.update({ chosen }),
      movePoint: (point) => this.#setPoint(this.state.chosen, point),
      homePoint: () => this.#setPoint(this.state.chosen, this.#homePoint()),
      remove: () => this.#removeAt(this.state.chosen),
      turnTo: (step) => this.update({ chosen: (this.state.chosen + step + this.state.points.length) % this.state.points.length }),
      setPoint: (index, point) => this.#setPoint(index, point),
      removeAt: (index) => this.#removeAt(index),
      addFree: () => this.#add([rounded(this.#middle()), 0]),
      takeAll: (points) => this.load({ ...this.state, example: "", points, chosen: 0, window: null }),
      setHyper: (change) => this.#change(change),
      move: (place) => this.#change(place),
      homePlace: () => this.#change({ length: this.#base.length, noise: this.#base.noise }),
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
    await Promise.race([this.parts.evidence.map.settled, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }

  /** Take over a whole state with its windows. @param {State} state */
  load(state) {
    this.ascent.clear();
    this.state = state;
    this.parts.data.frame(state);
    this.parts.evidence.frame(state);
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
    return this.#base.points[this.state.chosen] ?? this.state.points[this.state.chosen];
  }

  #middle() {
    const { left, right } = this.parts.data.range;
    return (left + right) / 2;
  }

  #renderNow() {
    const { state, parts } = this;
    const fitted = this.model.fit(state, parts.data.range);
    const { stops, playing, ended } = this.ascent;
    parts.data.show(state, fitted);
    parts.evidence.show(state, fitted, stops);
    parts.hyper.show(state);
    parts.point.show(state, parts.data.axes.scales);
    parts.readout.show(state, fitted);
    parts.readout.showAscent(stops, playing, ended);
    this.#showPreset();
    this.announcer.say(() => sentence(state, fitted));
    const fields = toFields(state, this.start, this.presets);
    this.address.write(Object.keys(fields).length ? fields : null);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#settle(state, fitted), REST);
  }

  /** The example, or that the points are the reader's own. */
  #showPreset() {
    const { presets } = this.parts;
    const preset = this.presets.find(({ id }) => id === this.state.example);
    const untouched = preset && same(this.state.points, stateFromOptions({ example: preset.id }, this.presets).points);
    if (preset && !untouched) presets.showOwn(preset);
    else presets.show(preset);
  }

  /** What is worked out when the hand rests. @param {State} state @param {import("./model.js").Fitted} fitted */
  #settle(state, fitted) {
    this.parts.readout.showDifferences(state, this.model.differences(state));
    this.parts.list.show(state);
  }
}
