import assert from "node:assert/strict";
import { test } from "node:test";
import { adaptive, decimalsFor, fixed, parseNumber } from "../../static/math/format.js";

test("two decimals, a true minus sign, no negative zero", () => {
  assert.equal(fixed(1), "1.00");
  assert.equal(fixed(-2), "−2.00");
  assert.equal(fixed(-0.001), "0.00");
  assert.equal(fixed(99999.999), "100000.00");
});

test("numbers that do not fit are written with a power of ten, or as words", () => {
  assert.equal(fixed(12345678), "1.23×10⁷");
  assert.equal(fixed(-1e-7 * 1e15), "−1.00×10⁸");
  assert.equal(fixed(NaN), "undefined");
  assert.equal(fixed(-Infinity), "−∞");
});

test("a small number that is not zero does not look like zero", () => {
  assert.equal(adaptive(0.004), "0.004");
  assert.equal(adaptive(-0.0312, 3), "−0.031");
  assert.equal(adaptive(0.00002), "2.0×10⁻⁵");
  assert.equal(adaptive(0), "0.00");
  assert.equal(adaptive(8), "8.00");
});

test("decimals that tell multiples of a step apart", () => {
  assert.equal(decimalsFor(0.01), 2);
  assert.equal(decimalsFor(0.5), 1);
  assert.equal(decimalsFor(20), 0);
  assert.equal(decimalsFor(1e-12), 8);
});

test("numbers are read as people type them", () => {
  assert.equal(parseNumber(" 1,5 "), 1.5);
  assert.equal(parseNumber("−0.25"), -0.25);
  assert.equal(parseNumber(".5"), 0.5);
  assert.equal(parseNumber("1e-3"), 0.001);
  for (const text of ["", "x", "1.2.3", "1 2", "0x10", "Infinity", "-"]) assert.equal(parseNumber(text), NaN, text);
});
