/** Sentences: what is said about the weights, the path and the numbers. */

import { fixed, superscript } from "../../math/format.js";
import { grouped, quantity, significant } from "../../math/quantity.js";

/**
 * @typedef {import("./model.js").Fit} Fit
 * @typedef {import("../../math/quadratic-loss.js").Descent} Descent
 */

/** Steps beyond which their number is told as a power of ten. */
const COUNTED = 1e6;

/**
 * @param {Fit} fit
 * @param {[number, number]} pair
 * @param {[number, number]} values
 */
export function placeWords(fit, pair, values) {
  return pair.map((index, k) => `${fit.names[index]} ${quantity(values[k], fit.unitOf(index))}`).join(", ");
}

/**
 * The sentence that is announced.
 *
 * @param {Fit} fit
 * @param {[number, number]} pair
 * @param {number[]} weights
 */
export function sentence(fit, pair, weights) {
  const values = /** @type {[number, number]} */ (pair.map((index) => weights[index]));
  const typical = quantity(fit.rootMeanSquare(weights), fit.study.target.unit, 3);
  const where = placeWords(fit, pair, values);
  const excess = fit.loss.excess(weights);
  const least = Math.abs(fit.loss.lowest) || fit.core.loss.constant;
  const verdict = excess <= 1e-9 * least
    ? "this is the minimum"
    : `the loss is ${quantity(excess, fit.lossUnit, 3)} above its minimum`;
  const length = significant(Math.hypot(...fit.gradient(weights)), 3);
  return `At ${where}: residuals of ${typical} in the root mean square; ${verdict}; the gradient has length ${length}.`;
}

/**
 * How gradient descent fares from here.
 *
 * @param {Fit} fit
 * @param {Descent} descent
 * @param {number} share  the step as a share of 2/λmax
 */
export function descentWords(fit, { points, losses, outcome }, share) {
  const count = points.length - 1;
  const last = losses[losses.length - 1];
  if (outcome === "standing") return "Nothing to descend: this is the minimum.";
  if (share === 0) return "A step of length zero leads nowhere.";
  if (outcome === "diverged") return "It diverges: the step is not below 2/λmax, and along the steepest direction each step overshoots by more than the last.";
  if (outcome === "arrived") return `It arrives after ${count} ${count === 1 ? "step" : "steps"}.`;
  const unit = fit.lossUnit;
  return `After ${count} steps it is still under way: the loss is ${quantity(last, unit)}, the minimum ${quantity(fit.loss.lowest, unit)}.`;
}

/**
 * The speed of descent in all weights.
 *
 * @param {Fit} fit
 * @param {number} share
 */
export function speedWords(fit, share) {
  if (share >= 1) return "At 2/λmax or beyond, descent converges from nowhere.";
  if (share === 0) return "";
  if (fit.flat) return "Along the flat direction the loss has no slope: descent never moves there, and keeps whatever part of the start lies in it.";
  const steps = fit.loss.stepsForDigit(share * fit.loss.stepLimit);
  return `The slowest part of the error needs ${countWords(steps)} for each decimal digit.`;
}

/** @param {number} steps */
function countWords(steps) {
  if (!Number.isFinite(steps)) return "without end";
  if (steps >= COUNTED) return `about ${fixed(Math.max(steps, 1e7), 1)} steps`;
  const whole = Math.ceil(steps);
  return whole === 1 ? "a single step" : `about ${grouped(String(whole))} steps`;
}

/** A condition number. @param {number} value */
export function conditionText(value) {
  if (!Number.isFinite(value)) return "∞";
  if (value < 1e4) return significant(value, 3);
  const power = Math.floor(Math.log10(value));
  return `${(value / 10 ** power).toFixed(1)}×10${superscript(power)}`;
}

/** @param {number} power  of ten, not positive */
export function tenthsText(power) {
  return power === 0 ? "1" : power > -4 ? String(10 ** power) : `10${superscript(power)}`;
}

/** A ridge strength. @param {number} strength */
export function ridgeText(strength) {
  if (strength === 0) return "0 (least squares)";
  return strength < 0.01 ? `${significant(strength * 1e4, 2)}×10⁻⁴` : significant(strength, 3);
}

/**
 * Whether a new case lies outside the data, by name; empty when it does not.
 *
 * @param {Fit} fit
 * @param {number[]} values
 */
export function outsideWords(fit, values) {
  const { columns } = fit.study.table;
  const outside = fit.features.filter(({ name }, k) => {
    const range = columns.find((column) => column.name === name);
    return range && (values[k] < range.minimum || values[k] > range.maximum);
  });
  if (outside.length === 0) return "";
  const names = outside.map(({ name }) => name).join(" and ");
  return `Outside the data in ${names}: there the model has been tried by nobody.`;
}

/** @param {number} rows */
export function rowsText(rows) {
  return `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}`;
}
