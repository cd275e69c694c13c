import assert from "node:assert/strict";
import { test } from "node:test";
import { dots, polyline, segments } from "../../static/draw/path.js";
import { fillLattice, fillLines, onLattice, zeroSegments } from "../../static/math/grid.js";
import { View } from "../../static/math/view.js";

const BOX = { left: -2, right: 2, bottom: -1, top: 3 };

test("a lattice runs row by row from the lower left corner to the upper right", () => {
  const xs = new Float64Array(9);
  const ys = new Float64Array(9);
  fillLattice(xs, ys, 3, BOX);
  assert.deepEqual([...xs], [-2, 0, 2, -2, 0, 2, -2, 0, 2]);
  assert.deepEqual([...ys], [-1, -1, -1, 1, 1, 1, 3, 3, 3]);
  assert.deepEqual([...onLattice((x, y) => x + 10 * y, 3, BOX)], [-12, -10, -8, 8, 10, 12, 28, 30, 32]);
});

test("grid lines: first those along which x moves, then those along which y moves", () => {
  const xs = new Float64Array(6);
  const ys = new Float64Array(6);
  fillLines(xs, ys, [0.5], [1], 3, BOX);
  assert.deepEqual([...xs], [-2, 0, 2, 1, 1, 1]);
  assert.deepEqual([...ys], [0.5, 0.5, 0.5, -1, 1, 3]);
});

test("the zero line of a circle lies on the circle and is closed", () => {
  const { ends } = zeroSegments(onLattice((x, y) => x * x + (y - 1) ** 2 - 1, 81, BOX), 81, BOX);
  assert.ok(ends.length > 100);
  const count = new Map();
  for (let i = 0; i < ends.length; i += 2) {
    assert.ok(Math.abs(Math.hypot(ends[i], ends[i + 1] - 1) - 1) < 2e-3);
    const key = `${ends[i].toFixed(9)},${ends[i + 1].toFixed(9)}`;
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  const loose = [...count.values()].filter((times) => times % 2 === 1);
  assert.deepEqual(loose, []);
});

test("a line through lattice points is found once, and no line where the sign never changes", () => {
  const { ends: vertical } = zeroSegments(onLattice((x) => x, 5, BOX), 5, BOX);
  assert.equal(vertical.length, 4 * 4);
  for (let i = 0; i < vertical.length; i += 2) assert.ok(Math.abs(vertical[i]) < 1e-12);
  assert.deepEqual(zeroSegments(onLattice((x, y) => x * x + y * y, 21, BOX), 21, BOX).ends, []);
  assert.deepEqual(zeroSegments(onLattice(() => 0, 21, BOX), 21, BOX).ends, []);
});

test("cells at the edge of the domain are left out", () => {
  const { ends } = zeroSegments(onLattice((x, y) => (y < 1 ? NaN : x), 41, BOX), 41, BOX);
  for (let i = 1; i < ends.length; i += 2) assert.ok(ends[i] >= 1);
  assert.ok(ends.length > 0);
});

test("a path is broken where a point is missing or leaps across the picture", () => {
  const view = new View(0, 0, 1, 100, 100);
  const ys = Float64Array.of(0, 0, 0, 0);
  assert.equal(polyline(Float64Array.of(-1, 0, NaN, 1), ys, 0, 1, 4, view), "M0 50L50 50M100 50");
  assert.equal(polyline(Float64Array.of(-1, 0, 30, 31), ys, 0, 1, 4, view), "M0 50L50 50M1550 50L1600 50");
  assert.equal(polyline(Float64Array.of(0, 1e300, 0, 1), ys, 0, 1, 4, view), "M50 50M50 50L100 50");
});

test("dots stand where there is a number in or near the picture, and keep apart", () => {
  const view = new View(0, 0, 1, 100, 100);
  const xs = Float64Array.of(0, NaN, 1e300, 0.02, 1);
  const ys = Float64Array.of(0, 0, 0, 0, 1);
  assert.equal(dots(xs, ys, view), "M50 50h0M51 50h0M100 0h0");
  assert.equal(dots(xs, ys, view, 6), "M50 50h0M100 0h0");
});

test("segments that are not numbers are not drawn", () => {
  const view = new View(0, 0, 1, 100, 100);
  assert.equal(segments([0, 0, 1, 1, NaN, 0, 0, 0], view), "M50 50L100 0");
});
