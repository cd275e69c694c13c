/**
 * A function of two variables from its tape: value, gradient and Hessian at a point, its Taylor
 * polynomial, and the steps that two methods would take from there.  No page.
 */

import { fillLattice } from "../math/grid.js";
import { symmetricEigen } from "../math/linear.js";
import { compile } from "../math/tape.js";

/** An eigenvalue below this share of the larger one counts as zero, as on the server. */
export const EIGENVALUE_ZERO = 1e-10;
/** A gradient counts as zero where, by the Hessian, it is zero at a point this near (relative to 1 + |x|). */
const GRADIENT_ZERO = 1e-9;
/** Distances at which the Hessian is compared with the change of the gradient. */
const NEAR = 1e-5;
const NEARER = 1e-6;
/** The share of the change that may be unexplained before it is a kink and not curvature. */
const KINK = 1e-2;

/**
 * @typedef {[number, number]} Pair
 * @typedef {"positive definite" | "negative definite" | "indefinite" | "singular"} Classification
 * @typedef {{
 *   x: number, y: number, value: number, gradient: Pair, hessian: [number, number, number],
 *   eigenvalues: Pair, eigenvectors: [Pair, Pair], trace: number, determinant: number,
 *   defined: boolean, smooth: boolean, critical: boolean, classification: Classification,
 * }} Local  what is known at a point; `hessian` holds its entries xx, xy, yy
 * @typedef {{left: number, right: number, bottom: number, top: number}} Box
 */

export class ScalarField {
  /** @param {import("../math/tape.js").Tape} tape with outputs `value`, `gradient` (2) and `hessian` (2×2) */
  constructor(tape) {
    this.tape = tape;
    this.point = compile(tape, ["value", "gradient", "hessian"]);
    this.slope = compile(tape, ["value", "gradient"]);
    this.many = compile(tape, ["value"]);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {Local}
   */
  at(x, y) {
    const { value, gradient, hessian } = this.#numbers(x, y);
    const [a, b, c] = hessian;
    const { values, vectors } = symmetricEigen(a, b, c);
    const defined = [value, ...gradient, ...hessian].every(Number.isFinite);
    const size = Math.max(Math.abs(values[0]), Math.abs(values[1]));
    const reach = GRADIENT_ZERO * size * (1 + Math.max(Math.abs(x), Math.abs(y)));
    return {
      x, y, value, gradient, hessian, eigenvalues: values, eigenvectors: vectors,
      trace: a + c, determinant: a * c - b * b, defined,
      smooth: defined && this.#isSmooth(x, y, gradient, hessian, size),
      critical: defined && Math.max(...gradient.map(Math.abs)) <= reach,
      classification: classify(values),
    };
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {{value: number, gradient: Pair, hessian: [number, number, number]}}
   */
  #numbers(x, y) {
    const value = this.point.evaluateAt("value", [x, y]);
    const gradient = this.point.read(this.tape.outputs.gradient);
    const [[a, b], [, c]] = this.point.read(this.tape.outputs.hessian);
    // Where the function is undefined the formula of its derivative may still have a value.
    return Number.isNaN(value)
      ? { value, gradient: [NaN, NaN], hessian: [NaN, NaN, NaN] }
      : { value, gradient, hessian: [a, b, c] };
  }

  /**
   * The gradient alone, and the value.
   *
   * @param {number} x
   * @param {number} y
   * @returns {{value: number, gradient: Pair}}
   */
  slopeAt(x, y) {
    const value = this.slope.evaluateAt("value", [x, y]);
    const gradient = this.slope.read(this.tape.outputs.gradient);
    return { value, gradient: Number.isNaN(value) ? [NaN, NaN] : gradient };
  }

  /**
   * Whether the Hessian explains how the gradient changes nearby.  At a kink or a jump a part stays
   * unexplained that does not shrink with the distance.
   *
   * @param {number} x
   * @param {number} y
   * @param {Pair} gradient
   * @param {[number, number, number]} hessian
   * @param {number} size
   */
  #isSmooth(x, y, gradient, hessian, size) {
    const unit = Math.max(1, Math.abs(x), Math.abs(y));
    const [larger, smaller] = [NEAR, NEARER].map((near) => this.#unexplained(x, y, gradient, hessian, near * unit));
    return !(smaller > KINK * (1 + size) && smaller > 0.5 * larger);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {Pair} gradient
   * @param {[number, number, number]} hessian
   * @param {number} near
   */
  #unexplained(x, y, [p, q], [a, b, c], near) {
    let most = 0;
    for (let k = 0; k < 8; k++) {
      const h = near * Math.cos((k * Math.PI) / 4 + 0.2);
      const j = near * Math.sin((k * Math.PI) / 4 + 0.2);
      const there = this.slopeAt(x + h, y + j).gradient;
      most = Math.max(most, Math.hypot(there[0] - p - (a * h + b * j), there[1] - q - (b * h + c * j)));
    }
    return most / near;
  }

  /**
   * Whether the gradient explains how the value changes nearby; at a kink or a jump it does not.
   *
   * @param {Local} local
   */
  isDifferentiable({ x, y, value, gradient: [p, q] }) {
    const unit = Math.max(1, Math.abs(x), Math.abs(y));
    const [larger, smaller] = [NEAR, NEARER].map((step) => {
      const near = step * unit;
      let most = 0;
      for (let k = 0; k < 8; k++) {
        const h = near * Math.cos((k * Math.PI) / 4 + 0.2);
        const j = near * Math.sin((k * Math.PI) / 4 + 0.2);
        most = Math.max(most, Math.abs(this.slopeAt(x + h, y + j).value - value - p * h - q * j));
      }
      return most / near;
    });
    return !(smaller > KINK * (Math.hypot(p, q) + 1e-3) && smaller > 0.5 * larger);
  }

  /**
   * Values on a lattice of side×side points; valid until the next call.
   *
   * @param {number} side
   * @param {Box} box
   * @returns {Float64Array}
   */
  lattice(side, box) {
    const { many } = this;
    many.reserve(side * side);
    fillLattice(many.buffer(0), many.buffer(1), side, box);
    many.run(side * side);
    return many.buffer(this.tape.outputs.value);
  }

  /**
   * Values along a list of points, as points in space.
   *
   * @param {Pair[]} points
   * @returns {[number, number, number][]}
   */
  lift(points) {
    const { many } = this;
    many.reserve(points.length);
    points.forEach(([x, y], index) => {
      many.buffer(0)[index] = x;
      many.buffer(1)[index] = y;
    });
    many.run(points.length);
    const values = many.buffer(this.tape.outputs.value);
    return points.map(([x, y], index) => [x, y, values[index]]);
  }
}

/**
 * By the signs of the eigenvalues; singular only where no two of them have opposite signs.
 *
 * @param {Pair} eigenvalues
 * @returns {Classification}
 */
export function classify([low, high]) {
  const zero = EIGENVALUE_ZERO * Math.max(Math.abs(low), Math.abs(high));
  if (low > zero) return "positive definite";
  if (high < -zero) return "negative definite";
  return low < -zero && high > zero ? "indefinite" : "singular";
}

/**
 * The second-order Taylor polynomial as a function of the distance from the point.
 *
 * @param {Local} local
 * @returns {(h: number, k: number) => number}
 */
export function taylor({ value, gradient: [p, q], hessian: [a, b, c] }) {
  return (h, k) => value + p * h + q * k + 0.5 * (a * h * h + 2 * b * h * k + c * k * k);
}

/**
 * The curvature along a direction: the second derivative of f on the straight line through the point.
 *
 * @param {Local} local
 * @param {Pair} direction  of length one
 */
export function curvature({ hessian: [a, b, c] }, [u, v]) {
  return a * u * u + 2 * b * u * v + c * v * v;
}

/**
 * Newton's step −H⁻¹∇f: to the point where the Taylor polynomial is level.  None where H is singular.
 *
 * @param {Local} local
 * @returns {Pair | null}
 */
export function newtonStep({ gradient, eigenvalues, eigenvectors, defined, critical }) {
  const [low, high] = eigenvalues.map(Math.abs);
  if (!defined || Math.min(low, high) <= EIGENVALUE_ZERO * Math.max(low, high)) return null;
  if (critical) return [0, 0];
  const parts = eigenvectors.map(([u, v], k) => (u * gradient[0] + v * gradient[1]) / eigenvalues[k]);
  return [
    -(parts[0] * eigenvectors[0][0] + parts[1] * eigenvectors[1][0]),
    -(parts[0] * eigenvectors[0][1] + parts[1] * eigenvectors[1][1]),
  ];
}

/**
 * The gradient's step: against the gradient, to where the Taylor polynomial is lowest on that line.
 * None where it falls without end.
 *
 * @param {Local} local
 * @returns {Pair | null}
 */
export function gradientStep(local) {
  const [p, q] = local.gradient;
  if (!local.defined) return null;
  if (local.critical) return [0, 0];
  const length = Math.hypot(p, q);
  const curved = curvature(local, [p / length, q / length]);
  if (!(curved > EIGENVALUE_ZERO * Math.max(...local.eigenvalues.map(Math.abs)))) return null;
  return [-p / curved, -q / curved];
}
