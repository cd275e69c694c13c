/**
 * What is drawn around and on a surface: the edge with the heights, the names of the axes, curves with
 * their names, dots.
 */

import { freeHeights } from "../draw/labels.js";
import { exactly, significant } from "../math/quantity.js";
import { niceFloor, roundTo } from "../math/view.js";

/** The corners of the floor. */
export const CORNERS = [[-1, -1], [1, -1], [1, 1], [-1, 1]];
/** Pixels of a letter of a name. */
const LETTER = 6.8;
/** Pixels around a dot that names keep clear of. */
const DOT = 16;
/** From here on heights are written with powers of ten. */
const LARGEST_PLAIN = 1e6;

/**
 * @typedef {import("./pen.js").Pen} Pen
 * @typedef {import("./painter.js").Curve} Curve
 * @typedef {(x: number, y: number, z: number) => [number, number, number]} Projection
 *   pixels and depth of a point of the block from −1 to 1
 */

/**
 * The upright edge at the left, with the heights, and the names of the axes on the floor.
 *
 * @param {Pen} pen
 * @param {Projection} project
 * @param {[number, number]} range  lowest and highest height
 * @param {string[]} names
 */
export function drawFrame(pen, project, range, names) {
  const [x, y] = CORNERS.reduce((best, corner) =>
    project(corner[0], corner[1], 0)[0] < project(best[0], best[1], 0)[0] ? corner : best,
  );
  const foot = project(x, y, -1);
  const head = project(x, y, 1);
  const [low, high] = heightsOf(range);
  pen.stroke([foot, head], "edge");
  pen.text(low, foot[0] - 4, foot[1] + 10, "muted", { align: "left" });
  pen.text(high, head[0] - 4, head[1] - 7, "muted", { align: "left" });
  nameAxis(pen, project, names[0], [[0, -1], [0, 1]], [1, 0]);
  nameAxis(pen, project, names[1], [[-1, 0], [1, 0]], [0, 1]);
}

/**
 * The name of an axis with its direction, beside the nearer of two edges of the floor.
 *
 * @param {Pen} pen
 * @param {Projection} project
 * @param {string} name
 * @param {number[][]} edges
 * @param {number[]} along
 */
function nameAxis(pen, project, name, edges, along) {
  const [first, second] = edges;
  const depthOf = (/** @type {number[]} */ [x, y]) => project(x, y, -1)[2];
  const [x, y] = depthOf(first) < depthOf(second) ? first : second;
  const from = project(1.14 * x - 0.16 * along[0], 1.14 * y - 0.16 * along[1], -1);
  const to = project(1.14 * x + 0.16 * along[0], 1.14 * y + 0.16 * along[1], -1);
  pen.stroke([from, to], "muted", { width: 1.25 });
  pen.head(from, to, "muted", 7);
  const middle = project(1.3 * x, 1.3 * y, -1);
  pen.text(name, middle[0], middle[1], "ink", { font: "italic 14px" });
}

/**
 * Curves and dots; at last the names, beyond the ends of their curves and clear of each other.
 *
 * @param {Pen} pen
 * @param {Curve[]} curves  in pixels
 * @param {[number, number, number][]} dots  in pixels
 */
export function drawCurves(pen, curves, dots) {
  const seen = curves.filter(({ points }) => points.length > 1);
  for (const { points, hue, dashed = false, arrow = false } of seen) {
    pen.stroke(points, "paper", { width: 5.5 });
    pen.stroke(points, hue, { width: 2.75, dashed });
    if (arrow) pen.head(...lastTwo(points), hue, 11);
  }
  for (const dot of dots) pen.dot(dot);
  const names = seen.flatMap(({ name = "", points, hue }) => {
    const [before, tip] = lastTwo(points);
    const width = LETTER * name.length;
    const x = tip[0] + Math.sign(tip[0] - before[0] || 1) * (6 + width / 2);
    return name ? [{ name, hue, x, y: tip[1] - 6, width }] : [];
  });
  const heights = freeHeights(names, pen.size.height, dots.map(([x, y]) => ({ x, y, width: DOT })));
  names.forEach(({ name, x, hue }, k) => pen.text(name, x, heights[k], hue, { font: "650 12px" }));
}

/**
 * A point a little before the end of a curve, and the end.
 *
 * @param {[number, number, number][]} points
 * @returns {[number[], number[]]}
 */
function lastTwo(points) {
  return [points[Math.max(0, points.length - 3)], points[points.length - 1]];
}

/**
 * The lowest and highest height as text; a lattice seldom meets a minimum, so no more digits than
 * tell the two apart.
 *
 * @param {[number, number]} range
 */
export function heightsOf([low, high]) {
  const grain = niceFloor((high - low) / 200);
  return [low, high].map((height) => {
    const rounded = grain > 0 ? roundTo(height, grain) : height;
    return Math.abs(rounded) < LARGEST_PLAIN ? exactly(rounded, 9) : significant(rounded, 3);
  });
}
