/**
 * The state of the widget, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   e  expression · w  the name to differentiate by · g  declarations · l  lines, by line ends
 *
 * @typedef {{expr: string, wrt: string, given: string, lines: string[]}} State
 * @typedef {{expr?: unknown, wrt?: unknown, given?: unknown, lines?: unknown}} Options
 */

import { FieldReader } from "../../services/address.js";

export const VERSION = 1;
export const MOST_LINES = 40;
const LONGEST = 2000;

/** @type {State} */
const ORIGINAL = Object.freeze({ expr: "x'*A*x", wrt: "x", given: "A: n,n", lines: ["dx'*A*x + x'*A*dx", ""] });

/**
 * @param {Options} options
 * @returns {State}
 */
export function stateFromOptions(options) {
  if (typeof options.expr !== "string") return ORIGINAL;
  return {
    expr: options.expr,
    wrt: nameOf(options.wrt),
    given: typeof options.given === "string" ? options.given : "",
    lines: linesOf(options.lines),
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
  /** @type {Record<string, string>} */
  const fields = {};
  if (!sameQuestion(state, start)) {
    Object.assign(fields, { e: state.expr, w: state.wrt });
    if (state.given) fields.g = state.given;
  }
  if (fields.e !== undefined || text(state) !== text(start)) fields.l = text(state);
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
  const lines = read.take(["l"], (text) => linesOf(text.split("\n")), start.lines);
  const expr = read.take(["e"], short, /** @type {string | null} */ (null));
  const wrt = read.take(["w"], (text) => (text ? nameOf(text) || null : ""), "");
  const given = read.take(["g"], short, "");
  return expr === null ? { ...start, lines } : { expr, wrt, given, lines };
}

/**
 * @param {State} first
 * @param {State} second
 */
export function sameQuestion(first, second) {
  const bare = (/** @type {State} */ { expr, wrt, given }) => [expr, wrt, given].join("|").replace(/\s/g, "");
  return bare(first) === bare(second);
}

/** @param {State} state */
export function text({ lines }) {
  return lines.join("\n");
}

/** @param {unknown} value */
function nameOf(value) {
  return typeof value === "string" && /^\p{L}\w{0,23}$/u.test(value.trim()) ? value.trim() : "";
}

/**
 * @param {unknown} value
 * @returns {string[]} at least one
 */
function linesOf(value) {
  const lines = Array.isArray(value) ? value.filter((line) => typeof line === "string" && line.length <= LONGEST) : [];
  return lines.length ? lines.slice(0, MOST_LINES) : [""];
}
