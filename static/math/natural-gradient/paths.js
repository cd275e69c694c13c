/**
 * Descent with a fixed step size, along the gradient or along the natural gradient.
 *
 *     θ ← θ − η ∇L(θ)        θ ← θ − η F(θ)⁻¹ ∇L(θ)
 *
 * A path ends where √(∇L' F⁻¹ ∇L) is small: the length of the natural gradient in the metric of the
 * distributions, which is the same in all coordinates.
 *
 * @typedef {import("./families.js").Pair} Pair
 * @typedef {"arrived" | "under way" | "left" | "standing"} Outcome  left: a step led out of the family
 * @typedef {{points: Pair[], values: number[], outcome: Outcome, exit: Pair | null}} Path  exit: the point that is none
 */

import { solve } from "./field.js";

export const MOST_STEPS = 300;
const NEAR = 1e-4;

/**
 * @param {import("./field.js").Field} field
 * @param {Pair} start
 * @param {{rate: number, natural: boolean}} how
 * @returns {Path}
 */
export function descend(field, start, { rate, natural }) {
  let local = field.at(start);
  /** @type {Path} */
  const path = { points: [start], values: [local.value], outcome: "under way", exit: null };
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = solve(local.information, local.gradient);
    const slope = Math.sqrt(local.gradient[0] * direction[0] + local.gradient[1] * direction[1]);
    if (slope < NEAR) return { ...path, outcome: step ? "arrived" : "standing" };
    const along = natural ? direction : local.gradient;
    const [u, v] = path.points[step];
    /** @type {Pair} */
    const next = [u - rate * along[0], v - rate * along[1]];
    local = field.at(next);
    if (!isMember(local)) return { ...path, outcome: "left", exit: next.every(Number.isFinite) ? next : null };
    path.points.push(next);
    path.values.push(local.value);
  }
  return path;
}

/** @param {import("./field.js").Local} local */
function isMember({ value, gradient, information }) {
  return [value, ...gradient, ...information].every(Number.isFinite);
}

/**
 * How far two paths are from each other: the largest Kullback-Leibler divergence between the
 * distributions that both have after the same number of steps, in nats.
 *
 * D(p‖q) is the loss of q under data from p, less that of p itself: so the tape gives it.
 *
 * @param {import("./field.js").Field} field  of base coordinates
 * @param {(point: Pair) => readonly number[]} dataOf  a distribution as data, by base coordinates
 * @param {Pair[]} one  in base coordinates
 * @param {Pair[]} other
 */
export function largestDivergence(field, dataOf, one, other) {
  let largest = 0;
  for (let step = 1; step < Math.max(one.length, other.length); step++) {
    const p = one[Math.min(step, one.length - 1)], q = other[Math.min(step, other.length - 1)];
    const data = dataOf(p);
    largest = Math.max(largest, field.lossUnder(q, data) - field.lossUnder(p, data));
  }
  return largest;
}

/** Pieces into which each of the first steps is cut, and how many steps are cut. */
const PIECES = 8;
const CUT = 60;

/**
 * The path as it is seen in other coordinates: its straight steps are curves there.
 *
 * @param {Pair[]} points
 * @param {(point: Pair) => Pair} map
 * @returns {Pair[]}
 */
export function mapped(points, map) {
  return points.flatMap((to, step) => {
    const from = points[step - 1];
    if (!from || step > CUT) return [map(to)];
    return Array.from({ length: PIECES }, (_, k) => {
      const part = (k + 1) / PIECES;
      return map([from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]);
    });
  });
}
