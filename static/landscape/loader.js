/**
 * Asking for a function: what was typed stays, a refusal is shown in place, and what may pass can be
 * tried again.
 */

import { ApiError } from "../services/api.js";

/** @type {[string, string]} */
const USUAL_NAMES = ["x", "y"];

/**
 * @typedef {import("./state.js").State} State
 * @typedef {Pick<State, "f" | "vars">} Typed  a function without a point and views
 * @typedef {import("./source.js").Answer} Answer
 */

/** @template {State} S */
export class FunctionLoader {
  /**
   * @param {{
   *   root: HTMLElement,
   *   source: import("./source.js").FieldSource,
   *   expression: import("../controls/expression-field.js").ExpressionField,
   *   retry: HTMLButtonElement,
   *   accept: (answer: Answer, wanted: S | Typed) => void,
   * }} options  `accept` shows a function that is good
   */
  constructor({ root, source, expression, retry, accept }) {
    this.root = root;
    this.source = source;
    this.expression = expression;
    this.retryButton = retry;
    this.accept = accept;
    /** Whether any function has been good yet. */
    this.any = false;
    /** @type {S | Typed | null} what was asked for last */
    this.wanted = null;
    /** @type {ApiError | null} why that was not to be had */
    this.refusal = null;
  }

  /**
   * What the reader typed, in the variables of before or else in x and y.
   *
   * @param {string} f
   * @param {[string, string]} vars
   */
  type(f, vars) {
    const usual = vars.join() === USUAL_NAMES.join();
    return this.load({ f, vars }, usual ? undefined : { f, vars: USUAL_NAMES });
  }

  retry() {
    if (this.wanted) this.load(this.wanted);
  }

  /**
   * Ask for a function and show it; what is shown stays until the answer is good.
   *
   * @param {S | Typed} wanted  a whole state, or only the function
   * @param {Typed} [otherwise]  tried when a name is unknown
   * @returns {Promise<void>}
   */
  async load(wanted, otherwise) {
    this.wanted = wanted;
    this.root.setAttribute("aria-busy", "true");
    if (!this.any) this.expression.reading.textContent = "Loading the function …";
    try {
      const answer = await this.source.load(wanted.f, wanted.vars);
      if (answer) this.#good(answer, wanted);
    } catch (error) {
      this.root.removeAttribute("aria-busy");
      if (!(error instanceof ApiError)) throw error;
      if (otherwise && error.code === "unknown-name") return this.load(otherwise);
      this.#refused(error);
    }
  }

  /**
   * @param {Answer} answer
   * @param {S | Typed} wanted
   */
  #good(answer, wanted) {
    this.any = true;
    this.refusal = null;
    this.root.removeAttribute("aria-busy");
    this.accept(answer, wanted);
  }

  /** @param {ApiError} refusal */
  #refused(refusal) {
    const { message, span, hint, passing } = refusal;
    this.refusal = refusal;
    if (!this.any) this.expression.reading.replaceChildren();
    this.expression.showProblem({ message, span, hint });
    if (passing) this.expression.problem.append(this.retryButton);
  }
}
