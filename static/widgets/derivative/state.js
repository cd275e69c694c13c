/**
 * The state of the calculator, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   e  expression · w  names to differentiate by, with a comma · g  declarations
 *       p  1 when the result is hidden for practising
 *
 * @typedef {{expr: string, wrt: string[], given: string, practise: boolean}} State
 *   no names in `wrt`: the server chooses
 * @typedef {{expr?: unknown, wrt?: unknown, given?: unknown, practise?: unknown}} Options
 */

import { FieldReader } from "../../services/address.js";

export const VERSION = 1;
const LONGEST = 2000;

/** @type {State} */
const ORIGINAL = Object.freeze({ expr: "norm2(A*x - b)^2", wrt: ["x"], given: "A: m,n; b: m", practise: false });

/**
 * @param {Options} options
 * @returns {State}
 */
export function stateFromOptions(options) {
  if (typeof options.expr !== "string") return { ...ORIGINAL, practise: options.practise === true };
  return {
    expr: options.expr,
    wrt: namesOf(options.wrt),
    given: typeof options.given === "string" ? options.given : "",
    practise: options.practise === true,
  };
}

/**
 * What differs from the state that the page starts with; null when nothing does.  An expression
 * goes with its names and declarations: they mean nothing without it.
 *
 * @param {State} state
 * @param {State} start
 * @returns {Record<string, string> | null}
 */
export function toFields(state, start) {
  /** @type {Record<string, string>} */
  const fields = {};
  if (!sameQuestion(state, start)) {
    fields.e = state.expr;
    if (state.wrt.length) fields.w = state.wrt.join();
    if (state.given) fields.g = state.given;
  }
  if (state.practise !== start.practise) fields.p = state.practise ? "1" : "0";
  return Object.keys(fields).length ? fields : null;
}

/**
 * Readers of all published versions.
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
  const short = (/** @type {string} */ text) => (text.length <= LONGEST ? text : null);
  const practise = read.take(["p"], (text) => (text === "1" || text === "0" ? text === "1" : null), start.practise);
  const expr = read.take(["e"], short, /** @type {string | null} */ (null));
  const wrt = read.take(["w"], (text) => (namesOf(text).length ? namesOf(text) : null), /** @type {string[]} */ ([]));
  const given = read.take(["g"], short, "");
  return expr === null ? { ...start, practise } : { expr, wrt, given, practise };
}

/**
 * @param {unknown} value  “x” or “x, y”
 * @returns {string[]}
 */
export function namesOf(value) {
  const text = Array.isArray(value) ? value.join() : typeof value === "string" ? value : "";
  const names = text.split(/[\s,]+/).filter((name) => /^\p{L}\w{0,23}$/u.test(name));
  return names.slice(0, 2);
}

/**
 * @param {State} first
 * @param {State} second
 */
export function sameQuestion(first, second) {
  return bare(first) === bare(second);
}

/** @param {State} state */
function bare({ expr, wrt, given }) {
  return [expr, wrt.join(), given].map((text) => text.replace(/\s/g, "")).join("|");
}
