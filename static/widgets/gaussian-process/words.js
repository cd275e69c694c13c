/** What the widget says. Pure text, tested without a page. */

import { adaptive, fixed } from "../../math/format.js";
import { LEVEL } from "../../math/gaussian-process/ascent.js";
import { significant } from "../../math/quantity.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Stop} Stop
 */

/** How each hyperparameter is written, and called. @type {Record<string, {sign: string, words: string}>} */
export const HYPERPARAMETERS = {
  length: { sign: "l", words: "length scale" },
  scale: { sign: "s", words: "scale" },
  noise: { sign: "σ", words: "noise" },
  period: { sign: "p", words: "period" },
};

/** ∂K/∂log θ by kernel and hyperparameter. @type {Record<string, Record<string, string>>} */
export const DERIVATIVES = {
  "squared exponential": { length: "K_f ⊙ R/l², with Rᵢⱼ = (xᵢ − xⱼ)²" },
  "Matérn 3/2": { length: "s² Q ⊙ Q ⊙ exp(−Q), with Qᵢⱼ = √3|xᵢ − xⱼ|/l" },
  periodic: { length: "4 K_f ⊙ S, with Sᵢⱼ = sin²(π(xᵢ − xⱼ)/p)/l²", period: "K_f ⊙ (2T ⊙ sin(2T))/l², with Tᵢⱼ = π(xᵢ − xⱼ)/p" },
  linear: { length: "−2 s² xxᵀ/l²" },
};
const SHARED = { scale: "2(K_f + εs²I)", noise: "2σ²I" };

/** @param {string} kernel @param {string} name */
export function derivativeWords(kernel, name) {
  return { ...SHARED, ...DERIVATIVES[kernel] }[name] ?? "";
}

/** How each kernel is defined. @type {Record<string, string>} */
export const DEFINITIONS = {
  "squared exponential": "k(x, x′) = s² exp(−(x − x′)²/(2l²)): very smooth functions.",
  "Matérn 3/2": "k(x, x′) = s² (1 + q) exp(−q) with q = √3|x − x′|/l: functions with one derivative.",
  periodic: "k(x, x′) = s² exp(−2 sin²(π(x − x′)/p)/l²): functions with the period p.",
  linear: "k(x, x′) = s² (1 + xx′/l²): straight lines.",
};

/** @param {number} count */
export function pointsText(count) {
  return count === 1 ? "1 point" : `${count} points`;
}

/**
 * The sentence that is announced.
 *
 * @param {State} state
 * @param {Fitted} fitted
 */
export function sentence(state, fitted) {
  const where = `${pointsText(state.points.length)}, ${state.kernel} kernel, length scale ${significant(state.length, 4)} and noise ${significant(state.noise, 4)}`;
  if (!fitted.definite) return `${where}: ${indefinite(state, fitted)}`;
  const { value, fit, complexity } = fitted.evidence;
  const { length, noise } = fitted.slopes;
  return (
    `${where}: the log marginal likelihood is ${fixed(value, 3)}, with data fit ${fixed(fit, 3)} and complexity ${fixed(complexity, 3)}. ` +
    `Its gradient by log l and log σ is (${adaptive(length)}, ${adaptive(noise)}). ${conditionWords(fitted.condition)}`
  );
}

/**
 * Why there is no posterior, and what to do.
 *
 * @param {State} state
 * @param {Pick<Fitted, "failed">} fitted
 */
export function indefinite({ points, jitter }, { failed }) {
  const at = failed >= 0 ? ` at point ${failed + 1}` : "";
  const twin = failed >= 0 ? nearest(points, failed) : null;
  const reason = twin === null ? "" : ` It lies ${significant(Math.abs(points[twin][0] - points[failed][0]), 2)} from point ${twin + 1}.`;
  const cure = jitter > 0 ? "Choose more noise or a larger jitter." : "Choose more noise, or a jitter.";
  return `the covariance matrix is not positive definite in double precision: Cholesky ends${at}.${reason} ${cure}`;
}

/** The point whose input is nearest to that of another. @param {State["points"]} points @param {number} index */
function nearest(points, index) {
  const distance = (/** @type {number} */ k) => Math.abs(points[k][0] - points[index][0]);
  return points.reduce((best, _, k) => (k !== index && (best === null || distance(k) < distance(best)) ? k : best), /** @type {number | null} */ (null));
}

/** @param {number} condition */
export function conditionText(condition) {
  if (!Number.isFinite(condition)) return "∞";
  return condition < 1e5 ? significant(condition, 3) : fixed(condition, 0);
}

/** @param {number} condition */
export function conditionWords(condition) {
  return `The condition number of K is ${conditionText(condition)}.`;
}

/**
 * What the condition number costs.
 *
 * @param {number} condition
 */
export function digitsWords(condition) {
  if (!Number.isFinite(condition)) return "No digit can be trusted.";
  const lost = Math.min(16, Math.max(0, Math.round(Math.log10(condition))));
  if (lost < 6) return "K is well conditioned: no digit to speak of is lost.";
  return lost < 12 ? `About ${lost} of 16 digits are at risk.` : `About ${lost} of 16 digits are at risk: add noise or a jitter.`;
}

/**
 * How the ascent stands.
 *
 * @param {Stop[]} stops
 * @param {boolean} playing
 * @param {boolean} ended
 */
export function ascentWords(stops, playing, ended) {
  const steps = stops.length - 1;
  if (steps < 1) return ended ? "Nothing to climb here: the ground is level, or there is no gradient." : "Uphill along ∇ℒ, from the place in the map.";
  const risen = `ℒ has risen from ${fixed(stops[0].value, 3)} to ${fixed(stops[steps].value, 3)}`;
  const count = steps === 1 ? "1 step" : `${steps} steps`;
  const slope = Math.hypot(...stops[steps].gradient);
  if (ended) return `${slope <= LEVEL ? "Arrived" : "Ended"} after ${count}: ${risen}; the gradient has length ${adaptive(slope)}.`;
  return playing ? `Step ${steps}: ${risen}.` : `After ${count} ${risen}.`;
}
