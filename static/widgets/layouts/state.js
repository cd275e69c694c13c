/**
 * The state of the widget, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   m  mode, s or b · f, x  sizes of value and variable, none for a scalar: 4 or 2,3
 *       i, j  marked entries of value and variable, counted from 1 along vec
 *       u  units: inputs, hidden, outputs · p  product such as W2'ex'
 *
 * @typedef {import("./model.js").Shape} Shape
 * @typedef {import("./model.js").Entry} Entry
 * @typedef {import("./backpropagation.js").Factor} Factor
 * @typedef {import("./backpropagation.js").Units} Units
 * @typedef {"shapes" | "backpropagation"} Mode
 * @typedef {{mode: Mode, value: Shape, variable: Shape, entry: Entry, units: Units, factors: Factor[]}} State
 * @typedef {{mode?: unknown, value?: unknown, variable?: unknown, entry?: unknown, units?: unknown, product?: unknown}} Options
 */

import { MOST_UNITS, RIGHT } from "./backpropagation.js";
import { FieldReader } from "../../services/address.js";
import { keepInside, LONGEST_SIDE, LONGEST_VECTOR, shapeOf, sizesOf } from "./model.js";

export const VERSION = 1;

/** @type {State} */
const ORIGINAL = Object.freeze({
  mode: "shapes",
  value: shapeOf([4]),
  variable: shapeOf([6]),
  entry: { value: 1, variable: 4 },
  units: { inputs: 3, hidden: 4, outputs: 2 },
  factors: RIGHT,
});

/**
 * The state that the options of a page or a preset ask for.
 *
 * @param {Options} options
 * @returns {State}
 */
export function stateFromOptions(options) {
  const value = readShape(options.value) ?? ORIGINAL.value;
  const variable = readShape(options.variable) ?? ORIGINAL.variable;
  return {
    mode: options.mode === "backpropagation" ? "backpropagation" : "shapes",
    value,
    variable,
    entry: keepInside(value, variable, readEntry(options.entry) ?? ORIGINAL.entry),
    units: readUnits(options.units) ?? ORIGINAL.units,
    factors: readProduct(options.product) ?? ORIGINAL.factors,
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
function allFields({ mode, value, variable, entry, units, factors }) {
  return {
    m: mode[0],
    f: sizesOf(value).join(),
    x: sizesOf(variable).join(),
    i: String(entry.value + 1),
    j: String(entry.variable + 1),
    u: [units.inputs, units.hidden, units.outputs].join(),
    p: productText(factors),
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
  const shape = (/** @type {string} */ text) => readShape(listOf(text));
  const value = read.take(["f"], shape, start.value);
  const variable = read.take(["x"], shape, start.variable);
  const entry = read.take(
    ["i", "j"],
    (i, j) => readEntry([i || start.entry.value + 1, j || start.entry.variable + 1]),
    start.entry,
  );
  return {
    mode: read.take(["m"], (text) => MODES[text], start.mode),
    value,
    variable,
    entry: keepInside(value, variable, entry),
    units: read.take(["u"], (text) => readUnits(listOf(text)), start.units),
    factors: read.take(["p"], readProduct, start.factors),
  };
}

/** Modes by their letter in the address. @type {Record<string, State["mode"]>} */
const MODES = { b: "backpropagation", s: "shapes" };

/**
 * Whether two states show the same example: the marked entry may have moved.
 *
 * @param {State} first
 * @param {State} second
 */
export function sameExample(first, second) {
  const [one, other] = [allFields(first), allFields(second)];
  const names = first.mode === "shapes" ? ["m", "f", "x"] : ["m", "u", "p"];
  return names.every((name) => one[name] === other[name]);
}

/** @param {Factor[]} factors */
function productText(factors) {
  return factors.map(({ name, transposed }) => name + (transposed ? "'" : "")).join("");
}

/**
 * @param {unknown} text  such as W2'ex'
 * @returns {Factor[] | null}
 */
function readProduct(text) {
  if (typeof text !== "string") return null;
  const found = [...text.replace(/\s/g, "").matchAll(/(W2|e|x)('?)/g)];
  const factors = found.map(([, name, mark]) => ({
    name: /** @type {Factor["name"]} */ (name),
    transposed: mark === "'",
  }));
  const names = factors.map(({ name }) => name).sort();
  return names.join() === "W2,e,x" && productText(factors) === text.replace(/\s/g, "") ? factors : null;
}

/** @param {string | undefined} text */
function listOf(text) {
  return text === undefined ? undefined : text === "" ? [] : text.split(",").map(Number);
}

/**
 * @param {unknown} sizes
 * @returns {Shape | null}
 */
function readShape(sizes) {
  if (!Array.isArray(sizes) || sizes.length > 2) return null;
  const most = sizes.length === 2 ? LONGEST_SIDE : LONGEST_VECTOR;
  return sizes.every((size) => isBetween(size, 1, most)) ? shapeOf(sizes) : null;
}

/**
 * @param {unknown} pair  counted from 1
 * @returns {Entry | null}
 */
function readEntry(pair) {
  if (!Array.isArray(pair) || pair.length !== 2) return null;
  const [value, variable] = pair.map(Number);
  return isBetween(value, 1, 81) && isBetween(variable, 1, 81) ? { value: value - 1, variable: variable - 1 } : null;
}

/**
 * @param {unknown} list
 * @returns {Units | null}
 */
function readUnits(list) {
  if (!Array.isArray(list) || list.length !== 3 || !list.every((size) => isBetween(size, 1, MOST_UNITS))) return null;
  const [inputs, hidden, outputs] = list;
  return { inputs, hidden, outputs };
}

/**
 * @param {unknown} size
 * @param {number} least
 * @param {number} most
 */
function isBetween(size, least, most) {
  return Number.isInteger(size) && Number(size) >= least && Number(size) <= most;
}
