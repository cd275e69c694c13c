/** What the widget says: the result and the agreement of the three ways. Pure text, no page. */

import { adaptive, fixed } from "../../math/format.js";

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const MOST_SPOKEN = 9;

/** @typedef {import("./model.js").Agreement} Agreement */
/** @typedef {import("./model.js").Cell} Cell */
/** @typedef {import("./model.js").Layout} Layout */

/** What each rule tells the reader to do, above its identities. */
export const RULES = Object.freeze({
  scalar: { title: "Scalar by vector", advice: "Bring the differential into the form df = gᵀdx; then g is the gradient." },
  vector: { title: "Vector by vector", advice: "Bring the differential into the form df = J dx; then J is the Jacobian." },
  chain: { title: "Chain rule", advice: "Insert the inner differential into the outer one: from df = J dy and dy = K dx follows df = JK dx." },
});

/**
 * A number in a field: no more digits than it needs.
 *
 * @param {number} value
 */
export function numberText(value) {
  return String(Number(value.toFixed(4))).replace("-", "\u2212");
}

/**
 * Entry `index` of a stacked value, as a subscript: `₂`, `₁₂`, nothing for a scalar.
 *
 * @param {number} index
 * @param {{rows: number, columns: number}} size
 * @param {number} axes
 */
export function subscript(index, { rows }, axes) {
  if (axes === 0) return "";
  const parts = axes === 1 ? [index + 1] : [(index % rows) + 1, Math.floor(index / rows) + 1];
  const comma = parts.some((part) => part > 9) ? "," : "";
  return parts.map((part) => [...String(part)].map((digit) => SUBSCRIPTS[Number(digit)]).join("")).join(comma);
}

/**
 * @param {{i: number, j: number}} cell
 * @param {import("./model.js").DerivativeModel} model
 */
export function partialName({ i, j }, { valueSize, answer, variable }) {
  const letter = answer.value_shape.length === 2 ? "F" : "f";
  const axes = { scalar: 0, vector: 1, matrix: 2 }[variable.kind];
  const of = subscript(i, valueSize, answer.value_shape.length);
  return `∂${letter}${of}/∂${variable.name}${subscript(j, variable, axes)}`;
}

/**
 * What the shape of the result is called.
 *
 * @param {number} rows
 * @param {number} columns
 */
export function shapeName(rows, columns) {
  if (rows === 1 && columns === 1) return "a number";
  if (rows === 1) return `a row of ${columns}`;
  if (columns === 1) return `a column of ${rows}`;
  return `a ${rows}×${columns} matrix`;
}

/**
 * Whether, and how nearly, the three ways agree.
 *
 * @param {Agreement} found
 */
export function verdict(found) {
  const { rows, columns } = { rows: found.differs.length, columns: found.differs[0].length };
  const count = rows * columns;
  if (!found.defined) {
    return "The expression or its derivative is undefined at these numbers, so there is nothing to compare.";
  }
  if (found.agree) {
    const where = count === 1 ? "" : ` in all ${count} entries`;
    if (found.largest === 0) return `The three ways agree${where}, to the last digit.`;
    const place = count === 1 ? "" : ` (row ${found.row + 1}, column ${found.column + 1})`;
    const most = count === 1 ? "the difference is" : "the largest difference is";
    return `The three ways agree${where}: ${most} ${adaptive(found.largest, 2)}${place}.`;
  }
  const wrong = found.differs.flat().filter(Boolean).length;
  const where = count === 1 ? "" : ` in ${wrong} of ${count} entries`;
  const size = `by up to ${adaptive(found.largest, 2)} (row ${found.row + 1}, column ${found.column + 1})`;
  return found.symbolic
    ? `Central differences are off${where}, ${size}: these numbers are close to a kink or pole, or the function is very steep here.`
    : `The three ways disagree${where}, ${size}: these numbers are close to a kink or pole, or a declared property does not hold.`;
}

/**
 * The sentence for screen readers: the entries, if they are few, and the agreement.
 *
 * @param {{expression: string, wrt: string, layout: Layout, rule: number[][], found: Agreement}} result
 */
export function sentence({ expression, wrt, layout, rule, found }) {
  const shape = shapeName(rule.length, rule[0].length);
  const start = `The derivative of ${expression} with respect to ${wrt} in ${layout} layout is ${shape}`;
  const entries = rule.flat();
  const spoken = entries.length <= MOST_SPOKEN ? `: ${rule.map(rowText).join("; ")}` : "";
  return `${start}${spoken}. ${verdict(found)}`;
}

/** @param {number[]} row */
function rowText(row) {
  return row.map((entry) => fixed(entry)).join(", ");
}

/**
 * One partial derivative in all digits, found in three ways.
 *
 * @param {number} value
 */
export function allDigits(value) {
  if (!Number.isFinite(value)) return fixed(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return adaptive(value, 6);
  return fixed(value, 12 - Math.max(1, Math.ceil(Math.log10(Math.max(size, 1)) + 1e-12)));
}
