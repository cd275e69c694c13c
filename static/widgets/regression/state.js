/**
 * What can be set, and its form in the address.
 *
 * Published fields (version 1; links out there use them; never change what one means):
 *   e  id of the example whose data are shown · t  target · f  features, separated by |
 *   s  1: standardised · c  feature that a second instrument reads · d  minus the power of ten of its deviation
 *   r  number of the ridge strength · w  the two weights by name, separated by | · a, b  their values
 *   h  step size as a share of 2/λmax · p  the new case, comma-separated in the order of the features
 * A table of the reader's own is not in the address: it stays in the page.
 *
 * @typedef {{
 *   example: string, dataset: string, csv: string | null, target: string | null, features: string[] | null,
 *   standardize: boolean, copy: string | null, deviation: number, ridge: number,
 *   pair: [string, string] | null, at: [number, number] | null, step: number, fresh: number[] | null,
 * }} State  null: chosen by the widget; `csv` takes the place of the dataset
 * @typedef {import("../../controls/preset-chooser.js").Preset & Options} Preset
 * @typedef {{
 *   id?: string, dataset?: string, csv?: string, target?: string, features?: string[], standardize?: boolean,
 *   copy?: string, deviation?: number, ridge?: number, weights?: string[], at?: number[], step?: number,
 *   presets?: Preset[],
 * }} Options
 */

import { parseNumber } from "../../math/format.js";
import { clamp } from "../../math/view.js";
import { FieldReader } from "../../services/address.js";

export const VERSION = 1;
/** What the weight of the column of ones is called, by the reader and by the server. */
export const OFFSET = "offset";
export const INTERCEPT = "intercept";
export const MOST_STEP = 1.2;
export const USUAL_STEP = 0.5;
export const USUAL_DEVIATION = 4;
export const LAST_DEVIATION = 8;
export const LAST_RIDGE = 21;
/** The example that stands for a table of the reader's own. */
export const OWN = "own";
const LONGEST_NAMES = 4000;

/**
 * @param {Options} options  of a page or an example
 * @returns {State}
 */
export function stateFromOptions(options) {
  return {
    example: options.id ?? "",
    dataset: options.dataset ?? "bulbs",
    csv: options.csv ?? null,
    target: options.target ?? null,
    features: Array.isArray(options.features) ? options.features.map(String) : null,
    standardize: options.standardize === true,
    copy: options.copy ?? null,
    deviation: wholeUpTo(options.deviation, LAST_DEVIATION) ?? USUAL_DEVIATION,
    ridge: wholeUpTo(options.ridge, LAST_RIDGE) ?? 0,
    pair: pairOf(options.weights),
    at: numbers(options.at, 2),
    step: clamp(Number(options.step ?? USUAL_STEP) || 0, 0, MOST_STEP),
    fresh: null,
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
  const base = chosen ? stateFromOptions(chosen) : start;
  /** @type {Record<string, string>} */
  const fields = {};
  const note = (/** @type {string} */ name, /** @type {keyof State} */ key, /** @type {string} */ text) => {
    if (JSON.stringify(state[key]) !== JSON.stringify(base[key])) fields[name] = text;
  };
  if (chosen) fields.e = state.example;
  note("t", "target", state.target ?? "");
  note("f", "features", state.features?.join("|") ?? "");
  note("s", "standardize", state.standardize ? "1" : "0");
  note("c", "copy", state.copy ?? "");
  note("d", "deviation", String(state.deviation));
  note("r", "ridge", String(state.ridge));
  note("w", "pair", state.pair?.join("|") ?? "");
  if (state.at && JSON.stringify(state.at) !== JSON.stringify(base.at)) {
    Object.assign(fields, { a: String(state.at[0]), b: String(state.at[1]) });
  }
  note("h", "step", String(state.step));
  note("p", "fresh", state.fresh?.join() ?? "");
  return fields;
}

/**
 * Readers of all published versions; what a field does not say, or says wrongly, is as at the start or
 * in the example.
 *
 * @param {State} start
 * @param {Preset[]} presets
 * @returns {Record<number, (fields: Record<string, string>, read?: FieldReader) => State>}
 */
export function readers(start, presets) {
  return { 1: (fields, read = new FieldReader(fields)) => fromVersion1(read, start, presets) };
}

/**
 * @param {FieldReader} read
 * @param {State} start
 * @param {Preset[]} presets
 * @returns {State}
 */
function fromVersion1(read, start, presets) {
  const preset = read.take(["e"], (text) => presets.find(({ id }) => id === text), null);
  const base = preset ? stateFromOptions(preset) : start;
  const step = (/** @type {string} */ text) => clamp(parseNumber(text), 0, MOST_STEP);
  return {
    ...base,
    ...questionIn(read, base),
    deviation: read.take(["d"], (text) => wholeUpTo(parseNumber(text), LAST_DEVIATION), base.deviation),
    ridge: read.take(["r"], (text) => wholeUpTo(parseNumber(text), LAST_RIDGE), base.ridge),
    pair: read.take(["w"], (text) => pairOf(text.split("|")), base.pair),
    at: read.take(["a", "b"], (a, b) => numbers([a, b].map(parseNumber), 2), base.at),
    step: read.take(["h"], step, base.step),
    fresh: read.take(["p"], (text) => (text ? numbers(text.split(",").map(parseNumber)) : null), base.fresh),
  };
}

/**
 * What the server is asked; an empty name leaves the choice to the widget.
 *
 * @param {FieldReader} read
 * @param {State} base
 */
function questionIn(read, base) {
  /** @type {{name: string | null}} */
  const target = read.take(["t"], (text) => ({ name: text || null }), { name: base.target });
  const copy = read.take(["c"], (text) => ({ name: text || null }), { name: base.copy });
  const names = (/** @type {string} */ text) => (text.length > LONGEST_NAMES ? null : { list: text ? text.split("|") : null });
  const flag = (/** @type {string} */ text) => (text === "0" || text === "1" ? text === "1" : null);
  return {
    target: target.name,
    features: read.take(["f"], names, { list: base.features }).list,
    standardize: read.take(["s"], flag, base.standardize),
    copy: copy.name,
  };
}

/**
 * Whether two states ask the server for the same.
 *
 * @param {State} first
 * @param {State} second
 */
export function sameQuestion(first, second) {
  const key = (/** @type {State} */ { dataset, csv, target, features, standardize, copy }) =>
    JSON.stringify([dataset, csv, target, features, standardize, copy]);
  return key(first) === key(second);
}

/**
 * @param {unknown} value
 * @param {number} most
 */
function wholeUpTo(value, most) {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most ? Number(value) : null;
}

/**
 * @param {unknown} value
 * @returns {[string, string] | null}
 */
function pairOf(value) {
  return Array.isArray(value) && value.length === 2 && value[0] !== value[1] ? [String(value[0]), String(value[1])] : null;
}

/**
 * @param {unknown} value
 * @param {number} [length]
 * @returns {any}
 */
function numbers(value, length) {
  if (!Array.isArray(value) || (length && value.length !== length)) return null;
  const read = value.map(Number);
  return read.every((number) => Math.abs(number) <= 1e15) ? read : null;
}
