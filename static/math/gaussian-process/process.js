/**
 * A Gaussian process given observations: everything grows by one row for each observation.
 *
 * Row i of the Cholesky factor L, of L⁻¹ and of V = L⁻¹K∗ depends only on the rows before it.  So the
 * observation that the hand moves stands last: {@link Process#mark} remembers the others, and a
 * movement costs {@link Process#rewind} and one {@link Process#append}, n² + n·m multiplications
 * instead of n³, for n observations and m places of prediction.
 *
 * K = K_f + (σ² + εs²)I.  The log marginal likelihood is −½‖L⁻¹y‖² − Σ log Lᵢᵢ − (n/2) log 2π; its
 * gradient ½ tr((αα' − K⁻¹) ∂K/∂log θ) is an entrywise sum.
 */

import { KERNELS } from "./kernels.js";

/** @typedef {{kernel: string, length: number, scale: number, noise: number, period: number, jitter: number}} Hyperparameters */
/** @typedef {{fit: number, complexity: number, constant: number, value: number}} Evidence */
/** @typedef {{length: number, scale: number, noise: number, period?: number}} Slopes  by the logarithm of each */

const EPSILON = Number.EPSILON;

export class Process {
  /**
   * @param {Hyperparameters} hyper
   * @param {number} capacity  the most observations
   * @param {ArrayLike<number>} [places]  inputs at which to predict
   */
  constructor(hyper, capacity, places = []) {
    this.hyper = hyper;
    this.kernel = KERNELS[hyper.kernel];
    this.n = 0;
    /** The smallest pivot as a share of its diagonal entry. */
    this.leastPivot = Infinity;
    /** The number of the first observation whose pivot is not positive. */
    this.failed = -1;
    this.capacity = capacity;
    this.places = Float64Array.from(places);
    const square = () => new Float64Array(capacity * capacity);
    this.x = new Float64Array(capacity);
    this.z = new Float64Array(capacity);
    // Lower triangles, row by row.
    this.K = square();
    this.byLength = square();
    this.byPeriod = this.kernel.periodic ? square() : this.K;
    this.L = square();
    this.M = square();
    this.inverse = square();
    this.V = new Float64Array(capacity * this.places.length);
    this.mean = new Float64Array(this.places.length);
    this.variance = new Float64Array(this.places.length);
    this.out = new Float64Array(3);
    /** @type {{n: number, least: number, failed: number, inverse: Float64Array, mean: Float64Array, variance: Float64Array} | null} */
    this.saved = null;
    this.begin(hyper);
  }

  /** Forget all observations, and go on with other hyperparameters of the same kernel. @param {Hyperparameters} hyper */
  begin(hyper) {
    this.hyper = hyper;
    this.kernel = KERNELS[hyper.kernel];
    this.n = 0;
    this.leastPivot = Infinity;
    this.failed = -1;
    this.saved = null;
    this.mean.fill(0);
    this.places.forEach((place, k) => (this.variance[k] = this.#covariance(place, place)));
  }

  /** Whether K is positive definite in double precision: no pivot is below the rounding error of its sum. */
  get definite() {
    return this.failed < 0 && this.leastPivot > this.n * EPSILON;
  }

  /** Remember what there is, for {@link Process#rewind}. */
  mark() {
    const { n, leastPivot: least, failed } = this;
    const inverse = this.inverse.slice(0, n * this.capacity);
    this.saved = { n, least, failed, inverse, mean: this.mean.slice(), variance: this.variance.slice() };
  }

  /** Go back to the mark. */
  rewind() {
    if (!this.saved) throw new Error("There is no mark to go back to.");
    this.n = this.saved.n;
    this.leastPivot = this.saved.least;
    this.failed = this.saved.failed;
    this.inverse.set(this.saved.inverse);
    this.mean.set(this.saved.mean);
    this.variance.set(this.saved.variance);
  }

  /**
   * One more observation.
   *
   * @param {number} x
   * @param {number} y
   */
  append(x, y) {
    const { n: i, capacity } = this;
    if (i >= capacity) throw new RangeError(`At most ${capacity} observations.`);
    this.x[i] = x;
    this.n = i + 1;
    this.#fillCovariances(i);
    if (this.failed >= 0) return;
    const pivot = this.#factorRow(i);
    this.leastPivot = Math.min(this.leastPivot, pivot / this.K[i * capacity + i]);
    if (!(pivot > 0)) {
      this.failed = i;
      return;
    }
    const row = i * capacity;
    let sum = y;
    for (let k = 0; k < i; k++) sum -= this.L[row + k] * this.z[k];
    this.z[i] = sum / this.L[row + i];
    this.#invertRow(i);
    this.#predictRow(i);
  }

  /** k(a, b) with the scale. @param {number} a @param {number} b */
  #covariance(a, b) {
    const { length, period, scale } = this.hyper;
    this.kernel.at(a, b, length, period, this.out);
    return scale * scale * this.out[0];
  }

  /** @param {number} i */
  #fillCovariances(i) {
    const { x, out, hyper: { length, period, scale, noise, jitter }, kernel } = this;
    const square = scale * scale, row = i * this.capacity;
    for (let j = 0; j <= i; j++) {
      kernel.at(x[i], x[j], length, period, out);
      this.K[row + j] = square * out[0];
      this.byLength[row + j] = square * out[1];
      if (kernel.periodic) this.byPeriod[row + j] = square * out[2];
    }
    this.K[row + i] += noise * noise + jitter * square;
  }

  /** Row i of L. @param {number} i @returns {number} the pivot, Lᵢᵢ² */
  #factorRow(i) {
    const { L, K, capacity } = this;
    const row = i * capacity;
    for (let j = 0; j <= i; j++) {
      const other = j * capacity;
      let sum = K[row + j];
      for (let k = 0; k < j; k++) sum -= L[row + k] * L[other + k];
      if (j === i) {
        L[row + i] = Math.sqrt(sum);
        return sum;
      }
      L[row + j] = sum / L[other + j];
    }
    return NaN;
  }

  /** Row i of L⁻¹, and its part of K⁻¹ = L⁻ᵀL⁻¹. @param {number} i */
  #invertRow(i) {
    const { L, M, inverse, capacity } = this;
    const row = i * capacity, pivot = L[row + i];
    M.fill(0, row, row + i);
    for (let k = 0; k < i; k++) {
      const factor = L[row + k] / pivot, other = k * capacity;
      for (let j = 0; j <= k; j++) M[row + j] -= factor * M[other + j];
    }
    M[row + i] = 1 / pivot;
    inverse.fill(0, row, row + i + 1);
    for (let j = 0; j <= i; j++) {
      const factor = M[row + j], target = j * capacity;
      for (let k = 0; k <= j; k++) inverse[target + k] += factor * M[row + k];
    }
  }

  /** Row i of V, and what it tells about mean and variance. @param {number} i */
  #predictRow(i) {
    const { V, L, z, mean, variance, places, capacity } = this;
    const m = places.length, row = i * capacity, own = i * m;
    for (let p = 0; p < m; p++) V[own + p] = this.#covariance(this.x[i], places[p]);
    for (let k = 0; k < i; k++) {
      const factor = L[row + k], other = k * m;
      for (let p = 0; p < m; p++) V[own + p] -= factor * V[other + p];
    }
    const pivot = L[row + i];
    for (let p = 0; p < m; p++) {
      const v = (V[own + p] /= pivot);
      mean[p] += v * z[i];
      variance[p] -= v * v;
    }
  }

  /** @returns {Evidence} NaN where K is not positive definite */
  evidence() {
    const constant = (-this.n * Math.log(2 * Math.PI)) / 2;
    if (!this.definite) return { fit: NaN, complexity: NaN, constant, value: NaN };
    let fit = 0, complexity = 0;
    for (let i = 0; i < this.n; i++) {
      fit -= (this.z[i] * this.z[i]) / 2;
      complexity -= Math.log(this.L[i * this.capacity + i]);
    }
    return { fit, complexity, constant, value: fit + complexity + constant };
  }

  /** α = K⁻¹y. */
  alpha() {
    const alpha = new Float64Array(this.n);
    for (let i = 0; i < this.n; i++) {
      const row = i * this.capacity;
      for (let j = 0; j <= i; j++) alpha[j] += this.M[row + j] * this.z[i];
    }
    return alpha;
  }

  /** @returns {Slopes} ∂ℒ/∂log θ = ½ tr((αα' − K⁻¹) ∂K/∂log θ); NaN where K is not positive definite */
  slopes() {
    const { n, capacity, kernel, hyper } = this;
    const periodic = kernel.periodic ? { period: NaN } : {};
    if (!this.definite) return { length: NaN, scale: NaN, noise: NaN, ...periodic };
    const alpha = this.alpha();
    const variance = hyper.noise * hyper.noise;
    let length = 0, all = 0, diagonal = 0, period = 0;
    for (let i = 0; i < n; i++) {
      const row = i * capacity;
      for (let j = 0; j < i; j++) {
        const cotangent = alpha[i] * alpha[j] - this.inverse[row + j];
        length += cotangent * this.byLength[row + j];
        all += cotangent * this.K[row + j];
        if (kernel.periodic) period += cotangent * this.byPeriod[row + j];
      }
      const own = (alpha[i] * alpha[i] - this.inverse[row + i]) / 2;
      length += own * this.byLength[row + i];
      all += own * this.K[row + i];
      if (kernel.periodic) period += own * this.byPeriod[row + i];
      diagonal += own;
    }
    const noise = 2 * variance * diagonal;
    return { length, scale: 2 * all - noise, noise, ...(kernel.periodic ? { period } : {}) };
  }

  /** ‖K‖₁‖K⁻¹‖₁; infinite where K is not positive definite. */
  condition() {
    return this.definite ? this.#norm(this.K) * this.#norm(this.inverse) : Infinity;
  }

  /** The largest sum of absolute values in a column. @param {Float64Array} lower */
  #norm(lower) {
    const sums = new Float64Array(this.n);
    for (let i = 0; i < this.n; i++) {
      for (let j = 0; j <= i; j++) {
        const size = Math.abs(lower[i * this.capacity + j]);
        sums[j] += size;
        if (j < i) sums[i] += size;
      }
    }
    return sums.reduce((most, sum) => Math.max(most, sum), 0);
  }
}

/**
 * @param {Hyperparameters} hyper
 * @param {readonly [number, number][]} points
 * @param {ArrayLike<number>} [places]
 */
export function conditionOn(hyper, points, places) {
  const process = new Process(hyper, Math.max(1, points.length), places);
  for (const [x, y] of points) process.append(x, y);
  return process;
}
