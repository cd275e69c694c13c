/**
 * The state of the widget, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   e  expression · w  by which name · g  what is given about the names
 *       n  the numbers: the entries of all names in the order of the expression, row by row
 *       c  the entry that is looked at: entry of vec(F), entry of vec(X), counted from 1
 *
 * @typedef {{
 *   expr: string, wrt: string, given: string, numbers: number[] | null, cell: import("./model.js").Cell,
 * }} State  numbers that are null are those that the server gives to start from
 * @typedef {Pick<State, "expr" | "wrt" | "given">} Question
 * @typedef {"scalar" | "vector" | "chain"} Rule
 * @typedef {import("../../controls/preset-chooser.js").Preset & {
 *   rule: Rule, expr: string, wrt: string, given?: string,
 * }} Identity
 * @typedef {{identity?: unknown, expr?: unknown, wrt?: unknown, given?: unknown}} Options
 */

import { parseNumber } from "../../math/format.js";
import { FieldReader } from "../../services/address.js";

export const VERSION = 1;
const LONGEST = 2000;
const MOST_NUMBERS = 1600;
const FARTHEST = 1e6;
const FIRST = Object.freeze({ i: 0, j: 0 });
const ORIGINAL = Object.freeze({ expr: "w'*x", wrt: "x", given: "" });

/**
 * The state that the options of a page ask for.
 *
 * @param {Options} options
 * @param {Identity[]} identities
 * @returns {State}
 */
export function stateFromOptions(options, identities) {
  if (typeof options.expr === "string") {
    return stateOf({ expr: options.expr, wrt: text(options.wrt), given: text(options.given) });
  }
  const identity = identities.find(({ id }) => id === options.identity) ?? identities[0];
  return stateOf(identity ?? ORIGINAL);
}

/**
 * @param {{expr: string, wrt?: string, given?: string}} question
 * @returns {State}
 */
export function stateOf({ expr, wrt = "", given = "" }) {
  return { expr, wrt, given, numbers: null, cell: FIRST };
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value : "";
}

/**
 * What differs from the state that the page starts with; null when nothing does.
 *
 * @param {State} state
 * @param {State} start
 * @returns {Record<string, string> | null}
 */
export function toFields(state, start) {
  /** @type {Record<string, string>} */
  const fields = {};
  if (state.expr !== start.expr) fields.e = state.expr;
  if (state.wrt !== start.wrt) fields.w = state.wrt;
  if (state.given !== start.given) fields.g = state.given;
  if (state.numbers) fields.n = state.numbers.map((number) => String(Number(number.toPrecision(9)))).join();
  if (state.cell.i || state.cell.j) fields.c = `${state.cell.i + 1},${state.cell.j + 1}`;
  return Object.keys(fields).length ? fields : null;
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
  const own = (/** @type {string} */ name, /** @type {string} */ otherwise) =>
    read.take([name], (text) => (text.length <= LONGEST ? text : null), otherwise);
  return {
    expr: own("e", start.expr),
    wrt: own("w", start.wrt),
    given: own("g", start.given),
    numbers: read.take(["n"], numbersOf, null),
    cell: read.take(["c"], cellOf, FIRST),
  };
}

/**
 * @param {string} field
 * @returns {number[] | null}
 */
function numbersOf(field) {
  const numbers = field.split(",").map(parseNumber);
  const good = numbers.length <= MOST_NUMBERS && numbers.every((number) => Math.abs(number) <= FARTHEST);
  return good ? numbers : null;
}

/** @param {string} field */
function cellOf(field) {
  const [i, j] = field.split(",").map(Number);
  return Number.isInteger(i) && Number.isInteger(j) && i > 0 && j > 0 ? { i: i - 1, j: j - 1 } : null;
}

/**
 * Whether two questions ask for the same derivative, as far as it can be told without reading them.
 *
 * @param {{expr: string, wrt?: string, given?: string}} first
 * @param {{expr: string, wrt?: string, given?: string}} second
 */
export function sameQuestion(first, second) {
  const bare = ({ expr = "", wrt = "", given = "" }) => [expr, wrt, given].map((part) => part.replace(/\s/g, "")).join("|");
  return bare(first) === bare(second);
}

/**
 * Whether a name stands in a text.
 *
 * @param {string} expression
 * @param {string} name
 */
export function mentions(expression, name) {
  /** @type {string[]} */
  const names = expression.match(/\p{L}[\p{L}\p{N}_]*/gu) ?? [];
  return names.includes(name);
}
