/**
 * The regression as the browser has it: from one answer of the server everything that the hand moves.
 * No page.
 *
 * An answer is {@link Study}: columns, points, and for each deviation of a second instrument a `Core`.
 * {@link Fit} is one of them at one ridge strength.
 *
 * @typedef {{name: string, unit: string}} Column
 * @typedef {{
 *   normal_equations: {matrix: number[][], right_hand_side: number[]},
 *   factor: number[][], weights: number[], scaling: {means: number[], deviations: number[]} | null,
 *   solutions: {method: string, weights: number[] | null, correct_digits: number | null, reason: string | null}[],
 *   condition_numbers: {X: number | null, normal_equations: number | null, digits_lost: number,
 *     digits_lost_by_normal_equations: number},
 *   rank: number, notes: string[], loss: {constant: number},
 *   ridge_path: {strengths: number[], weights: (number | null)[][], losses: number[],
 *     condition_numbers: (number | null)[], step_limits: number[]},
 * }} Core
 * @typedef {{
 *   source: string, name: string, unit: string, factor: number, offset: number, scale: number,
 *   steps: (Core & {deviation: number})[],
 * }} NearCopy
 * @typedef {Core & {
 *   table: {rows: number, columns: (Column & {minimum: number, maximum: number, missing: number})[], text_columns: string[]},
 *   target: Column, columns: Column[], rows: number[],
 *   points: {rows: number[], features: number[][], target: number[]},
 *   standard_errors: number[] | null, covariance: number[][] | null, residual_standard_error: number | null,
 *   r_squared: number | null, degrees_of_freedom: number, near_copy?: NearCopy,
 * }} Study
 * @typedef {import("../../draw/scaled-axes.js").Scale} Scale
 */

import { QuadraticLoss } from "../../math/quadratic-loss.js";
import { ratioUnit } from "../../math/quantity.js";
import { OFFSET } from "./state.js";

/** Beyond this condition number of XᵀX nothing of a small eigenvalue is left in double precision. */
const SINGULAR = 1e32;
/** Of the largest term of a sum: below this it is rounding error. */
const NOISE = 1e-11;
/** Below this share of the loss of zero weights the residuals are rounding error: the fit is exact. */
const EXACT = 1e-27;
/** The loss's own window: how far the ellipse of the start lies inside. */
export const WINDOW_HALF = 1.6;
const REACH = 1.25;

export class Fit {
  /**
   * @param {Study} study
   * @param {number} deviation  number of the step, where there is a second instrument
   * @param {number} ridge  number of the strength
   */
  constructor(study, deviation, ridge) {
    this.study = study;
    this.core = study.near_copy ? study.near_copy.steps[deviation] : study;
    this.deviation = study.near_copy ? study.near_copy.steps[deviation].deviation : null;
    this.rows = study.rows.length;
    this.names = study.columns.map(({ name }, k) => (k ? name : OFFSET));
    const path = this.core.ridge_path;
    this.strength = path.strengths[ridge];
    this.conditionX = path.condition_numbers[ridge] ?? Infinity;
    this.loss = new QuadraticLoss({
      factor: this.core.factor,
      penalty: this.names.map((_, k) => (k ? this.strength : 0)),
      rows: this.rows,
      minimiser: path.weights[ridge].map((weight) => weight ?? NaN),
      lowest: path.losses[ridge] > EXACT * this.core.loss.constant ? path.losses[ridge] : 0,
      stepLimit: path.step_limits[ridge],
      condition: Math.min(this.conditionX ** 2, Infinity),
    });
    this.points = this.#points();
    this.mean = this.core.normal_equations.right_hand_side[0] / this.rows;
  }

  get standardized() {
    return this.core.scaling !== null;
  }

  /** Whether infinitely many weights fit equally well. */
  get flat() {
    return this.strength === 0 && (this.core.rank < this.names.length || !(this.loss.condition < SINGULAR));
  }

  /** The feature columns, without the column of ones. */
  get features() {
    return this.study.columns.slice(1);
  }

  /**
   * The unit of a weight.
   *
   * @param {number} index
   */
  unitOf(index) {
    const { target, columns } = this.study;
    return index === 0 || this.standardized ? target.unit : ratioUnit(target.unit, columns[index].unit);
  }

  /**
   * The unit of a weight as one reads it.
   *
   * @param {number} index
   */
  unitWords(index) {
    const unit = this.unitOf(index);
    return this.standardized && index > 0 ? `${unit} per standard deviation`.trim() : unit;
  }

  /**
   * XᵀX + λP, with what rounding left of zero as zero.
   *
   * @returns {number[][]}
   */
  get matrix() {
    const { matrix } = this.core.normal_equations;
    return matrix.map((row, i) => row.map((entry, j) => {
      const penalised = entry + (i === j && i > 0 ? this.strength : 0);
      return Math.abs(penalised) <= NOISE * Math.sqrt(matrix[i][i] * matrix[j][j]) ? 0 : penalised;
    }));
  }

  get lossUnit() {
    const { unit } = this.study.target;
    return unit ? `${/[/· ]/.test(unit) ? `(${unit})` : unit}²` : "";
  }

  /**
   * Rows of the picture: the features as given (a second instrument as it reads at this deviation).
   *
   * @returns {{features: number[][], target: number[]}}
   */
  #points() {
    const { points, near_copy: copy, columns } = this.study;
    if (!copy || this.deviation === null) return points;
    const source = columns.findIndex(({ name }) => name === copy.source) - 1;
    const last = columns.length - 2;
    if (source < 0) return points;
    const shift = this.deviation * copy.scale;
    const features = points.features.map((row, at) => {
      const read = copy.factor * row[source] + copy.offset + (points.rows[at] % 2 ? -shift : shift);
      return row.map((value, k) => (k === last ? read : value));
    });
    return { features, target: points.target };
  }

  /**
   * A row of X for features as given.
   *
   * @param {number[]} features
   */
  row(features) {
    const { scaling } = this.core;
    const given = scaling ? features.map((value, k) => (value - scaling.means[k]) / scaling.deviations[k]) : features;
    return [1, ...given];
  }

  /**
   * @param {number[]} weights
   * @param {number[]} features
   */
  predict(weights, features) {
    return this.row(features).reduce((sum, value, k) => sum + value * weights[k], 0);
  }

  /** @param {number[]} weights */
  fitted(weights) {
    return this.points.features.map((features) => this.predict(weights, features));
  }

  /**
   * The weights with two of them chosen by hand, the others as at the minimum; the offset, where it is
   * none of the two, is the best there is for them.
   *
   * @param {[number, number]} pair
   * @param {[number, number]} values
   */
  weightsAt([i, j], [first, second]) {
    const { minimiser } = this.loss;
    const weights = minimiser.map((weight, k) => (k === i ? first : k === j ? second : weight));
    if (i > 0 && j > 0) {
      const [ones] = this.core.normal_equations.matrix;
      weights[0] -= [i, j].reduce((sum, k) => sum + (ones[k] / ones[0]) * (weights[k] - minimiser[k]), 0);
    }
    return weights;
  }

  /** The loss over two weights. @param {[number, number]} pair */
  section(pair) {
    return this.loss.section(...pair, pair.includes(0) ? null : 0);
  }

  /**
   * Where the hand begins: the features have no influence, and the offset is the best there is then.
   *
   * @param {[number, number]} pair
   * @returns {[number, number]}
   */
  startOf(pair) {
    const { minimiser } = this.loss;
    const { matrix } = this.core.normal_equations;
    const other = pair[0] === 0 ? pair[1] : pair[0];
    const offset = minimiser[0] + (matrix[0][other] / matrix[0][0]) * minimiser[other];
    return /** @type {[number, number]} */ (pair.map((index) => (index === 0 ? offset : 0)));
  }

  /**
   * The gradient, with what rounding left of zero as zero.
   *
   * @param {number[]} weights
   */
  gradient(weights) {
    const { matrix, right_hand_side: moment } = this.core.normal_equations;
    return this.loss.gradient(weights).map((slope, k) => {
      const largest = Math.max(Math.abs(moment[k]), ...weights.map((weight, j) => Math.abs(matrix[k][j] * weight)));
      return Math.abs(slope) * this.rows <= NOISE * largest ? 0 : slope;
    });
  }

  /** The root mean square of the residuals. @param {number[]} weights */
  rootMeanSquare(weights) {
    const penalty = weights.reduce((sum, weight, k) => sum + (k ? weight * weight : 0), 0);
    return Math.sqrt(Math.max(0, 2 * this.loss.value(weights) - (this.strength * penalty) / this.rows));
  }

  /** The share of the variance that the weights explain; NaN for a constant target. @param {number[]} weights */
  rSquared(weights) {
    const variance = 2 * this.core.loss.constant - this.mean ** 2;
    return variance > 1e-13 * this.core.loss.constant ? 1 - this.rootMeanSquare(weights) ** 2 / variance : NaN;
  }

  /**
   * The scales of the picture of two weights: one for both where both have one unit, so that a circle
   * is a circle; else such that the ellipse through the start fits.
   *
   * @param {[number, number]} pair
   * @returns {[Scale, Scale]}
   */
  window(pair) {
    const { loss } = this;
    const start = this.startOf(pair);
    const centre = pair.map((index) => loss.minimiser[index]);
    const { curvatures, determinant } = this.section(pair);
    const excess = loss.excess(this.weightsAt(pair, start)) || loss.lowest || 1;
    const away = centre.map((weight, k) => Math.abs(weight - start[k]));
    if (this.unitOf(pair[0]) === this.unitOf(pair[1])) {
      const reach = Math.max(...away, Math.sqrt((2 * excess) / (Math.max(...curvatures) || 1))) / REACH || 1;
      return [{ centre: centre[0], scale: reach }, { centre: centre[1], scale: reach }];
    }
    const regular = determinant > 1e-24 * curvatures[0] * curvatures[1];
    const widths = curvatures.map((own, k) =>
      regular ? Math.sqrt((2 * excess * curvatures[1 - k]) / determinant) : Math.max(away[k], Math.sqrt((2 * excess) / (own || 1))),
    );
    return /** @type {[Scale, Scale]} */ (widths.map((width, k) => ({ centre: centre[k], scale: width || 1 })));
  }
}
