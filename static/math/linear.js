/**
 * Linear algebra of 2×2 matrices [[a, b], [c, d]], kept as four numbers.
 *
 * @typedef {readonly [number, number, number, number]} Matrix2  a, b, c, d, row by row.
 */

/** A singular value below this fraction of the largest one counts as zero. */
const RANK_TOLERANCE = 1e-10;

/** @param {Matrix2} matrix */
export function determinant([a, b, c, d]) {
  return a * d - b * c;
}

/**
 * The singular values, largest first.
 *
 * A matrix is a rotation with scaling plus a reflection with scaling; the singular values are the
 * sum and the difference of the two scales.  The small one is taken from the determinant instead of
 * the difference, which would cancel.
 *
 * @param {Matrix2} matrix
 * @returns {[number, number]}
 */
export function singularValues([a, b, c, d]) {
  const large = (Math.hypot(a + d, c - b) + Math.hypot(a - d, b + c)) / 2;
  if (large === 0) return [0, 0];
  // Scaling first keeps a product of tiny or huge entries from under- or overflowing.
  const small = Math.abs((a / large) * d - (b / large) * c);
  return [large, Math.min(small, large)];
}

/**
 * The number of singular values that are not zero (to working precision); NaN for NaN entries.
 *
 * @param {Matrix2} matrix
 */
export function rank(matrix) {
  const [large, small] = singularValues(matrix);
  if (!Number.isFinite(large)) return NaN;
  if (large === 0) return 0;
  return small > RANK_TOLERANCE * large ? 2 : 1;
}
