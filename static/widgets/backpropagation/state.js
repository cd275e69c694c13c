/**
 * The state of the widget, and its form in the address.
 *
 * Published versions (links out there use them; never change what one means):
 *   1   e  example that the network comes from, by its id
 *       n  structure, where it is not that of the example: width of the input, then width and
 *          activation of each layer (n none, t tanh, s sigmoid, r relu, m softmax; without a width an
 *          activation alone), then the loss (q squared error, c cross-entropy): 2,3t,2n,q
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
import { FieldReader } from "../../services/address.js";
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
 * @returns {Record<number, (fields: Record<string, string>, read?: FieldReader) => State>}
 */
export function readers(start, examples) {
  return { 1: (fields, read = new FieldReader(fields)) => fromVersion1(read, start, examples) };
}

/**
 * @param {FieldReader} read
 * @param {State} start
 * @param {readonly Example[]} examples
 * @returns {State}
 */
function fromVersion1(read, start, examples) {
  const example = read.take(["e"], (text) => examples.find(({ id }) => id === text), start.example);
  const network = read.take(["n", "w"], (n, w) => networkIn(n, w, networkFrom(example)), networkFrom(example));
  const whole = (/** @type {string} */ text, /** @type {number} */ most) => (/^\d+$/.test(text) && Number(text) <= most ? Number(text) : null);
  return {
    example,
    network,
    step: read.take(["s"], (text) => whole(text, lastStep(network)), firstStep(network)),
    puzzle: read.take(["q"], (text) => whole(text, MOST_PUZZLES), example.puzzle ?? 0),
  };
}

/** @param {Network} network */
function lastStep(network) {
  return timeline(backward(forward(network))).length - 1;
}

/**
 * @param {string} structure  empty where it is that of the example
 * @param {string} said  numbers, or changes of those of the example
 * @param {Network} own  that of the example
 * @returns {Network | null}
 */
function networkIn(structure, said, own) {
  const parts = said.split(",");
  if (structure) return networkOf(structure, parts.map(parseNumber));
  const numbers = numbersOf(own);
  for (const [place, number] of parts.map((part) => part.split("*"))) {
    const value = parseNumber(number ?? "");
    if (!(Number(place) in numbers) || !(Math.abs(value) <= FARTHEST)) return null;
    numbers[Number(place)] = value;
  }
  return networkOf(structureText(own), numbers);
}
