/**
 * Sample points of squares and grid lines, and the zero line of a sampled function.
 *
 * Arrays of points are kept as two Float64Arrays.  A lattice of n×n points is numbered row by row:
 * point (column i, row j) has the index j·n + i, rows from bottom to top.
 */

/**
 * Fill two arrays with an n×n lattice over a rectangle.
 *
 * @param {Float64Array} xs
 * @param {Float64Array} ys
 * @param {number} n
 * @param {{left: number, right: number, bottom: number, top: number}} box
 */
export function fillLattice(xs, ys, n, { left, right, bottom, top }) {
  for (let row = 0, index = 0; row < n; row++) {
    const y = between(bottom, top, row / (n - 1));
    for (let column = 0; column < n; column++, index++) {
      xs[index] = between(left, right, column / (n - 1));
      ys[index] = y;
    }
  }
}

/**
 * A function on an n×n lattice over a rectangle, numbered as above.
 *
 * @param {(x: number, y: number) => number} f
 * @param {number} n
 * @param {{left: number, right: number, bottom: number, top: number}} box
 */
export function onLattice(f, n, box) {
  const xs = new Float64Array(n * n), ys = new Float64Array(n * n);
  fillLattice(xs, ys, n, box);
  return xs.map((x, index) => f(x, ys[index]));
}

/**
 * Fill two arrays with grid lines: first those along which x moves (one for each y of `heights`),
 * then those along which y moves (one for each x of `widths`), `samples` points each.
 *
 * @param {Float64Array} xs
 * @param {Float64Array} ys
 * @param {readonly number[]} heights
 * @param {readonly number[]} widths
 * @param {number} samples
 * @param {{left: number, right: number, bottom: number, top: number}} box
 */
export function fillLines(xs, ys, heights, widths, samples, { left, right, bottom, top }) {
  let index = 0;
  for (const y of heights) {
    for (let sample = 0; sample < samples; sample++, index++) {
      xs[index] = between(left, right, sample / (samples - 1));
      ys[index] = y;
    }
  }
  for (const x of widths) {
    for (let sample = 0; sample < samples; sample++, index++) {
      xs[index] = x;
      ys[index] = between(bottom, top, sample / (samples - 1));
    }
  }
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} fraction
 */
function between(low, high, fraction) {
  return low + (high - low) * fraction;
}

/**
 * Where a function sampled on an n×n lattice changes its sign: line segments by marching squares.
 *
 * Cells with a corner that is not a number are skipped.  A saddle cell is split by the sign of the
 * mean of its corners.  A zero at a corner counts as positive, so no line is drawn twice.
 *
 * @param {Float64Array} values
 * @param {number} n
 * @param {{left: number, right: number, bottom: number, top: number}} box
 * @returns {{ends: number[], bounds: number[]}} x1, y1, x2, y2 for every segment; and for each of
 *   its two ends the smaller size of the values between which it lies: the function itself must be
 *   smaller there, unless it has changed its sign through infinity
 */
export function zeroSegments(values, n, box) {
  /** @type {{ends: number[], bounds: number[]}} */
  const segments = { ends: [], bounds: [] };
  for (let row = 0; row + 1 < n; row++) {
    for (let column = 0; column + 1 < n; column++) {
      const corner = row * n + column;
      const cell = [values[corner], values[corner + 1], values[corner + n + 1], values[corner + n]];
      for (const [from, to] of crossings(cell)) {
        pushPoint(segments, from, cell, column, row, n, box);
        pushPoint(segments, to, cell, column, row, n, box);
      }
    }
  }
  return segments;
}

/**
 * The pairs of edges that the zero line joins; edge k leads from corner k to the next one,
 * counter-clockwise from the lower left.
 *
 * @param {number[]} cell
 * @returns {[number, number][]}
 */
function crossings(cell) {
  if (!cell.every(Number.isFinite)) return [];
  const edges = [0, 1, 2, 3].filter((edge) => cell[edge] < 0 !== cell[(edge + 1) % 4] < 0);
  if (edges.length === 2) return [[edges[0], edges[1]]];
  if (edges.length === 0) return [];
  const joined = cell[0] + cell[1] + cell[2] + cell[3] < 0 === cell[0] < 0;
  return joined ? [[0, 1], [2, 3]] : [[3, 0], [1, 2]];
}

const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]];

/**
 * @param {{ends: number[], bounds: number[]}} segments
 * @param {number} edge
 * @param {number[]} cell
 * @param {number} column
 * @param {number} row
 * @param {number} n
 * @param {{left: number, right: number, bottom: number, top: number}} box
 */
function pushPoint(segments, edge, cell, column, row, n, { left, right, bottom, top }) {
  const next = (edge + 1) % 4;
  const part = cell[edge] / (cell[edge] - cell[next]);
  const across = column + between(CORNERS[edge][0], CORNERS[next][0], part);
  const up = row + between(CORNERS[edge][1], CORNERS[next][1], part);
  segments.ends.push(between(left, right, across / (n - 1)), between(bottom, top, up / (n - 1)));
  segments.bounds.push(Math.min(Math.abs(cell[edge]), Math.abs(cell[next])));
}
