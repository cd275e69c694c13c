/**
 * Where the rule of the current step comes from: the derivation by the book's engine, on demand.
 *
 *     <details class="derivation-part"><summary>Derive this rule: tanh(z) by z</summary>
 *       <div class="derivation-body" aria-live="polite"><ol class="derivation">…</ol> <p>result</p></div>
 *
 * The server is asked when the reader opens it, once for each rule.
 */

import { equationElement, mathElement } from "../../draw/formula.js";
import { html, setText } from "../../draw/svg.js";
import { ApiError, ask } from "../../services/api.js";
import { derivativeSign } from "./matrices.js";

/**
 * @typedef {import("../../draw/formula.js").Formula} Formula
 * @typedef {import("./words.js").Layout} Layout
 * @typedef {Formula & {shape: (string | number)[]}} Result
 * @typedef {Formula & {rule: string, explanation: string, of: string}} Step
 * @typedef {{expression: Formula, value_shape: (string | number)[], numerator: Result, denominator: Result, steps: Step[], notes: string[]}} Answer
 * @typedef {{expr: string, wrt: string, given: string}} Question
 */

export class DerivationView {
  constructor() {
    /** @type {Map<string, Answer>} */
    this.known = new Map();
    /** @type {Question | null | undefined} not known before the first step is shown */
    this.question = undefined;
    /** @type {Layout} */
    this.layout = "numerator";
    this.asked = new AbortController();
    this.summary = html("summary");
    this.body = html("div", { class: "derivation-body", "aria-live": "polite" });
    this.element = html("details", { class: "derivation-part" }, [this.summary, this.body]);
    this.element.addEventListener("toggle", () => {
      if (this.element.open) this.#derive();
    });
  }

  /**
   * The rule of the current step; another rule closes the derivation of the one before.
   *
   * @param {Question | null} question  null where the step has no rule
   * @param {Layout} layout
   */
  show(question, layout) {
    const same = JSON.stringify(question) === JSON.stringify(this.question);
    if (same && layout === this.layout) return;
    this.question = question;
    this.layout = layout;
    this.element.hidden = !question;
    if (question) setText(this.summary, `Derive this rule: ${question.expr} by ${question.wrt}`);
    if (!same) this.element.open = false;
    else if (this.element.open) this.#derive();
  }

  async #derive() {
    const { question } = this;
    if (!question) return;
    const key = question.expr + question.wrt;
    if (!this.known.has(key)) await this.#load(question, key);
    const answer = this.known.get(key);
    if (!answer || this.question !== question) return;
    this.body.replaceChildren(...derivation(answer, question, this.layout));
    // The page tells the shapes of factors in formulas that it finds.
    this.element.dispatchEvent(new CustomEvent("nabla:formulas", { bubbles: true }));
  }

  /** @param {Question} question @param {string} key */
  async #load(question, key) {
    this.asked.abort();
    const { signal } = (this.asked = new AbortController());
    this.body.replaceChildren(html("p", {}, ["Deriving …"]));
    try {
      this.known.set(key, await ask("derivative", question, signal));
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      this.#refused(error);
    }
  }

  /** @param {ApiError} error */
  #refused(error) {
    const retry = html("button", { type: "button" }, ["Try again"]);
    retry.addEventListener("click", () => this.#derive());
    this.body.replaceChildren(html("div", { class: "widget-error" }, [html("p", {}, [`${error.message} ${error.hint ?? ""}`]), retry]));
  }
}

/**
 * @param {Answer} answer
 * @param {Question} question
 * @param {Layout} layout
 */
function derivation(answer, { wrt }, layout) {
  const steps = answer.steps.map((step) => {
    const why = html("p", { class: "step-why" }, [html("span", { class: "rule-name" }, [step.rule]), ` ${step.explanation}`]);
    return html("li", {}, [why, html("div", { class: "formula" }, [equationElement([differential()], step)])]);
  });
  const result = answer[layout];
  const shape = result.shape.map((size) => String(size).replace("*", "")).join("×");
  const sign = derivativeSign("f", wrt);
  return [
    html("div", { class: "formula" }, [equationElement([mathElement("mi", ["f"])], answer.expression)]),
    html("ol", { class: "derivation" }, steps),
    html("p", { class: "step-note" }, [`In ${layout} layout, ${shape}:`]),
    html("div", { class: "formula" }, [equationElement([sign], result)]),
    ...answer.notes.map((note) => html("p", { class: "step-note" }, [note])),
  ];
}

function differential() {
  const d = mathElement("mi", ["d"]);
  d.setAttribute("mathvariant", "normal");
  return mathElement("mrow", [d, mathElement("mi", ["f"])]);
}
