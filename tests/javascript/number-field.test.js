import assert from "node:assert/strict";
import test from "node:test";

import { takenWords } from "../../static/controls/number-field.js";
import { parseNumber } from "../../static/math/format.js";

const told = (value, bounds) => takenWords({ input: { value }, min: 0.1, max: 10, whole: false, ...bounds });

test("what a field does not take is told with its bounds", () => {
  assert.equal(told("50"), "Too large: write a number between 0.1 and 10.");
  assert.equal(told("0,01"), "Too small: write a number between 0.1 and 10.");
  assert.equal(told("ten"), "Not a number: write a number between 0.1 and 10.");
  assert.equal(told(" "), "Write a number between 0.1 and 10.");
  assert.equal(told("ten", { min: -1e15, max: 1e6 }), "Not a number: write a number between \u22121e15 and 1e6.");
  assert.equal(told("2.5", { min: 1, max: 6, whole: true }), "Write a whole number between 1 and 6.");
});

test("bounds are written so that they can be typed", () => {
  const [, low, high] = /between (\S+) and (\S+)\.$/.exec(told("", { min: -1e6, max: 1e-9 })) ?? [];
  assert.deepEqual([low, high].map(parseNumber), [-1e6, 1e-9]);
});
