/**
 * Path data from arrays of points.
 *
 * Coordinates are rounded to a tenth of a pixel.  A line is broken where a point is not a number
 * and where it leaps across the whole picture, which is what a pole looks like when sampled.
 */

const FAR = 20000;

/**
 * One polyline through `count` points, `stride` apart, beginning at `offset`.
 *
 * @param {Float64Array} xs
 * @param {Float64Array} ys
 * @param {number} offset
 * @param {number} stride
 * @param {number} count
 * @param {import("../math/view.js").View} view
 * @returns {string}
 */
export function polyline(xs, ys, offset, stride, count, view) {
  const { scale } = view;
  const left = view.width / 2 - view.x * scale;
  const top = view.height / 2 + view.y * scale;
  const leap = 3 * Math.max(view.width, view.height);
  let data = "";
  let penX = NaN;
  let penY = NaN;
  for (let i = 0, index = offset; i < count; i++, index += stride) {
    const x = Math.round((left + xs[index] * scale) * 10) / 10;
    const y = Math.round((top - ys[index] * scale) * 10) / 10;
    if (!(Math.abs(x) < FAR && Math.abs(y) < FAR)) {
      penX = NaN;
      continue;
    }
    const joined = Math.abs(x - penX) < leap && Math.abs(y - penY) < leap;
    data += (joined ? "L" : "M") + x + " " + y;
    penX = x;
    penY = y;
  }
  return data;
}

/**
 * `lines` polylines of `count` points each.
 *
 * @param {Float64Array} xs
 * @param {Float64Array} ys
 * @param {{offset: number, step: number, lines: number, stride: number, count: number}} layout
 *   the first point of line k is `offset + k·step`, its points are `stride` apart
 * @param {import("../math/view.js").View} view
 */
export function polylines(xs, ys, { offset, step, lines, stride, count }, view) {
  let data = "";
  for (let line = 0; line < lines; line++) {
    data += polyline(xs, ys, offset + line * step, stride, count, view);
  }
  return data;
}

/**
 * Straight segments; `ends` holds x1, y1, x2, y2 for each.
 *
 * @param {ArrayLike<number>} ends
 * @param {import("../math/view.js").View} view
 */
export function segments(ends, view) {
  let data = "";
  for (let i = 0; i + 3 < ends.length; i += 4) {
    const x1 = view.toPixelX(ends[i]);
    const y1 = view.toPixelY(ends[i + 1]);
    const x2 = view.toPixelX(ends[i + 2]);
    const y2 = view.toPixelY(ends[i + 3]);
    if (!(Math.max(Math.abs(x1), Math.abs(y1), Math.abs(x2), Math.abs(y2)) < FAR)) continue;
    data += `M${tenth(x1)} ${tenth(y1)}L${tenth(x2)} ${tenth(y2)}`;
  }
  return data;
}

/**
 * A dot at each of some points, as segments without a length: a round cap makes them seen.
 *
 * @param {Float64Array} xs
 * @param {Float64Array} ys
 * @param {import("../math/view.js").View} view
 * @param {number} [apart]  pixels from one dot to the next; what is nearer is left out
 */
export function dots(xs, ys, view, apart = 0) {
  let data = "";
  let lastX = Infinity;
  let lastY = Infinity;
  for (let index = 0; index < xs.length; index++) {
    const x = tenth(view.toPixelX(xs[index]));
    const y = tenth(view.toPixelY(ys[index]));
    if (!(Math.abs(x) < FAR && Math.abs(y) < FAR) || Math.hypot(x - lastX, y - lastY) < apart) continue;
    data += `M${x} ${y}h0`;
    lastX = x;
    lastY = y;
  }
  return data;
}

/** @param {number} value */
export function tenth(value) {
  return Math.round(value * 10) / 10;
}
