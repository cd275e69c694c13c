import assert from "node:assert/strict";
import test from "node:test";

import { descend, longestStep } from "../../static/landscape/descent.js";
import { classify, curvature, gradientStep, newtonStep, ScalarField, taylor } from "../../static/landscape/model.js";
import { FieldReader } from "../../static/services/address.js";
import { readState, stateFromOptions, toFields } from "../../static/landscape/state.js";
import { movedWindow } from "../../static/landscape/views.js";
import { heightsOf } from "../../static/charts/annotations.js";
import { freeHeights } from "../../static/draw/labels.js";
import { silence, verdict } from "../../static/landscape/words.js";
import { Camera } from "../../static/math/camera.js";
import { levelSegments, levelsOf, positionAmong } from "../../static/math/contour.js";
import { fillLattice } from "../../static/math/grid.js";
import { symmetricEigen } from "../../static/math/linear.js";
import { heightRange, Mesh } from "../../static/math/mesh.js";
import * as gradientState from "../../static/widgets/gradient/state.js";
import { outcomeWords, slopeAlong, slopeWords, unit } from "../../static/widgets/gradient/words.js";
import { pointWords, searchWords, sentence, stepWords } from "../../static/widgets/hessian/words.js";

// f = x² + 3 x y − y²: gradient (2x + 3y, 3x − 2y), Hessian [[2, 3], [3, −2]].
const TAPE = {
  inputs: ["x", "y"],
  constants: [2, 3, -2],
  operations: [
    ["mul", 0, 0], ["mul", 0, 1], ["mul", 3, 6], ["mul", 1, 1], ["add", 5, 7], ["sub", 9, 8],
    ["mul", 2, 0], ["mul", 3, 1], ["add", 11, 12], ["mul", 3, 0], ["mul", 2, 1], ["sub", 14, 15],
  ],
  outputs: { value: 10, gradient: [13, 16], hessian: [[2, 3], [3, 4]] },
};
const near = (a, b, tolerance = 1e-12) => assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

test("eigenvalues rise and belong to their vectors", () => {
  for (const [a, b, c] of [[2, 0, 3], [3, 0, 2], [1, 2, -1], [2, -2, 2], [0, 0, 0], [-4, 1, -4], [1e9, 1, 1e-9]]) {
    const { values, vectors } = symmetricEigen(a, b, c);
    assert.ok(values[0] <= values[1]);
    vectors.forEach(([u, v], k) => {
      near(Math.hypot(u, v), 1);
      const size = 1e-9 * Math.max(1, Math.abs(values[1]));
      near(a * u + b * v, values[k] * u, size);
      near(b * u + c * v, values[k] * v, size);
    });
  }
  assert.equal(symmetricEigen(2, -2, 2).values[0], 0);
});

test("the field knows value, gradient, Hessian and class", () => {
  const local = new ScalarField(TAPE).at(1, 2);
  assert.equal(local.value, 3);
  assert.deepEqual(local.gradient, [8, -1]);
  assert.deepEqual(local.hessian, [2, 3, -2]);
  assert.equal(local.classification, "indefinite");
  assert.equal(local.trace, 0);
  assert.equal(local.determinant, -13);
  assert.ok(local.defined && local.smooth && !local.critical);
  assert.ok(new ScalarField(TAPE).at(0, 0).critical);
});

test("the four classes follow the signs", () => {
  assert.equal(classify([1, 2]), "positive definite");
  assert.equal(classify([-2, -1]), "negative definite");
  assert.equal(classify([-1, 1]), "indefinite");
  assert.equal(classify([0, 5]), "singular");
  assert.equal(classify([0, 0]), "singular");
  assert.equal(classify([-1e-13, 1]), "singular");
});

test("the Taylor polynomial of a quadratic function is the function", () => {
  const field = new ScalarField(TAPE);
  const height = taylor(field.at(1, 2));
  near(height(0.5, -3), field.at(1.5, -1).value);
});

test("Newton's step leads to the level point of a quadratic function from anywhere", () => {
  const [h, k] = newtonStep(new ScalarField(TAPE).at(1, 2));
  near(1 + h, 0);
  near(2 + k, 0);
});

test("the gradient's step ends where the polynomial is lowest on its line, or nowhere", () => {
  const local = { ...new ScalarField(TAPE).at(1, 2), gradient: [4, 0], hessian: [2, 0, 8], eigenvalues: [2, 8] };
  assert.deepEqual(gradientStep(local), [-2, -0]);
  assert.equal(gradientStep({ ...local, hessian: [-2, 0, 8] }), null);
  near(curvature(local, [0.6, 0.8]), 2 * 0.36 + 8 * 0.64);
});

test("a singular Hessian has no Newton step", () => {
  const local = { ...new ScalarField(TAPE).at(1, 2), eigenvalues: [0, 2] };
  assert.equal(newtonStep(local), null);
});

test("a kink is found, steep curvature is none", () => {
  // |x| + 100 y²
  const kink = new ScalarField({
    inputs: ["x", "y"], constants: [0, 100, 200],
    operations: [["abs", 0], ["mul", 1, 1], ["mul", 3, 6], ["add", 5, 7], ["sign", 0], ["mul", 4, 1]],
    outputs: { value: 8, gradient: [9, 10], hessian: [[2, 2], [2, 4]] },
  });
  assert.equal(kink.at(0, 1).smooth, false);
  assert.match(silence(kink.at(0, 1)), /kink/);
  assert.equal(kink.at(0.5, 1).smooth, true);
});

test("levels rise and split the values into parts of about equal size", () => {
  const values = Float64Array.from({ length: 1000 }, (_, k) => Math.exp(k / 100));
  const levels = levelsOf(values, 10);
  assert.equal(levels.length, 10);
  levels.forEach((level, k) => assert.ok(k === 0 || level > levels[k - 1]));
  for (let k = 1; k < levels.length; k++) {
    const between = values.filter((value) => value >= levels[k - 1] && value < levels[k]).length;
    assert.ok(between > 40 && between < 180, `${between} values`);
  }
  assert.deepEqual(levelsOf(new Float64Array(9).fill(2), 5), []);
  const position = positionAmong(levels);
  levels.forEach((level, k) => near(position(level), k));
  assert.ok(Number.isNaN(position(NaN)));
  assert.equal(position(-1e9), -1);
  assert.equal(position(1e9), levels.length);
});

test("contour lines lie on their level", () => {
  const n = 41;
  const box = { left: -2, right: 2, bottom: -2, top: 2 };
  const [xs, ys] = [new Float64Array(n * n), new Float64Array(n * n)];
  fillLattice(xs, ys, n, box);
  const ends = levelSegments(xs.map((x, k) => x * x + ys[k] * ys[k]), n, box, [1, 2.25]);
  assert.ok(ends.length > 200);
  for (let k = 0; k < ends.length; k += 2) {
    const r = Math.hypot(ends[k], ends[k + 1]);
    assert.ok(Math.min(Math.abs(r - 1), Math.abs(r - 1.5)) < 0.01, String(r));
  }
  const holes = xs.map((x) => (x > 0 ? NaN : x));
  assert.ok(levelSegments(holes, n, box, [0.5]).length === 0);
});

test("a camera turns, and sees what is nearer in front", () => {
  const front = new Camera(0, 0);
  assert.ok(front.see(0, -1, 0)[2] < front.see(0, 1, 0)[2]);
  assert.ok(front.see(1, 0, 0)[0] > 0);
  assert.ok(front.see(0, 0, 1)[1] > 0);
  const [right] = front.turned(Math.PI / 2, 0).see(0, -1, 0);
  near(right, 1);
});

test("the range of heights is not ruled by one pole", () => {
  const values = Float64Array.from({ length: 400 }, (_, k) => k / 400);
  values[0] = -1e9;
  values[1] = NaN;
  const [low, high] = heightRange(values);
  assert.ok(low > -1 && high >= 0.9 && high <= 1);
  assert.deepEqual(heightRange(new Float64Array(4)), [-1, 1]);
});

test("heights are written with the digits that tell them apart, and no more", () => {
  assert.deepEqual(heightsOf([4012.3, 141987]), ["4000", "142,000"]);
  assert.deepEqual(heightsOf([0.0003, 8.3615e8]), ["0", "8.36×10⁸"]);
  assert.deepEqual(heightsOf([-1.2499, 3.0001]), ["−1.24", "3"]);
  assert.deepEqual(heightsOf([100.021, 100.503]), ["100.022", "100.504"]);
  assert.deepEqual(heightsOf([0, 0]), ["0", "0"]);
});

test("a mesh leaves out what is outside or undefined", () => {
  const mesh = new Mesh(3);
  mesh.fill([0, 0, 0, 0, 0, 0, NaN, 0, 9], { left: -1, right: 1, bottom: -1, top: 1 }, [-1, 1]);
  assert.equal(mesh.count, 3);
});

test("a link to another function leaves the window of the page to the page's own", () => {
  const start = stateFromOptions({ window: [0, 0, 2] }, { f: "x", vars: ["x", "y"], at: [1, 2] });
  assert.equal(readState(new FieldReader({ f: "x*y" }), start).window, null);
});

test("a window is kept where it is not the one that belongs to the function", () => {
  const plane = (/** @type {any} */ view) => /** @type {any} */ ({ view });
  assert.equal(movedWindow(plane({ x: 0, y: 1, half: 2 }), { x: 0, y: 1, half: 2 }), null);
  assert.deepEqual(movedWindow(plane({ x: 0, y: 1, half: 2 }), { x: 0, y: 0, half: 2 }), { x: 0, y: 1, half: 2 });
});

test("a link says what differs, and is read back", () => {
  const start = stateFromOptions({ window: [0, 0, 2] }, { f: "x", vars: ["x", "y"], at: [1, 2] });
  assert.deepEqual(toFields({ ...start, window: null }, start), {});
  const moved = { ...start, x: 0.25, window: { x: 1, y: 0, half: 3 }, camera: /** @type {any} */ ([10, 20, 1.5]) };
  const fields = toFields(moved, start);
  assert.deepEqual(fields, { x: "0.25", y: "2", w: "1,0,3", c: "10,20,1.5" });
  assert.deepEqual(readState(new FieldReader(fields), start), moved);
  assert.deepEqual(readState(new FieldReader({ x: "nan", y: "1", w: "1,2", c: "a", v: "x,x" }), start), { ...start, window: null });
});

test("words for the point, the list and the steps", () => {
  const local = new ScalarField(TAPE).at(0, 0);
  assert.match(sentence(local, null), /indefinite \(up in some directions and down in others\)\. A critical point: saddle point\./);
  const monkey = { x: 0, y: 0, value: 0, classification: "singular", verdict: "inconclusive", higher: { decision: "saddle point", order: 3, explanation: "So." } };
  assert.match(verdict({ ...local, classification: "singular" }, monkey), /silent\. Higher-order terms say: saddle point\. So\./);
  assert.match(pointWords(monkey, ["x", "y"]), /saddle point by higher-order terms, f\s=\s0\.00/);
  assert.match(searchWords({ points: [], complete: true, reason: null }), /No critical point .* proven/);
  assert.match(searchWords({ points: [], complete: false, reason: "Why." }), /proves nothing\. Why\./);
  assert.match(stepWords("newton", [1, 0], new ScalarField(TAPE).at(1, 2), 9), /saddle of the Taylor polynomial; f goes from 3\.00 to 9\.00: uphill\./);
});

test("gradient descent arrives, creeps or diverges as the theory says", () => {
  // f = x² + 3 x y − y² has no minimum; a bowl: x² + 2 y², gradient (2x, 4y).
  const bowl = new ScalarField({
    inputs: ["x", "y"], constants: [2, 4, 0],
    operations: [["mul", 0, 0], ["mul", 1, 1], ["mul", 2, 6], ["add", 5, 7], ["mul", 2, 0], ["mul", 3, 1]],
    outputs: { value: 8, gradient: [9, 10], hessian: [[2, 4], [4, 3]] },
  });
  const settings = { rate: 0.2, momentum: 0, half: 3 };
  assert.equal(longestStep(4, 0), 0.5);
  assert.equal(longestStep(-1, 0), Infinity);
  const good = descend(bowl, [1, 1], settings);
  assert.equal(good.outcome, "arrived");
  near(good.points[1][0], 0.6);
  near(good.points[1][1], 0.2);
  assert.ok(good.values.every((value, k) => k === 0 || value <= good.values[k - 1]));
  assert.equal(descend(bowl, [1, 1], { ...settings, rate: 0.49 }).outcome, "under way");
  const bad = descend(bowl, [1, 1], { ...settings, rate: 0.55 });
  assert.equal(bad.outcome, "diverged");
  assert.match(outcomeWords(bad), /^It diverges: after \d+ steps f has risen from 3\.00 to /);
  assert.equal(descend(bowl, [1, 1], { ...settings, rate: 0.55, momentum: 0.5 }).outcome, "arrived");
  assert.equal(descend(bowl, [0, 0], settings).outcome, "standing");
  assert.equal(descend(bowl, [NaN, 0], settings).outcome, "undefined");
  assert.ok(bowl.isDifferentiable(bowl.at(1, 1)));
});

test("slopes and their words", () => {
  near(slopeAlong([4, 6], 0), 4);
  near(slopeAlong([4, 6], 90), 6);
  near(slopeAlong([4, 6], 180), -4);
  assert.deepEqual(unit(90), [0, 1]);
  const local = { ...new ScalarField(TAPE).at(1, 2), gradient: /** @type {any} */ ([4, 0]) };
  assert.match(slopeWords(local, 0), /angle of 0° .* = 4\.00\. Steepest ascent\./);
  assert.match(slopeWords(local, 90), /level/);
  assert.match(slopeWords(local, 180), /Steepest descent/);
  assert.match(slopeWords(local, 60), /2\.00\. Uphill/);
});

test("a link keeps direction, step size and momentum", () => {
  const start = gradientState.stateFromOptions({ direction: 10, rate: 0.1 });
  assert.deepEqual(gradientState.toFields(start, start), {});
  const other = { ...start, angle: -45, rate: gradientState.rateOf(0.2), momentum: 0.9 };
  assert.deepEqual(gradientState.readState(new FieldReader(gradientState.toFields(other, start)), start), other);
  assert.deepEqual(gradientState.readState(new FieldReader({ a: "x", s: "", m: "?" }), start), start);
});

test("a gradient that is small because f is small is not called zero", () => {
  // f = 1e-12 (x + y)
  const tape = {
    inputs: ["x", "y"], constants: [1e-12, 0], operations: [["add", 0, 1], ["mul", 2, 4]],
    outputs: { value: 5, gradient: [2, 2], hessian: [[3, 3], [3, 3]] },
  };
  const local = new ScalarField(tape).at(0, 0);
  assert.ok(!local.critical);
  assert.match(verdict(local, null), /^Not a critical point: the gradient has the length 1\.4×10⁻¹²/);
});

test("an eigenvalue that is counted as zero is said to be", () => {
  const local = { ...new ScalarField(TAPE).at(0, 0), classification: "singular", eigenvalues: [2e-12, 2] };
  assert.match(verdict(local, null), /does not decide\. An eigenvalue below 1\.0×10⁻¹⁰ of the other counts as zero\.$/);
  assert.doesNotMatch(verdict({ ...local, eigenvalues: [0, 2] }, null), /counts as zero/);
});

test("names keep clear of each other and of the point", () => {
  const name = (x, y) => ({ x, y, width: 60 });
  assert.deepEqual(freeHeights([name(100, 50), name(200, 50)], 300), [50, 50]);
  const ys = freeHeights([name(100, 50), name(110, 52), name(90, 49), name(100, 51)], 300, [{ x: 100, y: 80, width: 24 }]);
  for (const [k, y] of ys.entries()) {
    assert.ok(Math.abs(y - 80) >= 16 && y >= 8 && y <= 292);
    for (const other of ys.slice(0, k)) assert.ok(Math.abs(y - other) >= 16);
  }
});
