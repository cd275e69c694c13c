/**
 * The gradient of a two-layer network by its first weights, with factors in any order.
 *
 *     h = W₁ x,   y = W₂ h,   L = ½‖y − t‖²,   e = y − t,   ∇L(W₁) = W₂ᵀ e xᵀ
 *
 * Small whole numbers, so that a reader can follow; with two units in every layer they are those of
 * the warning in lesson 2.  Matrices are arrays of rows.
 *
 * @typedef {"W2" | "e" | "x"} Name
 * @typedef {{name: Name, transposed: boolean}} Factor
 * @typedef {{inputs: number, hidden: number, outputs: number}} Units
 * @typedef {number[][]} Matrix
 * @typedef {{kind: "mismatch", left: number}
 *   | {kind: "shape", product: Matrix, isTranspose: boolean}
 *   | {kind: "wrong", product: Matrix, numeric: Matrix, place: [number, number], loss: number, after: number}
 *   | {kind: "right", product: Matrix, numeric: Matrix, error: number, loss: number, after: number}
 * } Verdict  `left` is the first factor that does not fit its right neighbour; `after` the loss after a step
 */

export const MOST_UNITS = 5;
/** The length of the step down the gradient. */
export const RATE = 0.05;
const DIFFERENCE = 1e-4;
const TOLERANCE = 1e-6;

/** @type {Factor[]} */
export const RIGHT = [
  { name: "W2", transposed: true },
  { name: "e", transposed: false },
  { name: "x", transposed: true },
];

const WEIGHTS = [1, 2, 0, 1, -1, 2, 1, 0, -2, 1, 3, -1];
const INPUTS = [1, 1, 2, -1, 1];
const ERRORS = [1, -1, 2, 1, -2];

/**
 * The numbers of a network: W₁ keeps the inputs, errors and weights are given, the target follows.
 *
 * @param {Units} units
 */
export function network({ inputs, hidden, outputs }) {
  const W1 = matrix(hidden, inputs, (row, column) => (row === column ? 1 : 0));
  const W2 = matrix(outputs, hidden, (row, column) => WEIGHTS[(row * hidden + column) % WEIGHTS.length]);
  const x = matrix(inputs, 1, (row) => INPUTS[row]);
  const e = matrix(outputs, 1, (row) => ERRORS[row]);
  const y = multiply(W2, multiply(W1, x));
  const t = matrix(outputs, 1, (row) => y[row][0] - e[row][0]);
  return { W1, W2, x, e, t };
}

/**
 * The factor as a matrix, transposed where it is asked for.
 *
 * @param {Factor} factor
 * @param {ReturnType<typeof network>} numbers
 */
export function matrixOf({ name, transposed }, numbers) {
  return transposed ? transpose(numbers[name]) : numbers[name];
}

/**
 * @param {Factor[]} factors
 * @param {Units} units
 * @returns {Verdict}
 */
export function judge(factors, units) {
  const numbers = network(units);
  const matrices = factors.map((factor) => matrixOf(factor, numbers));
  const left = matrices.findIndex((one, index) => index + 1 < matrices.length && one[0].length !== matrices[index + 1].length);
  if (left >= 0) return { kind: "mismatch", left };
  const product = matrices.reduce(multiply);
  const numeric = numericGradient(numbers);
  if (!sameShape(product, numeric)) {
    const turned = transpose(product);
    return { kind: "shape", product, isTranspose: sameShape(turned, numeric) && largest(turned, numeric).error < TOLERANCE };
  }
  return compared(product, numeric, numbers);
}

/**
 * @param {Matrix} product
 * @param {Matrix} numeric
 * @param {ReturnType<typeof network>} numbers
 * @returns {Verdict}
 */
function compared(product, numeric, numbers) {
  const { error, place } = largest(product, numeric);
  const loss = lossAt(numbers.W1, numbers);
  const step = numbers.W1.map((row, i) => row.map((weight, j) => weight - RATE * product[i][j]));
  const after = lossAt(step, numbers);
  return error < TOLERANCE
    ? { kind: "right", product, numeric, error, loss, after }
    : { kind: "wrong", product, numeric, place, loss, after };
}

/**
 * The gradient of the loss by W₁ from central differences, entry by entry.
 *
 * @param {ReturnType<typeof network>} numbers
 * @returns {Matrix}
 */
export function numericGradient(numbers) {
  const { W1 } = numbers;
  return W1.map((row, i) =>
    row.map((_, j) => (lossAt(moved(W1, i, j, DIFFERENCE), numbers) - lossAt(moved(W1, i, j, -DIFFERENCE), numbers)) / (2 * DIFFERENCE)),
  );
}

/**
 * @param {Matrix} W1
 * @param {{W2: Matrix, x: Matrix, t: Matrix}} numbers
 */
function lossAt(W1, { W2, x, t }) {
  const y = multiply(W2, multiply(W1, x));
  return y.reduce((sum, [value], row) => sum + (value - t[row][0]) ** 2 / 2, 0);
}

/**
 * @param {Matrix} matrix
 * @param {number} i
 * @param {number} j
 * @param {number} by
 */
function moved(matrix, i, j, by) {
  return matrix.map((row, index) => (index === i ? row.map((value, column) => (column === j ? value + by : value)) : row));
}

/**
 * @param {Matrix} left
 * @param {Matrix} right
 * @returns {Matrix}
 */
export function multiply(left, right) {
  return left.map((row) => right[0].map((_, column) => row.reduce((sum, value, k) => sum + value * right[k][column], 0)));
}

/**
 * @param {Matrix} matrix
 * @returns {Matrix}
 */
export function transpose(matrix) {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
}

/**
 * @param {Matrix} first
 * @param {Matrix} second
 * @returns {{error: number, place: [number, number]}} the largest difference and where it is
 */
function largest(first, second) {
  /** @type {{error: number, place: [number, number]}} */
  const found = { error: Math.abs(first[0][0] - second[0][0]), place: [0, 0] };
  first.forEach((row, i) =>
    row.forEach((value, j) => {
      const error = Math.abs(value - second[i][j]);
      // Of differences that agree up to rounding, the first is named.
      if (error > found.error + TOLERANCE) Object.assign(found, { error, place: [i, j] });
    }),
  );
  return found;
}

/**
 * @param {Matrix} first
 * @param {Matrix} second
 */
function sameShape(first, second) {
  return first.length === second.length && first[0].length === second[0].length;
}

/**
 * @param {number} rows
 * @param {number} columns
 * @param {(row: number, column: number) => number} fill
 * @returns {Matrix}
 */
function matrix(rows, columns, fill) {
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => fill(row, column)));
}
