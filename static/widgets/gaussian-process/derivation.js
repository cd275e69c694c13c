/**
 * The derivation of the gradient by the book's engine, asked for when it is opened: first by the
 * covariance matrix, in the reader's layout, and then by a hyperparameter inside it.
 */

import { equationElement, mathElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { button } from "../../landscape/parts.js";
import { ApiError, ask } from "../../services/api.js";
import { gradientFormula } from "./readout.js";

/** ℒ without its constant, and K moved along D = ∂K/∂θ, in the language of the engine. */
const BY_MATRIX = { expr: "-0.5*y'*inv(K)*y - 0.5*logdet(K)", wrt: "K", given: "K: n,n positive-definite; y: n" };
const BY_PARAMETER = {
  expr: "-0.5*y'*inv(K + t*D)*y - 0.5*logdet(K + t*D)", wrt: "t",
  given: "K: n,n positive-definite; D: n,n symmetric; y: n; t: scalar",
};

/**
 * @typedef {import("../../draw/formula.js").Formula} Formula
 * @typedef {{result: Formula, steps: ({rule: string, explanation: string} & Formula)[]}} Derivation
 */

export class DerivationPanel {
  constructor() {
    this.content = html("div", { class: "derivation-steps" });
    this.element = html("details", { class: "chart-numbers derivation" }, [
      html("summary", {}, ["Derive the gradient, step by step"]),
      this.content,
    ]);
    this.element.addEventListener("toggle", () => this.#open());
    this.complete = false;
  }

  async #open() {
    if (!this.element.open || this.complete) return;
    this.content.replaceChildren(html("p", {}, ["Deriving …"]));
    try {
      const questions = [{ ...BY_MATRIX, layout: "numerator" }, { ...BY_MATRIX, layout: "denominator" }, { ...BY_PARAMETER, layout: "denominator" }];
      const [row, column, parameter] = await Promise.all(questions.map((question) => ask("derivative", question)));
      this.complete = true;
      this.#show(row, column, parameter);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const again = button("Try again", "", () => this.#open());
      this.content.replaceChildren(html("p", { class: "widget-error" }, [`${error.message} ${error.hint ?? ""}`]), again);
    }
  }

  /** @param {Derivation} row @param {Derivation} column @param {Derivation} parameter */
  #show(row, column, parameter) {
    this.content.replaceChildren(
      heading("By the covariance matrix K"),
      html("div", { class: "layout-numerator" }, stepsOf(row, "K", "In numerator layout (at a symmetric K the two layouts agree):")),
      html("div", { class: "layout-denominator" }, stepsOf(column, "K", "In denominator layout (at a symmetric K the two layouts agree):")),
      html("p", {}, ["With α = K⁻¹y this is ½(αα⊤ − K⁻¹), for K⁻¹ is symmetric."]),
      heading("The chain rule, to a hyperparameter"),
      html("p", {}, [
        "A small change of θ moves K along D = ∂K/∂θ. The engine differentiates by t, where K has become K + tD; ",
        "at t = 0 this is the derivative by θ.",
      ]),
      ...stepsOf(parameter, "t", "The derivative by t:"),
      html("p", {}, [
        "At t = 0 a scalar is its own trace and the trace is cyclic: y⊤K⁻¹DK⁻¹y = tr(αα⊤D). So every hyperparameter ",
        "is served by the same matrix, and ∂K/∂log θ = θ ∂K/∂θ:",
      ]),
      gradientFormula(),
    );
  }
}

/** @param {string} words */
function heading(words) {
  return html("p", { class: "part-title" }, [words]);
}

/**
 * @param {Derivation} derivation
 * @param {string} by
 * @param {string} words
 */
function stepsOf({ steps, result }, by, words) {
  const items = steps.map((step) => html("li", {}, [
    html("span", { class: "rule" }, [step.rule]), " ", step.explanation, html("div", { class: "scroller" }, [equationElement([], step)]),
  ]));
  const left = [mathElement("mfrac", [mathElement("mi", ["∂ℒ"]), mathElement("mi", [`∂${by}`])])];
  return [html("ol", {}, items), html("p", {}, [words]), html("div", { class: "scroller" }, [equationElement(left, result)])];
}
