import assert from "node:assert/strict";
import { test } from "node:test";

import { axesFor, branchPath, curvePath } from "../../static/widgets/custom-autograd/curve.js";
import { readers, sameQuestion, stateFromOptions, toFields } from "../../static/widgets/custom-autograd/state.js";
import { curveWords, stepText, threeChecks, verdictWords } from "../../static/widgets/custom-autograd/words.js";
import { FieldReader } from "../../static/services/address.js";

const BOX = { left: 0, right: 130, top: 0, bottom: 100 };
const STEPS = Array.from({ length: 14 }, (_, k) => 10 ** -k);
const START = stateFromOptions({ forward: "X*W", given: "X: n,k", inputs: ["X", "W"], backward: ["G*W'", "X'*G"] });

const numeric = {
  agree: false, sizes: { n: 3 }, errors: [0.5, 0.5], reference: [1e-2, 1e-9], branches: ["truncation", "rounding"],
  truncation: 0.03, rounding: 1e-15, best_step: 1e-5, best_error: 0.5, predicted_step: 2.6e-5,
};
const check = {
  name: "b", verdict: "wrong", mistake: null, problem: null, symbolic: { agree: false, decided_by: "numbers" }, numeric,
  shape: { agree: true, expected_words: "a column of length m", found_words: "a column of length m" },
};

test("a link gives the state back", () => {
  const changed = { ...START, forward: "exp(X)", given: "X: m,n", cotangent: "U", passes: [{ name: "X", text: "U.*exp(X)" }], shown: "X" };
  const fields = toFields(changed, START);
  assert.deepEqual(readers(START)[1](fields), changed);
  assert.equal(toFields(START, START), null);
  assert.deepEqual(readers(START)[1]({}), START);
});

test("fields that cannot be used are refused one by one, and the others are used", () => {
  const fields = { b: "no backward pass", c: "3", s: "!", g: "X: n,n", z: "?" };
  const read = new FieldReader(fields);
  const state = readers(START)[1](fields, read);
  assert.deepEqual(state.passes, START.passes);
  assert.equal(state.given, "X: n,n");
  assert.deepEqual(read.refusals.map(({ field }) => field), ["b", "c", "s", "z"]);
  assert.deepEqual(readers(START)[1]({ b: "X:1\nX:2" }).passes, START.passes);
});

test("an example is known again, however its blanks are set", () => {
  assert.ok(sameQuestion(START, { ...START, forward: "X * W" }));
  assert.ok(!sameQuestion(START, { ...START, passes: [] }));
});

test("both axes are logarithmic, and the step shrinks to the right", () => {
  const axes = axesFor(STEPS, [1e-2, 1e-10], BOX);
  assert.equal(axes.x(1), 0);
  assert.ok(Math.abs(axes.x(1e-13) - 130) < 1e-9);
  assert.ok(Math.abs(axes.y(1e-2)) < 1e-9);
  assert.ok(Math.abs(axes.y(1e-10) - 100) < 1e-9);
  assert.equal(axes.y(0), axes.y(1e-30));
});

test("the curve breaks where there is no number, and a branch has its slope", () => {
  const axes = axesFor(STEPS, [1, 1e-12], BOX);
  assert.equal((curvePath([1, 0.1, 0.01, 0.001], [1, null, 1, 1], axes).match(/M/g) ?? []).length, 2);
  const [x1, y1, x2, y2] = (branchPath(1e-3, 2, STEPS, axes) ?? "").match(/-?[\d.]+/g).map(Number);
  // Two decades of error for one of the step: 10 pixels across, 2·100/12 down.
  assert.ok(Math.abs(Math.abs((y2 - y1) / (x2 - x1)) - 200 / 12 / 10) < 0.02);
  assert.equal(branchPath(null, 2, STEPS, axes), null);
});

test("the sentence names the first mistake, or what is still to be written", () => {
  const cotangent = { name: "G", words: "an n×m matrix" };
  const mistake = { kind: "sum over the batch", sentence: "The sum is missing." };
  assert.match(verdictWords({ checks: [{ ...check, mistake }], correct: false, cotangent }), /by b is wrong\. Sum over the batch: The sum/);
  assert.match(verdictWords({ checks: [check], correct: false, cotangent }), /none of the known/);
  assert.match(verdictWords({ checks: [{ ...check, verdict: "unwritten" }], correct: false, cotangent }), /Write the backward pass by b: a column of length m, made from G/);
  assert.match(verdictWords({ checks: [{ ...check, verdict: "right" }], correct: true, cotangent }), /by b is right: in shape, in symbols and in numbers/);
});

test("the three checks say how they were decided", () => {
  const [shape, symbols, numbers] = threeChecks(check);
  assert.deepEqual([shape.good, symbols.good, numbers.good], [true, false, false]);
  assert.match(symbols.words, /decided by numbers/);
  assert.match(numbers.words, /error 0\.50 at h = 10⁻⁵/);
  assert.deepEqual(threeChecks({ ...check, verdict: "unwritten" }), []);
});

test("the words for a curve say what truncates and what rounds", () => {
  assert.match(curveWords(check), /truncation rules.*rounding.*stays near 0\.50/s);
  assert.match(curveWords({ ...check, numeric: { ...numeric, truncation: null } }), /no truncation error/);
  assert.equal(stepText(1), "1");
  assert.equal(stepText(10 ** -5.5), "3.2×10⁻⁶");
});
