/**
 * The state of the widget, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   f  forward pass · g  declarations · c  name of the cotangent
 *       b  backward passes, “X:text” by line ends · s  the input whose differences are shown
 *
 * @typedef {{name: string, text: string}} Pass  the backward pass by one input
 * @typedef {{forward: string, given: string, cotangent: string, passes: Pass[], shown: string}} State
 *   `cotangent` and `shown` are empty where the widget chooses
 * @typedef {{forward?: unknown, given?: unknown, cotangent?: unknown, inputs?: unknown, backward?: unknown}} Options
 */

import { FieldReader } from "../../services/address.js";

export const VERSION = 1;
export const MOST_INPUTS = 6;
const LONGEST = 2000;
const NAME = /^\p{L}\w{0,23}$/u;

/** @type {State} */
const ORIGINAL = Object.freeze({
  forward: "X*W + ones(n)*b'",
  given: "X: n,k; W: k,m; b: m",
  cotangent: "",
  passes: [{ name: "X", text: "G*W'" }, { name: "W", text: "X'*G" }, { name: "b", text: "G'*ones(n)" }],
  shown: "",
});

/**
 * @param {Options} options
 * @returns {State}
 */
export function stateFromOptions(options) {
  if (typeof options.forward !== "string") return ORIGINAL;
  const texts = Array.isArray(options.backward) ? options.backward : [];
  const names = Array.isArray(options.inputs) ? options.inputs.filter(isName) : [];
  return {
    forward: options.forward,
    given: typeof options.given === "string" ? options.given : "",
    cotangent: isName(options.cotangent) ? options.cotangent : "",
    passes: names.slice(0, MOST_INPUTS).map((name, index) => ({ name, text: String(texts[index] ?? "") })),
    shown: "",
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
  if (state.forward !== start.forward || state.given !== start.given) {
    fields.f = state.forward;
    if (state.given) fields.g = state.given;
  }
  if (fields.f !== undefined || passesText(state) !== passesText(start)) fields.b = passesText(state);
  if (state.cotangent !== start.cotangent) fields.c = state.cotangent;
  if (state.shown !== start.shown) fields.s = state.shown;
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
  const forward = read.take(["f"], short, /** @type {string | null} */ (null));
  const given = read.take(["g"], short, forward === null ? start.given : "");
  const passes = read.take(["b"], passesOf, forward === null ? start.passes : []);
  const name = (/** @type {string} */ text) => (text === "" || isName(text) ? text : null);
  const cotangent = read.take(["c"], name, forward === null ? start.cotangent : "");
  const shown = read.take(["s"], name, "");
  return { forward: forward ?? start.forward, given, cotangent, passes, shown };
}

/**
 * Whether two states ask the same, so that a preset can be shown as chosen.
 *
 * @param {State} first
 * @param {State} second
 */
export function sameQuestion(first, second) {
  const bare = (/** @type {State} */ state) =>
    [state.forward, state.given, state.cotangent, passesText(state)].join("|").replace(/[ \t]/g, "");
  return bare(first) === bare(second);
}

/** @param {State} state */
function passesText({ passes }) {
  return passes.map(({ name, text }) => `${name}:${text}`).join("\n");
}

/**
 * @param {string} text
 * @returns {Pass[] | null} null when a line is no backward pass
 */
function passesOf(text) {
  const lines = text ? text.split("\n") : [];
  const passes = lines.map((line) => {
    const colon = line.indexOf(":");
    return { name: line.slice(0, colon), text: line.slice(colon + 1) };
  });
  const distinct = new Set(passes.map(({ name }) => name)).size === passes.length;
  const good = passes.every((pass) => isName(pass.name) && pass.text.length <= LONGEST);
  return good && distinct && passes.length <= MOST_INPUTS ? passes : null;
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
export function isName(value) {
  return typeof value === "string" && NAME.test(value);
}
