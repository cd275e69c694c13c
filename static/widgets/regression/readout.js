/** The numbers beside the pictures: the gradient in the reader's layout, the loss, gradient descent. */

import { button } from "../../controls/button.js";
import { Slider } from "../../controls/slider.js";
import { html, setText } from "../../draw/svg.js";
import { figuresList, panelPart, scroller } from "../../landscape/readings.js";
import { fixed } from "../../math/format.js";
import { quantity, significant } from "../../math/quantity.js";
import { MOST_STEP } from "./state.js";
import { conditionText, descentWords, speedWords } from "./words.js";

const STEP_GRAIN = 0.01;

/**
 * @typedef {import("./model.js").Fit} Fit
 * @typedef {import("../../math/quadratic-loss.js").Descent} Descent
 */

export class Readout {
  /**
   * @param {{setStep: (share: number) => void, descend: () => void, minimise: () => void, home: () => void}} actions
   */
  constructor({ setStep, descend, minimise, home }) {
    this.row = html("tbody");
    this.column = html("tbody");
    /** @type {HTMLElement[]} */
    this.entries = [];
    this.loss = html("dd");
    this.typical = html("dd");
    this.share = html("dd");
    this.lowest = html("dd");
    this.step = new Slider({
      label: "Step size η", min: 0, max: MOST_STEP, step: STEP_GRAIN,
      describe: (share) => `${fixed(share)} · 2/λmax`, onChange: setStep,
    });
    this.limit = html("dd");
    this.chosen = html("dd");
    this.condition = html("dd");
    this.outcome = html("p", { class: "descent-outcome" });
    this.speed = html("p");
    this.once = button("One descent step", "", descend);
    this.exact = button("Solve the normal equations", "primary", minimise);
    this.zero = button("Back to no influence", "quiet", home);
    this.element = html("div", { class: "widget-panel landscape-panel" }, [this.#gradientPart(), this.#descentPart()]);
  }

  /** @param {Fit} fit */
  setFit(fit) {
    const cell = () => html("td");
    const heads = (/** @type {"col" | "row"} */ scope) => fit.names.map((name) => html("th", { scope }, [name]));
    const across = fit.names.map(cell), down = fit.names.map(cell);
    this.row.replaceChildren(html("tr", {}, heads("col")), html("tr", {}, across));
    this.column.replaceChildren(...heads("row").map((head, k) => html("tr", {}, [head, down[k]])));
    this.entries = fit.names.map((_, k) => [across[k], down[k]]).flat();
    setText(this.limit, significant(fit.loss.stepLimit, 3));
    setText(this.condition, conditionText(fit.flat ? Infinity : fit.loss.condition));
    setText(this.lowest, quantity(fit.loss.lowest, fit.lossUnit));
  }

  /**
   * @param {Fit} fit
   * @param {number[]} weights
   * @param {Descent} descent
   * @param {number} share
   */
  show(fit, weights, descent, share) {
    fit.gradient(weights).forEach((slope, k) => {
      const text = significant(slope, 4);
      setText(this.entries[2 * k], text);
      setText(this.entries[2 * k + 1], text);
    });
    const { unit } = fit.study.target;
    const squared = fit.rSquared(weights);
    setText(this.loss, quantity(fit.loss.value(weights), fit.lossUnit));
    setText(this.typical, quantity(fit.rootMeanSquare(weights), unit));
    setText(this.share, Number.isNaN(squared) ? "none: the target is constant" : squared < -9.99 ? "below −9.99" : fixed(squared, 3));
    setText(this.chosen, significant(share * fit.loss.stepLimit, 3));
    setText(this.outcome, descentWords(fit, descent, share));
    this.outcome.dataset.outcome = descent.outcome;
    setText(this.speed, speedWords(fit, share));
    this.step.show(share);
    const standing = descent.outcome === "standing";
    this.once.disabled = standing || share === 0;
    this.exact.disabled = standing;
  }

  #gradientPart() {
    const row = html("div", { class: "layout-numerator" }, [
      scroller("Derivative of the loss as a row", html("table", { class: "numbers", "aria-label": "Derivative of the loss as a row" }, [this.row])),
      html("p", {}, ["∂ℓ/∂w = (Xw − y)ᵀX/N as a row (numerator layout); ∇ℓ is its transpose."]),
    ]);
    const column = html("div", { class: "layout-denominator" }, [
      html("table", { class: "numbers", "aria-label": "Derivative of the loss as a column" }, [this.column]),
      html("p", {}, ["∂ℓ/∂w = Xᵀ(Xw − y)/N as a column (denominator layout): the gradient ∇ℓ itself."]),
    ]);
    const figures = figuresList([
      ["Loss ℓ", this.loss], ["at the minimum", this.lowest], ["Root mean squared residual", this.typical], ["R²", this.share],
    ]);
    return panelPart("Gradient at the weight vector", [row, column, figures], "gradient-part");
  }

  #descentPart() {
    const figures = figuresList([["2/λmax", this.limit], ["η", this.chosen], ["Condition of the Hessian", this.condition]]);
    return panelPart("Gradient descent against one exact step", [
      this.step.element, figures, this.outcome, this.speed,
      html("div", { class: "buttons" }, [this.once, this.exact, this.zero]),
    ], "descent-part");
  }
}
