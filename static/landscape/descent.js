/**
 * Gradient descent with momentum (Polyak's heavy ball), and how it ends.  No page.
 *
 *     v ← β v − η ∇f(x),   x ← x + v
 *
 * Source of the bound on the step: Polyak, Some methods of speeding up the convergence of iteration
 * methods (1964): on a quadratic function the iteration shrinks if and only if 0 < η λ < 2 (1 + β)
 * for every eigenvalue λ of the Hessian.
 */

export const MOST_STEPS = 200;
/** Beyond this many half windows from the start it is away for good. */
const FAR = 50;
const SMALL = 1e-5;

/**
 * @typedef {import("./model.js").Pair} Pair
 * @typedef {"arrived" | "under way" | "diverged" | "undefined" | "standing"} Outcome
 * @typedef {{points: Pair[], values: number[], outcome: Outcome}} Descent
 */

/**
 * @param {import("./model.js").ScalarField} field
 * @param {Pair} start
 * @param {{rate: number, momentum: number, half: number}} settings  `half` is the scale of the window
 * @returns {Descent}
 */
export function descend(field, start, { rate, momentum, half }) {
  let [x, y] = start;
  let right = 0, up = 0;
  let { value, gradient } = field.slopeAt(x, y);
  /** @type {Pair[]} */
  const points = [start];
  const values = [value];
  const ending = (/** @type {Outcome} */ outcome) => ({ points, values, outcome });
  if (!Number.isFinite(value + gradient[0] + gradient[1])) return ending("undefined");
  if (gradient[0] === 0 && gradient[1] === 0) return ending("standing");
  for (let step = 0; step < MOST_STEPS; step++) {
    right = momentum * right - rate * gradient[0];
    up = momentum * up - rate * gradient[1];
    x += right;
    y += up;
    ({ value, gradient } = field.slopeAt(x, y));
    if (Math.hypot(x - start[0], y - start[1]) > FAR * half) return ending("diverged");
    if (!Number.isFinite(value + gradient[0] + gradient[1])) return ending("undefined");
    points.push([x, y]);
    values.push(value);
    if (Math.hypot(right, up) < SMALL * half && rate * Math.hypot(...gradient) < SMALL * half) return ending("arrived");
  }
  return ending("under way");
}

/**
 * The longest step that still shrinks along the steepest upward curvature of a quadratic function;
 * Infinity where nothing curves upwards.
 *
 * @param {number} largest  eigenvalue of the Hessian
 * @param {number} momentum
 */
export function longestStep(largest, momentum) {
  return largest > 0 ? (2 * (1 + momentum)) / largest : Infinity;
}
