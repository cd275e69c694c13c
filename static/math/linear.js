/**
 * Linear algebra of 2×2 matrices [[a, b], [c, d]], kept as four numbers.
 *
 * @typedef {readonly [number, number, number, number]} Matrix2  a, b, c, d, row by row.
 */

/** A determinant below this fraction of its two products is what rounding left of zero. */
const CANCELLATION = 1e-12;

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
 * The number of singular values that are not zero; NaN for entries that are not finite.
 *
 * Whether the small one is zero is decided by cancellation in the determinant, not by its size: the
 * map (x, y) → (10³⁰x, y) is very lopsided, but flattens nothing.
 *
 * @param {Matrix2} matrix
 */
export function rank([a, b, c, d]) {
  const largest = Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
  if (!Number.isFinite(a + b + c + d)) return NaN;
  if (largest === 0) return 0;
  const first = (a / largest) * d;
  const second = (b / largest) * c;
  return Math.abs(first - second) > CANCELLATION * (Math.abs(first) + Math.abs(second)) ? 2 : 1;
}

/**
 * Eigenvalues, the smaller one first, and unit eigenvectors of the symmetric matrix [[a, b], [b, c]].
 *
 * The eigenvalue nearer to zero is taken from the determinant, so that a singular matrix of whole
 * numbers has an eigenvalue that is exactly zero.  The second vector is the first turned by a right
 * angle to the left.
 *
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @returns {{values: [number, number], vectors: [[number, number], [number, number]]}}
 */
export function symmetricEigen(a, b, c) {
  const middle = (a + c) / 2;
  const reach = Math.hypot((a - c) / 2, b);
  const outer = middle < 0 ? middle - reach : middle + reach;
  const inner = outer === 0 ? 0 : (a / outer) * c - (b / outer) * b;
  // The direction of the larger eigenvalue makes half the angle of ((a − c)/2, b) with the x axis.
  const angle = reach === 0 ? Math.PI / 2 : Math.atan2(b, (a - c) / 2) / 2;
  const high = /** @type {[number, number]} */ ([Math.cos(angle), Math.sin(angle)]);
  const low = /** @type {[number, number]} */ ([high[1], -high[0]]);
  return { values: [Math.min(inner, outer), Math.max(inner, outer)], vectors: [low, high] };
}
