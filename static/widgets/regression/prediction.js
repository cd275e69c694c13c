/** The prediction for a new case, with its unit and what it may be off. */

import { NumberField } from "../../controls/number-field.js";
import { html, setText } from "../../draw/svg.js";
import { panelPart } from "../../landscape/readings.js";
import { quantity } from "../../math/quantity.js";
import { niceFloor, roundTo } from "../../math/view.js";
import { labelled } from "./data-view.js";
import { outsideWords } from "./words.js";

const LIMIT = 1e12;

/** @typedef {import("./model.js").Fit} Fit */

export class Prediction {
  /** @param {(values: number[]) => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    this.fields = html("div", { class: "widget-controls" });
    this.result = html("p", { class: "prediction" });
    this.own = html("p");
    this.warning = html("p", { class: "warning" });
    this.element = html("div", { class: "widget-panel landscape-panel single" }, [
      panelPart("Prediction for a new case", [this.fields, this.result, this.own, this.warning]),
    ]);
    /** @type {NumberField[]} */
    this.inputs = [];
    /** @type {number[]} */
    this.values = [];
    this.key = "";
  }

  /**
   * @param {Fit} fit
   * @param {number[] | null} values  null: the middle of the data
   */
  setFit(fit, values) {
    const middles = middlesOf(fit);
    this.values = values?.length === middles.length ? values : middles;
    const key = fit.features.map(labelled).join("|");
    if (key === this.key) return;
    this.key = key;
    this.inputs = fit.features.map((column, k) => new NumberField({
      label: labelled(column), name: `${labelled(column)} of the new case`, step: stepOf(fit.points.features.map((row) => row[k])),
      min: -LIMIT, max: LIMIT, onChange: (value) => this.#change(k, value),
    }));
    this.fields.replaceChildren(...this.inputs.map(({ element }) => element));
  }

  /**
   * @param {number} k
   * @param {number} value
   */
  #change(k, value) {
    this.values = this.values.map((old, index) => (index === k ? value : old)); // the next may come before these are shown
    this.onChange(this.values);
  }

  /**
   * @param {Fit} fit
   * @param {number[]} weights
   * @param {number[] | null} values
   */
  show(fit, weights, values) {
    if (values?.length === this.inputs.length) this.values = values;
    this.inputs.forEach((input, k) => input.show(this.values[k], String(this.values[k])));
    const { target } = fit.study;
    const best = fit.predict(fit.loss.minimiser, this.values);
    const spread = this.#spread(fit);
    const off = spread === null ? "" : ` ± ${quantity(spread, target.unit, 2)} (one standard deviation of a single case)`;
    setText(this.result, `${fit.strength > 0 ? "Ridge" : "Least squares"}: ${target.name} ${quantity(best, target.unit)}${off}.`);
    const own = fit.predict(weights, this.values);
    setText(this.own, `With the weight vector of the picture: ${quantity(own, target.unit)}.`);
    setText(this.warning, outsideWords(fit, this.values));
    this.warning.hidden = !this.warning.textContent;
  }

  /**
   * √(s² + xᵀ Cov x) (Seber and Lee, Linear Regression Analysis, 5.3.1), known without ridge only.
   *
   * @param {Fit} fit
   */
  #spread(fit) {
    const { covariance, residual_standard_error: residual, near_copy: copy } = fit.study;
    if (!covariance || residual === null || fit.strength > 0 || copy) return null;
    const row = fit.row(this.values);
    const variance = row.reduce((sum, value, i) => sum + value * row.reduce((inner, other, j) => inner + covariance[i][j] * other, 0), 0);
    return Math.sqrt(residual ** 2 + Math.max(0, variance));
  }
}

/** @param {number[]} values */
function stepOf(values) {
  const spread = Math.max(...values) - Math.min(...values);
  return niceFloor(spread > 0 ? spread / 40 : 1);
}

/**
 * A round case in the middle of the data, which two instruments read alike.
 *
 * @param {Fit} fit
 */
function middlesOf(fit) {
  const middles = fit.features.map((_, k) => middleOf(fit.points.features.map((row) => row[k])));
  const copy = fit.study.near_copy;
  const source = fit.features.findIndex(({ name }) => name === copy?.source);
  if (copy && source >= 0) middles[middles.length - 1] = roundTo(copy.factor * middles[source] + copy.offset, 1e-6);
  return middles;
}

/** A round number in the middle. @param {number[]} values */
function middleOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return roundTo(mean, stepOf(values));
}
