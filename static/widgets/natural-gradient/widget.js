/**
 * The natural gradient: a distribution is fitted in two coordinates at once; the natural path hardly
 * depends on them, the plain one does.
 *
 * Markup in the page: `<figure class="widget" data-widget="natural-gradient" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.
 *
 *     state.js      what can be set, and the address       model.js              both sides, frame by frame
 *     source.js     the tapes, from the server             parameter-view.js     map, ellipses, arrows, paths
 *     controls.js   fields                                 distribution-view.js  densities or bars
 *     readout.js    numbers                                derivation.js         the information, step by step
 *     words.js      sentences                              layout.js             the parts and their order
 *
 * The server is asked once for each coordinates; a drag evaluates their tapes: up to 300 steps
 * of each of four paths in a frame.
 */

import { oncePerFrame } from "../../draw/frame.js";
import { setText } from "../../draw/svg.js";
import { Playback } from "../../landscape/playback.js";
import { loadLandscapeStyles } from "../../landscape/styles.js";
import { broughtWithin, FAMILIES, frameOf } from "../../math/natural-gradient/families.js";
import { niceFloor } from "../../math/view.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { ApiError } from "../../services/api.js";
import { assemble, makeParts } from "./layout.js";
import { Model } from "./model.js";
import { InformationSource } from "./source.js";
import { changedFamily, momentsOf, readState, rounded, stateFromOptions, toFields, VERSION } from "./state.js";
import { sentence } from "./words.js";

const TITLE = "Natural gradient: one fit in two coordinates";
const PATIENCE = 4000;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Options} Options
 * @typedef {import("./state.js").Pair} Pair
 */

/**
 * @param {HTMLElement} root
 * @param {Options} options
 */
export async function mount(root, options) {
  await loadLandscapeStyles(new URL("./widget.css", import.meta.url));
  await new NaturalGradientWidget(root, options).begin();
}

class NaturalGradientWidget {
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
    this.source = new InformationSource();
    this.address = new AddressState(parameterFor(root), VERSION, {
      [VERSION]: (_, read) => readState(read, this.start, this.presets),
    });
    this.announcer = new Announcer();
    this.render = oncePerFrame(() => this.#renderNow());
    this.playback = new Playback(() => this.render());
    /** @type {import("./model.js").Fitted | null} */
    this.fitted = null;
    this.fitKey = "";
    this.loaded = "";
    this.parts = makeParts(this.presets, this.#actions());
    assemble(root, TITLE, this.parts, this.announcer.element);
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      choosePreset: ({ id }) => this.load(stateFromOptions({ example: id }, this.presets)),
      setFamily: (family) => this.load(changedFamily(this.state, family)),
      setOther: (other) => this.load({ ...this.state, other, windows: [this.state.windows[0], null] }),
      setTarget: (target) => this.#fitTo(target),
      setData: (data) => this.load({ ...changedFamily(this.state, "normal"), other: this.state.family === "normal" ? this.state.other : "logarithm", ...placed(data) }),
      setPoint: (which, value) => this.#moveTo(which ? [this.state.at[0], value] : [value, this.state.at[1]]),
      setRate: (rate) => this.update({ rate }),
      move: (picture, point) => this.#move(picture, point),
      home: () => this.update({ at: this.#base.at }),
      redraw: () => this.render(),
      play: () => (this.playback.playing ? this.playback.stop() : this.playback.play()),
      once: () => this.playback.goTo(this.playback.step + 1),
      back: () => this.playback.goTo(0),
      reset: () => this.load(this.address.home ?? this.start),
      retry: () => void this.#ask(),
      derivations: () => this.#derivations(),
    };
  }

  async begin() {
    this.root.setAttribute("aria-label", this.root.getAttribute("aria-label") ?? TITLE);
    const read = () => this.address.read() ?? this.start;
    this.address.onChange(() => this.load(read()));
    await this.load(read());
    if (!this.fitted) return;
    // The hand can begin already; the maps are waited for, but not for long.
    const maps = Promise.all(this.parts.views.map(({ map }) => map.settled));
    await Promise.race([maps, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }

  /** Take over a whole state with its windows. @param {State} state */
  async load(state) {
    this.state = state;
    await this.#ask();
  }

  /** The example that is shown, or the start. */
  get #base() {
    const preset = this.presets.find(({ id }) => id === this.state.example);
    if (preset && this.state.example !== this.start.example) return stateFromOptions({ example: preset.id }, this.presets);
    return this.start.family === this.state.family ? this.start : changedFamily(this.state, this.state.family);
  }

  /** @param {Partial<State>} change */
  update(change) {
    this.state = { ...this.state, ...change };
    this.render();
  }

  /** Another target; where its best fit is out of sight the pictures move to it, with the point. @param {number[]} target */
  #fitTo(target) {
    const { family, at } = this.state;
    const { base, best, coordinates } = FAMILIES[family];
    const inSight = [base, this.state.other].every((name, k) => this.parts.views[k].sees(coordinates[name].fromBase(best(target))));
    if (inSight) this.update({ target, data: null });
    else this.load({ ...this.state, target, data: null, at: family === "normal" ? beside(target) : at, windows: [null, null] });
  }

  /** @param {0 | 1} picture @param {Pair} point  in its coordinates */
  #move(picture, point) {
    if (this.loaded !== `${this.state.family} ${this.state.other}`) return;
    const family = FAMILIES[this.state.family];
    const name = picture ? this.state.other : family.base;
    this.update({ at: rounded(broughtWithin(family, name, point)) });
  }

  /** @param {Pair} point  in the first coordinates */
  #moveTo(point) {
    this.update({ at: FAMILIES[this.state.family].within(point) });
  }

  /** Ask for what the state needs; what is shown stays until all of it is there. */
  async #ask() {
    const { state, parts } = this;
    const names = [FAMILIES[state.family].base, state.other];
    this.root.setAttribute("aria-busy", "true");
    try {
      const answers = await Promise.all(names.map((name) => this.source.load(state.family, name)));
      if (this.state.family !== state.family || this.state.other !== state.other) return;
      answers.forEach(({ tape }, k) => this.model.learn(state.family, names[k], tape));
      parts.refusal.hidden = true;
      this.#accept(/** @type {[import("./source.js").Answer, import("./source.js").Answer]} */ (answers));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setText(parts.refusal.children[0], `${error.message} ${error.hint ?? ""}`);
      parts.refusal.hidden = false;
    }
    this.root.removeAttribute("aria-busy");
  }

  /** @param {[import("./source.js").Answer, import("./source.js").Answer]} answers */
  #accept(answers) {
    const { state, parts } = this;
    const family = FAMILIES[state.family];
    [family.base, state.other].forEach((name, k) =>
      parts.views[k].frame(family.coordinates[name], state.windows[k] ?? frameOf(family, name, state.target, state.at)));
    parts.distribution.frame(state);
    parts.readout.setFormulas(answers);
    const key = `${state.family} ${state.other}`;
    if (key !== this.loaded) parts.derivation.renew();
    this.loaded = key;
    this.#renderNow();
  }

  async #derivations() {
    const { family, other } = this.state;
    const { base, coordinates } = FAMILIES[family];
    return Promise.all([base, other].map(async (name) => ({ title: coordinates[name].title, answer: await this.source.load(family, name) })));
  }

  /** What is seen is worked out again only when the state is another: not for a step of the playback. */
  #fit() {
    const { family, other, target, at, rate } = this.state;
    const key = JSON.stringify([family, other, target, at, rate]);
    if (key === this.fitKey) return this.fitted;
    const fitted = this.model.fit(this.state);
    if (!fitted) return null;
    this.fitKey = key;
    this.fitted = fitted;
    this.playback.begin(fitted.last);
    return fitted;
  }

  #renderNow() {
    const { state, parts, playback } = this;
    parts.fit.show(state);
    parts.point.show(state);
    this.#showPreset();
    const fitted = this.#fit();
    if (!fitted) return;
    const [first, second] = fitted.sides;
    parts.views[0].side = first;
    parts.views[1].side = second;
    const radius = this.#radius();
    parts.views[0].show(first, second, playback.step, radius);
    parts.views[1].show(second, first, playback.step, radius);
    parts.distribution.show(state, fitted, playback.step);
    parts.readout.show(state, fitted, radius);
    parts.readout.showPaths(fitted, playback.step, playback.playing);
    this.announcer.say(() => sentence(state, fitted));
    const fields = toFields(state, this.start, this.presets);
    this.address.write(Object.keys(fields).length ? fields : null);
  }

  /** Of the ellipses: one divergence for both pictures, a round number of nats. */
  #radius() {
    const wanted = Math.min(...this.parts.views.map((view) => view.fittingRadius()));
    return wanted > 0 && Number.isFinite(wanted) ? Math.sqrt(2 * niceFloor(wanted ** 2 / 2)) : 0;
  }

  /** The example, or that the fit is the reader's own. */
  #showPreset() {
    const { presets } = this.parts;
    const preset = this.presets.find(({ id }) => id === this.state.example);
    const same = preset && stateFromOptions({ example: preset.id }, this.presets).target.join() === this.state.target.join();
    if (preset && !same) presets.showOwn(preset);
    else presets.show(preset);
  }
}

/** Own data, with a point from which to fit them. @param {number[]} data @returns {Partial<State>} */
function placed(data) {
  const target = momentsOf(data);
  return { data, target, at: beside(target) };
}

/** A start from which both kinds of descent can be told apart. @param {number[]} target  mean and standard deviation */
function beside([mean, deviation]) {
  return rounded([mean - deviation, 2 * deviation]);
}
