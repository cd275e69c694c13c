import assert from "node:assert/strict";
import { test } from "node:test";
import { QuadraticLoss } from "../../static/math/quadratic-loss.js";
import { exactly, grouped, niceCeiling, quantity, ratioUnit, significant } from "../../static/math/quantity.js";

const close = (actual, expected, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);

// The lesson's fit of the lifespan by the voltage less 230 V; numbers by NumPy's lstsq and eigvalsh.
const ROWS = 240;
const R = [[Math.sqrt(240), 62 / Math.sqrt(240)], [0, Math.sqrt(5718.44 - 62 ** 2 / 240)]];
const VOLTAGE = new QuadraticLoss({
  factor: R, penalty: [0, 0], rows: ROWS, minimiser: [1048.86119808, -58.23689578], lowest: 5028.882796,
  stepLimit: 2 / 23.82975654, condition: 23.82975654 / 0.99707679,
});

test("the gradient is Xᵀ(Xw − y)/N", () => {
  const gradient = VOLTAGE.gradient([0, 0]);
  close(gradient[0], -248116 / 240, 1e-7);
  close(gradient[1], 267994.8 / 240, 1e-6);
});

test("value, excess and gradient agree by central differences", () => {
  const at = [1000, -40];
  const gradient = VOLTAGE.gradient(at);
  at.forEach((_, k) => {
    const moved = (h) => VOLTAGE.value(at.map((value, j) => (j === k ? value + h : value)));
    close((moved(1e-2) - moved(-1e-2)) / 2e-2, gradient[k], 1e-6);
  });
  assert.equal(VOLTAGE.excess(VOLTAGE.minimiser), 0);
});

test("descent arrives below the limit, diverges above, and stands at the minimum", () => {
  const start = [1034, 0];
  const below = VOLTAGE.descend(start, 0.5 * VOLTAGE.stepLimit, 1000);
  assert.equal(below.outcome, "arrived");
  assert.ok(below.losses.every((loss, k) => k === 0 || loss < below.losses[k - 1]));
  assert.equal(VOLTAGE.descend(start, 1.01 * VOLTAGE.stepLimit, 1000).outcome, "diverged");
  assert.equal(VOLTAGE.descend(start, 0.001 * VOLTAGE.stepLimit, 10).outcome, "under way");
  assert.equal(VOLTAGE.descend(VOLTAGE.minimiser, 0.1, 10).outcome, "standing");
});

test("the steps for a digit are those that descent takes", () => {
  const step = 0.5 * VOLTAGE.stepLimit;
  const needed = VOLTAGE.stepsForDigit(step);
  close(VOLTAGE.contraction(step) ** needed, 0.1, 1e-9);
  let w = [2000, -60];
  for (let count = 0; count < 200; count++) w = VOLTAGE.stepFrom(w, step);
  const before = Math.hypot(...w.map((value, k) => value - VOLTAGE.minimiser[k]));
  for (let count = 0; count < Math.round(needed); count++) w = VOLTAGE.stepFrom(w, step);
  const after = Math.hypot(...w.map((value, k) => value - VOLTAGE.minimiser[k]));
  close(after / before, 0.1, 0.02);
  assert.equal(VOLTAGE.stepsForDigit(VOLTAGE.stepLimit), Infinity);
});

test("for a condition number beyond double precision the count stays finite", () => {
  const hard = new QuadraticLoss({ hessian: [[1]], minimiser: [0], lowest: 0, stepLimit: 2, condition: 1e20 });
  close(hard.stepsForDigit(1) / (Math.LN10 * 1e20), 1, 1e-6);
});

test("ridge bends the loss of every weight but the offset", () => {
  const ridge = new QuadraticLoss({ ...VOLTAGE, penalty: [0, 24] });
  const at = [1050, -50];
  const away = at.map((value, k) => value - VOLTAGE.minimiser[k]);
  close(ridge.excess(at) - VOLTAGE.excess(at), (24 * away[1] ** 2) / 480);
  close(ridge.gradient(at)[0], VOLTAGE.gradient(at)[0]);
  close(ridge.gradient(at)[1] - VOLTAGE.gradient(at)[1], (24 * away[1]) / 240);
});

test("a section has the loss of its two weights", () => {
  const { curvatures, determinant, excess } = VOLTAGE.section(1, 0);
  close(curvatures[0], 5718.44 / 240);
  close(curvatures[1], 1);
  close(determinant, 1368581.6 / 240 ** 2);
  close(excess(3, -20), VOLTAGE.excess([VOLTAGE.minimiser[0] - 20, VOLTAGE.minimiser[1] + 3]));
});

test("a third weight follows as the best for the two", () => {
  const three = new QuadraticLoss({
    factor: [[2, 1, 3], [0, 1, 1], [0, 0, 4]], penalty: [0, 0, 0], rows: 3, minimiser: [1, 2, 3], lowest: 0, stepLimit: 1, condition: 9,
  });
  const best = -(1 * 0.5 + 3 * -0.25) / 2;
  close(three.section(1, 2, 0).excess(0.5, -0.25), three.excess([1 + best, 2.5, 2.75]));
  close(three.gradient([1 + best, 2.5, 2.75])[0], 0);
});

test("nearly dependent columns leave the loss its digits", () => {
  // Two columns that differ by 10⁻⁸: XᵀX cannot tell them apart, R can.
  const d = 1e-8;
  const close2 = new QuadraticLoss({
    factor: [[1, 1], [0, d]], penalty: [0, 0], rows: 1, minimiser: [3e8, -3e8], lowest: 0, stepLimit: 1, condition: 4e16,
  });
  close(close2.excess([0, 0]), 4.5, 1e-6);
  close(close2.section(0, 1).excess(-3e8, 3e8), 4.5, 1e-6);
});

test("numbers with their units", () => {
  assert.equal(significant(1034.56), "1035");
  assert.equal(significant(-0.0123456, 3), "−0.0123");
  assert.equal(significant(0), "0");
  assert.equal(grouped("−1234567.25"), "−1,234,567.25");
  assert.equal(grouped("1234"), "1234");
  assert.equal(exactly(12730238.44, 10), "12,730,238.44");
  assert.equal(exactly(240, 10), "240");
  assert.equal(quantity(1204.3, "h"), "1204\u00a0h");
  assert.equal(ratioUnit("h", "V"), "h/V");
  assert.equal(ratioUnit("", "m/s"), "1/(m/s)");
  assert.equal(ratioUnit("h", ""), "h");
  assert.deepEqual([1, 1.2, 3, 7, 0.04].map(niceCeiling).map((value) => Number(value.toPrecision(6))), [1, 2, 5, 10, 0.05]);
});
