import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { OPERATIONS } from "../../static/math/operations.js";
import { compile, TapeError } from "../../static/math/tape.js";

/** f(x, y) = (x² − y², 2xy) with its Jacobian. */
const SQUARE = {
  inputs: ["x", "y"],
  constants: [2],
  operations: [
    ["mul", 0, 0], ["mul", 1, 1], ["sub", 3, 4], ["mul", 2, 0], ["mul", 6, 1], ["mul", 2, 1], ["neg", 8],
  ],
  outputs: { value: [5, 7], jacobian: [[6, 9], [8, 6]] },
};

test("a tape gives the value and the Jacobian at a point", () => {
  const program = compile(SQUARE);
  assert.deepEqual(program.evaluateAt("value", [3, 2]), [5, 12]);
  assert.deepEqual(program.evaluateAt("jacobian", [3, 2]), [[6, -4], [4, 6]]);
});

test("many points are evaluated at once, in buffers that are kept", () => {
  const program = compile(SQUARE, ["value"]);
  program.reserve(3);
  program.buffer(0).set([1, 2, 3]);
  program.buffer(1).set([1, 1, 1]);
  program.run(3);
  const [u, v] = program.outputs.value.map((slot) => program.buffer(slot));
  assert.deepEqual([...u], [0, 3, 8]);
  assert.deepEqual([...v], [2, 4, 6]);
  program.reserve(2);
  assert.equal(program.buffer(5), u);
});

test("constants fill buffers that grow later", () => {
  const program = compile(SQUARE);
  program.evaluateAt("value", [1, 1]);
  program.reserve(5);
  program.buffer(0).fill(3);
  program.buffer(1).fill(2);
  program.run(5);
  assert.deepEqual([...program.buffer(7)], [12, 12, 12, 12, 12]);
});

test("only what an output needs is computed", () => {
  assert.equal(compile(SQUARE, ["value"]).steps.length, 5);
  assert.equal(compile(SQUARE).steps.length, 7);
  assert.throws(() => compile(SQUARE, ["value"]).buffer(9), TapeError);
});

test("a tape that cannot be right is refused with the reason", () => {
  const broken = (operations, outputs = { value: [1] }) => ({ inputs: ["x"], constants: [], operations, outputs });
  assert.throws(() => compile(broken([["launch", 0]])), /unknown operation “launch”/);
  assert.throws(() => compile(broken([["toString", 0]])), /unknown operation “toString”/);
  assert.throws(() => compile(broken([["sin", 1]])), /not earlier/);
  assert.throws(() => compile(broken([["sin", -1]])), /not earlier/);
  assert.throws(() => compile(broken([["add", 0]])), /takes 2 operands/);
  assert.throws(() => compile(broken([["sin", 0]], { value: [7] })), /slot 7/);
  assert.throws(() => compile(broken([["sin", 0]]), ["gradient"]), /no output “gradient”/);
});

test("outside the domain there is NaN, never an exception", () => {
  const of = (name, ...point) => {
    const inputs = point.map((_, index) => `x${index}`);
    const operations = [[name, ...point.keys()]];
    return compile({ inputs, constants: [], operations, outputs: { value: point.length } }).evaluateAt("value", point);
  };
  assert.equal(of("log", -1), NaN);
  assert.equal(of("sqrt", -1), NaN);
  assert.equal(of("arcsin", 2), NaN);
  assert.equal(of("log", 0), -Infinity);
  assert.equal(of("div", 1, 0), Infinity);
  assert.equal(of("div", 0, 0), NaN);
  assert.equal(of("min", NaN, 1), NaN);
  assert.equal(of("sigmoid", -1000), 0);
  assert.equal(of("sigmoid", 1000), 1);
  assert.equal(of("softplus", 1000), 1000);
  assert.equal(of("relu", NaN), NaN);
});

test("a constant that is not finite arrives as null and is NaN", () => {
  const tape = { inputs: ["x"], constants: [null], operations: [["add", 0, 1]], outputs: { value: 2 } };
  assert.equal(compile(tape).evaluateAt("value", [1]), NaN);
});

test("the operations are those of the table that the server is tested against", () => {
  const table = JSON.parse(readFileSync(new URL("../../static/math/operations.json", import.meta.url), "utf8"));
  const listed = Object.fromEntries(table.operations.map(({ name, operands }) => [name, operands]));
  const ours = Object.fromEntries(Object.entries(OPERATIONS).map(([name, { arity }]) => [name, arity]));
  assert.deepEqual(ours, listed);
});

test("values and Jacobians agree with the table of functions and points", () => {
  const table = JSON.parse(readFileSync(new URL("../fixtures/tapes.json", import.meta.url), "utf8"));
  let pairs = 0;
  for (const { expression, tape, points, values, jacobians } of table) {
    const program = compile(tape);
    points.forEach((point, index) => {
      pairs += 1;
      const found = [...program.evaluateAt("value", point), ...program.evaluateAt("jacobian", point).flat()];
      const expected = [...values[index], ...jacobians[index].flat()];
      found.forEach((value, entry) => {
        const error = Math.abs(value - expected[entry]) / Math.max(1, Math.abs(expected[entry]));
        assert.ok(error <= 1e-12, `${expression} at ${point}: ${value}, not ${expected[entry]}`);
      });
    });
  }
  assert.ok(pairs >= 200);
});
