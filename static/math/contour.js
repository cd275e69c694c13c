/**
 * Contour lines of a function that was sampled on an n×n lattice (see grid.js for its numbering).
 *
 * Equal steps of height would crowd where a function is steep and leave a flat valley empty.  The
 * levels are quantiles instead, rounded: between two neighbouring lines lies about the same area.
 */

import { niceFloor, roundTo } from "./view.js";

/** @typedef {{left: number, right: number, bottom: number, top: number}} Box */

/**
 * At most `count` levels, rising.
 *
 * @param {Float64Array} values
 * @param {number} count
 * @returns {number[]}
 */
export function levelsOf(values, count) {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return [];
  const raw = Array.from({ length: count }, (_, k) => sorted[Math.floor(((k + 0.5) / count) * sorted.length)]);
  const distinct = raw.filter((level, k) => k === 0 || level > raw[k - 1]);
  const rounded = distinct.map((level, k) => {
    const gap = Math.min(level - (distinct[k - 1] ?? -Infinity), (distinct[k + 1] ?? Infinity) - level);
    return Number.isFinite(gap) ? roundTo(level, niceFloor(gap / 2)) : level;
  });
  return rounded.filter((level, k) => k === 0 || level > rounded[k - 1]);
}

/**
 * The position of a value among the levels: level k is at k, values between lie between, and beyond
 * the ends at most one step away.
 *
 * @param {readonly number[]} levels  rising
 * @returns {(value: number) => number}
 */
export function positionAmong(levels) {
  const last = levels.length - 1;
  if (last < 0) return (value) => (Number.isNaN(value) ? NaN : 0);
  if (last === 0) return (value) => Math.max(-1, Math.min(1, value - levels[0]));
  return (value) => {
    if (!(value >= levels[0])) return Math.max(-1, (value - levels[0]) / (levels[1] - levels[0]));
    if (value >= levels[last]) return last + Math.min(1, (value - levels[last]) / (levels[last] - levels[last - 1]));
    let low = 0;
    for (let high = last; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (levels[middle] <= value) low = middle;
      else high = middle;
    }
    return low + (value - levels[low]) / (levels[low + 1] - levels[low]);
  };
}

/**
 * The contour lines of all levels as segments, x1, y1, x2, y2 for each; by marching squares, a
 * saddle cell split by the mean of its corners.  Cells with a corner that is not a number have none.
 *
 * @param {Float64Array} values
 * @param {number} n
 * @param {Box} box
 * @param {readonly number[]} levels  rising
 * @returns {number[]}
 */
export function levelSegments(values, n, box, levels) {
  /** @type {number[]} */
  const ends = [];
  const width = (box.right - box.left) / (n - 1);
  const height = (box.top - box.bottom) / (n - 1);
  for (let row = 0; row + 1 < n; row++) {
    for (let column = 0; column + 1 < n; column++) {
      const at = row * n + column;
      const a = values[at], b = values[at + 1], c = values[at + n + 1], d = values[at + n];
      const low = Math.min(a, b, c, d);
      const high = Math.max(a, b, c, d);
      if (!(low < high)) continue;
      for (const level of levels) {
        if (level >= high) break;
        if (level >= low) cross(ends, a - level, b - level, c - level, d - level, box.left + column * width,
          box.bottom + row * height, width, height);
      }
    }
  }
  return ends;
}

/**
 * The zero line in one cell with corners a (lower left), b, c, d counter-clockwise.
 *
 * @param {number[]} ends
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 * @param {number} x  of the lower left corner
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
function cross(ends, a, b, c, d, x, y, width, height) {
  const bottom = a < 0 !== b < 0, right = b < 0 !== c < 0, top = c < 0 !== d < 0, left = d < 0 !== a < 0;
  const bottomX = x + (width * a) / (a - b), topX = x + (width * d) / (d - c);
  const rightY = y + (height * b) / (b - c), leftY = y + (height * a) / (a - d);
  if (bottom && right && top && left) {
    const joined = a + b + c + d < 0 === a < 0;
    if (joined) ends.push(bottomX, y, x + width, rightY, topX, y + height, x, leftY);
    else ends.push(x, leftY, bottomX, y, x + width, rightY, topX, y + height);
    return;
  }
  if (bottom) ends.push(bottomX, y);
  if (right) ends.push(x + width, rightY);
  if (top) ends.push(topX, y + height);
  if (left) ends.push(x, leftY);
}
