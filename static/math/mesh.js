/**
 * Surfaces as quadrilaterals for drawing: heights on a lattice brought into the block from −1 to 1,
 * cut off above and below, and the order from far to near.
 */

import { niceFloor } from "./view.js";

/** Heights beyond this share of the middle nine tenths are cut off. */
const BEYOND = 0.4;
/** The light comes from the left, the front and above. */
const LIGHT = [-0.45, -0.45, 0.77];

/**
 * The heights that a picture of the surface spans: a pole or one steep corner must not flatten the
 * rest, so the outermost twentieths on both sides are shown only as far as they lie near.
 *
 * @param {Float64Array} values
 * @returns {[number, number]}
 */
export function heightRange(values) {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [-1, 1];
  const cut = Math.floor(sorted.length / 20);
  const low = sorted[cut], high = sorted[sorted.length - 1 - cut];
  const reach = BEYOND * (high - low);
  const bottom = Math.max(sorted[0], low - reach), top = Math.min(sorted[sorted.length - 1], high + reach);
  if (top - bottom > 1e-12 * Math.max(Math.abs(top), Math.abs(bottom))) return [bottom, top];
  const room = Math.max(1, niceFloor(Math.abs(top) || 1));
  return [bottom - room, top + room];
}

/** A lattice of n×n points with their quadrilaterals. */
export class Mesh {
  /** @param {number} n */
  constructor(n) {
    this.n = n;
    this.x = new Float64Array(n * n);
    this.y = new Float64Array(n * n);
    this.z = new Float64Array(n * n);
    /** Lower left corners of the quadrilaterals that are there; `count` of them. */
    this.quads = new Uint32Array((n - 1) * (n - 1));
    this.count = 0;
    /** Of each quadrilateral: middle height from 0 to 1, and light from 0 to 1. */
    this.height = new Float64Array(this.quads.length);
    this.light = new Float64Array(this.quads.length);
  }

  /**
   * Fill from heights on a lattice over a part of the block.
   *
   * @param {ArrayLike<number>} values
   * @param {{left: number, right: number, bottom: number, top: number}} part  in block coordinates
   * @param {[number, number]} range  heights at the block's floor and ceiling
   */
  fill(values, { left, right, bottom, top }, [low, high]) {
    const { n } = this;
    for (let row = 0, at = 0; row < n; row++) {
      for (let column = 0; column < n; column++, at++) {
        this.x[at] = left + ((right - left) * column) / (n - 1);
        this.y[at] = bottom + ((top - bottom) * row) / (n - 1);
        this.z[at] = (2 * (values[at] - low)) / (high - low) - 1;
      }
    }
    this.count = 0;
    for (let row = 0; row + 1 < n; row++) {
      for (let column = 0; column + 1 < n; column++) this.#addQuad(row * n + column);
    }
    for (let at = 0; at < n * n; at++) this.z[at] = Math.min(1, Math.max(-1, this.z[at]));
  }

  /** @param {number} at  lower left corner */
  #addQuad(at) {
    const { n, x, y, z } = this;
    const a = z[at], b = z[at + 1], c = z[at + n + 1], d = z[at + n];
    const lowest = Math.min(a, b, c, d);
    const highest = Math.max(a, b, c, d);
    // Wholly outside the block, or with a corner that is no number.
    if (!(lowest <= 1 && highest >= -1)) return;
    const slopeX = (b + c - a - d) / (2 * (x[at + 1] - x[at]));
    const slopeY = (c + d - a - b) / (2 * (y[at + n] - y[at]));
    const length = Math.hypot(slopeX, slopeY, 1);
    const light = (-slopeX * LIGHT[0] - slopeY * LIGHT[1] + LIGHT[2]) / length;
    this.quads[this.count] = at;
    this.height[this.count] = Math.min(1, Math.max(0, ((a + b + c + d) / 4 + 1) / 2));
    this.light[this.count] = Math.min(1, Math.max(0, light));
    this.count += 1;
  }
}
