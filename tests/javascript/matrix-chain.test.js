import assert from "node:assert/strict";
import { test } from "node:test";

import {
  allOrders, bestOrder, border, brackets, costOf, costsOverOutputs, forwardOrder, multiplications, reverseOrder, sameBrackets,
} from "../../static/math/matrix-chain.js";
import { carryOut, isRight, rightArrangement, swapped } from "../../static/math/product.js";

/** Numbers that are the same in every run: a linear congruential generator (Park and Miller). */
function drawing(seed) {
  let state = seed;
  return (most) => {
    state = (state * 48271) % 2147483647;
    return 1 + (state % most);
  };
}

function chains(count, most) {
  const draw = drawing(20210901);
  return Array.from({ length: count }, () => Array.from({ length: 3 + (draw(5) - 1) }, () => draw(most)));
}

/** All sequences of joints, without any idea of brackets. */
function permutations(items) {
  if (!items.length) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

/** Multiply real matrices of ones and count every single multiplication. */
function counted(sizes, order) {
  let count = 0;
  const product = (left, right) =>
    left.map((row) => right[0].map((_, column) => row.reduce((sum, entry, k) => ((count += 1), sum + entry * right[k][column]), 0)));
  const carry = (tree) =>
    Array.isArray(tree) ? product(carry(tree[0]), carry(tree[1])) : Array.from({ length: sizes[tree] }, () => Array(sizes[tree - 1]).fill(1));
  const [tree] = brackets(sizes.length - 1, order);
  return { matrix: carry(tree), count };
}

test("the dynamic program is as cheap as the cheapest of all sequences of multiplications", () => {
  for (const most of [3, 30, 1000]) {
    for (const sizes of chains(120, most)) {
      const every = permutations(forwardOrder(sizes.length - 1)).map((order) => costOf(sizes, order));
      const { cost, order } = bestOrder(sizes);
      assert.equal(cost, Math.min(...every), sizes.join());
      assert.equal(costOf(sizes, order), cost, sizes.join());
    }
  }
});

test("there are as many bracketings as Catalan's numbers say, and no two are the same", () => {
  for (const [factors, number] of [[2, 1], [3, 2], [4, 5], [5, 14], [6, 42]]) {
    const trees = allOrders(factors).map((order) => JSON.stringify(brackets(factors, order)));
    assert.equal(new Set(trees).size, number);
    assert.equal(trees.length, number);
  }
});

test("what an order costs is what it takes to multiply real matrices", () => {
  for (const sizes of chains(25, 6)) {
    for (const order of allOrders(sizes.length - 1)) {
      const { count, matrix } = counted(sizes, order);
      assert.equal(costOf(sizes, order), count);
      assert.deepEqual([matrix.length, matrix[0].length], [sizes.at(-1), sizes[0]]);
    }
  }
});

test("the costs are those of the lesson's formulas and examples", () => {
  for (const sizes of chains(60, 1000)) {
    const last = sizes.length - 1;
    const sum = (from, to) => sizes.reduce((all, size, k) => (k >= from && k <= to ? all + size * sizes[k - 1] : all), 0);
    assert.equal(costOf(sizes, forwardOrder(last)), sizes[0] * sum(2, last));
    assert.equal(costOf(sizes, reverseOrder(last)), sizes[last] * sum(1, last - 1));
  }
  assert.equal(costOf([1000, 500, 100, 1], forwardOrder(3)), 50_100_000);
  assert.equal(costOf([1000, 500, 100, 1], reverseOrder(3)), 550_000);
  assert.deepEqual(bestOrder([200, 10, 200, 10, 200]), { cost: 440_000, order: [2, 3, 1] });
  assert.equal(costOf([4, 8, 2, 6, 1], forwardOrder(4)), 136);
  assert.equal(bestOrder([4, 8, 2, 6, 1]).cost, 60);
  assert.equal(bestOrder([1, 10, 1, 1]).cost, 11);
});

test("the textbook's chain of six matrices costs 15,125", () => {
  // Cormen, Leiserson, Rivest and Stein: sizes 30, 35, 15, 5, 10, 20, 25, with A₁ on the left.
  assert.equal(bestOrder([25, 20, 10, 5, 15, 35, 30]).cost, 15_125);
});

test("where the sizes shrink reverse mode is the best, where they grow forward mode", () => {
  for (const sizes of chains(60, 1000)) {
    const growing = [...sizes].sort((a, b) => a - b);
    const last = sizes.length - 1;
    assert.equal(bestOrder(growing).cost, costOf(growing, forwardOrder(last)));
    const shrinking = growing.toReversed();
    assert.equal(bestOrder(shrinking).cost, costOf(shrinking, reverseOrder(last)));
    assert.ok(sameBrackets(last, bestOrder(shrinking).order, reverseOrder(last)) || bestOrder(shrinking).cost === bestOrder(growing).cost);
  }
});

test("reverse mode wins for all numbers of outputs below the border, and for no other", () => {
  for (const sizes of chains(60, 40)) {
    const last = sizes.length - 1;
    for (let outputs = 1; outputs <= 60; outputs += 1) {
      const changed = [...sizes.slice(0, -1), outputs];
      const wins = costOf(changed, reverseOrder(last)) < costOf(changed, forwardOrder(last));
      assert.equal(wins, outputs < border(sizes), `${changed}`);
    }
  }
  assert.equal(Math.floor(border([1000, 500, 100, 1])), 111);
});

test("a multiplication is told by the block above and the block below", () => {
  assert.deepEqual(multiplications([2, 3, 4, 5], [2, 1]), [
    { below: 1, joint: 2, above: 3, cost: 60 },
    { below: 0, joint: 1, above: 3, cost: 30 },
  ]);
  assert.throws(() => multiplications([2, 3, 4], [2]), RangeError);
  assert.throws(() => multiplications([2, 3, 4, 5], [1, 1]), RangeError);
});

test("an order that stops early leaves several blocks, the output side first", () => {
  assert.deepEqual(brackets(4, [2]), [4, [3, 2], 1]);
  assert.deepEqual(brackets(4, [2, 3, 1]), [[[4, [3, 2]], 1]]);
});

test("products in the right arrangement cost what the joints cost", () => {
  for (const sizes of chains(40, 1000)) {
    const factors = sizes.length - 1;
    for (const order of allOrders(factors)) {
      const done = carryOut(sizes, rightArrangement(factors), order.map((joint) => factors - joint));
      assert.equal(done.total, costOf(sizes, order));
      assert.equal(done.joints.length, 0);
      assert.deepEqual(done.pieces.map(({ rows, columns }) => [rows, columns]), [[sizes[factors], sizes[0]]]);
    }
  }
});

test("swapped factors do not fit where the inner dimensions differ", () => {
  const arrangement = swapped(rightArrangement(3), 1);
  assert.deepEqual(arrangement, [2, 3, 1]);
  assert.ok(!isRight(arrangement) && isRight(swapped(arrangement, 1)));
  const { joints } = carryOut([5, 4, 3, 2], arrangement, []);
  assert.deepEqual(joints.map(({ fits, left, right }) => [fits, left.columns, right.rows]), [[false, 4, 2], [false, 3, 4]]);
});

test("work ends where it cannot go on", () => {
  const done = carryOut([5, 4, 3, 2], [2, 3, 1], [1, 2]);
  assert.deepEqual([done.steps.length, done.places, done.pieces.length], [0, [], 3]);
  assert.deepEqual(carryOut([5, 4, 3, 2], [3, 2, 1], [2, 2, 1]).places, [2]);
});

test("costs over the outputs are those of the chains with so many outputs", () => {
  const { forward, reverse, best } = costsOverOutputs([300, 500, 400, 7], [1, 260, 300]);
  assert.deepEqual(forward, [60_120_000, 91_200_000, 96_000_000]);
  assert.deepEqual(reverse, [350_000, 91_000_000, 105_000_000]);
  assert.deepEqual(best, [350_000, 91_000_000, 96_000_000]);
});
