/** What the gradient's widget says. Pure text, tested without a page. */

import { longestStep } from "../../landscape/descent.js";
import { vectorText } from "../../landscape/words.js";
import { adaptive, fixed } from "../../math/format.js";

/**
 * @typedef {import("../../landscape/model.js").Local} Local
 * @typedef {import("../../landscape/descent.js").Descent} Descent
 */

/**
 * Why there is no gradient at a point, or null.
 *
 * @param {Local} local
 * @param {boolean} differentiable
 */
export function silence({ value, gradient }, differentiable) {
  if (![value, ...gradient].every(Number.isFinite)) return "The function or its gradient is undefined here.";
  return differentiable ? null : "The function has a kink or a jump here: there is no gradient at this point.";
}

/**
 * The directional derivative along a unit vector.
 *
 * @param {[number, number]} gradient
 * @param {number} degrees
 */
export function slopeAlong([p, q], degrees) {
  const [u, v] = unit(degrees);
  return p * u + q * v;
}

/**
 * The unit vector of a direction; exact along the axes.
 *
 * @param {number} degrees
 * @returns {[number, number]}
 */
export function unit(degrees) {
  const angle = (degrees * Math.PI) / 180;
  const [u, v] = [Math.cos(angle), Math.sin(angle)].map((part) => (Math.abs(part) < 1e-15 ? 0 : part));
  return [u, v];
}

/**
 * @param {Local} local
 * @param {number} degrees
 */
export function slopeWords({ gradient }, degrees) {
  const length = Math.hypot(...gradient);
  if (length === 0) return "The gradient is zero: no direction goes up or down, to first order.";
  const slope = slopeAlong(gradient, degrees);
  const turn = Math.acos(Math.max(-1, Math.min(1, slope / length))) * (180 / Math.PI);
  return (
    `The direction makes an angle of ${fixed(turn, 0)}° with the gradient: ` +
    `slope = ‖∇f‖ cos θ = ${adaptive(length)} · ${fixed(slope / length)} = ${adaptive(slope)}. ${tendency(turn)}`
  );
}

/** @param {number} turn  degrees between direction and gradient */
function tendency(turn) {
  if (turn < 0.75) return "Steepest ascent.";
  if (turn > 179.25) return "Steepest descent.";
  if (Math.abs(turn - 90) < 0.75) return "Along the contour line: level.";
  return turn < 90 ? "Uphill." : "Downhill.";
}

/**
 * @param {Local} local
 * @param {number} degrees
 * @param {boolean} differentiable
 */
export function sentence(local, degrees, differentiable) {
  const silent = silence(local, differentiable);
  if (silent) return silent;
  const { gradient } = local;
  return (
    `the gradient is ${vectorText(gradient)}, of length ${adaptive(Math.hypot(...gradient))}. ` +
    `In the direction of ${degrees} degrees the slope is ${adaptive(slopeAlong(gradient, degrees))}.`
  );
}

/**
 * How gradient descent ends, honestly.
 *
 * @param {Descent} descent
 */
export function outcomeWords({ points, values, outcome }) {
  const steps = points.length - 1;
  const count = steps === 1 ? "1 step" : `${steps} steps`;
  const first = adaptive(values[0]);
  const last = adaptive(values[steps]);
  switch (outcome) {
    case "standing":
      return "The gradient is zero: gradient descent stays where it is.";
    case "undefined":
      return steps ? `After ${count} it comes to where the function has no gradient.` : "It cannot start here: there is no gradient.";
    case "diverged":
      return values[steps] > values[0]
        ? `It diverges: after ${count} f has risen from ${first} to ${last}, and the next step leaves for good. The step is too long.`
        : `It runs away: after ${count} f has fallen from ${first} to ${last}, and the next step leaves for good.`;
    case "arrived":
      return `It comes to rest after ${count} at ${vectorText(points[steps])}: f has gone from ${first} to ${last}.`;
    default:
      return values[steps] > values[0]
        ? `After ${count} it has not come to rest, and f is higher than at the start: ${last} instead of ${first}.`
        : `After ${count} it is still under way, at ${vectorText(points[steps])}: f has gone from ${first} to ${last}.`;
  }
}

/**
 * @param {Local} local
 * @param {number} rate
 * @param {number} momentum
 */
export function boundWords({ eigenvalues }, rate, momentum) {
  const bound = longestStep(eigenvalues[1], momentum);
  if (!Number.isFinite(bound)) return "Nothing curves upwards at the point, so its Hessian sets no bound on the step.";
  const relation = rate < bound ? "below" : "not below";
  const formula = momentum ? "2(1 + β)/λ₂" : "2/λ₂";
  return `With the curvature at the point the steps shrink while η is below ${formula} = ${adaptive(bound)}; here it is ${relation} it.`;
}
