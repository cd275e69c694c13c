/**
 * What can be set, and its form in the address.
 *
 * Published fields (version 1; links out there use them; never change what one means):
 *   e  id of the example · t  target: mean, mean, deviation, deviation, correlation · b  its curvature
 *   m  mean of q · l  Cholesky factor of q: L₁₁, L₂₁, L₂₂ · c  covariance of q: full or diagonal
 * A field that is missing is as in the example, or as at the start.
 *
 * @typedef {import("../../math/variational/target.js").Target} Target
 * @typedef {import("../../math/variational/bound.js").Place} Place
 * @typedef {{
 *   example: string, target: Target, place: Place, diagonal: boolean, window: [number, number, number],
 * }} State
 * @typedef {import("../../controls/preset-chooser.js").Preset & Options} Preset
 * @typedef {{
 *   id?: string, example?: string, mean?: number[], deviations?: number[], correlation?: number, curvature?: number,
 *   centre?: number[], factor?: number[], covariance?: string, window?: number[], presets?: Preset[],
 * }} Options
 */

import { parseNumber } from "../../math/format.js";
import { FARTHEST, WIDTHS } from "../../math/variational/bound.js";
import { momentsOf } from "../../math/variational/target.js";

export const VERSION = 1;
/** Bounds of the target. */
export const MEANS = /** @type {const} */ ([-10, 10]);
export const DEVIATIONS = /** @type {const} */ ([0.1, 10]);
export const CORRELATIONS = /** @type {const} */ ([-0.99, 0.99]);
export const CURVATURES = /** @type {const} */ ([-3, 3]);
export const COVARIANCES = /** @type {const} */ (["full", "diagonal"]);
const DIGITS = 6;
const WINDOW = /** @type {const} */ ([0, 0, 3]);
/** Of a window about a target: deviations to each side, and what is left beside it. */
const ROOM = 2, MARGIN = 1.1;

/**
 * @param {Options} options  of a page or an example
 * @param {Preset[]} [presets]  one of which the options may name
 * @returns {State}
 */
export function stateFromOptions(options, presets = []) {
  const preset = presets.find(({ id }) => id === (options.example ?? presets[0]?.id));
  const asked = { ...preset, ...options };
  const diagonal = asked.covariance === "diagonal";
  const target = targetOf([...(asked.mean ?? [0, 0]), ...(asked.deviations ?? [1, 1]), asked.correlation ?? 0.8], asked.curvature ?? 0);
  const [m1, m2] = pairOf(asked.centre ?? []) ?? [-1, 1];
  const [k, l, n] = factorOf(asked.factor ?? []) ?? [0.9, 0, 0.6];
  return {
    example: preset?.id ?? "",
    target: target ?? { mean: [0, 0], deviations: [1, 1], correlation: 0.8, curvature: 0 },
    place: [m1, m2, k, diagonal ? 0 : l, n],
    diagonal,
    window: asked.window?.length === 3 ? [asked.window[0], asked.window[1], asked.window[2]] : [...WINDOW],
  };
}

/**
 * What differs from the state that the page starts with, or from the example that was chosen.
 *
 * @param {State} state
 * @param {State} start
 * @param {Preset[]} presets
 */
export function toFields(state, start, presets) {
  const chosen = state.example === start.example ? undefined : presets.find(({ id }) => id === state.example);
  const base = chosen ? stateFromOptions({ example: chosen.id }, presets) : start;
  /** @type {Record<string, string>} */
  const fields = chosen ? { e: state.example } : {};
  const note = (/** @type {string} */ name, /** @type {(state: State) => string} */ text) => {
    if (text(state) !== text(base)) fields[name] = text(state);
  };
  note("t", ({ target: { mean, deviations, correlation } }) => [...mean, ...deviations, correlation].join());
  note("b", ({ target }) => String(target.curvature));
  note("m", ({ place }) => place.slice(0, 2).join());
  note("l", ({ place }) => place.slice(2).join());
  note("c", ({ diagonal }) => COVARIANCES[Number(diagonal)]);
  return fields;
}

/**
 * @param {import("../../services/address.js").FieldReader} read
 * @param {State} start
 * @param {Preset[]} presets
 * @returns {State}
 */
export function readState(read, start, presets) {
  const known = (/** @type {string} */ id) => (presets.some((preset) => preset.id === id) ? stateFromOptions({ example: id }, presets) : null);
  const base = read.take(["e"], known, start);
  const curvature = read.take(["b"], (text) => within(parseNumber(text), CURVATURES), base.target.curvature);
  const target = read.take(["t"], (text) => targetOf(numbersOf(text), curvature), { ...base.target, curvature });
  const diagonal = read.take(["c"], (text) => (isCovariance(text) ? text === "diagonal" : null), base.diagonal);
  const [m1, m2] = read.take(["m"], (text) => pairOf(numbersOf(text)), pairOf(base.place.slice(0, 2)) ?? [0, 0]);
  const [k, l, n] = read.take(["l"], (text) => factorOf(numbersOf(text)), factorOf(base.place.slice(2)) ?? [1, 0, 1]);
  /** @type {Place} */
  const place = [m1, m2, k, diagonal ? 0 : l, n];
  return { ...base, target, diagonal, place, window: holds(base.window, target) ? base.window : windowOf(target, place) };
}

/**
 * Whether a window shows the middle of a target, one deviation to each side.
 *
 * @param {[number, number, number]} window
 * @param {Target} target
 */
function holds([x, y, half], target) {
  const [right, up] = momentsOf(target).variances.map(Math.sqrt);
  return Math.abs(target.mean[0] - x) + right <= half && Math.abs(target.mean[1] - y) + up <= half;
}

/**
 * A window that shows the target, two deviations to each side, and the mean of q.
 *
 * @param {Target} target
 * @param {Place} place
 * @returns {[number, number, number]}
 */
export function windowOf(target, place) {
  const spread = momentsOf(target).variances.map((variance) => ROOM * Math.sqrt(variance));
  const sides = target.mean.map((mean, which) => [Math.min(mean - spread[which], place[which]), Math.max(mean + spread[which], place[which])]);
  const [x, y] = sides.map(([low, high]) => (low + high) / 2);
  return /** @type {[number, number, number]} */ ([x, y, Math.max(WINDOW[2], MARGIN * Math.max(...sides.map(([low, high]) => (high - low) / 2)))].map(rounded));
}

/** To as many digits as the address holds. @param {number} value */
export function rounded(value) {
  return Number(value.toPrecision(DIGITS));
}

/** @param {Place} place @returns {Place} */
export function roundedPlace(place) {
  return /** @type {Place} */ (place.map(rounded));
}

/** Whether two targets are the same. @param {Target} one @param {Target} other */
export function sameTarget(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @param {string} text */
function numbersOf(text) {
  return text.split(",").map(parseNumber);
}

/** @param {string} text @returns {text is "full" | "diagonal"} */
function isCovariance(text) {
  return COVARIANCES.some((name) => name === text);
}

/** @param {number[]} numbers  means, deviations, correlation @param {number} curvature @returns {Target | null} */
function targetOf([m1, m2, s1, s2, correlation, ...more], curvature) {
  const good = [m1, m2].every((value) => within(value, MEANS) !== null) && [s1, s2].every((value) => within(value, DEVIATIONS) !== null);
  if (!good || within(correlation, CORRELATIONS) === null || within(curvature, CURVATURES) === null || more.length) return null;
  return { mean: [m1, m2], deviations: [s1, s2], correlation, curvature };
}

/** @param {readonly number[]} numbers @returns {[number, number] | null} */
function pairOf(numbers) {
  const [m1, m2] = numbers;
  return numbers.length === 2 && numbers.every((value) => Math.abs(value) <= FARTHEST) ? [m1, m2] : null;
}

/** @param {readonly number[]} numbers @returns {[number, number, number] | null} */
function factorOf([k, l, n, ...more]) {
  const good = within(k, WIDTHS) !== null && within(n, WIDTHS) !== null && Math.abs(l) <= WIDTHS[1] && more.length === 0;
  return good ? [k, l, n] : null;
}

/**
 * @param {number} value
 * @param {readonly [number, number]} bounds
 */
function within(value, [low, high]) {
  return value >= low && value <= high ? value : null;
}
