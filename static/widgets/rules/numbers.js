/**
 * Numbers for the names: small, random, and with the declared properties.  Pure, no page.
 *
 * An entry of a symmetric matrix takes its mirror image along; what a property fixes (the zeros of a
 * diagonal matrix, all of an orthogonal one) cannot be changed by itself.
 *
 * @typedef {import("./model.js").Placed} Placed
 * @typedef {() => number} Random  uniform between 0 and 1
 * @typedef {"any" | "positive" | "dominant"} Style
 */

const LARGEST = 2;
const TRIES = 90;

/**
 * New numbers for all names; the first that suit.
 *
 * @param {Placed[]} symbols
 * @param {(numbers: number[]) => boolean} suits
 * @param {Random} [random]
 * @returns {number[] | null} null when none were found
 */
export function newNumbers(symbols, suits, random = Math.random) {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const style = /** @type {const} */ (["any", "positive", "dominant"])[Math.floor((3 * attempt) / TRIES)];
    const numbers = symbols.flatMap((symbol) => drawn(symbol, style, random).flat());
    if (suits(numbers)) return numbers;
  }
  return null;
}

/**
 * @param {Placed} symbol
 * @param {Style} style  of what has no declared property
 * @param {Random} random
 * @returns {number[][]}
 */
export function drawn({ rows, columns, properties }, style, random) {
  const positive = properties.includes("positive") || style === "positive";
  const one = () => short((0.1 + random() * (LARGEST - 0.1)) * (positive || random() < 0.5 ? 1 : -1));
  const matrix = Array.from({ length: rows }, () => Array.from({ length: columns }, one));
  const square = rows === columns && rows > 1;
  if (properties.includes("orthogonal")) return orthogonal(matrix);
  if (properties.includes("positive-definite")) return definite(matrix);
  if (properties.includes("diagonal")) return matrix.map((row, i) => row.map((x, j) => (i === j ? x : 0)));
  if (properties.includes("symmetric")) return matrix.map((row, i) => row.map((x, j) => (i <= j ? x : matrix[j][i])));
  if (properties.includes("skew")) {
    return matrix.map((row, i) => row.map((x, j) => (i < j ? x : i > j ? -matrix[j][i] : 0)));
  }
  if (square && style === "dominant") {
    return matrix.map((row, i) => row.map((x, j) => (i === j ? short(Math.abs(x) + 2) : short(x / 2))));
  }
  return matrix;
}

/** @param {number} value  with one decimal */
function short(value) {
  return (Math.round(value * 10) || Math.sign(value)) / 10;
}

/** M Mᵀ/n + I. @param {number[][]} matrix */
function definite(matrix) {
  const size = matrix.length;
  const product = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.reduce((sum, x, k) => sum + x * b[k], 0);
  return matrix.map((row, i) =>
    matrix.map((other, j) => Math.round(10 * (product(row, other) / size + (i === j ? 1 : 0))) / 10),
  );
}

/** The rows made orthonormal, after Gram and Schmidt. @param {number[][]} matrix */
function orthogonal(matrix) {
  /** @type {number[][]} */
  const found = [];
  for (const [index, row] of matrix.entries()) {
    // A row that lies in the span of the earlier ones is moved out of it.
    const rest = row.map((x, j) => x + (j === index ? 3 : 0));
    for (const unit of found) {
      const share = unit.reduce((sum, x, j) => sum + x * rest[j], 0);
      unit.forEach((x, j) => (rest[j] -= share * x));
    }
    const length = Math.hypot(...rest);
    found.push(rest.map((x) => x / length));
  }
  return found;
}

/**
 * Whether the reader may change this entry.
 *
 * @param {Placed} symbol
 * @param {number} row
 * @param {number} column
 */
export function editable({ properties }, row, column) {
  if (properties.includes("orthogonal")) return false;
  return row !== column ? !properties.includes("diagonal") : !properties.includes("skew");
}

/**
 * The numbers after one entry was changed, and with it what its name's properties tie to it.
 *
 * @param {readonly number[]} numbers
 * @param {Placed} symbol
 * @param {number} row
 * @param {number} column
 * @param {number} value
 * @returns {number[]}
 */
export function changed(numbers, symbol, row, column, value) {
  const result = [...numbers];
  const place = (/** @type {number} */ i, /** @type {number} */ j) => symbol.first + i * symbol.columns + j;
  result[place(row, column)] = value;
  if (row !== column && symbol.properties.includes("symmetric")) result[place(column, row)] = value;
  if (row !== column && symbol.properties.includes("skew")) result[place(column, row)] = -value + 0;
  return result;
}
