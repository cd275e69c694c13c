/** What the widget says about a product of factors: fits or not, right or not, and why. */

import { adaptive } from "../../math/format.js";
import { matrixOf, network, RATE } from "./backpropagation.js";
import { sizeWords } from "./words.js";

/** @type {Record<import("./backpropagation.js").Name, string>} */
const PRINTED = { W2: "W₂", e: "e", x: "x" };

/**
 * @typedef {import("./backpropagation.js").Factor} Factor
 * @typedef {import("./backpropagation.js").Units} Units
 * @typedef {import("./backpropagation.js").Verdict} Verdict
 * @typedef {import("./backpropagation.js").Matrix} Matrix
 */

/** @param {Factor} factor */
export function factorName({ name, transposed }) {
  return PRINTED[name] + (transposed ? "ᵀ" : "");
}

/** @param {Factor[]} factors */
export function productName(factors) {
  return factors.map(factorName).join(" ");
}

/** @param {Matrix} matrix */
export function matrixSize(matrix) {
  return { rows: matrix.length, columns: matrix[0].length };
}

/**
 * @param {Factor[]} factors
 * @param {Units} units
 * @param {Verdict} verdict
 */
export function verdictSentence(factors, units, verdict) {
  if (verdict.kind === "mismatch") return mismatch(factors, units, verdict.left);
  const product = productName(factors);
  const weights = sizeWords({ rows: units.hidden, columns: units.inputs });
  if (verdict.kind === "shape") {
    const found = sizeWords(matrixSize(verdict.product));
    const tail = verdict.isTranspose
      ? "It is the transpose of the gradient, the derivative in numerator layout."
      : "The factors fit each other, but not the weights.";
    return `The product ${product} is ${found}, and W₁ is ${weights}: it cannot be subtracted from W₁. ${tail}`;
  }
  if (verdict.kind === "right") {
    return `${product} is the gradient: it has the shape of W₁, ${weights}, and agrees with central differences. ${step(verdict)}`;
  }
  const [i, j] = verdict.place;
  return (
    `The shapes keep silent, and ${product} is wrong: it has the shape of W₁, ${weights}, but its entry ` +
    `(${i + 1}, ${j + 1}) is ${whole(verdict.product[i][j])}, where central differences give ` +
    `${whole(verdict.numeric[i][j])}. ${step(verdict)}`
  );
}

/**
 * @param {Factor[]} factors
 * @param {Units} units
 * @param {number} left
 */
function mismatch(factors, units, left) {
  const numbers = network(units);
  const [first, second] = [factors[left], factors[left + 1]];
  const [one, other] = [first, second].map((factor) => matrixSize(matrixOf(factor, numbers)));
  const [a, b] = [factorName(first), factorName(second)];
  return (
    `${productName(factors)} is no product: ${a} is ${sizeWords(one)} and ${b} is ${sizeWords(other)}. ` +
    `${a} has ${counted(one.columns, "column")}, ${b} has ${counted(other.rows, "row")}; the two numbers must agree.`
  );
}

/**
 * @param {number} number
 * @param {string} noun
 */
function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** @param {{loss: number, after: number}} verdict */
function step({ loss, after }) {
  const way = after < loss ? "from" : "up from";
  return `A step with η = ${RATE} takes the loss ${way} ${whole(loss)} to ${whole(after)}.`;
}

/**
 * Whole numbers without decimals, others as the book prints them.
 *
 * @param {number} value
 */
export function whole(value) {
  const rounded = Math.round(value);
  const text = Math.abs(value - rounded) < 1e-6 ? String(Math.abs(rounded)) : adaptive(Math.abs(value), 2);
  return (value < 0 && text !== "0" ? "−" : "") + text;
}
