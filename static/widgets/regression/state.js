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
    deviation: whole(options.deviation, LAST_DEVIATION, USUAL_DEVIATION),
    ridge: whole(options.ridge, LAST_RIDGE, 0),
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
 * What a field does not say, or says wrongly, is as at the start or in the example.
 *
 * @param {Record<string, string>} fields
 * @param {State} start
 * @param {Preset[]} presets
 * @returns {State}
 */
export function fromFields(fields, start, presets) {
  const preset = presets.find(({ id }) => id === fields.e);
  const base = preset ? stateFromOptions(preset) : start;
  const names = (fields.f ?? "").length > LONGEST_NAMES ? "" : fields.f;
  const read = (/** @type {string} */ name, /** @type {number} */ most, /** @type {number} */ otherwise) =>
    whole(fields[name] === undefined ? undefined : parseNumber(fields[name]), most, otherwise);
  return {
    ...base,
    target: fields.t !== undefined ? fields.t || null : base.target,
    features: names !== undefined ? (names ? names.split("|") : null) : base.features,
    standardize: fields.s !== undefined ? fields.s === "1" : base.standardize,
    copy: fields.c !== undefined ? fields.c || null : base.copy,
    deviation: read("d", LAST_DEVIATION, base.deviation),
    ridge: read("r", LAST_RIDGE, base.ridge),
    pair: pairOf(fields.w?.split("|")) ?? base.pair,
    at: numbers([fields.a, fields.b].map((text) => parseNumber(text ?? "")), 2) ?? base.at,
    step: fields.h !== undefined ? clamp(parseNumber(fields.h) || 0, 0, MOST_STEP) : base.step,
    fresh: fields.p ? numbers(fields.p.split(",").map(parseNumber)) : base.fresh,
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
 * @param {number} otherwise
 */
function whole(value, most, otherwise) {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most ? Number(value) : otherwise;
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
