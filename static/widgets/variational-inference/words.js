/** What the widget says. Pure text, tested without a page. */

import { adaptive, fixed } from "../../math/format.js";
import { significant } from "../../math/quantity.js";
import { LEVEL } from "../../math/variational/bound.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Stop} Stop
 */

/** How the entries of a place are written. */
export const NAMES = ["m₁", "m₂", "L₁₁", "L₂₁", "L₂₂"];
/** A gap that counts as closed, and a share of the variance that counts as whole. */
const CLOSED = 1e-5;
const WHOLE = 0.995;
/** A slope that an ascent need not climb on for. */
const ARRIVED = 10 * LEVEL;

/** The entries that are parameters. @param {boolean} diagonal */
export function parametersOf(diagonal) {
  return diagonal ? [0, 1, 2, 4] : [0, 1, 2, 3, 4];
}

/** @param {State["target"]} target */
export function targetWords({ correlation, curvature }) {
  const gaussian = `Gaussian with correlation ${significant(correlation, 3)}`;
  return curvature === 0 ? gaussian : `banana, bent with b = ${significant(curvature, 3)} from a ${gaussian}`;
}

/**
 * The sentence that is announced.
 *
 * @param {State} state
 * @param {Fitted} fitted
 */
export function sentence({ target, place, diagonal }, { bound, evidence, gap, variances, correlation, target: truth }) {
  const [m1, m2] = place;
  const shape = diagonal ? "diagonal covariance" : `correlation ${fixed(correlation)}`;
  const shares = variances.map((variance, k) => percent(variance / truth[k]));
  return (
    `q has mean (${fixed(m1)}, ${fixed(m2)}), variances ${significant(variances[0], 3)} and ${significant(variances[1], 3)}, ${shape}; ` +
    `the target is a ${targetWords(target)}. The evidence lower bound is ${fixed(bound.value, 3)}: expected log density ${fixed(bound.expected, 3)} ` +
    `plus entropy ${fixed(bound.entropy, 3)}. Its gap to log p(x) = ${fixed(evidence, 3)} is ${fixed(gap, 3)}. ` +
    `The variances are ${shares[0]} and ${shares[1]} of the target’s.`
  );
}

/** @param {number} share */
export function percent(share) {
  const hundredths = 100 * share;
  return `${significant(hundredths, hundredths < 1000 ? 3 : 4).replace(/\.0+$/, "")} %`;
}

/** What the gap says. @param {number} gap */
export function gapWords(gap) {
  return gap < CLOSED
    ? "The gap is closed: q is the posterior, and ℒ = log p(x)."
    : `So log p(x) = ℒ + KL(q‖p) is missed by ${fixed(gap, 3)}; ℒ is never higher.`;
}

/**
 * What a diagonal covariance costs.
 *
 * @param {State["target"]} target
 * @param {Fitted} fitted
 */
export function meanFieldWords({ curvature }, { best: { diagonal, full }, target: truth }) {
  const shares = diagonal.variances.map((variance, k) => variance / truth[k]);
  const report = `${percent(shares[0])} and ${percent(shares[1])} of the target’s variances`;
  if (curvature !== 0) {
    const better = diagonal.gap - full.gap > CLOSED ? `lowers the gap from ${fixed(diagonal.gap, 3)} to ${fixed(full.gap, 3)}` : `does no better than its gap of ${fixed(full.gap, 3)}`;
    return `The best mean field keeps ${report}; its variance of z₂ is 1/P₂₂ again. ` +
      `A full covariance ${better}: no Gaussian is a banana.`;
  }
  if (shares.every((share) => share > WHOLE)) return "Without correlation the mean field loses nothing: 1/Pᵢᵢ is the variance itself.";
  return `The best mean field has the variances 1/P₁₁ = ${significant(diagonal.variances[0], 3)} and 1/P₂₂ = ${significant(diagonal.variances[1], 3)}: ` +
    `${report}, and a gap of ${fixed(diagonal.gap, 3)}. It underestimates them, for it must keep away from where p is small.`;
}

/** The gradient as formulas, in both layouts. @param {boolean} straight  whether the target is a Gaussian */
export function formulas(straight) {
  return straight
    ? { numerator: ["∂ℒ/∂m = −(m − μ)ᵀP", "∂ℒ/∂L = L⁻¹ − LᵀP, upper triangle"], denominator: ["∂ℒ/∂m = −P(m − μ)", "∂ℒ/∂L = L⁻ᵀ − PL, lower triangle"] }
    : { numerator: ["∂ℒ/∂m = E[∇log p]ᵀ", "∂ℒ/∂L = L⁻¹ + Lᵀ E[∇²log p], upper triangle"], denominator: ["∂ℒ/∂m = E[∇log p]", "∂ℒ/∂L = L⁻ᵀ + E[∇²log p] L, lower triangle"] };
}

/**
 * How the ascent stands.
 *
 * @param {Stop[]} stops
 * @param {boolean} playing
 * @param {boolean} ended
 * @param {boolean} diagonal
 */
export function ascentWords(stops, playing, ended, diagonal) {
  const steps = stops.length - 1;
  if (steps < 1) return ended ? "Nothing to climb here: the gradient vanishes." : "";
  const risen = `ℒ has risen from ${fixed(stops[0].value, 3)} to ${fixed(stops[steps].value, 3)}`;
  const count = steps === 1 ? "1 step" : `${steps} steps`;
  const slope = Math.hypot(...stops[steps].gradient);
  const end = `${risen}; the gradient has length ${adaptive(slope)}.`;
  if (ended && slope > ARRIVED) return `Stopped after ${count}, for the ground is long and narrow: ${end}`;
  if (ended) return `Arrived after ${count}: ${end}${diagonal ? " No diagonal covariance does better nearby." : ""}`;
  return playing ? `Step ${steps}: ${risen}.` : `After ${count} ${risen}.`;
}
