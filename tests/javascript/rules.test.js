import assert from "node:assert/strict";
import test from "node:test";

import { agreement, cellsOf, DerivativeModel, placed } from "../../static/widgets/rules/model.js";
import { changed, drawn, editable, newNumbers } from "../../static/widgets/rules/numbers.js";
import { mentions, readers, sameQuestion, stateFromOptions, stateOf, toFields } from "../../static/widgets/rules/state.js";
import { allDigits, numberText, partialName, sentence, shapeName, subscript, verdict } from "../../static/widgets/rules/words.js";

const FORMULA = { text: "", tex: "", mathml: "" };
const symbol = (name, kind, values, ...properties) => ({ ...FORMULA, name, kind, values, properties });
const answer = (symbols, wrt, axes, tape) => ({
  expression: FORMULA, wrt, given: "", value_shape: axes, sizes: {}, symbols,
  numerator: FORMULA, denominator: FORMULA, entries: FORMULA, tape, notes: [],
});

/** The sum of products of two columns of two, by the second: w'*x by x. */
const DOT = answer([symbol("w", "vector", [[3], [-2]]), symbol("x", "vector", [[1], [5]])], "x", [], {
  inputs: ["w[1]", "w[2]", "x[1]", "x[2]"],
  constants: [],
  operations: [["mul", 0, 2], ["mul", 1, 3], ["add", 4, 5]],
  outputs: { value: [[6]], numerator: [[0, 1]], denominator: [[0], [1]], entries: [[0, 1]] },
});

test("the three ways of a dot product agree, as a row and as a column", () => {
  const model = new DerivativeModel(DOT);
  assert.deepEqual(model.start, [3, -2, 1, 5]);
  const row = model.at(model.start, "numerator");
  assert.deepEqual(row.rule, [[3, -2]]);
  assert.deepEqual(row.entries, [[3, -2]]);
  assert.ok(Math.abs(row.differences[0][1] + 2) < 1e-9);
  assert.deepEqual(row.value, [[-7]]);
  const column = model.at([7, 4, 0, 0], "denominator");
  assert.deepEqual(column.rule, [[7], [4]]);
  assert.ok(agreement(column).agree);
  assert.equal(model.sides({ i: 0, j: 1 }).length, 2);
});

test("a scalar by a matrix stands transposed in numerator layout, in the shape of X in denominator layout", () => {
  // f = sum of c·X entry by entry with X 2×3; the partial derivatives are told apart by their place.
  const inputs = [0, 1, 2, 3, 4, 5];
  const tape = {
    inputs: inputs.map(String),
    constants: [1, 2, 3, 4, 5, 6],
    operations: [...inputs.map((k) => ["mul", k, 6 + k]), ["add", 12, 13], ["add", 18, 14], ["add", 19, 15], ["add", 20, 16], ["add", 21, 17]],
    outputs: {
      value: [[22]],
      numerator: [[6, 9], [7, 10], [8, 11]],
      denominator: [[6, 7, 8], [9, 10, 11]],
      entries: [[6, 9, 7, 10, 8, 11]],
    },
  };
  const model = new DerivativeModel(answer([symbol("X", "matrix", [[0, 0, 0], [0, 0, 0]])], "X", [], tape));
  for (const layout of /** @type {const} */ (["numerator", "denominator"])) {
    const found = model.at([1, 1, 1, 1, 1, 1], layout);
    assert.deepEqual(found.entries, found.rule);
    assert.ok(agreement(found).agree, layout);
  }
  assert.equal(partialName(model.cellsIn("denominator")[1][2], model), "∂f/∂X₂₃");
  assert.equal(partialName(model.cellsIn("numerator")[2][1], model), "∂f/∂X₂₃");
});

test("a matrix by a scalar keeps its shape, all else is vec by vec", () => {
  const byScalar = cellsOf({ rows: 2, columns: 3 }, 2, { kind: "scalar", rows: 1, columns: 1 });
  assert.deepEqual(byScalar[1].map(({ i }) => i), [1, 3, 5]);
  const byMatrix = cellsOf({ rows: 2, columns: 2 }, 2, { kind: "matrix", rows: 3, columns: 1 });
  assert.equal(byMatrix.length, 4);
  assert.deepEqual(byMatrix[3][2], { i: 3, j: 2 });
});

test("a disagreement is told with its place, and whom it concerns", () => {
  const good = [[1, 2], [3, 4]];
  const kinked = agreement({ rule: good, entries: good, differences: [[1, 2], [3.5, 4]] });
  assert.equal(kinked.agree, false);
  assert.deepEqual([kinked.row, kinked.column], [1, 0]);
  assert.match(verdict(kinked), /Central differences are off in 1 of 4 entries.*row 2, column 1/);
  const wrong = agreement({ rule: [[1, 2], [9, 4]], entries: good, differences: good });
  assert.match(verdict(wrong), /The three ways disagree/);
  const none = agreement({ rule: [[NaN]], entries: [[1]], differences: [[1]] });
  assert.match(verdict(none), /undefined/);
  assert.match(verdict(agreement({ rule: good, entries: good, differences: good })), /to the last digit/);
});

test("an error is measured against the largest entry", () => {
  const large = [[1e6, 0]];
  assert.ok(agreement({ rule: large, entries: large, differences: [[1e6 + 0.1, 0.1]] }).agree);
  assert.ok(!agreement({ rule: [[1]], entries: [[1]], differences: [[1.1]] }).agree);
});

test("new numbers have the declared properties", () => {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const make = (...properties) => {
    const size = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
    return drawn(placed([symbol("S", "matrix", size, ...properties)])[0], "any", random);
  };
  for (let turn = 0; turn < 50; turn++) {
    const symmetric = make("symmetric");
    assert.equal(symmetric[0][2], symmetric[2][0]);
    const skew = make("skew");
    assert.equal(skew[1][2], -skew[2][1]);
    assert.equal(skew[1][1], 0);
    assert.equal(make("diagonal", "symmetric")[0][1], 0);
    assert.ok(make("positive").flat().every((entry) => entry > 0));
    const definite = make("positive-definite", "symmetric");
    assert.ok(definite[0][0] * definite[1][1] > definite[0][1] ** 2);
    const [first, second] = make("orthogonal");
    assert.ok(Math.abs(first.reduce((sum, x, k) => sum + x * second[k], 0)) < 1e-12);
    assert.ok(Math.abs(Math.hypot(...second) - 1) < 1e-12);
    assert.ok(make().flat().every((entry) => entry !== 0 && Math.abs(entry) <= 2));
  }
});

test("numbers that do not suit are drawn again, and in the end given up", () => {
  const symbols = placed([symbol("x", "vector", [[0], [0]])]);
  const positive = newNumbers(symbols, (numbers) => numbers.every((number) => number > 0));
  assert.ok(positive?.every((number) => number > 0));
  assert.equal(newNumbers(symbols, () => false), null);
});

test("an entry takes along what its property ties to it", () => {
  const zeros = [[0, 0], [0, 0]];
  const [first, second] = placed([symbol("x", "vector", [[9]]), symbol("S", "matrix", zeros, "symmetric")]);
  assert.deepEqual(changed([9, 1, 2, 2, 3], second, 0, 1, 7), [9, 1, 7, 7, 3]);
  assert.deepEqual(changed([9, 1, 2, 2, 3], first, 0, 0, 7), [7, 1, 2, 2, 3]);
  const [skew] = placed([symbol("K", "matrix", zeros, "skew")]);
  assert.deepEqual(changed([0, 1, -1, 0], skew, 0, 1, 5), [0, 5, -5, 0]);
  assert.equal(editable(skew, 1, 1), false);
  const [orthogonal] = placed([symbol("Q", "matrix", zeros, "orthogonal")]);
  assert.equal(editable(orthogonal, 0, 1), false);
});

const IDENTITIES = [
  { id: "dot-product", title: "", look: "", rule: "scalar", expr: "w'*x", wrt: "x" },
  { id: "linear-map", title: "", look: "", rule: "vector", expr: "A*x", wrt: "x", given: "A: m,n" },
];

test("the state survives the address, and what is wrong in it is passed over", () => {
  const start = stateFromOptions({ identity: "linear-map" }, IDENTITIES);
  assert.equal(start.expr, "A*x");
  assert.equal(toFields(start, start), null);
  const state = { ...stateOf({ expr: "x'*S*x", wrt: "x", given: "S: n,n symmetric" }), numbers: [1, -0.5], cell: { i: 0, j: 2 } };
  const read = readers(start)[1];
  assert.deepEqual(read({ ...toFields(state, start) }), state);
  const broken = read({ n: "1,two", c: "0,x" });
  assert.deepEqual(broken, start);
  assert.equal(read({ e: "x".repeat(3000) }).expr, "A*x");
});

test("options name an identity or an expression", () => {
  assert.equal(stateFromOptions({}, IDENTITIES).expr, "w'*x");
  assert.deepEqual(stateFromOptions({ expr: "det(X)", wrt: "X" }, IDENTITIES), stateOf({ expr: "det(X)", wrt: "X" }));
  assert.ok(sameQuestion({ expr: "w' * x", wrt: "x" }, { expr: "w'*x", wrt: "x", given: "" }));
  assert.ok(mentions("norm2(A*x - b)^2", "x"));
  assert.ok(!mentions("exp(y)", "x"));
});

test("words", () => {
  assert.equal(numberText(-0.30000000000000004), "−0.3");
  assert.equal(subscript(4, { rows: 3, columns: 2 }, 2), "₂₂");
  assert.equal(subscript(11, { rows: 12, columns: 1 }, 1), "₁₂");
  assert.equal(shapeName(1, 3), "a row of 3");
  assert.equal(shapeName(3, 2), "a 3×2 matrix");
  assert.equal(allDigits(1.8), "1.80000000000");
  assert.equal(allDigits(NaN), "undefined");
  const rule = [[1, -2]];
  const said = sentence({
    expression: "w'*x", wrt: "x", layout: "numerator", rule,
    found: agreement({ rule, entries: rule, differences: [[1, -2.0000000001]] }),
  });
  assert.match(said, /derivative of w'\*x with respect to x in numerator layout is a row of 2: 1\.00, −2\.00\. The three ways agree in all 2 entries: the largest difference is 1\.0×10⁻¹⁰ \(row 1, column 2\)\./);
});
