/**
 * The state of the widget, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   x, y  point · h  half side of the square · f  function · v  variables with a comma
 *       i, o  views of the input and the output plane: centre x, centre y, half side
 *
 * @typedef {{x: number, y: number, half: number}} Window
 * @typedef {{
 *   f: string, vars: [string, string], x: number, y: number, size: number,
 *   input: Window | null, output: Window | null,
 * }} State  a window that is null is chosen by the widget
 * @typedef {{f?: unknown, vars?: unknown, at?: unknown, size?: unknown, input?: unknown, output?: unknown}} Options
 *   what a page or a preset asks for: `at` is x, y; windows are centre x, centre y, half side
 */

import { parseNumber } from "../../math/format.js";
import { clamp } from "../../math/view.js";
import { FieldReader } from "../../services/address.js";

export const VERSION = 1;
/** Half sides of the square, as powers of two. */
export const SMALLEST_POWER = -6;
export const LARGEST_POWER = 1;
export const POWER_STEP = 0.25;

const LONGEST_FUNCTION = 2000;
const FARTHEST = 1e6;

/** @type {State} */
const ORIGINAL = Object.freeze({
  f: "[x^2 - y^2, 2*x*y]",
  vars: /** @type {[string, string]} */ (["x", "y"]),
  x: 1,
  y: 1,
  size: 0.5,
  input: null,
  output: null,
});

/**
 * The state that the options of a page or a preset ask for.
 *
 * @param {Options} options
 * @returns {State}
 */
export function stateFromOptions(options) {
  const [x, y] = pair(options.at) ?? [ORIGINAL.x, ORIGINAL.y];
  return {
    f: typeof options.f === "string" ? options.f : ORIGINAL.f,
    vars: variables(options.vars) ?? ORIGINAL.vars,
    x,
    y,
    size: sizeOf(Number(options.size ?? ORIGINAL.size)),
    input: windowOf(options.input),
    output: windowOf(options.output),
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
  if (state.x !== start.x || state.y !== start.y) Object.assign(fields, { x: String(state.x), y: String(state.y) });
  if (state.size !== start.size) fields.h = String(state.size);
  if (!sameWindow(state.input, start.input)) fields.i = windowText(state.input);
  if (!sameWindow(state.output, start.output)) fields.o = windowText(state.output);
  if (state.vars.join() !== start.vars.join()) fields.v = state.vars.join();
  if (state.f !== start.f) fields.f = state.f;
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
  const [x, y] = read.take(["x", "y"], (x, y) => pair([parseNumber(x), parseNumber(y)]), [start.x, start.y]);
  const window = (/** @type {string} */ text) => windowOf(text.split(",").map(parseNumber));
  return {
    f: read.take(["f"], (text) => (text.length <= LONGEST_FUNCTION ? text : null), start.f),
    vars: read.take(["v"], (text) => variables(text.split(",")), start.vars),
    x,
    y,
    size: read.take(["h"], (text) => (parseNumber(text) > 0 ? sizeOf(parseNumber(text)) : null), start.size),
    input: read.take(["i"], window, start.input),
    output: read.take(["o"], window, start.output),
  };
}

/**
 * Whether two states show the same function, as far as it can be told without reading it: spaces and
 * signs of multiplication may differ.
 *
 * @param {State} first
 * @param {State} second
 */
export function sameFunction(first, second) {
  const bare = ({ f = "", vars = [""] }) => `${vars}:${f.replaceAll("**", "^").replace(/[\s*]/g, "")}`;
  return bare(first) === bare(second);
}

/**
 * The nearest size that the slider can show.
 *
 * @param {number} size
 */
export function sizeOf(size) {
  const power = size > 0 ? Math.log2(size) : Math.log2(ORIGINAL.size);
  return 2 ** clamp(Math.round(power / POWER_STEP) * POWER_STEP, SMALLEST_POWER, LARGEST_POWER);
}

/**
 * @param {unknown} value
 * @returns {[number, number] | null}
 */
function pair(value) {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [x, y] = value.map(Number);
  return Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST ? [x, y] : null;
}

/**
 * @param {unknown} value
 * @returns {[string, string] | null}
 */
function variables(value) {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const good = value.every((name) => typeof name === "string" && /^\p{L}\w{0,23}$/u.test(name));
  return good && value[0] !== value[1] ? [value[0], value[1]] : null;
}

/**
 * @param {unknown} value  centre x, centre y, half side
 * @returns {Window | null}
 */
function windowOf(value) {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [x, y, half] = value.map(Number);
  const good = Math.abs(x) <= 1e9 && Math.abs(y) <= 1e9 && half >= 1e-6 && half <= 1e6;
  return good ? { x, y, half } : null;
}

/** @param {Window | null} window */
function windowText(window) {
  return window ? [window.x, window.y, window.half].map((value) => String(Number(value.toPrecision(4)))).join() : "";
}

/**
 * @param {Window | null} first
 * @param {Window | null} second
 */
function sameWindow(first, second) {
  return windowText(first) === windowText(second);
}
