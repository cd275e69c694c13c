import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { climb, differences, LEVEL, stopAt } from "../../static/math/gaussian-process/ascent.js";
import { EvidenceColumn } from "../../static/math/gaussian-process/evidence-grid.js";
import { floorOf } from "../../static/math/gaussian-process/evidence-map.js";
import { KERNELS } from "../../static/math/gaussian-process/kernels.js";
import { conditionOn, Process } from "../../static/math/gaussian-process/process.js";
import { ascentWords, conditionText } from "../../static/widgets/gaussian-process/words.js";

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/gaussian-processes.json", import.meta.url), "utf8"));
const HYPER = { kernel: "squared exponential", length: 1, scale: 1, noise: 0.2, period: 1, jitter: 0 };
const SEVEN = [[-4, 0.8], [-3, -0.2], [-2, -0.9], [-0.5, -0.5], [0.5, 0.6], [2, 0.9], [3.5, -0.3]];
const BOX = { low: [-5, -5], high: [5, 5] };

const hyperOf = ({ kernel, length = 1, scale = 1, noise = 0.1, period = 1, jitter = 0 }) => ({ kernel, length, scale, noise, period, jitter });

function near(found, expected, within, where) {
  assert.ok(Math.abs(found - expected) <= within * Math.max(1, Math.abs(expected)), `${where}: ${found} is not ${expected}`);
}

/** Places and values that look random and are the same each time. */
function scattered(n, seed = 1) {
  return Array.from({ length: n }, (_, k) => {
    const x = -4 + (8 * ((k * 0.754877 + seed * 0.31) % 1));
    return [x, Math.sin(1.3 * x) + 0.3 * Math.sin(97.3 * k + seed)];
  });
}

test("the browser's numbers are the server's", () => {
  assert.ok(cases.length >= 12);
  for (const { question, answer } of cases) {
    const where = `${question.kernel}, ${question.points.length} points`;
    // Rounding is magnified by the condition of the matrix.
    const within = Math.max(1e-10, 1e-15 * answer.condition);
    const process = conditionOn(hyperOf(question), question.points, question.at);
    assert.ok(process.definite, where);
    const evidence = process.evidence();
    near(evidence.value, answer.value, within, where);
    near(evidence.fit, answer.parts.fit, within, where);
    near(evidence.complexity, answer.parts.complexity, within, where);
    near(process.condition(), answer.condition, Math.max(1e-8, 1e-15 * answer.condition), where);
    const slopes = process.slopes();
    assert.deepEqual(new Set(Object.keys(slopes)), new Set(Object.keys(answer.gradient)));
    for (const [name, slope] of Object.entries(answer.gradient)) near(slopes[name], slope, within, `${where}, ${name}`);
    process.alpha().forEach((entry, k) => near(entry, answer.alpha[k], within * 10, `${where}, alpha`));
    answer.posterior.mean.forEach((mean, k) => near(process.mean[k], mean, within, `${where}, mean`));
    answer.posterior.deviation.forEach((deviation, k) =>
      near(Math.sqrt(Math.max(0, process.variance[k])), deviation, 1e-6 + Math.sqrt(within), `${where}, deviation`));
  }
});

test("central differences agree with the formula for every kernel", () => {
  for (const kernel of Object.keys(KERNELS)) {
    const hyper = { ...HYPER, kernel, length: 1.3, period: 2.9, jitter: 1e-6 };
    const slopes = conditionOn(hyper, SEVEN).slopes();
    const found = differences(hyper, SEVEN, Object.keys(slopes));
    for (const name of Object.keys(slopes)) near(found[name], slopes[name], 1e-6, `${kernel}, ${name}`);
  }
});

test("moving the last observation gives what starting anew gives", () => {
  const points = scattered(40);
  const places = [-3, 0, 5];
  const process = new Process(HYPER, 40, places);
  for (const [x, y] of points.slice(0, -1)) process.append(x, y);
  process.mark();
  for (const [x, y] of [[0.1, 2], [3, -1], [0.7, 0.3]]) {
    process.rewind();
    process.append(x, y);
    const anew = conditionOn(HYPER, [...points.slice(0, -1), [x, y]], places);
    assert.equal(process.evidence().value, anew.evidence().value);
    assert.deepEqual(process.slopes(), anew.slopes());
    assert.deepEqual(process.mean, anew.mean);
    assert.equal(process.condition(), anew.condition());
  }
});

test("a bad observation can be taken back", () => {
  const process = new Process({ ...HYPER, noise: 1e-9 }, 3);
  process.append(0, 1);
  process.mark();
  process.append(1e-10, 1);
  assert.ok(!process.definite);
  assert.ok(Number.isNaN(process.evidence().value));
  assert.equal(process.condition(), Infinity);
  process.rewind();
  process.append(1, 1);
  assert.ok(process.definite);
  assert.ok(Number.isFinite(process.slopes().length));
});

test("a jitter makes near duplicates definite", () => {
  const points = [[0, 1], [1e-10, 1], [1, 0]];
  assert.ok(!conditionOn({ ...HYPER, noise: 1e-9 }, points).definite);
  assert.ok(conditionOn({ ...HYPER, noise: 1e-9, jitter: 1e-8 }, points).definite);
});

test("a column of the map is the marginal likelihood for every noise", () => {
  for (const kernel of Object.keys(KERNELS)) {
    for (const n of [1, 2, 3, 25]) {
      const points = scattered(n), hyper = { ...HYPER, kernel, period: 3, jitter: 1e-9 };
      const column = new EvidenceColumn(hyper, points);
      for (const noise of [0.01, 0.3, 4]) {
        near(column.at(noise), conditionOn({ ...hyper, noise }, points).evidence().value, 1e-8, `${kernel}, ${n}, ${noise}`);
      }
    }
  }
  const twins = [[0, 1], [0, 1], [1, 0]];
  assert.ok(Number.isNaN(new EvidenceColumn(HYPER, twins).at(1e-9)));
});

test("a picture of the summits is cut off as far below the median as the summit is above", () => {
  assert.equal(floorOf(Float64Array.of(-900, -5, -4, -3, NaN, -2)), -6);
  assert.equal(floorOf(Float64Array.of(-4, -3, -2)), -Infinity);
  assert.equal(floorOf(Float64Array.of(1, 1, 1)), -Infinity);
  assert.equal(floorOf(Float64Array.of(NaN)), -Infinity);
});

test("a condition number is read with the digits that tell something", () => {
  assert.deepEqual([3.14159, 123456.7, 1.64e10, Infinity].map(conditionText), ["3.14", "123457", "2×10¹⁰", "∞"]);
});

test("the ascent has words for its start, its way and its end", () => {
  const from = { place: [0, 0], value: -7, gradient: [1, 0] };
  const there = { place: [1, 0], value: -5, gradient: [LEVEL / 2, 0] };
  assert.equal(ascentWords([], false, false), "Uphill along ∇ℒ, from the place in the map.");
  assert.match(ascentWords([from], false, true), /^Nothing to climb/);
  assert.equal(ascentWords([from, there], false, false), "After 1 step ℒ has risen from −7.000 to −5.000.");
  assert.match(ascentWords([from, there], false, true), /^Arrived after 1 step: .* has length 0.0005/);
  assert.match(ascentWords([from, { ...there, gradient: [1, 0] }], false, true), /^Ended after 1 step/);
});

test("the ascent rises to a level place, and stops at the edge", () => {
  let from = stopAt({ ...HYPER, length: 0.5, noise: 1 }, SEVEN), before = null, steps = 0;
  for (let next = from; next; steps++) {
    assert.ok(next.value >= from.value);
    [before, from] = [steps ? from : null, next];
    next = climb(HYPER, SEVEN, { from, before }, BOX);
  }
  assert.ok(steps < 60, `${steps} steps`);
  assert.ok(Math.hypot(...from.gradient) < 2 * LEVEL);
  const flat = stopAt(HYPER, SEVEN, [0, -5]);
  assert.equal(climb(HYPER, SEVEN, { from: { ...flat, gradient: [0, -3] }, before: null }, BOX), null);
});
