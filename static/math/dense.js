/**
 * Small dense matrices as lists of rows.
 *
 * @typedef {number[][]} Matrix
 */

/**
 * The product of an a×b and a b×c matrix.
 *
 * @param {Matrix} left
 * @param {Matrix} right
 * @returns {Matrix}
 * @throws {RangeError} when the inner dimensions differ
 */
export function multiply(left, right) {
  if (left[0].length !== right.length) {
    throw new RangeError(`The inner dimensions ${left[0].length} and ${right.length} differ.`);
  }
  return left.map((row) => right[0].map((_, column) => row.reduce((sum, entry, k) => sum + entry * right[k][column], 0)));
}

/**
 * @param {Matrix} matrix
 * @returns {Matrix}
 */
export function transposed(matrix) {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
}

/**
 * The largest absolute difference of two entries in the same place; NaN when one of them is NaN.
 *
 * @param {Matrix} one
 * @param {Matrix} other
 */
export function largestDifference(one, other) {
  return Math.max(...one.flatMap((row, i) => row.map((entry, j) => Math.abs(entry - other[i][j]))));
}

/**
 * The Jacobian of a map by central differences, whose error shrinks with the square of the step.
 *
 * @param {(point: number[]) => number[]} map
 * @param {readonly number[]} point
 * @returns {Matrix} as many rows as the map has entries
 */
export function centralDifferences(map, point) {
  const columns = point.map((coordinate, index) => {
    const step = 1e-5 * Math.max(1, Math.abs(coordinate));
    const [after, before] = [step, -step].map((move) => map(point.map((old, at) => (at === index ? old + move : old))));
    return after.map((value, row) => (value - before[row]) / (2 * step));
  });
  return transposed(columns);
}
