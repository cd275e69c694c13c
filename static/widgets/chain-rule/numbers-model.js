/**
 * A composition at a point, in numbers: the Jacobian of each function at its own input, their product
 * from either side, and the Jacobian of the whole by central differences.
 *
 * @typedef {import("../../math/dense.js").Matrix} Matrix
 * @typedef {import("../../math/tape.js").Tape} Tape
 * @typedef {{
 *   values: number[][], jacobians: Matrix[], forward: Matrix, reverse: Matrix, central: Matrix,
 *   modesDiffer: number, centralDiffers: number, defined: boolean,
 * }} Numbers  values from x to y, Jacobians from the innermost function outwards
 */

import { centralDifferences, largestDifference, multiply } from "../../math/dense.js";
import { compile } from "../../math/tape.js";

export class Composition {
  /** @param {Tape[]} tapes  of the functions, the innermost first */
  constructor(tapes) {
    this.programs = tapes.map((tape) => compile(tape, ["value", "jacobian"]));
  }

  /** How many entries x, u, v … y have. */
  get sizes() {
    const outputs = this.programs.map(({ outputs: { value } }) => /** @type {number[]} */ (value).length);
    return [this.programs[0].tape.inputs.length, ...outputs];
  }

  /** @param {readonly number[]} point */
  value(point) {
    return this.programs.reduce((at, program) => program.evaluateAt("value", at), [...point]);
  }

  /**
   * @param {readonly number[]} point
   * @returns {Numbers}
   */
  at(point) {
    const values = [[...point]];
    const jacobians = this.programs.map((program) => {
      const inner = values[values.length - 1];
      values.push(program.evaluateAt("value", inner));
      return /** @type {Matrix} */ (program.evaluateAt("jacobian", inner));
    });
    const forward = jacobians.reduce((product, outer) => multiply(outer, product));
    const reverse = jacobians.reduceRight((product, inner) => multiply(product, inner));
    const central = centralDifferences((at) => this.value(at), point);
    const defined = [...values.flat(), ...forward.flat()].every(Number.isFinite);
    return {
      values, jacobians, forward, reverse, central, defined,
      modesDiffer: largestDifference(forward, reverse),
      centralDiffers: largestDifference(reverse, central),
    };
  }
}
