/** The derivation of the gradient by the book's engine, asked for when it is opened. */

import { equationElement, mathElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { button } from "../../landscape/parts.js";
import { ApiError } from "../../services/api.js";

/**
 * @typedef {import("./source.js").Derivation} Derivation
 * @typedef {import("./source.js").StudySource} StudySource
 */

export class DerivationPanel {
  /** @param {StudySource} source */
  constructor(source) {
    this.source = source;
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
      const { numerator, denominator } = await this.source.derivation();
      this.complete = true;
      this.content.replaceChildren(
        html("div", { class: "layout-numerator" }, stepsOf(numerator, "In numerator layout the derivative is a row:")),
        html("div", { class: "layout-denominator" }, stepsOf(denominator, "In denominator layout the derivative is a column, the gradient:")),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const again = button("Try again", "", () => this.#open());
      this.content.replaceChildren(html("p", { class: "widget-error" }, [`${error.message} ${error.hint ?? ""}`]), again);
    }
  }
}

/**
 * @param {Derivation} derivation
 * @param {string} words
 */
function stepsOf({ steps, result }, words) {
  const items = steps.map((step) => html("li", {}, [
    html("span", { class: "rule" }, [step.rule]), " ", step.explanation, html("div", { class: "scroller" }, [equationElement([], step)]),
  ]));
  const partial = (/** @type {string} */ below) => [mathElement("mfrac", [identifier("∂ℓ"), identifier(below)])];
  return [html("ol", {}, items), html("p", {}, [words]), html("div", { class: "scroller" }, [equationElement(partial("∂𝐰"), result)])];
}

/** @param {string} text */
function identifier(text) {
  const element = mathElement("mi", []);
  element.textContent = text;
  return element;
}
