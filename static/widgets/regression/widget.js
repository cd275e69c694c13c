/**
 * The regression case study: choose features, drag the weight vector over the loss, and compare
 * gradient descent with the normal equations, raw with standardised features, Cholesky with QR.
 *
 * Markup in the page: `<figure class="widget" data-widget="regression" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.
 *
 *     state.js    what can be set, and the address       model.js         the mathematics
 *     source.js   questions to the server                words.js         sentences
 *     choices.js  data and features                      own-table.js     the reader's own data
 *     data-view.js, scatter-painter.js  data, line, plane       weights-view.js  loss, handle, descent
 *     residual-view.js  residuals                        hand.js          the two weights as numbers
 *     readout.js, equations.js, prediction.js, derivation.js    the numbers below · layout.js  their order
 */

import { oncePerFrame } from "../../draw/frame.js";
import { html, setText } from "../../draw/svg.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { ApiError } from "../../services/api.js";
import { loadStyles } from "../../services/styles.js";
import { assemble } from "./layout.js";
import { Fit } from "./model.js";
import { makeParts } from "./parts.js";
import { StudySource } from "./source.js";
import { OWN, readers, sameQuestion, stateFromOptions, toFields, VERSION } from "./state.js";
import { placeWords, rowsText, sentence } from "./words.js";

const TITLE = "Regression: loss, descent and normal equations";
const PATH_STEPS = 300;
const PATIENCE = 4000;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Options} Options
 * @typedef {[number, number]} Pair
 */

/**
 * @param {HTMLElement} root
 * @param {Options} options
 */
export async function mount(root, options) {
  const shared = ["../../draw/plane.css", "../../controls/controls.css", "../../charts/charts.css", "../../landscape/landscape.css", "./widget.css", "./numbers.css"];
  await loadStyles(...shared.map((path) => new URL(path, import.meta.url)));
  await new RegressionWidget(root, options).begin();
}

class RegressionWidget {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    this.root = root;
    this.presets = options.presets ?? [];
    this.start = stateFromOptions(options);
    /** @type {State} */
    this.state = this.start;
    this.address = new AddressState(parameterFor(root), VERSION, readers(this.start, this.presets));
    this.source = new StudySource();
    this.announcer = new Announcer();
    /** @type {Fit | null} */
    this.fit = null;
    /** @type {Pair} numbers of the two weights */
    this.pair = [0, 1];
    /** @type {State | null} */
    this.wanted = null;
    this.render = oncePerFrame(() => this.#renderNow());
    this.parts = makeParts(this.presets, this.source, this.#actions());
    assemble(root, TITLE, { ...this.parts, status: this.announcer.element });
  }

  /** @returns {import("./parts.js").Actions} */
  #actions() {
    return {
      choosePreset: (preset) => this.load(stateFromOptions(preset)),
      change: (change) => this.load({ ...this.state, ...change, at: null, pair: null, fresh: null }),
      describe: (values) => (this.fit ? placeWords(this.fit, this.pair, values) : ""),
      move: (at) => this.update({ at }),
      home: () => this.update({ at: null }),
      choosePair: (pair) => this.#refit({ pair, at: null }),
      set: (which, value) => this.update({ at: /** @type {Pair} */ (this.values.map((old, k) => (k === which ? value : old))) }),
      setStep: (step) => this.update({ step }),
      descend: () => this.#moveTo((fit, weights) => fit.loss.stepFrom(weights, this.state.step * fit.loss.stepLimit)),
      minimise: () => this.#moveTo((fit) => fit.loss.minimiser),
      setRidge: (ridge) => this.#refit({ ridge }),
      setDeviation: (deviation) => this.#refit({ deviation }),
      predict: (fresh) => this.update({ fresh }),
      redraw: () => this.render(),
      fitOwn: (csv) => this.load({ ...stateFromOptions({}), example: OWN, csv }),
      retry: () => this.wanted && this.load(this.wanted),
      reset: () => this.load(this.address.home ?? this.start),
    };
  }

  async begin() {
    this.root.setAttribute("aria-label", this.root.getAttribute("aria-label") ?? TITLE);
    this.address.onChange(() => this.load(this.address.read() ?? this.start));
    const asked = this.address.read() ?? this.start;
    await this.load(asked);
    // A link whose data are refused: the complaint stays, the page's own data are shown.
    if (!this.fit && !sameQuestion(asked, this.start)) await this.load(this.start, true);
    if (this.fit) await Promise.race([this.parts.weights.map.settled, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    else this.announcer.sayNow(() => "The data could not be loaded.");
  }

  /**
   * Ask where the question is another one, and show; what is shown stays until the answer is good.
   *
   * @param {State} wanted
   * @param {boolean} [keepProblem]
   */
  async load(wanted, keepProblem = false) {
    this.wanted = wanted;
    if (this.fit && sameQuestion(wanted, this.state)) return this.#accept(this.fit.study, wanted, keepProblem);
    this.root.setAttribute("aria-busy", "true");
    try {
      const study = await this.source.load(wanted);
      if (study && study.columns.length < 2) this.#refused(lonely(study), wanted);
      else if (study) this.#accept(study, wanted, keepProblem);
    } catch (error) {
      this.root.removeAttribute("aria-busy");
      if (!(error instanceof ApiError)) throw error;
      this.#refused(error, wanted);
    }
  }

  /** @param {import("./model.js").Study} study @param {State} wanted @param {boolean} keepProblem */
  #accept(study, wanted, keepProblem) {
    this.root.removeAttribute("aria-busy");
    const own = wanted.example === OWN;
    if (!keepProblem) this.parts.problem.replaceChildren();
    const words = `Read: ${rowsText(study.table.rows)}, columns ${study.table.columns.map(({ name }) => `“${name}”`).join(", ")}.`;
    if (own) this.parts.own.confirm(words);
    else this.parts.own.showProblem(null);
    this.state = wanted;
    const preset = this.presets.find((each) => sameQuestion(stateFromOptions(each), wanted));
    this.parts.choices.show(study, wanted, preset);
    this.fit = new Fit(study, wanted.deviation, wanted.ridge);
    this.#showFit(false);
  }

  /** @param {ApiError} refusal @param {State} wanted */
  #refused(refusal, wanted) {
    const { message, hint, passing } = refusal;
    if (wanted.example === OWN && !passing && !sameQuestion(wanted, this.state)) {
      this.parts.own.showProblem({ message, hint });
    } else {
      const words = [html("p", {}, [message]), ...(hint ? [html("p", { class: "problem-hint" }, [hint])] : [])];
      this.parts.problem.replaceChildren(html("div", { class: "widget-error" }, [...words, ...(passing ? [this.parts.retry] : [])]));
    }
    const preset = this.presets.find((each) => sameQuestion(stateFromOptions(each), this.state));
    if (this.fit) this.parts.choices.show(this.fit.study, this.state, preset);
  }

  /** The same data with another pair, ridge strength or deviation: nothing is asked. @param {Partial<State>} change */
  #refit(change) {
    if (!this.fit) return;
    this.state = { ...this.state, ...change };
    this.fit = new Fit(this.fit.study, this.state.deviation, this.state.ridge);
    this.#showFit("ridge" in change);
  }

  /** @param {boolean} sameWindow */
  #showFit(sameWindow) {
    const { fit, state } = this;
    if (!fit) return;
    this.pair = this.#pairOf(fit);
    this.parts.weights.setFit(fit, this.pair, sameWindow);
    this.parts.data.setFit(fit, this.pair);
    this.parts.residuals.setFit(fit);
    this.parts.hand.setFit(fit, this.pair);
    this.parts.readout.setFit(fit);
    this.parts.equations.setFit(fit, state.deviation, state.ridge);
    this.parts.prediction.setFit(fit, state.fresh);
    setText(this.parts.caption, this.#captionWords(fit));
    this.render();
  }

  /** The weights asked for by name, or else those that tell most. @param {Fit} fit @returns {Pair} */
  #pairOf(fit) {
    const [first, second] = (this.state.pair ?? []).map((name) => fit.names.indexOf(name));
    if (first >= 0 && second >= 0) return [first, second];
    const last = fit.names.length - 1;
    const source = fit.names.indexOf(fit.study.near_copy?.source ?? "");
    if (source > 0) return [source, last];
    return last === 1 ? [0, 1] : [1, 2];
  }

  /** @param {Fit} fit */
  #captionWords(fit) {
    const [first, second] = this.pair.map((index) => fit.unitOf(index));
    const scales = first === second
      ? "Both weights have one unit and one scale: steepest descent stands at a right angle to the contour."
      : "The weights have different units, and each axis has a scale of its own: steepest descent, which knows only numbers, does not stand at a right angle to the contour.";
    const offset = this.pair.includes(0) ? "" : " The offset is the best for the two.";
    const more = fit.names.length > (offset ? 3 : 2) ? " The other weights are held at the minimum." : "";
    const others = offset || more ? `${offset}${more} Descent moves all weights; what is drawn is its shadow.` : "";
    return `${this.parts.data.caption} ${scales}${others}`;
  }

  /** @param {Partial<State>} change */
  update(change) {
    this.state = { ...this.state, ...change };
    this.render();
  }

  /** @param {(fit: Fit, weights: number[]) => number[]} goal */
  #moveTo(goal) {
    if (!this.fit) return;
    const weights = goal(this.fit, this.fit.weightsAt(this.pair, this.values));
    this.update({ at: /** @type {Pair} */ (this.pair.map((index) => weights[index])) });
  }

  /** The two weights. @returns {Pair} */
  get values() {
    return this.state.at ?? this.fit?.startOf(this.pair) ?? [0, 0];
  }

  #renderNow() {
    const { fit, pair, state } = this;
    if (!fit) return;
    const weights = fit.weightsAt(pair, this.values);
    const descent = fit.loss.descend(weights, state.step * fit.loss.stepLimit, state.step > 0 ? PATH_STEPS : 0);
    this.parts.weights.show(weights, descent.points);
    this.parts.data.show(weights);
    this.parts.residuals.show(weights);
    this.parts.hand.show(this.values);
    this.parts.readout.show(fit, weights, descent, state.step);
    this.parts.prediction.show(fit, weights, state.fresh);
    this.announcer.say(() => sentence(fit, pair, weights));
    const fields = state.example === OWN ? {} : toFields(state, this.start, this.presets);
    this.address.write(Object.keys(fields).length ? fields : null);
  }
}


/** A table with a target and nothing to fit it by. @param {import("./model.js").Study} study */
function lonely({ target }) {
  return new ApiError({
    code: "syntax",
    detail: `“${target.name}” is the only column of numbers: there is nothing to fit it by.`,
    hint: "Add a column of numbers, the feature, beside the target.",
  });
}
