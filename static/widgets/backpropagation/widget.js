/**
 * Backpropagation, step by step: a network that the reader builds, its graph with all values and
 * cotangents, every product of the backward pass, the gradient check, and faults to find.
 *
 * Markup in the page: `<figure class="widget" data-widget="backpropagation" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.  Everything is
 * computed in the browser (math/networks); the server is asked only for a derivation or for NumPy's
 * numbers, when the reader wants them.
 *
 *     state.js      what can be set, and the address    structure.js  building a network
 *     timeline.js   the steps of both passes            puzzle.js     hidden faults
 *     words.js      sentences                           layout.js     the parts in the page
 *     graph.js, values-view.js, step-view.js, check-view.js, builder.js, numbers.js, puzzle-view.js, derivation-view.js
 */

import { oncePerFrame } from "../../draw/frame.js";
import { compare } from "../../math/networks/differences.js";
import { backward, forward, withEntry } from "../../math/networks/network.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { ApiError, send } from "../../services/api.js";
import { loadStyles } from "../../services/styles.js";
import { assemble, makeParts } from "./layout.js";
import { comparedWithNumpy } from "./numpy.js";
import { faultOf, judge, newPuzzle, places, solution } from "./puzzle.js";
import { isUnchanged, readers, stateFromOptions, stateOf, toFields, VERSION } from "./state.js";
import { structureText, written } from "./structure.js";
import { home, timeline } from "./timeline.js";
import { checkSentence, stepSentence } from "./words.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Example} Example
 * @typedef {import("./puzzle.js").Judgement} Judgement
 */

/**
 * @param {HTMLElement} root
 * @param {import("./state.js").Options & {presets?: Example[]}} options
 */
export async function mount(root, options) {
  await loadStyles(
    new URL("../../controls/controls.css", import.meta.url),
    new URL("../../controls/matrix-field.css", import.meta.url),
    new URL("./widget.css", import.meta.url),
    new URL("./graph.css", import.meta.url),
    new URL("./check.css", import.meta.url),
  );
  new BackpropagationWidget(root, options).begin();
}

class BackpropagationWidget {
  /**
   * @param {HTMLElement} root
   * @param {import("./state.js").Options & {presets?: Example[]}} options
   */
  constructor(root, options) {
    const examples = options.presets ?? [];
    this.start = stateFromOptions(options, examples);
    this.address = new AddressState(parameterFor(root), VERSION, readers(this.start, examples));
    this.state = this.start;
    /** @type {Judgement | null} on the last guess */
    this.judgement = null;
    this.question = new AbortController();
    this.announcer = new Announcer();
    this.parts = makeParts(examples, this.#actions());
    this.render = oncePerFrame(() => this.#renderNow());
    assemble(root, this.parts, this.announcer);
    document.addEventListener("nabla:layout", this.render);
  }

  begin() {
    this.address.onChange(() => this.#restore(this.address.read() ?? this.start));
    this.state = this.address.read() ?? this.start;
    this.#renderNow();
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      choose: (example) => this.#restore(stateOf(example)),
      build: (network) => this.#build(network),
      change: (name, row, column, value) =>
        this.#update({ network: withEntry(this.state.network, name, row, column, value) }),
      step: (change) => this.#update({ step: Math.max(0, Math.min(this.#computed().steps.length - 1, this.state.step + change)) }),
      go: (step) => this.#update({ step }),
      loss: () => this.#update({ step: home(this.#computed().steps) }),
      hide: () => this.#puzzle(newPuzzle(this.state.network, this.state.puzzle)),
      guess: (place) => this.#guess(place),
      tell: () => this.#tell(),
      repair: () => this.#puzzle(0),
      compare: () => this.#compare(),
      reset: () => this.#restore(this.address.home ?? this.start),
    };
  }

  /** @param {State} state */
  #restore(state) {
    this.judgement = null;
    this.parts.check.showNumpy("");
    this.#update(state);
  }

  /** A network of another structure begins at the loss. @param {import("./state.js").State["network"]} network */
  #build(network) {
    this.judgement = null;
    const steps = timeline(backward(forward(network)));
    const same = structureText(network) === structureText(this.state.network);
    this.#update({ network, step: same ? this.state.step : home(steps) });
  }

  /** @param {number} puzzle */
  #puzzle(puzzle) {
    this.judgement = null;
    this.#update({ puzzle, step: home(this.#computed().steps) });
  }

  /** @param {import("./puzzle.js").Place} place */
  #guess(place) {
    const { network, puzzle } = this.state;
    const fault = faultOf(network, puzzle);
    if (fault) this.judgement = judge(network, fault, place);
    this.render();
  }

  #tell() {
    const fault = faultOf(this.state.network, this.state.puzzle);
    if (fault) this.judgement = { right: true, words: solution(fault) };
    this.render();
  }

  /** The server's numbers for this network, beside those of the browser. */
  async #compare() {
    const { network, puzzle } = this.state;
    this.question.abort();
    const { signal } = (this.question = new AbortController());
    const { check } = this.parts;
    check.showNumpy("Asking …");
    try {
      const fault = faultOf(network, puzzle);
      const answer = await send("backpropagation", { ...written(network), ...(fault && { fault: { name: fault.fault, at: fault.head } }) }, signal);
      if (!signal.aborted) check.showNumpy(comparedWithNumpy(answer, backward(forward(network), fault)));
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      check.showNumpy(`${error.message} ${error.hint ?? ""}`);
    }
  }

  /** @param {Partial<State>} change */
  #update(change) {
    if (change.network || change.puzzle !== undefined) {
      this.question.abort();
      this.parts.check.showNumpy("");
    }
    this.state = { ...this.state, ...change };
    this.render();
  }

  /** Both passes and their steps, with the hidden fault. */
  #computed() {
    const { network, puzzle } = this.state;
    const pass = backward(forward(network), faultOf(network, puzzle));
    return { pass, steps: timeline(pass) };
  }

  /** @returns {import("./words.js").Layout} */
  get layout() {
    return document.documentElement.dataset.layout === "denominator" ? "denominator" : "numerator";
  }

  #renderNow() {
    const { layout, parts } = this;
    const { pass, steps } = this.#computed();
    const at = Math.min(this.state.step, steps.length - 1);
    const { network, puzzle, example } = this.state;
    const compared = compare(network, pass.cotangents);
    const faulty = puzzle > 0;
    parts.examples.show(isUnchanged(this.state) && puzzle === (example.puzzle ?? 0) ? example : undefined);
    parts.builder.show(network);
    parts.numbers.show(network);
    parts.graph.show({ steps, at, pass, layout });
    parts.values.show({ steps, at, pass, layout });
    parts.stepper.show(at, steps.length - 1);
    parts.step.show(steps[at], pass, layout, faulty);
    parts.derivation.show(ruleOf(steps[at], pass), layout);
    parts.check.show(compared);
    parts.puzzle.show(places(network), faulty, this.judgement);
    this.announcer.say(() => `Step ${at} of ${steps.length - 1}. ${stepSentence(steps[at], pass, layout, faulty)} ${checkSentence(compared)}`);
    this.address.write(toFields({ ...this.state, step: at }, this.start));
  }
}

/**
 * What the derivative engine is asked for the rule of a step.
 *
 * @param {import("./timeline.js").Step} step
 * @param {import("../../math/networks/network.js").Pass} pass
 */
function ruleOf(step, { nodes }) {
  if (!("edge" in step)) return null;
  const { head, position } = step.edge;
  const words = nodes.find(({ name }) => name === head)?.operation?.words;
  return words ? { expr: words.expr, wrt: words.names[position], given: words.given } : null;
}
