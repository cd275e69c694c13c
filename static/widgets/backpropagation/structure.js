/**
 * Building a network: layers added, removed and resized, with the weights of before where they fit.
 * Pure, no page.
 *
 * @typedef {import("../../math/networks/network.js").Network} Network
 * @typedef {import("../../math/networks/network.js").Layer} Layer
 * @typedef {import("../../math/networks/matrix.js").Matrix} Matrix
 * @typedef {import("../../math/networks/operations.js").LossName} LossName
 */

import { column, matrixOf } from "../../math/networks/matrix.js";
import { parameters } from "../../math/networks/network.js";
import { ACTIVATIONS, LOSSES } from "../../math/networks/operations.js";

export const MOST_LAYERS = 4;
export const MOST_UNITS = 5;
/** The largest number that a field takes. */
export const FARTHEST = 100;
const HIDDEN_UNITS = 3;
const LETTERS = Object.freeze({ n: "", t: "tanh", s: "sigmoid", r: "relu", m: "softmax" });
const LOSS_LETTERS = Object.freeze({ q: LOSSES[0], c: LOSSES[1] });

/**
 * An entry that nobody has chosen: small, not zero, and another for each place.
 *
 * @param {number} row
 * @param {number} column
 */
function fresh(row, column) {
  const steps = ((3 * row + 5 * column + 2) % 7) - 3;
  return (steps || 4) / 5;
}

/**
 * A matrix of another size: what was there stays.
 *
 * @param {Matrix} matrix
 * @param {number} rows
 * @param {number} columns
 * @param {(row: number, column: number) => number} [filling]
 */
function resized(matrix, rows, columns, filling = fresh) {
  return matrixOf(rows, columns, (i, j) => matrix[i]?.[j] ?? filling(i, j));
}

/**
 * Width of the input, then of each layer; an activation alone keeps the width.
 *
 * @param {{x: Matrix, layers: readonly Layer[]}} network
 */
export function widths({ x, layers }) {
  const found = [x.length];
  for (const { b } of layers) found.push(b ? b.length : found[found.length - 1]);
  return found;
}

/**
 * The network with these widths, layers keeping their activations.
 *
 * @param {Network} network
 * @param {readonly number[]} wanted
 * @returns {Network}
 */
export function withWidths(network, wanted) {
  let width = wanted[0];
  const layers = network.layers.map(({ W, b, activation }, index) => {
    if (!W || !b) return { W: null, b: null, activation };
    const before = width;
    width = wanted[index + 1];
    return { W: resized(W, width, before), b: resized(b, width, 1, () => 0), activation };
  });
  const x = resized(network.x, wanted[0], 1, (i) => (i % 2 ? -1 : 1));
  const y = resized(network.y, width, 1, () => 0);
  return withFittingTarget({ ...network, layers, x, y });
}

/**
 * The network with a layer that is affine, or an activation alone.
 *
 * @param {Network} network
 * @param {number} index
 * @param {boolean} affine
 * @returns {Network}
 */
export function withAffine(network, index, affine) {
  const sizes = widths(network);
  const layers = network.layers.map((layer, at) => {
    if (at !== index) return layer;
    const { activation } = layer;
    if (affine) return { W: resized([], sizes[at + 1], sizes[at]), b: resized([], sizes[at + 1], 1, () => 0), activation };
    return { W: null, b: null, activation: activation ?? "tanh" };
  });
  return withFittingEnd(withWidths({ ...network, layers }, widths({ ...network, layers })));
}

/** @param {Network} network @param {number} index @param {string | null} activation @returns {Network} */
export function withActivation(network, index, activation) {
  const layers = network.layers.map((layer, at) => (at === index ? { ...layer, activation } : layer));
  return withFittingEnd({ ...network, layers });
}

/** @param {Network} network @param {LossName} loss @returns {Network} */
export function withLoss(network, loss) {
  return withFittingTarget(withFittingEnd({ ...network, loss }));
}

/** A hidden layer before the last one. @param {Network} network @returns {Network} */
export function withLayer(network) {
  const sizes = widths(network);
  const before = sizes[sizes.length - 2];
  const last = network.layers[network.layers.length - 1];
  // An activation at the end takes the width of the new layer, and the target keeps its own.
  const width = last.W ? HIDDEN_UNITS : before;
  const hidden = { W: resized([], width, before), b: resized([], width, 1, () => 0), activation: "tanh" };
  const layers = [...network.layers.slice(0, -1), hidden, last];
  return withWidths({ ...network, layers }, widths({ ...network, layers }));
}

/** @param {Network} network @param {number} index  of a hidden layer @returns {Network} */
export function withoutLayer(network, index) {
  const layers = network.layers.filter((_, at) => at !== index);
  return withWidths({ ...network, layers }, widths({ ...network, layers }));
}

/** Which activations the last layer may have: cross-entropy compares probabilities. @param {LossName} loss */
export function endings(loss) {
  return loss === "cross-entropy" ? [null, "softmax"] : [null, ...Object.keys(ACTIVATIONS)];
}

/** @param {Network} network @returns {Network} */
function withFittingEnd(network) {
  const last = network.layers[network.layers.length - 1];
  if (endings(network.loss).includes(last.activation)) return network;
  return { ...network, layers: [...network.layers.slice(0, -1), { ...last, activation: "softmax" }] };
}

/** Cross-entropy here has one right class. @param {Network} network @returns {Network} */
function withFittingTarget(network) {
  if (network.loss !== "cross-entropy") return network;
  return withClass(network, rightClass(network));
}

/** The right class under cross-entropy, counted from 0. @param {Network} network */
export function rightClass({ y }) {
  const numbers = y.map(([entry]) => entry);
  return numbers.indexOf(Math.max(...numbers));
}

/** @param {Network} network @param {number} index @returns {Network} */
export function withClass(network, index) {
  return { ...network, y: network.y.map((_, at) => [at === index ? 1 : 0]) };
}

// ------------------------------------------------------------------------------- as text

/** Widths, activations and loss: `2,3t,2n,q`; an activation alone has no width. @param {Network} network */
export function structureText({ x, layers, loss }) {
  const letterOf = (/** @type {string | null} */ name) => Object.entries(LETTERS).find(([, each]) => each === (name ?? ""))?.[0];
  const parts = layers.map(({ b, activation }) => `${b ? b.length : ""}${letterOf(activation)}`);
  return [x.length, ...parts, loss === LOSSES[0] ? "q" : "c"].join();
}

/** All numbers: x, weights row by row and bias of each layer, y. @param {Network} network */
export function numbersOf(network) {
  return [...[...parameters(network).values()].flatMap((matrix) => matrix.flat()), ...network.y.flat()];
}

/**
 * The network of that structure with those numbers; null when the texts are not those of a network.
 *
 * @param {string} structure
 * @param {readonly number[]} numbers
 * @returns {Network | null}
 */
export function networkOf(structure, numbers) {
  const [inputs, ...parts] = structure.split(",");
  const loss = LOSS_LETTERS[/** @type {keyof typeof LOSS_LETTERS} */ (parts.pop() ?? "")];
  const layers = parts.map((part) => /^([1-9]?)([tsrm])$|^([1-9])n$/.exec(part));
  const said = layers.map((match) => (match ? (match[1] ?? match[3]) : "none"));
  const sizes = [Number(inputs), ...said.map((size) => (size === "" ? null : Number(size)))];
  const good = sizes.every((size) => size === null || (Number.isInteger(size) && size >= 1 && size <= MOST_UNITS));
  if (!loss || !good || layers.length < 1 || layers.length > MOST_LAYERS) return null;
  const activations = layers.map((match) => LETTERS[/** @type {keyof typeof LETTERS} */ (match?.[2])] || null);
  if (!endings(loss).includes(activations[activations.length - 1])) return null;
  return filled(sizes, activations, loss, numbers);
}

/**
 * @param {readonly (number | null)[]} sizes  null for an activation alone
 * @param {readonly (string | null)[]} activations
 * @param {LossName} loss
 * @param {readonly number[]} numbers
 * @returns {Network | null}
 */
function filled(sizes, activations, loss, numbers) {
  let next = 0;
  const take = (/** @type {number} */ rows, /** @type {number} */ columns) =>
    matrixOf(rows, columns, () => numbers[next++] ?? NaN);
  let width = sizes[0] ?? 1;
  const x = take(width, 1);
  const layers = activations.map((activation, index) => {
    const size = sizes[index + 1];
    if (size === null) return { W: null, b: null, activation };
    const before = width;
    width = size;
    return { W: take(size, before), b: take(size, 1), activation };
  });
  const y = take(width, 1);
  const fits = next === numbers.length && numbers.every((number) => Math.abs(number) <= FARTHEST);
  return fits ? withFittingTarget({ layers, x, y, loss }) : null;
}

/**
 * A network as presets and the server write it.
 *
 * @typedef {{
 *   layers: {weights?: number[][], bias?: number[], activation?: string | null}[],
 *   input: number[], target: number[], loss?: string,
 * }} Written  a layer without weights and bias is an activation alone
 * @param {Written} written
 * @returns {Network}
 */
export function networkFrom({ layers, input, target, loss }) {
  return {
    layers: layers.map(({ weights, bias, activation }) => ({
      W: weights ?? null, b: bias ? column(bias) : null, activation: activation ?? null,
    })),
    x: column(input),
    y: column(target),
    loss: loss === LOSSES[1] ? LOSSES[1] : LOSSES[0],
  };
}

/** @param {Network} network @returns {Written} */
export function written({ layers, x, y, loss }) {
  return {
    layers: layers.map(({ W, b, activation }) => ({
      ...(W && b && { weights: W.map((row) => [...row]), bias: b.flat() }), activation,
    })),
    input: x.flat(),
    target: y.flat(),
    loss,
  };
}
