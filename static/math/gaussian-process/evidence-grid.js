/**
 * The log marginal likelihood for many noises at once.
 *
 * With K_f = QTQ' and T tridiagonal (Householder; Golub & Van Loan, Matrix Computations, 8.3.1),
 * K_f + cI = Q(T + cI)Q' for every c.  One reduction, some 4n³/3 operations, serves a whole column of
 * a map over length scale and noise: each further noise costs 10n operations.
 */

import { KERNELS } from "./kernels.js";

const EPSILON = Number.EPSILON;

/** @typedef {import("./process.js").Hyperparameters} Hyperparameters */

export class EvidenceColumn {
  /**
   * @param {Hyperparameters} hyper  its noise is not used
   * @param {readonly (readonly [number, number])[]} points
   */
  constructor(hyper, points) {
    const n = (this.n = points.length);
    this.z = Float64Array.from(points, ([, y]) => y);
    this.diagonal = new Float64Array(n);
    /** Entry i stands beside entries i − 1 and i of the diagonal. */
    this.beside = new Float64Array(n);
    const A = lowerCovariance(hyper, points);
    this.largest = A.reduce((most, value, index) => (index % (n + 1) === 0 ? Math.max(most, value) : most), 0);
    this.ownJitter = hyper.jitter * hyper.scale ** 2;
    this.#reduce(A);
  }

  /** Householder reflections from the last row upwards, applied to y as well. @param {Float64Array} A */
  #reduce(A) {
    const { n, z } = this;
    const v = new Float64Array(n), w = new Float64Array(n);
    for (let i = n - 1; i > 1; i--) {
      const row = i * n;
      let square = 0;
      for (let j = 0; j < i; j++) square += A[row + j] * A[row + j];
      const last = A[row + i - 1];
      if (square === last * last) continue;
      const target = last > 0 ? -Math.sqrt(square) : Math.sqrt(square);
      for (let j = 0; j < i; j++) v[j] = A[row + j];
      v[i - 1] -= target;
      A[row + i - 1] = target;
      reflect(A, z, v, w, i, n, 1 / (square - last * target));
    }
    for (let i = 0; i < n; i++) {
      this.diagonal[i] = A[i * n + i];
      this.beside[i] = i > 0 ? A[i * n + i - 1] : 0;
    }
  }

  /** The log marginal likelihood; NaN where K is not positive definite in double precision. @param {number} noise */
  at(noise) {
    const { n, diagonal, beside, z } = this;
    const shift = noise * noise + this.ownJitter;
    const least = n * EPSILON * (this.largest + shift);
    let value = (-n * Math.log(2 * Math.PI)) / 2, pivot = 1, w = 0;
    for (let i = 0; i < n; i++) {
      const factor = beside[i] / pivot;
      w = z[i] - factor * w;
      pivot = diagonal[i] + shift - factor * beside[i];
      if (!(pivot > least)) return NaN;
      value -= (Math.log(pivot) + (w * w) / pivot) / 2;
    }
    return value;
  }
}

/**
 * A ← HAH and z ← Hz for the first i rows, with H = I − βvv'.
 *
 * @param {Float64Array} A  lower triangle
 * @param {Float64Array} z
 * @param {Float64Array} v
 * @param {Float64Array} w  room for i numbers
 * @param {number} i
 * @param {number} n
 * @param {number} beta
 */
function reflect(A, z, v, w, i, n, beta) {
  w.fill(0, 0, i);
  let along = 0;
  for (let r = 0, row = 0; r < i; r++, row += n) {
    const own = v[r];
    let sum = 0;
    for (let c = 0; c < r; c++) {
      sum += A[row + c] * v[c];
      w[c] += A[row + c] * own;
    }
    w[r] += sum + A[row + r] * own;
    along += own * z[r];
  }
  let mixed = 0;
  for (let r = 0; r < i; r++) mixed += (w[r] *= beta) * v[r];
  const half = (beta * mixed) / 2;
  for (let r = 0; r < i; r++) w[r] -= half * v[r];
  for (let r = 0, row = 0; r < i; r++, row += n) {
    const ownV = v[r], ownW = w[r];
    for (let c = 0; c <= r; c++) A[row + c] -= ownV * w[c] + ownW * v[c];
    z[r] -= beta * along * ownV;
  }
}

/**
 * @param {Hyperparameters} hyper
 * @param {readonly (readonly [number, number])[]} points
 */
function lowerCovariance({ kernel, length, period, scale }, points) {
  const n = points.length, out = new Float64Array(3);
  const { at } = KERNELS[kernel];
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      at(points[i][0], points[j][0], length, period, out);
      A[i * n + j] = scale * scale * out[0];
    }
  }
  return A;
}
