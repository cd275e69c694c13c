import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { ellipse } from "../../static/draw/ellipse.js";
import { View } from "../../static/math/view.js";
import { broughtWithin, FAMILIES, frameOf, shares, softmax } from "../../static/math/natural-gradient/families.js";
import { Field, solve, squaredLength } from "../../static/math/natural-gradient/field.js";
import { descend, largestDivergence, mapped, MOST_STEPS } from "../../static/math/natural-gradient/paths.js";
import { Model } from "../../static/widgets/natural-gradient/model.js";
import { changedFamily, dataOf, momentsOf, rateOf, readState, stateFromOptions, targetOf, toFields } from "../../static/widgets/natural-gradient/state.js";
import { apartWords, natsText, outcomeWords, readData, sentence } from "../../static/widgets/natural-gradient/words.js";
import { FieldReader } from "../../static/services/address.js";

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/fisher-information.json", import.meta.url), "utf8"));
const PRESETS = [
  { id: "lesson", title: "", look: "", family: "normal", target: [1, 1], at: [0, 2], rate: 0.1 },
  { id: "dice", title: "", look: "", family: "categorical", target: [5, 3, 2], at: [-1, -1], rate: 0.05 },
  { id: "data", title: "", look: "", data: [1, 2, 4], at: [1, 1], rate: 0.2 },
];

function fieldOf(name, data) {
  const found = cases.find(({ coordinates }) => coordinates === name);
  const field = new Field(found.tape);
  field.describe(data ?? found.data);
  return field;
}

const model = new Model();
for (const { family, coordinates, tape } of cases) model.learn(family, coordinates, tape);

function near(found, expected, within, where = "") {
  assert.equal([found].flat().length, [expected].flat().length, where);
  [found].flat().forEach((value, k) => {
    const wanted = [expected].flat()[k];
    assert.ok(Math.abs(value - wanted) <= within * Math.max(1, Math.abs(wanted)), `${where} ${found} is not ${expected}`);
  });
}

test("the questions are those that a copy of the book answers, and the numbers the server's", () => {
  const known = Object.entries(FAMILIES).flatMap(([family, { coordinates }]) => Object.keys(coordinates).map((name) => `${family} ${name}`));
  assert.deepEqual(cases.map(({ family, coordinates }) => `${family} ${coordinates}`), known);
  for (const { family, coordinates, question, values, data } of cases) {
    assert.deepEqual(FAMILIES[family].coordinates[coordinates].question, question);
    for (const { place, loss, gradient, information } of values) {
      const local = fieldOf(coordinates, data).at(place);
      near(local.value, loss, 1e-13, coordinates);
      near(local.gradient, gradient, 1e-13, coordinates);
      near(local.information, [information[0][0], information[0][1], information[1][1]], 1e-13, coordinates);
    }
  }
});

test("a change of coordinates and back is nothing, and carries the metric along", () => {
  for (const { coordinates } of Object.values(FAMILIES)) {
    for (const { toBase, fromBase } of Object.values(coordinates)) near(toBase(fromBase([0.4, 1.3])), [0.4, 1.3], 1e-12);
  }
  // Lengths of one step, measured in both coordinates.
  const [deviation, logarithm] = [fieldOf("deviation"), fieldOf("logarithm")];
  const step = [0.3, 0.2];
  near(squaredLength(logarithm.at([0.5, Math.log(2)]).information, [0.3, 0.2 / 2]), squaredLength(deviation.at([0.5, 2]).information, step), 1e-12);
});

test("what is put by hand is brought into the family", () => {
  const { normal, categorical } = FAMILIES;
  assert.deepEqual(broughtWithin(normal, "deviation", [1, -3]), [1, 0.01]);
  assert.deepEqual(broughtWithin(normal, "variance", [1, -3]), [1, 0.01]);
  near(broughtWithin(normal, "logarithm", [1, Math.log(2)]), [1, 2], 1e-12);
  const outside = softmax(broughtWithin(categorical, "probabilities", [1.4, 0.3]));
  assert.ok(outside.every((p) => p > 0), `${outside}`);
  near(outside.reduce((sum, p) => sum + p, 0), 1, 1e-12);
  assert.deepEqual(broughtWithin(categorical, "logits", [99, -99]), [30, -30]);
});

test("F⁻¹g solves, and is no number where F is not positive definite", () => {
  const [u, v] = solve([2, 0.5, 1], [1, -1]);
  near([2 * u + 0.5 * v, 0.5 * u + v], [1, -1], 1e-14);
  assert.ok(solve([1, 1, 1], [1, 0]).every(Number.isNaN));
  assert.ok(solve([-1, 0, 1], [1, 0]).every(Number.isNaN));
});

test("one step has the numbers of the lesson", () => {
  const fitted = model.fit(stateFromOptions({ target: [1, 1], at: [0, 2], rate: 1 }));
  const rows = fitted.sides.flatMap(({ paths, coordinates }) => ["plain", "natural"].map((kind) => [...coordinates.toBase(paths[kind].points[1]), paths[kind].values[1]]));
  near(rows.flat(), [0.25, 1.75, 0.815, 1, 1.5, 0.628, 0.25, 1.213, 0.724, 1, 1.558, 0.649], 5e-4);
  near(fitted.sides[0].local.value, 0.943, 5e-4);
  near(fitted.sides[0].local.gradient, [-0.25, 0.25], 1e-12);
  near(fitted.sides[0].natural, [-1, 0.5], 1e-12);
  near(fitted.sides[1].natural, [-1, 0.25], 1e-12);
});

test("the natural gradient is the same step in all coordinates, the plain one is not", () => {
  for (const [family, other] of [["normal", "logarithm"], ["normal", "variance"], ["categorical", "probabilities"]]) {
    for (const at of [[0.3, 1.7], [-1, 0.6], [1.5, 2.5]]) {
      const { sides, carried } = model.fit(stateFromOptions({ family, other, at, target: family === "normal" ? [0.5, 1.5] : [2, 7, 4] }));
      near(carried.natural, sides[0].natural, 1e-6, `${family} ${other}`);
      const apart = Math.hypot(...carried.plain.map((entry, k) => entry - sides[0].local.gradient[k]));
      assert.ok(apart > 1e-3 * Math.hypot(...sides[0].local.gradient), `${family} ${other} ${at}`);
    }
  }
});

test("with smaller steps the natural paths grow together, in proportion to the square of the step", () => {
  const apart = (rate) => model.fit(stateFromOptions({ target: [1, 1], at: [0, 2], rate })).apart;
  const [large, small] = [apart(0.2), apart(0.05)];
  // Places differ by a multiple of η, and a divergence is quadratic in the difference.
  assert.ok(large.natural / small.natural > 10 && large.natural / small.natural < 24, `${large.natural / small.natural}`);
  assert.ok(small.plain > 0.5 * large.plain && small.plain > 1000 * small.natural);
});

test("the natural path follows the solution of its differential equation", () => {
  // μ and the second moment σ² + μ² are mean coordinates: there the path is straight, and shrinks by exp(−t).
  const rate = 0.01, steps = 100, [mu, sigma] = [0, 2], [mean, deviation] = [1, 0.8];
  const { points } = descend(fieldOf("deviation", [mean, 0, deviation ** 2]), [mu, sigma], { rate, natural: true });
  const part = Math.exp(-rate * steps);
  const first = mean + part * (mu - mean);
  const second = deviation ** 2 + mean ** 2 + part * (sigma ** 2 + mu ** 2 - deviation ** 2 - mean ** 2);
  near(points[steps], [first, Math.sqrt(second - first ** 2)], 5e-3);
  // In probabilities it is that straight line exactly, for steps of any length.
  const line = descend(fieldOf("probabilities", [0.5, 0.3, 0.2]), [0.1, 0.6], { rate: 0.3, natural: true }).points;
  near(line[4], [0.5 - 0.4 * 0.7 ** 4, 0.3 + 0.3 * 0.7 ** 4], 1e-12);
});

test("a path says how it ends", () => {
  const field = fieldOf("probabilities", [0.9, 0.09, 0.01]);
  const left = descend(field, [1 / 3, 1 / 3], { rate: 0.05, natural: false });
  assert.equal(outcomeWords(left), "leaves the family at step 12");
  assert.ok(left.exit && left.points.length === 12);
  assert.match(outcomeWords(descend(field, [1 / 3, 1 / 3], { rate: 0.05, natural: true })), /^arrives after 20\d steps$/);
  assert.equal(outcomeWords(descend(field, [0.9, 0.09], { rate: 0.05, natural: true })), "starts at the minimum");
  assert.equal(outcomeWords(descend(field, [1 / 3, 1 / 3], { rate: 0.001, natural: true })), `under way after ${MOST_STEPS} steps`);
});

test("a divergence has its closed form", () => {
  const [[m, s], [n, t]] = [[0, 2], [1, 0.7]];
  const closed = Math.log(t / s) + (s * s + (m - n) ** 2) / (2 * t * t) - 0.5;
  const field = fieldOf("deviation");
  near(largestDivergence(field, ([mean, deviation]) => [mean, 0, deviation ** 2], [[9, 9], [m, s]], [[9, 9], [n, t]]), closed, 1e-12);
  // A path that ends before the other stays where it is.
  near(largestDivergence(field, ([mean, deviation]) => [mean, 0, deviation ** 2], [[m, s]], [[m, s], [m, s]]), 0, 1e-12);
});

test("straight steps become curves in other coordinates", () => {
  const curve = mapped([[0, 0], [1, 2]], ([u, v]) => [u, Math.exp(v)]);
  assert.equal(curve.length, 9);
  near(curve[4], [0.5, Math.E], 1e-12);
});

test("a picture shows the point and the best fit", () => {
  const [x, y, half] = frameOf(FAMILIES.normal, "deviation", [1, 1], [-6, 4]);
  for (const [u, v] of [[1, 1], [-6, 4]]) assert.ok(Math.abs(u - x) < half && Math.abs(v - y) < half);
  assert.deepEqual(frameOf(FAMILIES.categorical, "probabilities", [1, 1, 1], [9, 9]), [0.5, 0.5, 0.56]);
});

test("options, examples and links are read, and what cannot be used is told", () => {
  const start = stateFromOptions({}, PRESETS);
  assert.deepEqual(toFields(start, start, PRESETS), {});
  const moved = { ...start, at: [1, 0.5], rate: 0.02, other: "variance", target: [2, 0.5] };
  const read = (fields) => {
    const reader = new FieldReader(fields);
    return { state: readState(reader, start, PRESETS), refused: reader.refusals.map(({ field }) => field) };
  };
  assert.deepEqual(read(toFields(moved, start, PRESETS)), { state: moved, refused: [] });
  const dice = { ...stateFromOptions({ example: "dice" }, PRESETS), target: [1, 2, 3], at: [0, 1] };
  assert.deepEqual(read(toFields(dice, start, PRESETS)), { state: dice, refused: [] });
  const own = { ...start, data: [1, 2, 2.5], target: momentsOf([1, 2, 2.5]) };
  assert.deepEqual(read(toFields(own, start, PRESETS)).state, own);
  const measured = stateFromOptions({ example: "data" }, PRESETS);
  assert.deepEqual(read(toFields({ ...measured, data: null, target: [1, 2] }, start, PRESETS)).state.target, [1, 2]);
  // The window of an example is for its own data.
  const framed = { ...start, windows: [[0, 1, 2], null] };
  const shown = (fields) => readState(new FieldReader(fields), framed, PRESETS).windows;
  assert.deepEqual([shown({ u: "1", v: "2" }), shown({ t: "30,1" }), shown({ d: "1,2" })], [framed.windows, [null, null], [null, null]]);
  const three = changedFamily(start, "categorical");
  assert.deepEqual(read(toFields(three, start, PRESETS)).state.at, three.at);
  assert.deepEqual(read({ u: "1", v: "-2", r: "9", o: "prob", t: "1,0", d: "3,3", f: "x", q: "1" }).refused.sort(), ["d", "f", "o", "q", "r", "t", "u", "v"]);
});

test("targets and data have bounds", () => {
  assert.equal(targetOf([1, 0.1], "normal"), null);
  assert.equal(targetOf([1, 0, 1], "categorical"), null);
  assert.equal(dataOf([2, 2]), null);
  near(momentsOf([1, 2, 3, 6]), [3, Math.sqrt(3.5)], 1e-14);
  assert.deepEqual(readData("1,5; 2,5\n3"), { numbers: [1.5, 2.5, 3] });
  assert.deepEqual(readData("1.5, 2.5, 3"), { numbers: [1.5, 2.5, 3] });
  assert.deepEqual(readData("1.5,2.5,3"), { numbers: [1.5, 2.5, 3] });
  assert.match(readData("1, two").message, /“two” is not a number/);
  assert.match(readData("1").message, /Two numbers at least/);
  assert.match(readData("4 4 4").message, /All numbers are the same/);
  assert.match(readData("100 200 300").message, /mean is 200 .* choose another unit/);
  assert.match(readData(Array(201).fill("1").join(" ")).message, /201 numbers; up to 200/);
  assert.equal(rateOf(9), 2);
  near(shares([5, 3, 2]), [0.5, 0.3, 0.2], 1e-15);
});

test("the sentence says point, loss, both gradients and how far the paths are apart", () => {
  const state = stateFromOptions({ target: [1, 1], at: [0, 2] });
  const words = sentence(state, model.fit(state));
  assert.match(words, /^Mean 0\.00, standard deviation 2\.00: the expected loss is 0\.943, 0\.44 nats above the least\./);
  assert.match(words, /The plain gradient is \(−0\.25, 0\.25\), the natural gradient \(−1\.00, 0\.50\)\./);
  assert.match(apartWords(model.fit(state), ["σ", "log σ"], 0.1), /0\.078 nats apart by the plain gradient, and 1\.3×10⁻⁵ nats by the natural/);
  assert.equal(natsText(1e-9), "0 nats");
  assert.equal(natsText(Infinity), "beyond all bounds");
});

test("an ellipse holds the steps of one length, and is left out where it has no shape", () => {
  const view = new View(0, 0, 1, 400, 400), metric = [2, 0.8, 1], radius = 0.5;
  const path = ellipse(metric, radius, 0.2, -0.1, view);
  const [, left, top, long, short, turn] = path.match(/^M([-\d.]+) ([-\d.]+)A([-\d.]+) ([-\d.]+) ([-\d.]+) 1 0 /).map(Number);
  const end = [view.fromPixelX(left) - 0.2, view.fromPixelY(top) + 0.1];
  near(Math.sqrt(squaredLength(metric, end)), radius, 2e-3);
  // The short axis stands at a right angle to the long one; on the screen y points down.
  const angle = (-turn * Math.PI) / 180;
  near(Math.sqrt(squaredLength(metric, [(-short / view.scale) * Math.sin(angle), (short / view.scale) * Math.cos(angle)])), radius, 2e-3);
  near(Math.sqrt(squaredLength(metric, [(long / view.scale) * Math.cos(angle), (long / view.scale) * Math.sin(angle)])), radius, 2e-3);
  assert.equal(ellipse([1, 2, 1], radius, 0, 0, view), "");
  assert.equal(ellipse([1e-12, 0, 1], radius, 0, 0, view), "");
  assert.equal(ellipse([NaN, 0, 1], radius, 0, 0, view), "");
});
