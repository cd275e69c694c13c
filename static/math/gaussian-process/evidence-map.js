/**
 * The log marginal likelihood over the logarithms of length scale and noise, column by column, first
 * on a coarse lattice and then on a fine one.
 */

import { niceFloor, roundTo } from "../view.js";
import { EvidenceColumn } from "./evidence-grid.js";

/**
 * @typedef {import("../contour.js").Box} Box  of log₁₀ l (across) and log₁₀ σ (upwards)
 * @typedef {{
 *   id: number, hyper: import("./process.js").Hyperparameters, points: readonly [number, number][], box: Box, sides: number[],
 * }} Question
 * @typedef {{id: number, side: number, box: Box, values: Float64Array}} Lattice
 *   side² values, row by row from below (see ../grid.js); NaN where K is not positive definite
 */

/**
 * @param {Question} question
 * @returns {Generator<Lattice | null, void>} null after each column, so that whoever runs it can pause
 */
export function* evidenceMap({ id, hyper, points, box, sides }) {
  for (const side of sides) {
    const values = new Float64Array(side * side);
    for (let column = 0; column < side; column++) {
      const length = 10 ** (box.left + ((box.right - box.left) * column) / (side - 1));
      const evidence = new EvidenceColumn({ ...hyper, length }, points);
      for (let row = 0; row < side; row++) {
        values[row * side + column] = evidence.at(10 ** (box.bottom + ((box.top - box.bottom) * row) / (side - 1)));
      }
      yield null;
    }
    yield { id, side, box, values };
  }
}

/**
 * A lattice read between its nodes, linearly in both directions; NaN outside.
 *
 * @param {Pick<Lattice, "side" | "box" | "values">} lattice
 * @param {number} u
 * @param {number} v
 */
export function between({ side, box, values }, u, v) {
  const across = ((u - box.left) / (box.right - box.left)) * (side - 1);
  const up = ((v - box.bottom) / (box.top - box.bottom)) * (side - 1);
  const slack = 1e-6;
  if (!(across >= -slack && across <= side - 1 + slack && up >= -slack && up <= side - 1 + slack)) return NaN;
  const column = Math.min(side - 2, Math.max(0, Math.floor(across + slack)));
  const row = Math.min(side - 2, Math.max(0, Math.floor(up + slack)));
  // A neighbour that is not a number does not count where it has no weight.
  const s = snapped(across - column), t = snapped(up - row);
  let sum = 0;
  for (const [dr, dc, weight] of [[0, 0, (1 - s) * (1 - t)], [0, 1, s * (1 - t)], [1, 0, (1 - s) * t], [1, 1, s * t]]) {
    if (weight > 0) sum += weight * values[(row + dr) * side + column + dc];
  }
  return sum;
}

/**
 * Where a picture of the summits ends downwards: as far below the median of the values as the highest
 * lies above it.  The likelihood falls by hundreds where the noise is too small for the data, and a
 * picture of that chasm shows nothing else.
 *
 * @param {Float64Array} values
 * @returns {number} −∞ where nothing lies lower
 */
export function floorOf(values) {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return -Infinity;
  const top = sorted[sorted.length - 1], reach = top - sorted[sorted.length >> 1];
  const floor = roundTo(top - 2 * reach, niceFloor(Math.max(reach, 1e-6 * Math.abs(top), 1e-9) / 10));
  return reach > 0 && sorted[0] < floor ? floor : -Infinity;
}

/** @param {number} share */
function snapped(share) {
  return share < 1e-6 ? 0 : share > 1 - 1e-6 ? 1 : share;
}
