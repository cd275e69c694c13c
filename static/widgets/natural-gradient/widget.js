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

import { setText } from "../../draw/svg.js";
import { ExampleExploration } from "../../landscape/example-exploration.js";
import { Playback } from "../../landscape/playback.js";
import { loadLandscapeStyles } from "../../landscape/styles.js";
import { broughtWithin, FAMILIES, frameOf } from "../../math/natural-gradient/families.js";
import { niceFloor } from "../../math/view.js";
import { ApiError } from "../../services/api.js";
import { assemble, makeParts } from "./layout.js";
import { Model } from "./model.js";
import { InformationSource } from "./source.js";
import { changedFamily, momentsOf, readState, rounded, stateFromOptions, toFields, VERSION } from "./state.js";
import { sentence } from "./words.js";

const TITLE = "Natural gradient: one fit in two coordinates";

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

/** @extends {ExampleExploration<State, Options>} */
class NaturalGradientWidget extends ExampleExploration {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    super(root, options, { title: TITLE, version: VERSION, stateFromOptions, readState, toFields, subject: ({ target }) => target });
    this.model = new Model();
    this.source = new InformationSource();
    this.playback = new Playback(() => this.render());
    /** @type {import("./model.js").Fitted | null} */
    this.fitted = null;
    this.fitKey = "";
    this.loaded = "";
    this.parts = makeParts(this.examples, this.#actions());
    assemble(root, TITLE, this.parts, this.announcer.element);
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      ...this.actions,
      setFamily: (family) => this.restore(changedFamily(this.state, family)),
      setOther: (other) => this.restore({ ...this.state, other, windows: [this.state.windows[0], null] }),
      setTarget: (target) => this.#fitTo(target),
      setData: (data) => this.restore({ ...changedFamily(this.state, "normal"), other: this.state.family === "normal" ? this.state.other : "logarithm", ...placed(data) }),
      setPoint: (which, value) => this.#moveTo(which ? [this.state.at[0], value] : [value, this.state.at[1]]),
      setRate: (rate) => this.update({ rate }),
      move: (picture, point) => this.#move(picture, point),
      home: () => this.update({ at: this.base.at }),
      play: () => this.playback.toggle(),
      once: () => this.playback.goTo(this.playback.step + 1),
      back: () => this.playback.goTo(0),
      retry: () => void this.#ask(),
      derivations: () => this.#derivations(),
    };
  }

  /** Both maps, unless there is nothing to draw. */
  async drawn() {
    if (this.fitted) await Promise.all(this.parts.views.map(({ map }) => map.settled));
  }

  /** Take over a whole state with its windows. @param {State} state */
  async restore(state) {
    this.state = state;
    await this.#ask();
  }

  /** The example that is shown, or the start; another family is at its usual place. */
  get base() {
    const { state } = this;
    return super.base.family === state.family ? super.base : changedFamily(state, state.family);
  }

  /** Another target; where its best fit is out of sight the pictures move to it, with the point. @param {number[]} target */
  #fitTo(target) {
    const { family, at } = this.state;
    const { base, best, coordinates } = FAMILIES[family];
    const inSight = [base, this.state.other].every((name, k) => this.parts.views[k].sees(coordinates[name].fromBase(best(target))));
    if (inSight) this.update({ target, data: null });
    else this.restore({ ...this.state, target, data: null, at: family === "normal" ? beside(target) : at, windows: [null, null] });
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
    const overtaken = () => this.state.family !== state.family || this.state.other !== state.other;
    this.root.setAttribute("aria-busy", "true");
    try {
      const answers = await Promise.all(names.map((name) => this.source.load(state.family, name)));
      if (overtaken()) return;
      answers.forEach(({ tape }, k) => this.model.learn(state.family, names[k], tape));
      parts.refusal.hidden = true;
      this.#accept(/** @type {[import("./source.js").Answer, import("./source.js").Answer]} */ (answers));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (overtaken()) return;
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
    this.draw();
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

  draw() {
    const { state, parts, playback } = this;
    parts.fit.show(state);
    parts.point.show(state);
    this.showExample(parts.presets);
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
    this.tell(() => sentence(state, fitted));
  }

  /** Of the ellipses: one divergence for both pictures, a round number of nats. */
  #radius() {
    const wanted = Math.min(...this.parts.views.map((view) => view.fittingRadius()));
    return wanted > 0 && Number.isFinite(wanted) ? Math.sqrt(2 * niceFloor(wanted ** 2 / 2)) : 0;
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
