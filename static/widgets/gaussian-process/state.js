/**
 * What can be set, and its form in the address.
 *
 * Published fields (version 1; links out there use them; never change what one means):
 *   e  id of the example · p  observations x,y,x,y,… · i  number of the chosen one, from 1
 *   k  kernel: se, m32, per or lin · l  length scale · n  noise · s  scale · q  period · j  jitter
 * A field that is missing is as in the example, or as at the start.
 *
 * @typedef {[number, number]} Point
 * @typedef {{
 *   example: string, points: Point[], chosen: number, kernel: string, length: number, noise: number, scale: number,
 *   period: number, jitter: number, window: [number, number, number] | null, map: [number, number, number] | null,
 * }} State
 * @typedef {import("../../controls/preset-chooser.js").Preset & Options} Preset
 * @typedef {{
 *   id?: string, example?: string, points?: number[][], chosen?: number, kernel?: string, length?: number, noise?: number,
 *   scale?: number, period?: number, jitter?: number, window?: number[], map?: number[], presets?: Preset[],
 * }} Options
 */

import { parseNumber } from "../../math/format.js";
import { KERNELS } from "../../math/gaussian-process/kernels.js";

export const VERSION = 1;
export const MOST_POINTS = 200;
export const FARTHEST = 1e6;
/** Bounds of length scale, scale and period; of the noise; and the jitters that can be chosen. */
export const LENGTHS = /** @type {const} */ ([1e-4, 1e4]);
export const NOISES = /** @type {const} */ ([1e-9, 1e3]);
export const JITTERS = [0, 1e-10, 1e-8, 1e-6, 1e-4];
const DIGITS = 6;
/** @type {Record<string, string>} */
const CODES = { se: "squared exponential", m32: "Matérn 3/2", per: "periodic", lin: "linear" };
/** The points of the lesson. */
const SEVEN = [[-4, 0.8], [-3, -0.2], [-2, -0.9], [-0.5, -0.5], [0.5, 0.6], [2, 0.9], [3.5, -0.3]];

/**
 * @param {Options} options  of a page or an example
 * @param {Preset[]} [presets]  one of which the options may name
 * @returns {State}
 */
export function stateFromOptions(options, presets = []) {
  const preset = presets.find(({ id }) => id === (options.example ?? presets[0]?.id));
  const asked = options.points ? options : { ...preset, ...options };
  const points = pointsOf((asked.points ?? SEVEN).flat()) ?? /** @type {Point[]} */ (SEVEN);
  return {
    example: options.points ? "" : preset?.id ?? "",
    points,
    chosen: Math.min(points.length - 1, whole(Number(asked.chosen ?? 1)) ?? 0),
    kernel: asked.kernel && KERNELS[asked.kernel] ? asked.kernel : "squared exponential",
    length: within(asked.length, LENGTHS) ?? 1,
    noise: within(asked.noise, NOISES) ?? 0.2,
    scale: within(asked.scale, LENGTHS) ?? 1,
    period: within(asked.period, LENGTHS) ?? 1,
    jitter: JITTERS.find((jitter) => jitter === asked.jitter) ?? 0,
    window: triple(asked.window),
    map: triple(asked.map),
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
  const note = (/** @type {string} */ name, /** @type {keyof State} */ key, /** @type {() => string} */ text) => {
    if (!same(state[key], base[key])) fields[name] = text();
  };
  note("p", "points", () => state.points.flat().join());
  note("i", "chosen", () => String(state.chosen + 1));
  note("k", "kernel", () => Object.keys(CODES).find((code) => CODES[code] === state.kernel) ?? "");
  note("l", "length", () => String(state.length));
  note("n", "noise", () => String(state.noise));
  note("s", "scale", () => String(state.scale));
  note("q", "period", () => String(state.period));
  note("j", "jitter", () => String(state.jitter));
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
  const points = read.take(["p"], (text) => pointsOf(text.split(",").map(parseNumber)), base.points);
  const length = (/** @type {string} */ text) => within(parseNumber(text), LENGTHS);
  const number = read.take(["i"], (text) => numberOf(text, points.length), Math.min(base.chosen + 1, points.length));
  return {
    ...base,
    points,
    chosen: number - 1,
    kernel: read.take(["k"], (code) => CODES[code], base.kernel),
    length: read.take(["l"], length, base.length),
    noise: read.take(["n"], (text) => within(parseNumber(text), NOISES), base.noise),
    scale: read.take(["s"], length, base.scale),
    period: read.take(["q"], length, base.period),
    jitter: read.take(["j"], (text) => JITTERS.find((jitter) => jitter === parseNumber(text)), base.jitter),
  };
}

/** To as many digits as the address holds. @param {number} value */
export function rounded(value) {
  return Number(value.toPrecision(DIGITS));
}

/**
 * Whether two values say the same: numbers, names, or lists of them.
 *
 * @param {unknown} one
 * @param {unknown} other
 */
function same(one, other) {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one === other || (one.length === other.length && one.flat().join() === other.flat().join());
}

/**
 * Points from x, y, x, y, …; null where it is none, too many, or not all numbers.
 *
 * @param {readonly number[]} numbers
 * @returns {Point[] | null}
 */
export function pointsOf(numbers) {
  const count = numbers.length / 2;
  if (!Number.isInteger(count) || count < 1 || count > MOST_POINTS) return null;
  if (!numbers.every((value) => Math.abs(value) <= FARTHEST)) return null;
  return Array.from({ length: count }, (_, k) => [Number(numbers[2 * k]), Number(numbers[2 * k + 1])]);
}

/**
 * @param {unknown} value
 * @param {readonly [number, number]} bounds
 */
function within(value, [low, high]) {
  return typeof value === "number" && value >= low && value <= high ? value : null;
}

/** The number of a point, from 1. @param {string} text @param {number} count */
function numberOf(text, count) {
  const number = parseNumber(text);
  return Number.isInteger(number) && number >= 1 && number <= count ? number : null;
}

/** From 1, as people count, to 0. @param {number} number */
function whole(number) {
  return Number.isInteger(number) && number >= 1 ? number - 1 : null;
}

/** @param {unknown} value @returns {[number, number, number] | null} */
function triple(value) {
  return Array.isArray(value) && value.length === 3 ? [Number(value[0]), Number(value[1]), Number(value[2])] : null;
}
