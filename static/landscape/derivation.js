/**
 * A derivation by the book's engine that folds out, asked for when it is opened.
 *
 * Markup made here: `<details class="chart-numbers derivation"><summary>…</summary>
 * <div class="derivation-steps">…</div></details>`.
 */

import { button } from "../controls/button.js";
import { equationElement, mathElement } from "../draw/formula.js";
import { html } from "../draw/svg.js";
import { ApiError } from "../services/api.js";

/**
 * @typedef {import("../draw/formula.js").Formula} Formula
 * @typedef {{result: Formula, steps: ({rule: string, explanation: string} & Formula)[]}} Derivation  as `/api/derivative` answers
 */

/** @template Answers */
export class DerivationFold {
  /**
   * @param {{ask: () => Promise<Answers>, show: (answers: Answers) => (Node | string)[], title?: string}} options
   *   `show` makes the content of what `ask` has brought
   */
  constructor({ ask, show, title = "Derive the gradient, step by step" }) {
    this.ask = ask;
    this.show = show;
    this.content = html("div", { class: "derivation-steps" });
    this.element = html("details", { class: "chart-numbers derivation" }, [html("summary", {}, [title]), this.content]);
    this.element.addEventListener("toggle", () => this.#open());
    this.complete = false;
  }

  /** What it is asked for is another now. */
  renew() {
    this.complete = false;
    this.#open();
  }

  async #open() {
    if (!this.element.open || this.complete) return;
    this.content.replaceChildren(html("p", {}, ["Deriving …"]));
    try {
      const answers = await this.ask();
      this.complete = true;
      this.content.replaceChildren(...this.show(answers));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const again = button("Try again", "", () => this.#open());
      this.content.replaceChildren(html("p", { class: "widget-error" }, [`${error.message} ${error.hint ?? ""}`]), again);
    }
  }
}

/**
 * The steps with their rules, and the result.
 *
 * @param {Derivation} derivation
 * @param {string} of  of what it is the derivative, as ℒ
 * @param {string} by
 * @param {string} words  before the result
 */
export function stepsOf({ steps, result }, of, by, words) {
  const left = [mathElement("mfrac", [mathElement("mi", [`∂${of}`]), mathElement("mi", [`∂${by}`])])];
  return [stepList(steps), html("p", {}, [words]), lineOf(left, result)];
}

/** Numbered steps with their rules. @param {Derivation["steps"]} steps */
export function stepList(steps) {
  return html("ol", {}, steps.map((step) => html("li", {}, [
    html("span", { class: "rule" }, [step.rule]), " ", step.explanation, lineOf([], step),
  ])));
}

/**
 * A formula on a line of its own; while it is wider than the line, it scrolls and is reached with Tab.
 *
 * @param {Element[]} left
 * @param {Formula} formula
 */
function lineOf(left, formula) {
  const element = html("div", { class: "scroller" }, [equationElement(left, formula)]);
  new ResizeObserver(() => {
    if (element.scrollWidth <= element.clientWidth + 1) return element.removeAttribute("tabindex");
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", "Formula, scrolls sideways");
  }).observe(element);
  return element;
}

/**
 * The same in both layouts; the reader's one is seen.
 *
 * @param {{numerator: Derivation, denominator: Derivation}} derivations
 * @param {string} of
 * @param {string} by
 * @param {{numerator: string, denominator: string}} words  before each result
 */
export function inBothLayouts({ numerator, denominator }, of, by, words) {
  return [
    html("div", { class: "layout-numerator" }, stepsOf(numerator, of, by, words.numerator)),
    html("div", { class: "layout-denominator" }, stepsOf(denominator, of, by, words.denominator)),
  ];
}

/** @param {string} words */
export function heading(words) {
  return html("p", { class: "part-title" }, [words]);
}
