/**
 * Families of distributions with two parameters, each in several coordinates.
 *
 * Of a family stand here only its log-density, by which the server derives loss, gradient and Fisher
 * information, and the change of coordinates to those of its first entry.
 *
 * @typedef {[number, number]} Pair
 * @typedef {{log_density: string, vars: string, about?: string, moments?: string}} Question  as `/api/fisher-information` takes it
 * @typedef {{
 *   signs: [string, string], words: [string, string], title: string, question: Question,
 *   toBase: (point: Pair) => Pair, fromBase: (point: Pair) => Pair, least: number, frame?: [number, number, number],
 *   letter?: string, corners?: Pair[], nearest?: (point: Pair) => Pair,
 * }} Coordinates  a picture shows `frame`, centre and half side; or what is to be seen, no closer than the half side `least`;
 *   `letter` says what a formula calls the second parameter; `corners` are those of a family that is bounded, and `nearest`
 *   brings a point beside it into it
 * @typedef {{
 *   words: string, coordinates: Record<string, Coordinates>, base: string, other: string,
 *   within: (point: Pair) => Pair, data: (target: number[]) => number[], best: (target: number[]) => Pair,
 * }} Family  `within` brings a point of the base coordinates into the family; `data` describes a target as the
 *   tape takes it, and `best` is the member of the family that fits it best
 */

import { clamp } from "../view.js";

/** Of data: a picture has one scale for both parameters, so the unit must be a fair one. */
export const MEANS = /** @type {const} */ ([-50, 50]);
export const DEVIATIONS = /** @type {const} */ ([0.2, 5]);
/** Of a point. */
export const FARTHEST_MEAN = 1e4;
export const SPREADS = /** @type {const} */ ([0.01, 1000]);
export const LARGEST_LOGIT = 30;
/** No probability is smaller where a point is put by hand. */
const SMALLEST = 1e-4;

/** @param {Pair} point @returns {Pair} */
const same = (point) => point;

/** @type {Family} */
const normal = {
  words: "normal distribution",
  base: "deviation",
  other: "logarithm",
  coordinates: {
    deviation: {
      signs: ["μ", "σ"], words: ["mean", "standard deviation"], title: "Mean and standard deviation",
      question: { log_density: "-log(sigma) - (x - mu)^2/(2*sigma^2)", vars: "mu,sigma", about: "mu", moments: "[0, sigma^2, 0, 3*sigma^4]" },
      toBase: same, fromBase: same, least: 1.3,
    },
    logarithm: {
      signs: ["μ", "log σ"], words: ["mean", "logarithm of the standard deviation"], title: "Mean and log σ",
      question: { log_density: "-lambda - (x - mu)^2/(2*exp(2*lambda))", vars: "mu,lambda", about: "mu", moments: "[0, exp(2*lambda), 0, 3*exp(4*lambda)]" },
      toBase: ([mu, logarithm]) => [mu, Math.exp(logarithm)], fromBase: ([mu, sigma]) => [mu, Math.log(sigma)], least: 1.3, letter: "λ = log σ",
    },
    variance: {
      signs: ["μ", "σ²"], words: ["mean", "variance"], title: "Mean and variance",
      question: { log_density: "-log(v)/2 - (x - mu)^2/(2*v)", vars: "mu,v", about: "mu", moments: "[0, v, 0, 3*v^2]" },
      toBase: ([mu, v]) => [mu, Math.sqrt(v)], fromBase: ([mu, sigma]) => [mu, sigma ** 2], least: 1.3, letter: "v = σ²",
    },
  },
  within: ([mu, sigma]) => [clamp(mu, -FARTHEST_MEAN, FARTHEST_MEAN), clamp(sigma, ...SPREADS)],
  data: ([mean, deviation]) => [mean, 0, deviation ** 2],
  best: ([mean, deviation]) => [mean, deviation],
};

const TOTAL = "log(exp(theta1) + exp(theta2) + 1)";

/** @type {Family} */
const categorical = {
  words: "distribution on three outcomes",
  base: "logits",
  other: "probabilities",
  coordinates: {
    logits: {
      signs: ["θ₁", "θ₂"], words: ["first logit", "second logit"], title: "Softmax coordinates, θ₃ = 0",
      question: { log_density: `[theta1 - ${TOTAL}, theta2 - ${TOTAL}, -${TOTAL}]`, vars: "theta1,theta2" },
      toBase: same, fromBase: same, least: 2.5,
    },
    probabilities: {
      signs: ["p₁", "p₂"], words: ["first probability", "second probability"], title: "Probabilities, p₃ = 1 − p₁ − p₂",
      question: { log_density: "[log(p1), log(p2), log(1 - p1 - p2)]", vars: "p1,p2" },
      toBase: ([p, q]) => [Math.log(p / (1 - p - q)), Math.log(q / (1 - p - q))],
      fromBase: (point) => /** @type {Pair} */ (softmax(point).slice(0, 2)), least: 0.56, frame: [0.5, 0.5, 0.56],
      corners: [[0, 0], [1, 0], [0, 1]], nearest: ([p, q]) => insideSimplex(p, q),
    },
  },
  within: ([a, b]) => [clamp(a, -LARGEST_LOGIT, LARGEST_LOGIT), clamp(b, -LARGEST_LOGIT, LARGEST_LOGIT)],
  data: (target) => shares(target),
  best: (target) => {
    const [p, q, r] = shares(target);
    return [Math.log(p / r), Math.log(q / r)];
  },
};

/** @type {Record<string, Family>} */
export const FAMILIES = { normal, categorical };

/**
 * The probabilities of three outcomes by two logits, the third being 0.
 *
 * @param {Pair} logits
 */
export function softmax([a, b]) {
  const largest = Math.max(a, b, 0);
  return shares([Math.exp(a - largest), Math.exp(b - largest), Math.exp(-largest)]);
}

/** Divided by their sum. @param {readonly number[]} counts */
export function shares(counts) {
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => count / sum);
}

/** The first two of three positive probabilities. @param {number} p @param {number} q @returns {Pair} */
function insideSimplex(p, q) {
  const [first, second] = shares([p, q, 1 - p - q].map((each) => Math.max(each, SMALLEST)));
  return [first, second];
}

/**
 * A point of any coordinates that was put by hand, in base coordinates and inside the family.
 *
 * @param {Family} family
 * @param {string} name  of the coordinates
 * @param {Pair} point
 * @returns {Pair}
 */
export function broughtWithin(family, name, [u, v]) {
  const { toBase, nearest } = family.coordinates[name];
  return family.within(toBase(nearest ? nearest([u, v]) : [u, name === "variance" ? Math.max(v, 0) : v]));
}

/** Room beside what is to be seen: of its extent, and of the least half side. */
const ROOM = 0.68, MARGIN = 0.3;

/**
 * What a picture shows at first: the point and the best fit, with room around them.
 *
 * @param {Family} family
 * @param {string} name  of the coordinates
 * @param {number[]} target
 * @param {Pair} at  in base coordinates
 * @returns {[number, number, number]}  centre and half side
 */
export function frameOf(family, name, target, at) {
  const { fromBase, least, frame } = family.coordinates[name];
  if (frame) return frame;
  const [u, v] = fromBase(family.best(target)), [x, y] = fromBase(at);
  const extent = Math.max(Math.abs(u - x), Math.abs(v - y));
  return [(u + x) / 2, (v + y) / 2, Math.max(least, ROOM * extent + MARGIN * least)];
}
