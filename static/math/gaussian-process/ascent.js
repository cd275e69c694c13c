/**
 * Gradient ascent on the log marginal likelihood, in the logarithms of length scale and noise.
 *
 * The step length is that of Barzilai and Borwein (IMA J. Numer. Anal. 8, 1988), halved until the
 * value rises enough (Armijo); no step is longer than a factor of e^½ in the hyperparameters.
 */

import { conditionOn } from "./process.js";

const LONGEST = 0.5;
const FIRST = 0.2;
const ENOUGH = 1e-4;
const HALVINGS = 40;
/** A slope below which the ascent has arrived. */
export const LEVEL = 1e-3;
export const STEP = 1e-5;

/**
 * @typedef {[number, number]} Pair
 * @typedef {import("./process.js").Hyperparameters} Hyperparameters
 * @typedef {import("./process.js").Slopes} Slopes
 * @typedef {readonly [number, number][]} Points
 * @typedef {{place: Pair, value: number, gradient: Pair}} Stop  place: log l and log σ
 * @typedef {{from: Stop, before: Stop | null}} Climb
 */

/**
 * @param {Hyperparameters} hyper
 * @param {Points} points
 * @param {Pair} [place]  log l and log σ, in place of those of `hyper`
 * @returns {Stop}
 */
export function stopAt(hyper, points, place = [Math.log(hyper.length), Math.log(hyper.noise)]) {
  const process = conditionOn({ ...hyper, length: Math.exp(place[0]), noise: Math.exp(place[1]) }, points);
  const { length, noise } = process.slopes();
  return { place, value: process.evidence().value, gradient: [length, noise] };
}

/**
 * The next stop uphill, or null where there is none: level ground, the edge of `box`, or rounding.
 *
 * @param {Hyperparameters} hyper
 * @param {Points} points
 * @param {Climb} climb
 * @param {{low: Pair, high: Pair}} box  of log l and log σ
 * @returns {Stop | null}
 */
export function climb(hyper, points, { from, before }, box) {
  const slope = Math.hypot(...from.gradient);
  if (!(slope > LEVEL)) return null;
  const longest = Math.min(stepLength(from, before, slope), LONGEST / slope);
  for (let t = longest, k = 0; k < HALVINGS; k++, t /= 2) {
    const place = /** @type {Pair} */ (from.place.map((at, which) => clamp(at + t * from.gradient[which], box.low[which], box.high[which])));
    const gain = from.gradient.reduce((sum, g, which) => sum + g * (place[which] - from.place[which]), 0);
    if (!(gain > 1e-12)) return null;
    const next = stopAt(hyper, points, place);
    if (next.value >= from.value + ENOUGH * gain) return next;
  }
  return null;
}

/**
 * @param {Stop} from
 * @param {Stop | null} before
 * @param {number} slope
 */
function stepLength(from, before, slope) {
  if (!before) return FIRST / slope;
  const moved = from.place.map((at, which) => at - before.place[which]);
  const turned = from.gradient.map((g, which) => g - before.gradient[which]);
  const curved = -(moved[0] * turned[0] + moved[1] * turned[1]);
  const square = moved[0] ** 2 + moved[1] ** 2;
  // Where the surface is not curved downwards along the last step, as far as allowed.
  return curved > 0 ? square / curved : LONGEST / slope;
}

/**
 * ∂ℒ/∂log θ by central differences; NaN where a neighbour is not positive definite.
 *
 * @param {Hyperparameters} hyper
 * @param {Points} points
 * @param {(keyof Slopes)[]} names
 * @returns {Record<string, number>}
 */
export function differences(hyper, points, names) {
  return Object.fromEntries(names.map((name) => {
    const [up, down] = [1, -1].map((sign) =>
      conditionOn({ ...hyper, [name]: hyper[name] * Math.exp(sign * STEP) }, points).evidence().value);
    return [name, (up - down) / (2 * STEP)];
  }));
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
