/**
 * The state of the widget, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   e  example that the network comes from, by its id
 *       n  structure, where it is not that of the example: width of the input, then width and
 *          activation of each layer (n none, t tanh, s sigmoid, r relu, m softmax), then the loss
 *          (q squared error, c cross-entropy): 2,3t,2n,q
 *       w  with n: all numbers (x, weights row by row and bias of each layer, y); without n: those
 *          that differ from the example, each as place*number, places counted from 0
 *       s  step, where it is not the beginning of the way back
 *       q  number of the hidden fault, 0 for none, where it is not that of the example
 *
 * @typedef {import("../../math/networks/network.js").Network} Network
 * @typedef {import("../../controls/preset-chooser.js").Preset & import("./structure.js").Written & {puzzle?: number}} Example
 * @typedef {{example: Example, network: Network, step: number, puzzle: number}} State
 *   `puzzle` is 0 where no fault is hidden; else it chooses one among those that are possible
 * @typedef {{example?: unknown}} Options
 */

import { parseNumber } from "../../math/format.js";
import { backward, forward } from "../../math/networks/network.js";
import { FARTHEST, networkFrom, networkOf, numbersOf, structureText } from "./structure.js";
import { home, timeline } from "./timeline.js";

export const VERSION = 1;
export const MOST_PUZZLES = 9999;

/** Where everything begins when a page says nothing. @type {Example} */
const ORIGINAL = Object.freeze({
  id: "original", title: "One neuron", look: "",
  layers: [{ weights: [[0.5]], bias: [0], activation: "tanh" }], input: [1], target: [1],
});

/**
 * The state that the options of a page ask for.
 *
 * @param {Options} options
 * @param {readonly Example[]} examples
 * @returns {State}
 */
export function stateFromOptions(options, examples) {
  return stateOf(examples.find(({ id }) => id === options.example) ?? examples[0] ?? ORIGINAL);
}

/** @param {Example} example @returns {State} */
export function stateOf(example) {
  const network = networkFrom(example);
  return { example, network, step: firstStep(network), puzzle: example.puzzle ?? 0 };
}

/** The step at which the way back begins. @param {Network} network */
export function firstStep(network) {
  return home(timeline(backward(forward(network))));
}

/** Whether the network is that of its example. @param {State} state */
export function isUnchanged({ example, network }) {
  const own = networkFrom(example);
  return structureText(own) === structureText(network) && numbersOf(own).join() === numbersOf(network).join();
}

/**
 * What differs from the state that the page starts with; null when nothing does.
 *
 * @param {State} state
 * @param {State} start
 * @returns {Record<string, string> | null}
 */
export function toFields(state, start) {
  const { example, network, step, puzzle } = state;
  const own = networkFrom(example);
  const structure = structureText(network);
  /** @type {Record<string, string>} */
  const fields = {};
  if (example.id !== start.example.id) fields.e = example.id;
  if (structure !== structureText(own)) Object.assign(fields, { n: structure, w: numbersOf(network).map(short).join() });
  else if (!isUnchanged(state)) fields.w = changes(numbersOf(own), numbersOf(network));
  if (step !== firstStep(network)) fields.s = String(step);
  if (puzzle !== (example.puzzle ?? 0)) fields.q = String(puzzle);
  return Object.keys(fields).length ? fields : null;
}

/** @param {number} number */
function short(number) {
  return String(Number(number.toPrecision(9)));
}

/**
 * @param {readonly number[]} before
 * @param {readonly number[]} after
 */
function changes(before, after) {
  return after.flatMap((number, place) => (number === before[place] ? [] : [`${place}*${short(number)}`])).join();
}

/**
 * Readers of all published versions; what a field does not say, or says wrongly, is as at the start.
 *
 * @param {State} start
 * @param {readonly Example[]} examples
 * @returns {Record<number, (fields: Record<string, string>) => State>}
 */
export function readers(start, examples) {
  return { 1: (fields) => fromVersion1(fields, start, examples) };
}

/**
 * @param {Record<string, string>} fields
 * @param {State} start
 * @param {readonly Example[]} examples
 * @returns {State}
 */
function fromVersion1(fields, start, examples) {
  const example = fields.e === undefined ? start.example : examples.find(({ id }) => id === fields.e);
  if (!example) return start;
  const network = networkIn(fields, networkFrom(example)) ?? networkFrom(example);
  const step = Number(fields.s ?? NaN);
  const puzzle = Number(fields.q ?? NaN);
  return {
    example,
    network,
    step: Number.isInteger(step) && step >= 0 ? step : firstStep(network),
    puzzle: Number.isInteger(puzzle) && puzzle >= 0 && puzzle <= MOST_PUZZLES ? puzzle : (example.puzzle ?? 0),
  };
}

/**
 * @param {Record<string, string>} fields
 * @param {Network} own  that of the example
 * @returns {Network | null}
 */
function networkIn({ n, w }, own) {
  if (w === undefined) return null;
  const parts = w.split(",");
  if (n !== undefined) return networkOf(n, parts.map(parseNumber));
  const numbers = numbersOf(own);
  for (const [place, number] of parts.map((part) => part.split("*"))) {
    const value = parseNumber(number ?? "");
    if (!(Number(place) in numbers) || !(Math.abs(value) <= FARTHEST)) return null;
    numbers[Number(place)] = value;
  }
  return networkOf(structureText(own), numbers);
}
