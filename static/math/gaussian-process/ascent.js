/**
 * Gradient ascent on the log marginal likelihood, in the logarithms of length scale and noise: no
 * step is longer than a factor of e^½ in the hyperparameters.
 */

import { nextStop } from "../ascent.js";
import { conditionOn } from "./process.js";

const LONGEST = 0.5;
const FIRST = 0.2;
/** A slope below which the ascent has arrived. */
export const LEVEL = 1e-3;
export const STEP = 1e-5;

/**
 * @typedef {[number, number]} Pair
 * @typedef {import("./process.js").Hyperparameters} Hyperparameters
 * @typedef {import("./process.js").Slopes} Slopes
 * @typedef {readonly [number, number][]} Points
 * @typedef {import("../ascent.js").Stop<Pair>} Stop  place: log l and log σ
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
 * @param {Climb} climbed
 * @param {{low: Pair, high: Pair}} box  of log l and log σ
 * @returns {Stop | null}
 */
export function climb(hyper, points, climbed, box) {
  return nextStop((place) => stopAt(hyper, points, place), climbed, { longest: LONGEST, first: FIRST, level: LEVEL, ...box });
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
