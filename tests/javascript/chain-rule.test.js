import assert from "node:assert/strict";
import { test } from "node:test";

import { centralDifferences, largestDifference, multiply, transposed } from "../../static/math/dense.js";
import { carryOut, rightArrangement, swapped } from "../../static/math/product.js";
import { composition, factorNamed, functionName, productText, shapeText, variableOrigin } from "../../static/widgets/chain-rule/names.js";
import { Composition } from "../../static/widgets/chain-rule/numbers-model.js";
import { numbersSentence, valuesText } from "../../static/widgets/chain-rule/numbers-words.js";
import { pixelsOf, reachFor, sizeAt } from "../../static/widgets/chain-rule/scale.js";
import { positionOfSize, sizeOfPosition } from "../../static/widgets/chain-rule/size-control.js";
import { pointFor, readers, startedOver, stateFromOptions, toFields, withLink, withoutLink } from "../../static/widgets/chain-rule/state.js";
import { found, hint, mismatch, sentence, verdict } from "../../static/widgets/chain-rule/words.js";

const START = stateFromOptions({});

function said(change, layout = "numerator") {
  const state = { ...stateFromOptions(change), places: change.places ?? [] };
  return sentence(state, carryOut(state.sizes, state.arrangement, state.places), layout);
}

test("functions are named from the outside, variables from the inside", () => {
  assert.equal(composition(3), "y = f(g(h(x)))");
  assert.deepEqual([0, 1, 2, 3].map((index) => variableOrigin(index, 3)), ["x", "u = h(x)", "v = g(u)", "y = f(v)"]);
  for (let factors = 2; factors <= 6; factors += 1) {
    for (let factor = 1; factor <= factors; factor += 1) {
      assert.equal(factorNamed(functionName(factor, factors), factors), factor);
    }
  }
  assert.equal(factorNamed("q", 3), 0);
});

test("the denominator layout transposes the blocks and turns their order round", () => {
  const [outer] = carryOut([2, 3, 4, 5], rightArrangement(3), []).pieces;
  assert.equal(productText([3, 2, 1], 3, "numerator"), "J_f J_g J_h");
  assert.equal(productText([3, 2, 1], 3, "denominator"), "J_hᵀ J_gᵀ J_fᵀ");
  assert.deepEqual(["numerator", "denominator"].map((layout) => shapeText(outer, layout)), ["5×4", "4×5"]);
});

test("every size within reach comes back from its own pixels", () => {
  for (const reach of [10, 100, 1000]) {
    for (let size = 1; size <= reach; size += 1) {
      assert.equal(sizeAt(pixelsOf(size, 78, reach), 78, reach), size);
    }
  }
  assert.equal(sizeAt(-5, 100, 1000), 1);
  assert.equal(sizeAt(500, 100, 100), 100);
  assert.deepEqual([[1, 10], [11, 2], [101], [1000]].map(reachFor), [10, 100, 1000, 1000]);
});

test("the slider's scale goes from 1 to 1,000 and knows every size", () => {
  assert.deepEqual([sizeOfPosition(0), sizeOfPosition(600)], [1, 1000]);
  for (let size = 1; size <= 1000; size += 1) assert.equal(sizeOfPosition(positionOfSize(size)), size);
});

test("a state comes back from its fields", () => {
  const states = [
    { ...START, sizes: [1, 1000, 7], arrangement: [1, 2], places: [], reach: 1000 },
    { ...START, places: [2, 1] },
    { ...START, mode: "numbers", functions: ["[u1; u2]".replace(";", ","), "[x1, x1 - 2]"], at: [-0.5] },
    withLink(withLink(withLink(START))),
    withoutLink(START),
  ];
  for (const state of states) assert.deepEqual(readers(START)[1](toFields(state, START)), state);
  assert.equal(toFields(START, START), null);
});

test("damaged fields leave the state of the start", () => {
  const damaged = { n: "3,0,4", p: "ffg", s: "1,1", r: "17", m: "z", f: "x", a: "1,two" };
  assert.deepEqual(readers(START)[1](damaged), START);
  assert.deepEqual(readers(START)[1]({ n: "1,2,3,4,5,6,7,8" }), START);
});

test("a new input brings a coordinate of the point, and none is lost", () => {
  assert.deepEqual(pointFor("[x1 x3, x2]", [5, 7]), [5, 7, 1]);
  assert.deepEqual(pointFor("x1", [5, 7]), [5, 7]);
  assert.deepEqual(pointFor("x1 + x5", [5, 7]), [5, 7]);
});

test("links are added and removed next to the input", () => {
  const longer = withLink({ ...START, sizes: [100, 4, 5, 6], places: [1] });
  assert.deepEqual([longer.sizes, longer.arrangement, longer.places], [[100, 20, 4, 5, 6], [4, 3, 2, 1], []]);
  assert.deepEqual(withoutLink(longer).sizes, [100, 4, 5, 6]);
  assert.deepEqual(startedOver({ ...START, arrangement: swapped(START.arrangement, 1) }).arrangement, [3, 2, 1]);
});

test("the sentence tells who wins, and when a mixed order is better than both", () => {
  assert.equal(
    said({ sizes: [1000, 500, 100, 1] }),
    "Forward mode needs 50,100,000 multiplications, reverse mode 550,000: reverse mode wins, 91 times cheaper.",
  );
  assert.match(said({}), /96,000,000 multiplications, reverse mode 105,000,000: forward mode wins, 8\.6 % cheaper\.$/);
  assert.match(verdict([200, 10, 200, 10, 200]), /they cost the same\. A mixed order is the best: 440,000, 2\.7 times cheaper than both\.$/);
  assert.equal(verdict([3, 4, 5]), "Two factors make one product: 60 multiplications, in every mode.");
});

test("steps are told with their shapes, and the order that came out with its name", () => {
  assert.match(said({ places: [1] }), /^J_f J_g is 300×500 and took 60,000,000 multiplications; 2 blocks are left\./);
  assert.match(said({ places: [1] }, "denominator"), /^J_gᵀ J_fᵀ is 500×300 /);
  assert.match(said({ places: [1, 2] }), /^Done: \(J_f J_g\) J_h, reverse mode, took 105,000,000 multiplications; 9\.4 % more than the best order\./);
  assert.match(said({ places: [2, 1] }), /^Done: J_f \(J_g J_h\), forward mode, .*; no order needs fewer\./);
  assert.match(said({ sizes: [9, 9, 9, 9, 9], places: [1, 3, 2] }), /a mixed order/);
});

test("a mismatch is named by its shapes and inner dimensions, as the layout writes them", () => {
  const { joints } = carryOut([3, 3, 4, 5], [2, 3, 1], []);
  assert.equal(mismatch(joints[0], "numerator"), "a 4×3 times a 5×4, the inner dimensions 3 and 5 differ");
  assert.equal(mismatch(joints[0], "denominator"), "a 4×5 times a 3×4, the inner dimensions 5 and 3 differ");
  assert.match(said({ sizes: [3, 3, 4, 5], product: "gfh" }), /^J_g J_f J_h is no product: a 4×3 times a 5×4, the inner dimensions 3 and 5 differ\.$/);
  assert.match(said({ sizes: [9, 9, 9], product: "gf" }), /fits, and is wrong: .* the chain rule asks for J_f J_g\./);
});

test("the hint knows the border, and who stands at it is told", () => {
  assert.match(hint([300, 500, 400, 300]), /cross at 260\.87: reverse mode wins up to 260\.$/);
  assert.match(hint([100, 100, 100, 100]), /cross at 100: reverse mode wins up to 99\. At 100 they cost the same\.$/);
  assert.match(hint([1, 5, 3, 4]), /reverse mode never wins/);
  assert.match(hint([1000, 1, 1000, 5]), /every number of outputs/);
  assert.match(found([300, 500, 400, 260]), /^Found: 260/);
  assert.match(found([300, 500, 400, 261]), /^Almost/);
  assert.equal(found([300, 500, 400, 259]), "");
});

/** The functions of the lesson's worked example and a scalar of their value, as the server's tapes. */
const INNER = {
  inputs: ["x1", "x2"], constants: [2, 1, 0],
  operations: [["mul", 0, 1], ["add", 0, 1], ["mul", 0, 0], ["mul", 2, 0]],
  outputs: { value: [5, 6, 7], jacobian: [[1, 0], [3, 3], [8, 4]] },
};
const MIDDLE = {
  inputs: ["u1", "u2", "u3"], constants: [-1, 0, 1],
  operations: [["mul", 0, 1], ["sub", 2, 0]],
  outputs: { value: [6, 7], jacobian: [[1, 0, 4], [3, 4, 5]] },
};
const OUTER = {
  inputs: ["v1", "v2"], constants: [2, 3],
  operations: [["mul", 0, 0], ["mul", 3, 1], ["add", 4, 5], ["mul", 2, 0]],
  outputs: { value: [6], jacobian: [[7, 3]] },
};

test("the product is that of the lesson, both ways, and differences confirm it", () => {
  const two = new Composition([INNER, MIDDLE]).at([1, 2]);
  assert.deepEqual(two.values, [[1, 2], [2, 3, 1], [6, -1]]);
  assert.deepEqual(two.reverse, [[8, 5], [0, -1]]);
  const three = new Composition([INNER, MIDDLE, OUTER]);
  assert.deepEqual(three.sizes, [2, 3, 2, 1]);
  for (const point of [[1, 2], [-0.3, 0.7], [2.5, -1.25]]) {
    const { forward, reverse, central, modesDiffer, centralDiffers, defined } = three.at(point);
    assert.ok(defined && modesDiffer < 1e-12 && centralDiffers < 1e-6);
    assert.ok(largestDifference(forward, central) < 1e-6 && reverse.length === 1);
  }
});

test("a function outside its domain is told and a wrong derivative would be", () => {
  const broken = { ...OUTER, constants: [2, null] };
  const names = ["(J_f J_g) J_h", "J_f (J_g J_h)"];
  assert.match(numbersSentence(new Composition([INNER, MIDDLE, broken]).at([1, 2]), names), /not defined/);
  const wrong = { ...OUTER, outputs: { value: [6], jacobian: [[7, 7]] } };
  assert.match(numbersSentence(new Composition([INNER, MIDDLE, wrong]).at([1, 2]), names), /central differences are off by/);
  const right = numbersSentence(new Composition([INNER, MIDDLE, OUTER]).at([1, 2]), names);
  assert.match(right, /give the very same matrix; central differences agree/);
  assert.equal(valuesText([[1, 2], [2, 3, 1], [33.5]]), "x = (1, 2)  →  u = (2, 3, 1)  →  y = 33.500");
});

test("dense matrices multiply, turn and refuse what does not fit", () => {
  assert.deepEqual(multiply([[1, 2]], [[3], [4]]), [[11]]);
  assert.deepEqual(transposed([[1, 2, 3], [4, 5, 6]]), [[1, 4], [2, 5], [3, 6]]);
  assert.throws(() => multiply([[1, 2]], [[3, 4]]), /inner dimensions 2 and 1 differ/);
  const jacobian = centralDifferences(([x, y]) => [x * x * y, Math.sin(x), y], [2, -3]);
  assert.ok(largestDifference(jacobian, [[-12, 4], [Math.cos(2), 0], [0, 1]]) < 1e-8);
});
