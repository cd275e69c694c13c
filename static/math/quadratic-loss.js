/**
 * The least-squares loss as a quadratic function of the weights, and gradient descent on it.
 *
 *     ℓ(w) = (‖Xw − y‖² + λ‖Pw‖²)/(2m) = ℓ* + ½ (w − w*)ᵀ H (w − w*),   H = (XᵀX + λP)/m
 *
 * Written around its minimiser w*, the value keeps its digits where ½wᵀHw − gᵀw + c would lose them all.
 * Descent with the step η converges from everywhere exactly when η < 2/λmax(H), and each step
 * multiplies the part of the error along an eigenvector by 1 − ηλ (Nocedal and Wright, Numerical
 * Optimization, 3.3).
 *
 * @typedef {ArrayLike<number>} Weights
 * @typedef {"arrived" | "under way" | "diverged" | "standing"} Outcome
 * @typedef {{points: number[][], losses: number[], outcome: Outcome}} Descent
 */

/** A path has arrived when this share of the loss above the minimum is left. */
const ARRIVED = 1e-8;
/** It is away for good when the loss above the minimum has grown by this factor. */
const AWAY = 1e12;

export class QuadraticLoss {
  /**
   * @param {{
   *   hessian: number[][], minimiser: number[], lowest: number, stepLimit: number, condition: number,
   * }} parts  `lowest` is the loss at the minimiser, `stepLimit` 2/λmax, `condition` that of the Hessian
   */
  constructor({ hessian, minimiser, lowest, stepLimit, condition }) {
    this.hessian = hessian;
    this.minimiser = minimiser;
    this.lowest = lowest;
    this.stepLimit = stepLimit;
    this.condition = condition;
  }

  /**
   * The loss above its minimum.
   *
   * @param {Weights} w
   */
  excess(w) {
    const gradient = this.gradient(w);
    return 0.5 * gradient.reduce((sum, slope, k) => sum + slope * (w[k] - this.minimiser[k]), 0);
  }

  /** @param {Weights} w */
  value(w) {
    return this.lowest + this.excess(w);
  }

  /**
   * @param {Weights} w
   * @returns {number[]}
   */
  gradient(w) {
    const { minimiser } = this;
    return this.hessian.map((row) => row.reduce((sum, entry, k) => sum + entry * (w[k] - minimiser[k]), 0));
  }

  /**
   * One step of descent.
   *
   * @param {Weights} w
   * @param {number} step
   */
  stepFrom(w, step) {
    return this.gradient(w).map((slope, k) => w[k] - step * slope);
  }

  /**
   * The path of gradient descent, start included.
   *
   * @param {number[]} start
   * @param {number} step
   * @param {number} most  steps
   * @returns {Descent}
   */
  descend(start, step, most) {
    const points = [start];
    const first = this.excess(start);
    const losses = [this.lowest + first];
    const ending = (/** @type {Outcome} */ outcome) => ({ points, losses, outcome });
    if (!(first > 1e-14 * Math.abs(this.lowest))) return ending("standing");
    for (let count = 0; count < most; count++) {
      const next = this.stepFrom(points[points.length - 1], step);
      const excess = this.excess(next);
      if (!(excess < AWAY * first)) return ending("diverged");
      points.push(next);
      losses.push(this.lowest + excess);
      if (excess <= ARRIVED * first) return ending("arrived");
    }
    return ending(step > this.stepLimit ? "diverged" : "under way");
  }

  /**
   * The factor by which the slowest part of the error shrinks in a step; more than 1: it grows.
   *
   * @param {number} step
   */
  contraction(step) {
    const largest = (2 * step) / this.stepLimit;
    return Math.max(Math.abs(1 - largest), Math.abs(1 - largest / this.condition));
  }

  /**
   * Steps after which the slowest part of the error is a tenth; Infinity where it does not shrink.
   *
   * @param {number} step
   */
  stepsForDigit(step) {
    const largest = (2 * step) / this.stepLimit;
    if (!(largest < 2)) return Infinity;
    const slow = Math.log1p(-Math.min(1, largest / this.condition));
    const fast = Math.log(Math.abs(1 - largest));
    const rate = Math.max(slow, fast);
    return rate < 0 ? Math.max(1, Math.LN10 / -rate) : Infinity;
  }

  /**
   * The Hessian of the loss in two of the weights: entries ii, ij, jj.
   *
   * @param {number} i
   * @param {number} j
   * @returns {[number, number, number]}
   */
  section(i, j) {
    return [this.hessian[i][i], this.hessian[i][j], this.hessian[j][j]];
  }
}

/**
 * @param {number[][]} gram  XᵀX
 * @param {number} rows
 * @param {number} ridge  λ
 * @param {boolean} intercept  whether the first weight is not penalised
 */
export function hessianOf(gram, rows, ridge, intercept) {
  return gram.map((row, i) =>
    row.map((entry, j) => (entry + (i === j && !(intercept && i === 0) ? ridge : 0)) / rows),
  );
}
