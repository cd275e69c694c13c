/**
 * Names and sentences.  Pure, no page.
 *
 * @typedef {import("../../math/networks/matrix.js").Matrix} Matrix
 * @typedef {import("../../math/networks/network.js").Node} Node
 * @typedef {import("../../math/networks/network.js").Pass} Pass
 * @typedef {import("../../math/networks/network.js").Mismatch} Mismatch
 * @typedef {import("../../math/networks/differences.js").Compared} Compared
 * @typedef {import("./timeline.js").Step} Step
 * @typedef {"numerator" | "denominator"} Layout
 */

import { adaptive, fixed } from "../../math/format.js";
import { sizeOf, transpose } from "../../math/networks/matrix.js";

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** z1 as z₁, loss as ℓ. @param {string} name */
export function symbol(name) {
  if (name === "loss") return "ℓ";
  return name.replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]);
}

/** The name of an entry: W₁ row 2 column 3. @param {{name: string, row: number, column: number}} entry */
export function entryName({ name, row, column }) {
  return name[0] === "W" ? `${symbol(name)} row ${row + 1} column ${column + 1}` : `${symbol(name)} row ${row + 1}`;
}

/** @param {Matrix} matrix */
export function sizeText(matrix) {
  const { rows, columns } = sizeOf(matrix);
  return `${rows}×${columns}`;
}

/** A number with three decimals, a whole one without. @param {number} value */
export function numberText(value) {
  return Number.isInteger(value) ? fixed(value, 0) : adaptive(value, 3);
}

/** A number in a field: as it is, to six decimals. @param {number} value */
export function fieldText(value) {
  const text = fixed(value, 6);
  return text.includes(".") && !text.includes("×") ? text.replace(/\.?0+$/, "") : text;
}

/** The entries of a matrix in words, row by row. @param {Matrix} matrix */
export function entries(matrix) {
  const rows = matrix.map((row) => row.map(numberText).join(", "));
  if (matrix.length === 1 && matrix[0].length === 1) return rows[0];
  if (matrix[0].length === 1) return `(${rows.join(", ")})`;
  return rows.map((row) => `(${row})`).join("; ");
}

/** A cotangent in the reader's layout: a row, or as its node. @param {Matrix} matrix @param {Layout} layout */
export function inLayout(matrix, layout) {
  return layout === "numerator" ? transpose(matrix) : matrix;
}

/** The operation with its arguments: W₁x + b₁. @param {Node} node */
export function operationText({ operation, arguments: names }) {
  const [first, second, third] = names.map(symbol);
  switch (operation?.name) {
    case "affine": return `${first} ${second} + ${third}`;
    case "squared error": return `½‖${first} − ${second}‖²`;
    case "cross-entropy": return `−${second}ᵀ log ${first}`;
    case "softmax cross-entropy": return `−${second}ᵀ log softmax(${first})`;
    default: return `${operation?.name}(${first})`;
  }
}

/** The operation on an arrow of the graph, in few characters. @param {import("../../math/networks/operations.js").Operation} operation */
export function operationLabel({ name }) {
  /** @type {Record<string, string>} */
  const short = { "squared error": "½‖p − y‖²", "cross-entropy": "−yᵀ log p", "softmax cross-entropy": "log-softmax" };
  return short[name] ?? name;
}

/** What kind of matrix the local Jacobian is. @param {Node} node @param {number} position */
export function jacobianKind({ operation, arguments: names }, position) {
  if (operation?.name === "affine") return [`${symbol(names[1])}ᵀ ⊗ I`, `${symbol(names[0])}`, "identity"][position];
  if (operation?.name === "softmax") return "full";
  return names.includes("y") ? "row" : "diagonal";
}

/**
 * What a step does, in a sentence.
 *
 * @param {Step} step
 * @param {Pass} pass
 * @param {Layout} layout
 * @param {boolean} faulty  whether a fault is hidden: then nothing is said about what a matrix is
 */
export function stepSentence(step, pass, layout, faulty) {
  switch (step.kind) {
    case "given": return "Given are the input, the weights and the target.";
    case "forward": return forwardSentence(step.node);
    case "seed": return "The way back begins with ∂ℓ/∂ℓ = 1.";
    case "mismatch": return mismatchSentence(step.edge, pass, layout);
    default: return backwardSentence(step.edge, pass, layout, faulty);
  }
}

/** @param {Node} node */
function forwardSentence(node) {
  const { name, value, operation } = node;
  return `Forward through ${operation?.name}: ${symbol(name)} = ${operationText(node)} = ${entries(value)}, ${sizeText(value)}.`;
}

/**
 * @param {import("../../math/networks/network.js").Edge} edge
 * @param {Pass} pass
 * @param {Layout} layout
 * @param {boolean} faulty
 */
function backwardSentence({ head, tail, position, jacobian, incoming, outgoing }, { nodes }, layout, faulty) {
  const node = /** @type {Node} */ (nodes.find(({ name }) => name === head));
  const jacobianText = jacobianWords(faulty ? "" : jacobianKind(node, position));
  const arriving = `the cotangent (${sizeText(inLayout(incoming, layout))})`;
  const product = layout === "numerator"
    ? `${arriving} times the ${sizeText(jacobian)} ${jacobianText}`
    : `the transposed ${jacobianText} (${sizeText(transpose(jacobian))}) times ${arriving}`;
  const result = inLayout(outgoing, layout);
  return `Back through ${node.operation?.name} to ${symbol(tail)}: ${product} gives ∂ℓ/∂${symbol(tail)} = ${entries(result)}, ${sizeText(result)}.`;
}

/** diagonal Jacobian, Jacobian W₂. @param {string} kind */
function jacobianWords(kind) {
  if (!kind) return "Jacobian";
  return /^[a-z]+$/.test(kind) ? `${kind} Jacobian` : `Jacobian ${kind}`;
}

/**
 * @param {Mismatch} mismatch
 * @param {Pass} pass
 * @param {Layout} layout
 */
export function mismatchSentence({ head, tail, jacobian, incoming, outgoing }, { nodes }, layout) {
  const way = `From ${symbol(head)} back to ${symbol(tail)}`;
  const value = /** @type {Node} */ (nodes.find(({ name }) => name === tail)).value;
  if (outgoing) {
    const [got, needed] = [outgoing, value].map((matrix) => sizeText(inLayout(matrix, layout)));
    return `${way}: the product comes out as ${got}, but the derivative by ${symbol(tail)} must be ${needed}. The program stops here.`;
  }
  const factors = layout === "numerator" ? [transpose(incoming), jacobian] : [transpose(jacobian), incoming];
  const [left, right] = factors.map(sizeText);
  return `${way}: ${left} times ${right} does not exist. The program stops here.`;
}

/**
 * The result of the gradient check.
 *
 * @param {readonly Compared[]} compared  from the loss to the input
 */
export function checkSentence(compared) {
  const those = (/** @type {string} */ verdict) => compared.filter((each) => each.verdict === verdict);
  const [agree, differ, missing, kinks, small] = ["agrees", "differs", "undefined", "kink", "unresolved"].map(those);
  const all = compared.length;
  const parts = [];
  if (differ.length) {
    parts.push(`${differ.length} of ${all} entries differ from central differences; coming from the loss, the first is ${entryName(differ[0])}.`);
  } else if (agree.length === all) {
    const largest = Math.max(...agree.map(({ error }) => error));
    parts.push(`All ${all} entries agree with central differences; the largest relative error is ${errorText(largest)}.`);
  } else {
    parts.push(`${agree.length} of ${all} entries agree with central differences.`);
  }
  if (missing.length) parts.push(`${missing.length} cannot be compared: a number is missing or not finite.`);
  if (kinks.length) parts.push(`${kinks.length} ${kinks.length > 1 ? "stand" : "stands"} at a kink of relu, where there is no derivative.`);
  if (small.length) parts.push(`${small.length} ${small.length > 1 ? "are" : "is"} smaller than the rounding error of the differences.`);
  return parts.join(" ");
}

/** A relative error, with two digits. @param {number} error */
export function errorText(error) {
  if (error === 0) return "0";
  return error < 1e-4 ? adaptive(error, 2) : fixed(error, 4);
}

/** @type {Record<import("../../math/networks/differences.js").Verdict, string>} */
export const VERDICTS = {
  agrees: "✓ agrees",
  differs: "✗ differs",
  kink: "? kink",
  unresolved: "? too small",
  undefined: "– missing",
};
