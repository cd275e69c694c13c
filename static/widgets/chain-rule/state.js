/**
 * The state of the widget, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   n  sizes from the input to the output: 300,500,400,300 · p  the factors from left to right in
 *       numerator layout: fgh · s  places multiplied at so far, counted from 1 · r  the size that fills
 *       the frame: 10, 100 or 1000 · m  mode, c (costs) or n (numbers) · f  functions, the outermost
 *       first, with semicolons between them · a  the point x: 1,2
 *
 * @typedef {"costs" | "numbers"} Mode
 * @typedef {{
 *   mode: Mode, sizes: number[], arrangement: number[], places: number[], reach: number,
 *   functions: string[], at: number[],
 * }} State
 * @typedef {{
 *   mode?: unknown, sizes?: unknown, product?: unknown, reach?: unknown, functions?: unknown, at?: unknown,
 * }} Options
 */

import { parseNumber } from "../../math/format.js";
import { rightArrangement } from "../../math/product.js";
import { FieldReader } from "../../services/address.js";
import { factorNamed, functionName } from "./names.js";
import { LARGEST, REACHES, reachFor, SMALLEST } from "./scale.js";

export const VERSION = 1;
export const FEWEST = 2;
export const MOST = 6;
/** The most functions and inputs of the composition in numbers. */
export const MOST_FUNCTIONS = 3;
export const MOST_INPUTS = 4;
/** @type {readonly Mode[]} */
const MODES = ["costs", "numbers"];

/** @type {Readonly<State>} */
const ORIGINAL = Object.freeze({
  mode: "costs",
  sizes: [300, 500, 400, 300],
  arrangement: [3, 2, 1],
  places: [],
  reach: LARGEST,
  functions: ["v1^2 + 3 v2", "[u1 u2, u3 - u1]", "[x1 x2, x1 + x2, x1^2]"],
  at: [1, 2],
});

/**
 * The state that the options of a page or a preset ask for.
 *
 * @param {Options} options
 * @returns {State}
 */
export function stateFromOptions(options) {
  const sizes = readSizes(options.sizes) ?? ORIGINAL.sizes;
  return {
    mode: options.mode === "numbers" ? "numbers" : "costs",
    functions: readFunctions(options.functions) ?? ORIGINAL.functions,
    at: readPoint(options.at) ?? ORIGINAL.at,
    sizes,
    arrangement: readProduct(options.product, sizes) ?? rightArrangement(sizes.length - 1),
    places: [],
    reach: readReach(options.reach, sizes),
  };
}

/**
 * What differs from the state that the page starts with; null when nothing does.
 *
 * @param {State} state
 * @param {State} start
 * @returns {Record<string, string> | null}
 */
export function toFields(state, start) {
  const [fields, usual] = [allFields(state), allFields(start)];
  const different = Object.entries(fields).filter(([name, text]) => text !== usual[name]);
  return different.length ? Object.fromEntries(different) : null;
}

/**
 * @param {State} state
 * @returns {Record<string, string>}
 */
function allFields({ mode, sizes, arrangement, places, reach, functions, at }) {
  const factors = sizes.length - 1;
  return {
    n: sizes.join(),
    p: arrangement.map((factor) => functionName(factor, factors)).join(""),
    s: places.join(),
    r: String(reach),
    m: mode[0],
    f: functions.join(";"),
    a: at.join(),
  };
}

/**
 * Readers of all published versions; what a field does not say, or says wrongly, is as at the start.
 *
 * @param {State} start
 * @returns {Record<number, (fields: Record<string, string>, read?: FieldReader) => State>}
 */
export function readers(start) {
  return { 1: (fields, read = new FieldReader(fields)) => fromVersion1(read, start) };
}

/**
 * @param {FieldReader} read
 * @param {State} start
 * @returns {State}
 */
function fromVersion1(read, start) {
  const sizes = read.take(["n"], (text) => readSizes(listOf(text)), start.sizes);
  const same = sizes.length === start.sizes.length;
  const reach = Math.max(start.reach, reachFor(sizes));
  return {
    mode: read.take(["m"], (letter) => MODES.find((mode) => mode[0] === letter), start.mode),
    functions: read.take(["f"], (text) => readFunctions(text.split(";")), start.functions),
    at: read.take(["a"], (text) => readPoint(listOf(text)), start.at),
    sizes,
    arrangement: read.take(["p"], (text) => readProduct(text, sizes), same ? start.arrangement : rightArrangement(sizes.length - 1)),
    places: read.take(["s"], (text) => readPlaces(listOf(text), sizes), []),
    reach: read.take(["r"], (text) => (REACHES.includes(parseNumber(text)) ? readReach(parseNumber(text), sizes) : null), reach),
  };
}

/**
 * Whether two states show the same example: how far it was multiplied, and where the point is, does
 * not matter.
 *
 * @param {State} first
 * @param {State} second
 */
export function sameExample(first, second) {
  if (first.mode !== second.mode) return false;
  const same = (/** @type {readonly unknown[]} */ one, /** @type {readonly unknown[]} */ other) =>
    one.length === other.length && one.every((item, index) => item === other[index]);
  if (first.mode === "numbers") return same(first.functions, second.functions);
  return same(first.sizes, second.sizes) && same(first.arrangement, second.arrangement);
}

/**
 * One more link next to the input: f(g(h(x))) becomes f(g(h(k(x)))).
 *
 * @param {State} state
 * @returns {State}
 */
export function withLink(state) {
  const [inputs, next, ...others] = state.sizes;
  const between = Math.round(Math.sqrt(inputs * next));
  return startedOver({ ...state, sizes: [inputs, between, next, ...others] });
}

/**
 * @param {State} state
 * @returns {State}
 */
export function withoutLink(state) {
  const [inputs, , ...others] = state.sizes;
  return startedOver({ ...state, sizes: [inputs, ...others] });
}

/** The right factors in the right order, nothing multiplied. @param {State} state @returns {State} */
export function startedOver(state) {
  return { ...state, arrangement: rightArrangement(state.sizes.length - 1), places: [] };
}

/**
 * The point with a coordinate for each input that the innermost function names: x3 makes a third.
 *
 * A coordinate that is there stays, named or not: the function may be half typed.
 *
 * @param {string} innermost
 * @param {number[]} at
 * @returns {number[]}
 */
export function pointFor(innermost, at) {
  const named = [...innermost.matchAll(/x([1-9]\d*)/g)].map(([, index]) => Number(index));
  const most = Math.max(at.length, ...named);
  if (most > MOST_INPUTS) return at;
  return [...at, ...Array.from({ length: most - at.length }, () => 1)];
}

/** @param {string} text */
function listOf(text) {
  return text === "" ? [] : text.split(",").map(parseNumber);
}

/**
 * @param {unknown} list
 * @returns {number[] | null}
 */
function readSizes(list) {
  if (!Array.isArray(list) || list.length < FEWEST + 1 || list.length > MOST + 1) return null;
  return list.every((size) => isBetween(size, SMALLEST, LARGEST)) ? [...list] : null;
}

/**
 * @param {unknown} text  letters such as fhg, blanks between them or not
 * @param {number[]} sizes
 * @returns {number[] | null}
 */
function readProduct(text, sizes) {
  if (typeof text !== "string") return null;
  const factors = sizes.length - 1;
  const list = [...text.replace(/\s/g, "")].map((letter) => factorNamed(letter, factors));
  const complete = list.length === factors && new Set(list).size === factors && !list.includes(0);
  return complete ? list : null;
}

/**
 * @param {unknown} list
 * @param {number[]} sizes
 * @returns {number[] | null}
 */
function readPlaces(list, sizes) {
  if (!Array.isArray(list) || new Set(list).size !== list.length) return null;
  return list.every((place) => isBetween(place, 1, sizes.length - 2)) ? [...list] : null;
}

/**
 * @param {unknown} list  two or three expressions, the outermost first
 * @returns {string[] | null}
 */
function readFunctions(list) {
  if (!Array.isArray(list) || list.length < FEWEST || list.length > MOST_FUNCTIONS) return null;
  return list.every((text) => typeof text === "string") ? [...list] : null;
}

/**
 * @param {unknown} list  one to four numbers
 * @returns {number[] | null}
 */
function readPoint(list) {
  if (!Array.isArray(list) || list.length < 1 || list.length > MOST_INPUTS) return null;
  return list.every((number) => Number.isFinite(number) && Math.abs(number) <= 1e6) ? [...list] : null;
}

/**
 * @param {unknown} reach
 * @param {number[]} sizes  must all be within it
 */
function readReach(reach, sizes) {
  const least = reachFor(sizes);
  const asked = REACHES.find((known) => known === reach);
  return Math.max(least, asked ?? least);
}

/**
 * @param {unknown} number
 * @param {number} least
 * @param {number} most
 */
function isBetween(number, least, most) {
  return Number.isInteger(number) && Number(number) >= least && Number(number) <= most;
}
