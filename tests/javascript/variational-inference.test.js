import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { bestOf, boundAt, climb, differencesAt, expectedDerivatives, gradientAt, LEVEL, stopAt } from "../../static/math/variational/bound.js";
import { ellipse, levelCurve, logEvidence, logJoint, marginalOf, momentsOf, precisionOf } from "../../static/math/variational/target.js";
import { Model } from "../../static/widgets/variational-inference/model.js";
import { readState, stateFromOptions, toFields } from "../../static/widgets/variational-inference/state.js";
import { ascentWords, gapWords, meanFieldWords, parametersOf, percent, sentence } from "../../static/widgets/variational-inference/words.js";
import { decodeFields, encodeFields, FieldReader } from "../../static/services/address.js";

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/variational-inference.json", import.meta.url), "utf8"));
const GAUSSIAN = { mean: [0, 0], deviations: [1, 1], correlation: 0.8, curvature: 0 };
const BANANA = { mean: [0.3, -0.2], deviations: [1.2, 0.7], correlation: 0.4, curvature: 0.6 };

function near(found, expected, within, where = "") {
  assert.ok(Math.abs(found - expected) <= within * Math.max(1, Math.abs(expected)), `${where}: ${found} is not ${expected}`);
}

test("the bound, its parts and its gradient are what quadrature gives", () => {
  assert.ok(cases.length >= 6);
  for (const { target, places } of cases) {
    for (const { place, value, expected, entropy, gradient } of places) {
      const where = JSON.stringify([target, place]);
      const found = boundAt(target, place);
      near(found.value, value, 1e-10, where);
      near(found.expected, expected, 1e-10, where);
      near(found.entropy, entropy, 1e-10, where);
      gradientAt(target, place, false).forEach((entry, k) => near(entry, gradient[k], 1e-10, where));
    }
  }
});

test("for a Gaussian target the gap is the divergence in closed form", () => {
  const straight = cases.filter(({ target }) => target.curvature === 0);
  assert.ok(straight.length >= 3);
  for (const { target, places } of straight) {
    for (const { place, divergence } of places) near(logEvidence(target) - boundAt(target, place).value, divergence, 1e-10);
  }
});

test("evidence, moments and marginals of the target are those of its density summed up", () => {
  for (const { target, evidence, means, variances, marginal } of cases) {
    near(logEvidence(target), evidence, 1e-9);
    momentsOf(target).variances.forEach((variance, k) => near(variance, variances[k], 1e-8));
    means.forEach((mean, k) => near(target.mean[k], mean, 1e-9));
    const density = marginalOf(target, 1);
    for (const [z2, height] of marginal) near(density(z2), height, 1e-8, JSON.stringify([target, z2]));
  }
});

test("the best approximations are those that SciPy finds", () => {
  for (const { target, best } of cases) {
    for (const [name, { place, value }] of Object.entries(best)) {
      const found = bestOf(target, name === "diagonal");
      near(found.value, value, 1e-10, name);
      found.place.forEach((entry, k) => near(entry, place[k], 1e-6, `${name} ${JSON.stringify(target)}`));
    }
  }
});

test("a mean field has the variances 1/Pᵢᵢ, never more than the target's; a bend changes that of z₁ alone", () => {
  for (const curvature of [0, 0.7, -1.1]) {
    for (const correlation of [-0.95, -0.3, 0, 0.6, 0.99]) {
      const target = { ...BANANA, correlation, curvature };
      const [p11, , p22] = precisionOf(target);
      const { place: [, , k, l, n] } = bestOf(target, true);
      assert.equal(l, 0);
      near(n * n, 1 / p22, 1e-12, "z₂");
      if (curvature === 0) near(k * k, 1 / p11, 1e-12, "z₁");
      const truth = momentsOf(target).variances;
      assert.ok(k * k <= truth[0] * (1 + 1e-12) && n * n <= truth[1] * (1 + 1e-12));
    }
  }
});

test("at the best full covariance the precision is the expected curvature", () => {
  const { place, gradient } = bestOf(BANANA, false);
  assert.ok(Math.hypot(...gradient) < 1e-12);
  const [, , k, l, n] = place;
  const determinant = (k * n) ** 2;
  const { slope, curvature } = expectedDerivatives(BANANA, place);
  near(slope[0], 0, 1e-12);
  [(l * l + n * n) / determinant, (-k * l) / determinant, (k * k) / determinant].forEach((entry, which) => near(-curvature[which], entry, 1e-10));
});

test("no place beats the best one, however strongly a target leans and bends", () => {
  for (const target of [{ ...BANANA, correlation: 0.99, curvature: 0.9 }, { ...BANANA, correlation: -0.98, curvature: -3, deviations: [3, 8] }, { ...BANANA, curvature: 2.5, deviations: [9, 0.2] }]) {
    for (const diagonal of [false, true]) {
      const best = bestOf(target, diagonal);
      const [m1, m2, k, l, n] = best.place;
      assert.ok(Math.hypot(...best.gradient.map((entry, which) => entry * [k, n, k, k, n][which])) < 1e-9);
      for (let seed = 1; seed < 400; seed++) {
        const [a, b, c, d, e] = [0.7549, 0.5698, 0.3247, 0.8191, 0.6710].map((step) => ((seed * step) % 1) - 0.5);
        const place = [m1 + 4 * a * k, m2 + 4 * b * n, k * 3 ** (4 * c), diagonal ? 0 : l + 3 * d * n, n * 3 ** (4 * e)];
        assert.ok(boundAt(target, place).value <= best.value + 1e-9, JSON.stringify([target, place]));
      }
    }
  }
});

test("central differences agree with the formula, and the entry above the diagonal is no parameter", () => {
  for (const diagonal of [false, true]) {
    const place = [0.7, -0.4, 0.8, diagonal ? 0 : -0.5, 0.05];
    const exact = gradientAt(BANANA, place, diagonal);
    differencesAt(BANANA, place, diagonal).forEach((entry, k) => near(entry, exact[k], 1e-7, `${k}`));
    assert.equal(exact[3] === 0, diagonal);
  }
  assert.deepEqual(parametersOf(true), [0, 1, 2, 4]);
});

test("the ascent rises, and ends where the gradient vanishes", () => {
  for (const [target, diagonal] of [[GAUSSIAN, false], [GAUSSIAN, true], [BANANA, false], [{ ...GAUSSIAN, deviations: [2, 0.3], correlation: 0.9 }, false]]) {
    const stops = [stopAt(target, [-1.1, 1, 0.9, 0, 0.6], diagonal)];
    for (let next; stops.length < 300; stops.push(next)) {
      next = climb(target, diagonal, { from: stops.at(-1), before: stops.at(-2) ?? null });
      if (!next) break;
      assert.ok(next.value > stops.at(-1).value);
      if (diagonal) assert.equal(next.place[3], 0);
    }
    assert.ok(stops.length < 200, `${stops.length} steps`);
    assert.ok(Math.hypot(...stops.at(-1).gradient) <= LEVEL);
    near(stops.at(-1).value, bestOf(target, diagonal).value, 1e-5);
  }
});

test("both ellipses are where density and unit circle put them", () => {
  const level = levelCurve(BANANA, 2, 41);
  level.xs.forEach((z1, k) => near(logJoint(BANANA, z1, level.ys[k]), -2, 1e-12));
  const { xs, ys } = ellipse([1, 2], [0.5, -0.3, 0.8], 1, 5);
  near(xs[0], 1.5, 1e-15);
  near(ys[0], 1.7, 1e-15);
  near(xs[1], 1, 1e-15);
  near(ys[1], 2.8, 1e-15);
});

test("a state survives the way through a link, and what cannot be is told", () => {
  const presets = [{ id: "a", title: "", look: "" }, { id: "b", title: "", look: "", covariance: "diagonal", curvature: 0.5 }];
  const start = stateFromOptions({}, presets);
  assert.equal(start.example, "a");
  assert.deepEqual(toFields(start, start, presets), {});
  const changed = { ...stateFromOptions({ example: "b" }, presets), target: { ...BANANA }, place: [0.25, -1, 0.5, 0, 2] };
  const fields = toFields(changed, start, presets);
  assert.deepEqual(Object.keys(fields), ["e", "t", "b", "m", "l"]);
  const read = (text) => {
    const reader = new FieldReader(decodeFields(text).fields);
    return { state: readState(reader, start, presets), refused: reader.refusals.map(({ field }) => field) };
  };
  assert.deepEqual(read(encodeFields(1, fields)), { state: changed, refused: [] });
  const spoilt = read("1~t.0,0,1,1,1.5~b.9~m.1~l.0,0,1~c.round");
  assert.deepEqual(spoilt, { state: start, refused: ["t", "b", "m", "l", "c"] });
  assert.deepEqual(read("1~l.1,0.4,1~c.diagonal").state.place, [start.place[0], start.place[1], 1, 0, 1]);
  assert.deepEqual(read("1~t.0.5,0,1,1,0.7").state.window, start.window);
});

test("a target that the window of its example does not show has one of its own", () => {
  const read = (text) => readState(new FieldReader(decodeFields(text).fields), stateFromOptions({}), []);
  for (const text of ["1~t.8,-9,1,1,0.8", "1~t.0,0,10,1,0.8", "1~t.0,0,2,0.5,0~b.1.5"]) {
    const { target, place, window: [x, y, half] } = read(text);
    const { variances } = momentsOf(target);
    target.mean.forEach((mean, k) => {
      assert.ok(Math.abs(mean - [x, y][k]) + 2 * Math.sqrt(variances[k]) < half, text);
      assert.ok(Math.abs(place[k] - [x, y][k]) < half, text);
    });
  }
});

test("the sentences say what the numbers are", () => {
  const state = { ...stateFromOptions({}), diagonal: true, place: [0, 0, 0.6, 0, 0.6] };
  const model = new Model();
  const fitted = model.fit(state);
  const said = sentence(state, fitted);
  assert.match(said, /variances 0\.360 and 0\.360, diagonal covariance/);
  assert.match(said, /Its gap to log p\(x\) = 1\.327 is 0\.511\. The variances are 36 % and 36 % of the target’s\./);
  assert.match(meanFieldWords(state.target, fitted), /1\/P₁₁ = 0\.360 and 1\/P₂₂ = 0\.360/);
  assert.match(gapWords(0), /closed/);
  const independent = { ...state, target: { ...GAUSSIAN, correlation: 0 } };
  assert.match(meanFieldWords(independent.target, model.fit(independent)), /loses nothing/);
  const bent = { ...state, target: { ...GAUSSIAN, correlation: 0, curvature: 0.5 } };
  assert.match(meanFieldWords(bent.target, model.fit(bent)), /A full covariance does no better/);
  assert.equal(percent(0.0975), "9.75 %");
  assert.equal(percent(2.5), "250 %");
  const stops = [stopAt(GAUSSIAN, [-1, 1, 1, 0, 1], false)];
  assert.match(ascentWords(stops, false, true, false), /Nothing to climb/);
  stops.push(climb(GAUSSIAN, false, { from: stops[0], before: null }));
  assert.match(ascentWords(stops, true, false, false), /^Step 1: ℒ has risen from/);
  assert.match(ascentWords(stops, false, true, true), /Stopped after 1 step, for the ground is long and narrow/);
  stops.push(bestOf(GAUSSIAN, true));
  assert.match(ascentWords(stops, false, true, true), /Arrived after 2 steps: .* No diagonal covariance/);
});
