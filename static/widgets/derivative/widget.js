/**
 * The derivative calculator: type an expression with scalars, vectors and matrices, see how it is
 * read, and get its derivative with every step.
 *
 * Markup in the page: `<figure class="widget" data-widget="derivative" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.  What is in
 * the figure stays there as the text alternative, but for parts marked `data-without-script`.
 *
 *     state.js    what can be set, and the address     source.js      the questions to the server
 *     layout.js   controls, and their order            result.js      the result, check, copying
 *     steps.js    the derivation, line by line         three-ways.js, instance.js
 *     words.js    sentences                            equations.js   left-hand sides
 */

import { contentOf, mathElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { namesIn, onlyNames, parseClauses, withClause, withoutNames } from "../../math/clauses.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { ApiError } from "../../services/api.js";
import { loadStyles } from "../../services/styles.js";
import { assemble, makeControls } from "./layout.js";
import { currentLayout } from "./result.js";
import { DerivativeSource } from "./source.js";
import { readers, sameQuestion, stateFromOptions, toFields, VERSION } from "./state.js";
import { sentence, valueWords } from "./words.js";

/** After the preview, how long the reader may go on typing before the derivative is asked for. */
const SECOND_PAUSE = 260;
/** Waiting shorter than this is not worth a word. */
const UNNOTICED = 300;

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./source.js").Answer} Answer */
/** @typedef {import("./source.js").Reading} Reading */

/**
 * @param {HTMLElement} root
 * @param {import("./state.js").Options & {presets?: import("./layout.js").Preset[]}} options
 */
export async function mount(root, options) {
  await loadStyles(
    new URL("../../controls/controls.css", import.meta.url),
    new URL("../../controls/declarations.css", import.meta.url),
    new URL("./widget.css", import.meta.url),
  );
  await new DerivativeWidget(root, options).begin();
}

class DerivativeWidget {
  /**
   * @param {HTMLElement} root
   * @param {import("./state.js").Options & {presets?: import("./layout.js").Preset[]}} options
   */
  constructor(root, options) {
    this.root = root;
    this.start = stateFromOptions(options);
    this.address = new AddressState(parameterFor(root), VERSION, readers(this.start));
    this.state = this.start;
    /** @type {Answer | null} the last good answer; what is shown */
    this.answer = null;
    /** @type {Reading | null} the last good reading */
    this.reading = null;
    /** @type {string[]} names about which an example or a link has said something, not the reader */
    this.inherited = [];
    this.source = new DerivativeSource();
    this.announcer = new Announcer();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
    this.controls = makeControls(options.presets ?? [], this.announcer, this.#actions());
    assemble(root, this.controls, this.announcer);
  }

  async begin() {
    this.address.onChange(() => this.#restore(this.address.read() ?? this.start));
    document.addEventListener("nabla:layout", () => this.#announce());
    await this.#restore(this.address.read() ?? this.start);
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      choose: (preset) => this.#restore({ ...stateFromOptions(preset), practise: this.state.practise }),
      type: (expr, entered) => this.#change({ expr }, entered),
      declare: (name, clause) => this.#declare(name, clause),
      chooseVariable: (wrt) => this.#change({ wrt }, true),
      practise: (practise) => this.#practise(practise),
      progress: (words) => this.#progress(words),
      retry: () => this.#ask(true),
      reset: () => this.#restore(this.address.home ?? this.start),
    };
  }

  /** Take over a whole state. @param {State} state */
  #restore(state) {
    this.state = state;
    this.inherited = [...parseClauses(state.given).keys()];
    this.controls.declarations.restore();
    this.controls.expression.setValue(state.expr);
    this.controls.practise.checked = state.practise;
    return this.#ask(true);
  }

  /**
   * @param {Partial<State>} change
   * @param {boolean} atOnce  whether the reader is done, and not in the middle of typing
   */
  #change(change, atOnce) {
    this.state = { ...this.state, ...change };
    return this.#ask(atOnce);
  }

  /**
   * @param {string} name
   * @param {string | null} clause
   */
  #declare(name, clause) {
    this.inherited = this.inherited.filter((other) => other !== name);
    return this.#change({ given: withClause(this.state.given, name, clause) }, true);
  }

  /** @param {boolean} practise */
  #practise(practise) {
    this.state = { ...this.state, practise };
    this.#showHidden();
    this.#announce();
    this.#remember();
  }

  /** @param {string} words */
  #progress(words) {
    this.#showHidden();
    this.announcer.sayNow(() => words);
  }

  /** @param {boolean} atOnce */
  async #ask(atOnce) {
    clearTimeout(this.pause);
    this.source.giveUp();
    this.#markStale(true);
    this.controls.presets.show(this.#preset());
    this.#remember();
    const asked = this.state;
    await this.#attempt(asked, async () => {
      const reading = await this.#read();
      if (!reading) return;
      this.#showReading(reading);
      if (atOnce) await this.#derive();
      else this.pause = setTimeout(() => this.#attempt(asked, () => this.#derive()), SECOND_PAUSE);
    });
  }

  /**
   * How the expression is read.  Where what an example has said about names does not fit the reader's
   * own expression, the reader's expression counts.
   */
  async #read() {
    const asked = this.state;
    const question = this.#question();
    try {
      return await this.source.read(question);
    } catch (error) {
      const given = withoutNames(question.given, this.inherited);
      const clash = error instanceof ApiError && error.code === "shape" && given !== question.given;
      if (!clash || this.#preset() || sameQuestion(this.state, this.start) || asked !== this.state) throw error;
      const reading = await this.source.read({ ...question, given }).catch(() => {
        throw error;
      });
      if (reading) this.#forgetInherited();
      return reading;
    }
  }

  #forgetInherited() {
    this.state = Object.assign(this.state, { given: withoutNames(this.state.given, this.inherited) });
    this.inherited = [];
    this.#remember();
  }

  async #derive() {
    const answer = await this.source.derive(this.#question());
    if (answer) this.#show(answer);
  }

  /** Only what is said about names that occur; names that do not occur are not differentiated by. */
  #question() {
    const { expr, given, wrt } = this.state;
    const names = namesIn(expr);
    const known = this.reading?.declarations.map(({ name }) => name) ?? names;
    const good = wrt.every((name) => names.includes(name) || known.includes(name));
    return { expr, given: onlyNames(given, [...names, ...wrt]), wrt: good ? wrt : [] };
  }

  /**
   * @param {State} asked
   * @param {() => Promise<void>} work
   */
  async #attempt(asked, work) {
    const waiting = setTimeout(() => this.#wait(), UNNOTICED);
    this.root.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (asked === this.state) this.#refused(error);
    } finally {
      clearTimeout(waiting);
      if (asked === this.state) this.#rest();
    }
  }

  #wait() {
    this.controls.waiting.hidden = false;
  }

  #rest() {
    this.controls.waiting.hidden = true;
    this.root.removeAttribute("aria-busy");
  }

  /** @param {Reading} reading */
  #showReading(reading) {
    this.reading = reading;
    const { expression, declarations, variables } = this.controls;
    expression.showReading(readingElements(reading));
    declarations.show(reading.declarations, parseClauses(this.state.given));
    variables.show(reading.declarations, this.#question().wrt);
    this.#showGivenProblem(null);
  }

  /** @param {Answer} answer */
  #show(answer) {
    this.answer = answer;
    const { result, steps, threeWays, variables } = this.controls;
    for (const part of [result, steps, threeWays]) part.show(answer);
    variables.showChosen(answer.wrt);
    this.controls.answer.hidden = false;
    result.element.dispatchEvent(new CustomEvent("nabla:formulas", { bubbles: true }));
    steps.element.dispatchEvent(new CustomEvent("nabla:formulas", { bubbles: true }));
    this.#markStale(false);
    this.#showHidden();
    this.#announce();
  }

  /** @param {ApiError} error */
  #refused(error) {
    const { message, span, hint, field, passing } = error;
    const { expression, declarations, retry } = this.controls;
    if (!this.answer && !this.reading) expression.reading.replaceChildren();
    if (!this.answer) this.announcer.say(() => `There is no derivative to show yet: ${message}`);
    declarations.showUnread(namesIn(this.state.expr), parseClauses(this.state.given));
    if (field === "given") return this.#showGivenProblem(error);
    this.#showGivenProblem(null);
    expression.showProblem({ message, span: passing ? null : span, hint });
    if (passing) expression.problem.append(retry);
  }

  /** @param {ApiError | null} error  what is wrong with what was said about a name */
  #showGivenProblem(error) {
    const { givenProblem } = this.controls;
    const parts = error ? [html("p", {}, [error.message]), html("p", { class: "problem-hint" }, [error.hint ?? ""])] : [];
    givenProblem.replaceChildren(...parts);
  }

  /** @param {boolean} stale */
  #markStale(stale) {
    this.controls.result.markStale(stale && this.answer !== null);
    this.controls.answer.classList.toggle("is-stale", stale);
  }

  #showHidden() {
    const { result, steps, threeWays } = this.controls;
    const hidden = this.state.practise && !steps.complete;
    result.hide(hidden);
    threeWays.element.classList.toggle("is-hidden", hidden);
  }

  #announce() {
    const { answer } = this;
    if (!answer) return;
    const hidden = this.state.practise && !this.controls.steps.complete;
    this.announcer.say(() => sentence(answer, currentLayout(), hidden));
  }

  #remember() {
    this.address.write(toFields(this.state, this.start));
  }

  /** The example that is shown, if it is one. */
  #preset() {
    return this.controls.presets.presets.find((preset) => sameQuestion(stateFromOptions(preset), this.state));
  }
}

/**
 * The expression as it was read, and what it is.
 *
 * @param {Reading} reading
 * @returns {Element[]}
 */
function readingElements({ expression, value_shape: axes, notes }) {
  const math = mathElement("math", [mathElement("mrow", contentOf(expression))]);
  const words = html("span", { class: "reading-shape" }, [valueWords(axes)]);
  return [math, words, ...notes.map((note) => html("p", { class: "reading-note" }, [note]))];
}
