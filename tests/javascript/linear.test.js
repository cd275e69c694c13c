import assert from "node:assert/strict";
import { test } from "node:test";
import { determinant, rank, singularValues } from "../../static/math/linear.js";

const close = (actual, expected, tolerance = 1e-12) =>
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);

test("singular values of matrices that are known", () => {
  assert.deepEqual(singularValues([3, 0, 0, 2]), [3, 2]);
  assert.deepEqual(singularValues([0, 0, 0, 0]), [0, 0]);
  const [large, small] = singularValues([1, 1, 0, 1]);
  close(large, (1 + Math.sqrt(5)) / 2);
  close(small, (Math.sqrt(5) - 1) / 2);
});

test("their product is |det| and their squares add up to the squares of the entries", () => {
  let seed = 7;
  const random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5) * 20;
  for (let i = 0; i < 500; i++) {
    const matrix = [random(), random(), random(), random()];
    const [large, small] = singularValues(matrix);
    assert.ok(large >= small && small >= 0);
    close(large * small, Math.abs(determinant(matrix)), 1e-10);
    close(large ** 2 + small ** 2, matrix.reduce((sum, entry) => sum + entry ** 2, 0));
  }
});

test("a small singular value is exact where a difference would have cancelled", () => {
  const [, small] = singularValues([1, 1, 1, 1 + 1e-9]);
  close(small / 5e-10, 1, 1e-6);
});

test("entries near the ends of the number range neither overflow nor vanish", () => {
  const [large, small] = singularValues([1e200, 0, 0, 1e190]);
  close(large / 1e200, 1);
  close(small / 1e190, 1);
});

test("the rank says how many directions survive", () => {
  assert.equal(rank([1, 0, 0, 1]), 2);
  assert.equal(rank([1, 2, 2, 4]), 1);
  assert.equal(rank([0, 0, 0, 0]), 0);
  assert.equal(rank([0, 0, 0.5, 1]), 1);
  assert.equal(rank([0.1, 0.3, 0.1 * 3, 0.3 * 3]), 1);
  assert.equal(rank([1e-8, 0, 0, 1e-8]), 2);
  assert.equal(rank([1e300, 0, 0, 1]), 2);
  assert.equal(rank([NaN, 0, 0, 1]), NaN);
});
