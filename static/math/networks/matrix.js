/**
 * Small matrices as lists of rows.  A column has one entry in each row, a scalar is 1×1.
 *
 * @typedef {readonly (readonly number[])[]} Matrix
 * @typedef {{rows: number, columns: number}} Size
 */

/** A product or a sum of matrices whose sizes do not fit. */
export class SizeError extends Error {
  name = "SizeError";

  /**
   * @param {Size} left
   * @param {Size} right
   */
  constructor(left, right) {
    super(`${left.rows}×${left.columns} does not go with ${right.rows}×${right.columns}.`);
    this.left = left;
    this.right = right;
  }
}

/** @param {Matrix} matrix @returns {Size} */
export function sizeOf(matrix) {
  return { rows: matrix.length, columns: matrix[0].length };
}

/** @param {Matrix} a @param {Matrix} b */
export function sameSize(a, b) {
  return a.length === b.length && a[0].length === b[0].length;
}

/** @param {readonly number[]} numbers @returns {number[][]} */
export function column(numbers) {
  return numbers.map((number) => [number]);
}

/**
 * @param {number} rows
 * @param {number} columns
 * @param {(row: number, column: number) => number} entry
 */
export function matrixOf(rows, columns, entry) {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i, j)));
}

/** @param {number} size */
export function identity(size) {
  return matrixOf(size, size, (i, j) => (i === j ? 1 : 0));
}

/** @param {Matrix} vector  a column */
export function diagonal(vector) {
  return matrixOf(vector.length, vector.length, (i, j) => (i === j ? vector[i][0] : 0));
}

/** @param {Matrix} a */
export function transpose(a) {
  return matrixOf(a[0].length, a.length, (i, j) => a[j][i]);
}

/** @param {Matrix} a @param {Matrix} b @throws {SizeError} */
export function multiply(a, b) {
  if (a[0].length !== b.length) throw new SizeError(sizeOf(a), sizeOf(b));
  return matrixOf(a.length, b[0].length, (i, j) => {
    let sum = 0;
    for (let k = 0; k < b.length; k++) sum += a[i][k] * b[k][j];
    return sum;
  });
}

/**
 * Two matrices of one size, entry by entry.
 *
 * @param {Matrix} a
 * @param {Matrix} b
 * @param {(a: number, b: number) => number} operation
 * @throws {SizeError}
 */
export function entrywise(a, b, operation) {
  if (!sameSize(a, b)) throw new SizeError(sizeOf(a), sizeOf(b));
  return a.map((row, i) => row.map((entry, j) => operation(entry, b[i][j])));
}

/** @param {Matrix} a @param {(entry: number) => number} operation */
export function each(a, operation) {
  return a.map((row) => row.map(operation));
}

/** @param {Matrix} a @param {Matrix} b */
export function kronecker(a, b) {
  const { rows, columns } = sizeOf(b);
  return matrixOf(a.length * rows, a[0].length * columns, (i, j) =>
    a[Math.floor(i / rows)][Math.floor(j / columns)] * b[i % rows][j % columns],
  );
}

/** The columns one below the other: vec(A). @param {Matrix} a */
export function stacked(a) {
  return column(transpose(a).flat());
}
