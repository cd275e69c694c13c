/**
 * What can be set, and its form in the address.
 *
 * Published fields (version 1; links out there use them; never change what one means):
 *   e  id of the example · f  family: n or c · t  target: mean and standard deviation, or three weights
 *   d  data, numbers with commas, in place of a target · u, v  the point, in the first coordinates
 *   r  step size · o  the other coordinates: log, var or prob
 * A field that is missing is as in the example, or as at the start.
 *
 * @typedef {import("../../math/natural-gradient/families.js").Pair} Pair
 * @typedef {{
 *   example: string, family: string, other: string, target: number[], data: number[] | null, at: Pair, rate: number,
 *   windows: [Window | null, Window | null],
 * }} State  windows of the two pictures; null: that of the coordinates
 * @typedef {[number, number, number]} Window  centre and half side
 * @typedef {import("../../controls/preset-chooser.js").Preset & Options} Preset
 * @typedef {{
 *   id?: string, example?: string, family?: string, other?: string, target?: number[], data?: number[], at?: number[], rate?: number,
 *   window?: number[], otherWindow?: number[], presets?: Preset[],
 * }} Options
 */

import { parseNumber } from "../../math/format.js";
import { DEVIATIONS, FAMILIES, MEANS } from "../../math/natural-gradient/families.js";
import { clamp } from "../../math/view.js";

export const VERSION = 1;
export const RATES = /** @type {const} */ ([0.001, 2]);
export const MOST_DATA = 200;
export const WEIGHTS = /** @type {const} */ ([0.001, 1e6]);
const DIGITS = 6;
/** @type {Record<string, string>} */
const FAMILY_CODES = { n: "normal", c: "categorical" };
/** @type {Record<string, string>} */
const OTHER_CODES = { log: "logarithm", var: "variance", prob: "probabilities" };
/** @type {Record<string, {target: number[], at: Pair}>} */
const USUAL = { normal: { target: [1, 1], at: [0, 2] }, categorical: { target: [5, 3, 2], at: [-2, 2] } };

/**
 * @param {Options} options  of a page or an example
 * @param {Preset[]} [presets]  one of which the options may name
 * @returns {State}
 */
export function stateFromOptions(options, presets = []) {
  const own = Boolean(options.family || options.target || options.data);
  const preset = own ? undefined : presets.find(({ id }) => id === (options.example ?? presets[0]?.id));
  const asked = { ...preset, ...options };
  const family = asked.family && FAMILIES[asked.family] ? asked.family : "normal";
  const data = family === "normal" && asked.data ? dataOf(asked.data) : null;
  return {
    example: preset?.id ?? "",
    family,
    other: otherOf(asked.other, family) ?? FAMILIES[family].other,
    data,
    target: data ? momentsOf(data) : targetOf(asked.target ?? [], family) ?? USUAL[family].target,
    at: pointOf(asked.at ?? [], family) ?? USUAL[family].at,
    rate: rateOf(Number(asked.rate ?? 0.1)),
    windows: [triple(asked.window), triple(asked.otherWindow)],
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
  if (state.family !== base.family) fields.f = codeOf(FAMILY_CODES, state.family);
  if (state.data && state.data.join() !== base.data?.join()) fields.d = state.data.join();
  if (!state.data && (base.data || state.target.join() !== base.target.join())) fields.t = state.target.join();
  if (state.at.join() !== base.at.join()) Object.assign(fields, { u: String(state.at[0]), v: String(state.at[1]) });
  if (state.rate !== base.rate) fields.r = String(state.rate);
  if (state.other !== base.other) fields.o = codeOf(OTHER_CODES, state.other);
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
  const named = read.take(["e"], known, start);
  const family = read.take(["f"], (code) => FAMILY_CODES[code], named.family);
  const base = family === named.family ? named : changedFamily(named, family);
  const given = read.take(["t"], (text) => targetOf(numbersOf(text), family), null);
  const data = read.take(["d"], (text) => (family === "normal" ? dataOf(numbersOf(text)) : null), given ? null : base.data);
  return {
    ...base,
    data,
    target: data ? momentsOf(data) : given ?? base.target,
    at: read.take(["u", "v"], (u, v) => pointOf([u, v].map(parseNumber), family), base.at),
    rate: read.take(["r"], (text) => (parseNumber(text) >= RATES[0] && parseNumber(text) <= RATES[1] ? parseNumber(text) : null), base.rate),
    other: read.take(["o"], (code) => otherOf(OTHER_CODES[code], family), base.other),
    // A window was chosen for the data of its example.
    windows: given || data?.join() !== base.data?.join() ? [null, null] : base.windows,
  };
}

/** The other family at its usual place. @param {State} state @param {string} family @returns {State} */
export function changedFamily(state, family) {
  const { target, at } = USUAL[family];
  return { ...state, example: "", family, other: FAMILIES[family].other, target, at, data: null, windows: [null, null] };
}

/**
 * Mean and standard deviation, or three weights; null where they are none.
 *
 * @param {readonly unknown[]} values
 * @param {string} family
 * @returns {number[] | null}
 */
export function targetOf(values, family) {
  const numbers = values.map(Number);
  const within = (/** @type {number} */ value, /** @type {readonly [number, number]} */ [low, high]) => value >= low && value <= high;
  if (family === "categorical") return numbers.length === 3 && numbers.every((value) => within(value, WEIGHTS)) ? numbers : null;
  return numbers.length === 2 && within(numbers[0], MEANS) && within(numbers[1], DEVIATIONS) ? numbers : null;
}

/**
 * Data that determine a normal distribution, or null.
 *
 * @param {readonly number[]} values
 */
export function dataOf(values) {
  const numbers = values.map(Number);
  if (numbers.length > MOST_DATA) return null;
  return numbers.length && targetOf(momentsOf(numbers), "normal") ? numbers : null;
}

/**
 * Mean and standard deviation of data, divided by their number: the maximum of the likelihood.
 *
 * @param {readonly number[]} data
 */
export function momentsOf(data) {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return [mean, Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length)];
}

/** To two digits, within bounds. @param {number} rate */
export function rateOf(rate) {
  return clamp(Number((Number.isFinite(rate) ? rate : 0.1).toPrecision(2)), ...RATES);
}

/** To as many digits as the address holds. @param {Pair} point @returns {Pair} */
export function rounded([u, v]) {
  return [Number(u.toPrecision(DIGITS)), Number(v.toPrecision(DIGITS))];
}

/** @param {readonly unknown[]} values @param {string} family @returns {Pair | null} */
function pointOf(values, family) {
  const [u, v] = values.map(Number);
  if (values.length !== 2 || !Number.isFinite(u + v)) return null;
  const [x, y] = FAMILIES[family].within([u, v]);
  return x === u && y === v ? [u, v] : null;
}

/** @param {string | undefined} name @param {string} family */
function otherOf(name, family) {
  const { coordinates, base } = FAMILIES[family];
  return name !== undefined && name !== base && coordinates[name] ? name : null;
}

/** @param {string} text */
function numbersOf(text) {
  return text.split(",").map(parseNumber);
}

/** @param {Record<string, string>} codes @param {string} name */
function codeOf(codes, name) {
  return Object.keys(codes).find((code) => codes[code] === name) ?? "";
}

/** @param {unknown} value @returns {Window | null} */
function triple(value) {
  return Array.isArray(value) && value.length === 3 ? [Number(value[0]), Number(value[1]), Number(value[2])] : null;
}
