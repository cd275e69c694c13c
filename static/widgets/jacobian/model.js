/**
 * The mathematics of the widget, without a page: a map of the plane, its Jacobian at a point, and
 * how well the linear map stands in for it in a square around the point.
 *
 * All numbers come from the tape that the server made once; buffers are kept between frames.
 */

import { fillLattice, fillLines, zeroSegments } from "../../math/grid.js";
import { determinant, rank, singularValues } from "../../math/linear.js";
import { compile } from "../../math/tape.js";
import { multiples, numberStep } from "../../math/view.js";

/** Points along one side of the sampled square. */
export const SIDE = 41;
/** Points along one side where fewer do: for an error, or for the extent of the image. */
const COARSE_SIDE = 21;
/** Points along one line of the wide grid. */
export const LINE_SAMPLES = 81;
const FOLD_SIDE = 81;
/** How many times larger than the linear image of the input plane the output plane may show. */
const MOST_STRETCHES = 3;
/** Half side of a square so small that only a kink still shows in it. */
const SMALL = 1e-6;
/** The proportion of error and square above which it is a kink and not rounding. */
const KINK = 1e-3;
/** Below this fraction of the square's image an error is rounding, not mathematics. */
const ROUNDING = 1e-12;

/**
 * @typedef {{
 *   value: [number, number],
 *   matrix: [number, number, number, number],
 *   determinant: number,
 *   singularValues: [number, number],
 *   rank: number,
 *   kink?: boolean,
 * }} Local  what is known at the point
 *
 * @typedef {{u: Float64Array, v: Float64Array}} Image
 * @typedef {{heights: number[], widths: number[], box: Box, image: Image, points: Image}} WideGrid
 * @typedef {{left: number, right: number, bottom: number, top: number}} Box
 */

export class LinearizationModel {
  /** @param {import("../../math/tape.js").Tape} tape with outputs `value` (2) and `jacobian` (2×2) */
  constructor(tape) {
    this.tape = tape;
    this.point = compile(tape, ["value", "jacobian"]);
    this.square = compile(tape, ["value"]);
    this.coarse = compile(tape, ["value"]);
    this.wide = compile(tape, ["value"]);
    this.fold = compile(tape, ["value", "jacobian"]);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {Local}
   */
  at(x, y) {
    const value = this.point.evaluateAt("value", [x, y]);
    const [[a, b], [c, d]] = this.point.read(this.tape.outputs.jacobian);
    /** @type {[number, number, number, number]} */
    const matrix = [a, b, c, d];
    return {
      value,
      matrix,
      determinant: determinant(matrix),
      singularValues: singularValues(matrix),
      rank: rank(matrix),
    };
  }

  /**
   * The image of the square, on a lattice of SIDE×SIDE points; valid until the next call.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} half
   * @returns {Image}
   */
  imageOfSquare(x, y, half) {
    return runLattice(this.square, SIDE, squareBox(x, y, half));
  }

  /**
   * Whether the linear map is no approximation at the point, although the formulas have values there:
   * at a kink or a jump the error stays in proportion to the square, however small it is.
   *
   * @param {Local} local
   * @param {number} x
   * @param {number} y
   */
  hasKink(local, x, y) {
    const half = SMALL * Math.max(1, Math.abs(x), Math.abs(y));
    const errorOf = this.errorsAround(local, x, y);
    const [larger, smaller] = [10 * half, half].map((side) => errorOf(side) / side);
    return smaller > KINK && smaller > 0.5 * larger;
  }

  /** The points of the square whose image was computed last. @returns {Image} */
  pointsOfSquare() {
    return { u: this.square.buffer(0), v: this.square.buffer(1) };
  }

  /**
   * The largest distance between f and its linear approximation over a square around the point, as a
   * function of half its side; NaN where f is undefined in a part of the square.
   *
   * @param {Local} local
   * @param {number} x
   * @param {number} y
   * @returns {(half: number) => number}
   */
  errorsAround(local, x, y) {
    return (half) => {
      const image = runLattice(this.coarse, COARSE_SIDE, squareBox(x, y, half));
      return largestError(image, COARSE_SIDE, local, half);
    };
  }

  /**
   * The grid lines within a view and their images; valid until the next call.
   *
   * @param {import("../../math/view.js").View} view
   * @returns {WideGrid}
   */
  wideGrid(view) {
    const step = numberStep(view) / 2;
    const box = { left: view.left, right: view.right, bottom: view.bottom, top: view.top };
    const heights = multiples(view.bottom, view.top, step);
    const widths = multiples(view.left, view.right, step);
    const count = (heights.length + widths.length) * LINE_SAMPLES;
    this.wide.reserve(count);
    const points = { u: this.wide.buffer(0), v: this.wide.buffer(1) };
    fillLines(points.u, points.v, heights, widths, LINE_SAMPLES, box);
    this.wide.run(count);
    return { heights, widths, box, points, image: outputs(this.wide) };
  }

  /**
   * A window of the output plane that shows most of what a view of the input plane becomes.
   *
   * Most, not all: near a pole a few points fly far away, so the outermost tenth does not count; and
   * where f grows so fast that the point's own surroundings would vanish, those alone are shown.
   *
   * @param {import("../../math/view.js").View} view
   * @param {Local} local
   * @returns {{x: number, y: number, half: number}}
   */
  outputWindow({ x, y, half }, { value, singularValues: [stretch] }) {
    const { u, v } = runLattice(this.coarse, COARSE_SIDE, squareBox(x, y, half));
    const [left, right] = mostOf(u.subarray(0, COARSE_SIDE ** 2));
    const [bottom, top] = mostOf(v.subarray(0, COARSE_SIDE ** 2));
    const reach = 0.55 * Math.max(right - left, top - bottom) || 1;
    const near = MOST_STRETCHES * stretch * half;
    if (near > 0 && near < reach) return { x: value[0], y: value[1], half: near };
    return { x: (left + right) / 2, y: (bottom + top) / 2, half: reach };
  }

  /**
   * The line on which the determinant changes its sign (where f folds the plane over), as segments
   * in the plane and as their images.
   *
   * @param {import("../../math/view.js").View} view
   * @returns {{line: number[], image: number[]}}
   */
  foldLine(view) {
    const box = { left: view.left, right: view.right, bottom: view.bottom, top: view.top };
    runLattice(this.fold, FOLD_SIDE, box);
    return this.#keepZeros(zeroSegments(this.#determinants(FOLD_SIDE ** 2), FOLD_SIDE, box));
  }

  /** @param {number} count */
  #determinants(count) {
    const [[a, b], [c, d]] = /** @type {number[][]} */ (this.tape.outputs.jacobian).map((row) =>
      row.map((slot) => this.fold.buffer(slot)),
    );
    return Float64Array.from({ length: count }, (_, i) => a[i] * d[i] - b[i] * c[i]);
  }

  /**
   * A determinant changes its sign through infinity as well (at a pole); that is no fold.
   *
   * @param {{ends: number[], bounds: number[]}} segments
   */
  #keepZeros({ ends, bounds }) {
    /** @type {{line: number[], image: number[]}} */
    const kept = { line: [], image: [] };
    for (let i = 0; i < ends.length; i += 4) {
      const first = this.at(ends[i], ends[i + 1]);
      const second = this.at(ends[i + 2], ends[i + 3]);
      if (!isZero(first, bounds[i / 2]) || !isZero(second, bounds[i / 2 + 1])) continue;
      kept.line.push(...ends.slice(i, i + 4));
      kept.image.push(...first.value, ...second.value);
    }
    return kept;
  }
}

/**
 * The range of the finite values without the outermost twentieth on both sides.
 *
 * @param {Float64Array} values
 * @returns {[number, number]}
 */
function mostOf(values) {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [-1, 1];
  const cut = Math.floor(sorted.length / 20);
  return [sorted[cut], sorted[sorted.length - 1 - cut]];
}

/**
 * @param {Local} local
 * @param {number} bound
 */
function isZero({ value, determinant: size }, bound) {
  return Number.isFinite(value[0] + value[1]) && Math.abs(size) <= bound;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} half
 * @returns {Box}
 */
function squareBox(x, y, half) {
  return { left: x - half, right: x + half, bottom: y - half, top: y + half };
}

/**
 * @param {import("../../math/tape.js").Program} program
 * @param {number} side
 * @param {Box} box
 */
function runLattice(program, side, box) {
  program.reserve(side * side);
  fillLattice(program.buffer(0), program.buffer(1), side, box);
  program.run(side * side);
  return outputs(program);
}

/**
 * @param {import("../../math/tape.js").Program} program
 * @returns {Image}
 */
function outputs(program) {
  const [u, v] = /** @type {number[]} */ (program.outputs.value);
  return { u: program.buffer(u), v: program.buffer(v) };
}

/**
 * @param {Image} image  on a lattice of side×side points
 * @param {number} side
 * @param {Local} local
 * @param {number} half
 */
function largestError({ u, v }, side, { value, matrix: [a, b, c, d] }, half) {
  let largest = 0;
  let size = 0;
  for (let row = 0, index = 0; row < side; row++) {
    const k = half * ((2 * row) / (side - 1) - 1);
    for (let column = 0; column < side; column++, index++) {
      const h = half * ((2 * column) / (side - 1) - 1);
      const du = u[index] - value[0] - (a * h + b * k);
      const dv = v[index] - value[1] - (c * h + d * k);
      const squared = du * du + dv * dv;
      if (Number.isNaN(squared)) return NaN;
      largest = Math.max(largest, squared);
      size = Math.max(size, Math.abs(u[index]) + Math.abs(v[index]));
    }
  }
  const error = Math.sqrt(largest);
  return error <= ROUNDING * Math.max(size, 1) ? 0 : error;
}
