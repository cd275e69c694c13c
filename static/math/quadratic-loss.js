/**
 * The least-squares loss as a quadratic function of the weights, and gradient descent on it.
 *
 *     ℓ(w) = (‖Xw − y‖² + λ‖Pw‖²)/(2m) = ℓ* + (‖R(w − w*)‖² + λ‖P(w − w*)‖²)/(2m),   X = QR
 *
 * Written around its minimiser w* and with R instead of XᵀX, the value is a sum of squares: it keeps its
 * digits where ½wᵀHw − gᵀw + c with H = (XᵀX + λP)/m would lose them all.
 * Descent with the step η converges from everywhere exactly when η < 2/λmax(H), and each step
 * multiplies the part of the error along an eigenvector by 1 − ηλ (Nocedal and Wright, Numerical
 * Optimization, 3.3).
 *
 * @typedef {ArrayLike<number>} Weights
 * @typedef {{
 *   curvatures: [number, number], determinant: number, excess: (u: number, v: number) => number,
 * }} Section  second derivatives by either weight, their Hessian's determinant, and the loss above its
 *   minimum by the distance from there
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
   *   factor: number[][], penalty: number[], rows: number,
   *   minimiser: number[], lowest: number, stepLimit: number, condition: number,
   * }} parts  `factor` is R, `penalty` λ for each weight that is penalised and else 0, `rows` m, `lowest`
   *   the loss at the minimiser, `stepLimit` 2/λmax, `condition` that of the Hessian
   */
  constructor({ factor, penalty, rows, minimiser, lowest, stepLimit, condition }) {
    this.factor = factor;
    this.penalty = penalty;
    this.rows = rows;
    this.minimiser = minimiser;
    this.lowest = lowest;
    this.stepLimit = stepLimit;
    this.condition = condition;
  }

  /**
   * A column of R, without its part along another.
   *
   * @param {number} index
   * @param {number | null} other
   */
  #column(index, other) {
    const column = this.factor.map((row) => row[index]);
    if (other === null) return column;
    const along = this.factor.map((row) => row[other]);
    const share = dot(along, column) / (dot(along, along) || 1);
    return column.map((entry, k) => entry - share * along[k]);
  }

  /** w − w*. @param {Weights} w */
  #away(w) {
    return this.minimiser.map((least, k) => w[k] - least);
  }

  /**
   * The loss above its minimum.
   *
   * @param {Weights} w
   */
  excess(w) {
    const away = this.#away(w);
    const fitted = this.factor.reduce((sum, row) => sum + dot(row, away) ** 2, 0);
    return away.reduce((sum, part, k) => sum + this.penalty[k] * part * part, fitted) / (2 * this.rows);
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
    const away = this.#away(w);
    const slopes = away.map((part, k) => this.penalty[k] * part);
    for (const row of this.factor) {
      const fitted = dot(row, away);
      row.forEach((entry, k) => (slopes[k] += entry * fitted));
    }
    return slopes.map((slope) => slope / this.rows);
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
   * The loss in two of the weights, the others at the minimum; a third one, which is not penalised,
   * may follow as the best for the two.
   *
   * @param {number} i
   * @param {number} j
   * @param {number | null} [follower]
   * @returns {Section}
   */
  section(i, j, follower = null) {
    const [first, second] = [i, j].map((index) => this.#column(index, follower));
    const length = Math.hypot(...first);
    const along = length > 0 ? dot(first, second) / length : 0;
    // What of the second column is left across the first: by subtraction, for a determinant would cancel.
    const across = Math.hypot(...second.map((entry, k) => entry - (length > 0 ? (along * first[k]) / length : 0)));
    const p = this.penalty[i], q = this.penalty[j], m = this.rows;
    return {
      curvatures: [(length ** 2 + p) / m, (along ** 2 + across ** 2 + q) / m],
      determinant: (length ** 2 * (across ** 2 + q) + p * (along ** 2 + across ** 2 + q)) / m ** 2,
      excess: (u, v) => ((length * u + along * v) ** 2 + (across * v) ** 2 + p * u * u + q * v * v) / (2 * m),
    };
  }
}

/** @param {number[]} row @param {number[]} vector */
function dot(row, vector) {
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += row[k] * vector[k];
  return sum;
}
