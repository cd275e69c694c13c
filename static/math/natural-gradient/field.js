/**
 * Loss, gradient and Fisher information over two coordinates, from the tape that the server has derived.
 *
 * @typedef {import("./families.js").Pair} Pair
 * @typedef {readonly [number, number, number]} Metric  the symmetric matrix [[a, b], [b, c]] as a, b, c
 * @typedef {{value: number, gradient: Pair, information: Metric}} Local
 */

import { fillLattice } from "../grid.js";
import { compile } from "../tape.js";

const PARAMETERS = 2;
/** Meshes beside the edge of a family. */
const SLACK = 2;

export class Field {
  /** @param {import("../tape.js").Tape} tape  with the outputs loss, gradient and information */
  constructor(tape) {
    this.whole = compile(tape, ["loss", "gradient", "information"]);
    this.losses = compile(tape, ["loss"]);
    this.whole.reserve(1);
    this.losses.reserve(1);
    /** @type {readonly number[]} what describes the data, as the tape takes it */
    this.data = [];
  }

  /** @param {readonly number[]} data */
  describe(data) {
    this.data = data;
    data.forEach((value, index) => (this.whole.slots[PARAMETERS + index][0] = value));
  }

  /**
   * Everything at a point; not a number where the point is no member of the family.
   *
   * @param {Pair} point
   * @returns {Local}
   */
  at(point) {
    const { whole } = this;
    whole.slots[0][0] = point[0];
    whole.slots[1][0] = point[1];
    whole.run(1);
    const { loss, gradient, information } = whole.outputs;
    const [[a, b], [, c]] = whole.read(information);
    return { value: whole.read(loss), gradient: whole.read(gradient), information: [a, b, c] };
  }

  /**
   * The loss of a point under other data.
   *
   * @param {Pair} point
   * @param {readonly number[]} data
   */
  lossUnder(point, data) {
    const { losses } = this;
    losses.slots[0][0] = point[0];
    losses.slots[1][0] = point[1];
    data.forEach((value, index) => (losses.slots[PARAMETERS + index][0] = value));
    losses.run(1);
    return losses.read(losses.outputs.loss);
  }

  /**
   * The loss on a square lattice (math/grid.js has its numbering).
   *
   * @param {number} side
   * @param {import("../contour.js").Box} box
   * @param {(point: Pair) => Pair} [nearest]  brings a point beside the family into it: what lies a mesh or two outside
   *   is sampled there, so that contour lines reach the edge
   */
  sample(side, box, nearest) {
    const { losses } = this;
    losses.reserve(side * side);
    this.data.forEach((value, index) => losses.slots[PARAMETERS + index].fill(value));
    fillLattice(losses.slots[0], losses.slots[1], side, box);
    if (nearest) bringInside(losses.slots[0], losses.slots[1], side, box, nearest);
    losses.run(side * side);
    return losses.buffer(losses.outputs.loss);
  }
}

/**
 * F⁻¹g by Cholesky; not a number where F is not positive definite.
 *
 * @param {Metric} metric
 * @param {Pair} gradient
 * @returns {Pair}
 */
export function solve([a, b, c], [g, h]) {
  const pivot = c - (b / a) * b;
  if (!(a > 0 && pivot > 0)) return [NaN, NaN];
  const second = (h - (b / a) * g) / pivot;
  return [(g - b * second) / a, second];
}

/**
 * δ'Fδ, about twice the Kullback-Leibler divergence of a small step δ.
 *
 * @param {Metric} metric
 * @param {Pair} step
 */
export function squaredLength([a, b, c], [u, v]) {
  return a * u * u + 2 * b * u * v + c * v * v;
}

/**
 * @param {Float64Array} us
 * @param {Float64Array} vs
 * @param {number} side
 * @param {import("../contour.js").Box} box
 * @param {(point: Pair) => Pair} nearest
 */
function bringInside(us, vs, side, box, nearest) {
  const slack = (SLACK * Math.max(box.right - box.left, box.top - box.bottom)) / (side - 1);
  for (let at = 0; at < side * side; at++) {
    const [u, v] = nearest([us[at], vs[at]]);
    if (Math.hypot(u - us[at], v - vs[at]) > slack) continue;
    us[at] = u;
    vs[at] = v;
  }
}
