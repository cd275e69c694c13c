import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { compare } from "../../static/math/networks/differences.js";
import { sites } from "../../static/math/networks/faults.js";
import { backward, forward, withEntry } from "../../static/math/networks/network.js";
import { place } from "../../static/widgets/backpropagation/graph-layout.js";
import { comparedWithNumpy } from "../../static/widgets/backpropagation/numpy.js";
import { faultOf, judge, newPuzzle, places } from "../../static/widgets/backpropagation/puzzle.js";
import { firstStep, isUnchanged, readers, stateFromOptions, stateOf, toFields } from "../../static/widgets/backpropagation/state.js";
import {
  networkFrom, networkOf, numbersOf, structureText, widths, withActivation, withAffine, withLayer, withLoss, withoutLayer, withWidths, written,
} from "../../static/widgets/backpropagation/structure.js";
import { stepsOf, timeline } from "../../static/widgets/backpropagation/timeline.js";
import { checkSentence, entryName, fieldText, stepSentence, symbol } from "../../static/widgets/backpropagation/words.js";

const LESSON = {
  id: "lesson", title: "", look: "",
  layers: [
    { weights: [[0.5, -0.5], [1, 0.5], [-1, 1]], bias: [0.5, -1.5, -0.5], activation: "tanh" },
    { weights: [[1, -1, 2], [0.5, 1, -1]], bias: [0, 0.5] },
  ],
  input: [1, 2], target: [1, 0], loss: "squared error",
};
const SQUARE = {
  id: "square", title: "", look: "", puzzle: 3,
  layers: [
    { weights: [[1, -0.5], [0.5, 2]], bias: [0, 0.5], activation: "tanh" },
    { weights: [[1, 0.5], [-1, 1]], bias: [0, 0], activation: "softmax" },
  ],
  input: [1, -1], target: [0, 1], loss: "cross-entropy",
};
const EXAMPLES = [LESSON, SQUARE];
const network = networkFrom(LESSON);
const FIXTURE = JSON.parse(readFileSync(new URL("../fixtures/networks.json", import.meta.url), "utf8"));

test("layers are resized, added and removed with the numbers that fit", () => {
  const wider = withWidths(network, [2, 4, 2]);
  assert.deepEqual(widths(wider), [2, 4, 2]);
  assert.deepEqual(wider.layers[0].W.slice(0, 3), network.layers[0].W);
  assert.ok(wider.layers[0].W[3].every((entry) => entry !== 0));
  const deeper = withLayer(network);
  assert.deepEqual(widths(deeper), [2, 3, 3, 2]);
  assert.deepEqual(deeper.layers[2].W, network.layers[1].W);
  assert.deepEqual(widths(withoutLayer(deeper, 0)), [2, 3, 2]);
  for (const each of [wider, deeper, withoutLayer(deeper, 1)]) {
    assert.ok(compare(each, backward(forward(each)).cotangents).every(({ verdict }) => verdict === "agrees"));
  }
});

test("a layer may be an activation alone, and keeps the width", () => {
  const alone = withAffine(withLayer(network), 1, false);
  assert.equal(structureText(alone), "2,3t,t,2n,q");
  assert.deepEqual(widths(alone), [2, 3, 3, 2]);
  assert.deepEqual(forward(alone).map(({ name }) => name).join(), "x,W1,b1,z1,a1,a2,W3,b3,z3,y,loss");
  assert.deepEqual(networkOf(structureText(alone), numbersOf(alone)), alone);
  assert.deepEqual(networkFrom(written(alone)), alone);
  assert.deepEqual(widths(withWidths(alone, [2, 4, 1, 2])), [2, 4, 4, 2]);
  assert.deepEqual(widths(withoutLayer(alone, 0)), [2, 2, 2]);
  const ended = withLoss(withAffine(network, 1, false), "cross-entropy");
  assert.equal(structureText(ended), "2,3t,m,c");
  assert.equal(ended.y.length, 3);
  const first = withAffine(network, 0, false);
  assert.equal(structureText(first), "2,t,2n,q");
  assert.equal(structureText(withAffine(first, 0, true)), "2,2t,2n,q");
  for (const each of [alone, ended, first, withoutLayer(alone, 0), withLayer(ended)]) {
    assert.ok(compare(each, backward(forward(each)).cotangents).every(({ verdict }) => verdict === "agrees"), structureText(each));
  }
  for (const structure of ["2,3t,n,2n,q", ",t,2n,q", "t,2n,q", "2,3t,t,c"]) assert.equal(networkOf(structure, numbersOf(alone)), null, structure);
});

test("cross-entropy brings a softmax and one right class", () => {
  const ended = withLoss(withActivation(network, 1, "tanh"), "cross-entropy");
  assert.equal(ended.layers[1].activation, "softmax");
  assert.deepEqual(ended.y, [[1], [0]]);
  assert.equal(withLoss(network, "cross-entropy").layers[1].activation, null);
  assert.deepEqual(withWidths(ended, [2, 3, 4]).y.flat(), [1, 0, 0, 0]);
});

test("structure and numbers make a network again, and what is none is refused", () => {
  assert.equal(structureText(network), "2,3t,2n,q");
  assert.deepEqual(networkOf(structureText(network), numbersOf(network)), network);
  const good = numbersOf(network);
  for (const [structure, numbers] of [
    ["2,3t,2n", good], ["2,3t,2n,x", good], ["2,3t,2t,c", good], ["2,9t,2n,q", good], ["0,3t,2n,q", good],
    ["2,3t,2n,q", good.slice(1)], ["2,3t,2n,q", [...good, 1]], ["2,3t,2n,q", good.map(() => 1e9)], ["2,3t,2n,q", good.map(() => NaN)],
    ["q", []], ["2,1n,1n,1n,1n,1n,q", good],
  ]) assert.equal(networkOf(structure, numbers), null, structure);
  assert.deepEqual(networkFrom(written(network)), network);
});

test("the address holds what differs from the example, and gives it back", () => {
  const start = stateFromOptions({ example: "lesson" }, EXAMPLES);
  const read = (fields) => readers(start, EXAMPLES)[1](fields);
  assert.equal(toFields(start, start), null);
  const changed = { ...start, network: withEntry(network, "W2", 1, 0, -0.25), step: 2 };
  assert.deepEqual(toFields(changed, start), { w: "14*-0.25", s: "2" });
  const square = stateOf(SQUARE);
  assert.deepEqual(toFields(square, start), { e: "square" });
  const built = { ...square, network: withLayer(square.network), puzzle: 0 };
  for (const state of [changed, square, { ...square, step: 0 }, { ...square, puzzle: 17 }, { ...built, step: firstStep(built.network) }]) {
    assert.deepEqual(read(toFields(state, start)), state);
  }
  assert.ok(isUnchanged(start) && !isUnchanged(changed));
});

test("links that say nonsense are read as the start", () => {
  const start = stateFromOptions({}, EXAMPLES);
  const read = (fields) => readers(start, EXAMPLES)[1](fields);
  for (const fields of [{ e: "gone" }, { w: "99*1" }, { w: "1*x" }, { w: "3*1e9" }, { n: "2,2", w: "1" }, { s: "-1" }, { s: "1.5" }, { q: "1e9" }]) {
    assert.deepEqual(read(fields), start, JSON.stringify(fields));
  }
});

test("the steps go forward once and back over every edge", () => {
  const steps = timeline(backward(forward(network)));
  assert.deepEqual(steps.map(({ kind }) => kind[0]).join(""), "gffffsbbbbbbbb");
  const [x, , , z1] = forward(network);
  assert.deepEqual(stepsOf(steps, x), { value: 0, cotangent: 12 });
  assert.equal(stepsOf(steps, z1).value, 1);
});

test("every step is told in words, in both layouts", () => {
  const pass = backward(forward(network));
  const steps = timeline(pass);
  const say = (index, layout, faulty = false) => stepSentence(steps[index], pass, layout, faulty);
  assert.equal(say(10, "numerator"), "Back through tanh to z₁: the cotangent (1×3) times the 3×3 diagonal Jacobian gives ∂ℓ/∂z₁ = (−0.288, 0.816, −1.239), 1×3.");
  assert.match(say(10, "denominator"), /the transposed diagonal Jacobian \(3×3\) times the cotangent \(3×1\) gives .* 3×1\.$/);
  assert.match(say(11, "numerator"), /times the 3×6 Jacobian xᵀ ⊗ I gives ∂ℓ\/∂W₁ = .* 2×3\.$/);
  assert.doesNotMatch(say(10, "numerator", true), /diagonal/);
  assert.equal(say(2, "numerator"), "Forward through tanh: a₁ = tanh(z₁) = (0, 0.462, 0.462), 3×1.");
  assert.match(checkSentence(compare(network, pass.cotangents)), /^All 19 entries agree .* relative error is \d/);
});

test("a product that does not exist is told with both sizes, a wrong shape with the right one", () => {
  const nodes = forward(network);
  const told = (fault, layout) => {
    const pass = backward(nodes, { fault, head: "z2", tail: fault === "forgotten transpose" ? "a1" : "W2" });
    return stepSentence(timeline(pass).at(-1), pass, layout, true);
  };
  assert.match(told("forgotten transpose", "numerator"), /1×2 times 3×2 does not exist/);
  assert.match(told("forgotten transpose", "denominator"), /2×3 times 2×1 does not exist/);
  assert.match(told("swapped outer product", "denominator"), /comes out as 3×2, but the derivative by W₂ must be 2×3/);
});

test("every fault can be found, and a wrong guess is told which way to go", () => {
  const square = networkFrom(SQUARE);
  const all = sites(forward(square));
  const chosen = new Set(Array.from({ length: 50 }, (_, index) => JSON.stringify(faultOf(square, index + 1))));
  assert.equal(chosen.size, all.length);
  for (const fault of all) {
    for (const guess of places(square)) {
      const { right, words } = judge(square, fault, guess);
      assert.equal(right, guess.head === fault.head && guess.tail === fault.tail);
      assert.match(words, right ? new RegExp(fault.fault) : /^Not there: .*(later on the way back|nearer to the loss|another rule|never came so far)/i);
    }
  }
  assert.equal(faultOf(square, 0), null);
  const branch = { fault: "forgotten input", head: "z2", tail: "W2" };
  assert.match(judge(square, branch, { head: "a1", tail: "z1" }).words, /What arrives there is right as well/);
  const chain = { fault: "forgotten transpose", head: "z2", tail: "a1" };
  assert.match(judge(square, chain, { head: "a1", tail: "z1" }).words, /what arrives there is already wrong/);
});

test("a new fault is another one, and shows", () => {
  const square = networkFrom(SQUARE);
  let number = 0;
  for (const random of [0.01, 0.3, 0.5, 0.77, 0.99]) {
    let next = random;
    const before = faultOf(square, number);
    number = newPuzzle(square, number, () => (next = (next * 7.3) % 1));
    const fault = faultOf(square, number);
    assert.notDeepEqual(fault, before);
    const { mismatch, cotangents } = backward(forward(square), fault);
    assert.ok(mismatch || compare(square, cotangents).some(({ verdict }) => verdict === "differs"));
  }
});

test("the graph runs from left to right and no boxes overlap", () => {
  for (const each of [network, networkFrom(SQUARE), withLayer(withLayer(withWidths(network, [5, 5, 5])))]) {
    for (const turned of [true, false]) {
      const { boxes, arrows, width, height } = place(forward(each), { turned, longest: 6 });
      for (const [index, one] of boxes.entries()) {
        assert.ok(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height);
        for (const other of boxes.slice(index + 1)) {
          const apart = one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y;
          assert.ok(apart, `${one.name} and ${other.name}`);
        }
      }
      for (const { x1, x2, y1, y2 } of arrows) assert.ok(y1 === y2 ? x2 > x1 : y2 > y1);
    }
  }
});

test("the server's numbers are compared with those of the browser", () => {
  const { question, answer } = FIXTURE.cases[1];
  const pass = backward(forward(networkFrom(question)));
  assert.match(comparedWithNumpy(answer, pass), /NumPy on the server finds the same \d+ numbers/);
  const wrong = structuredClone(answer);
  wrong.nodes[0].value[0] += 1;
  assert.match(comparedWithNumpy(wrong, pass), /not those of the browser: the largest relative difference/);
  wrong.nodes[0].value[0] = null;
  assert.match(comparedWithNumpy(wrong, pass), /not those of the browser/);
});

test("names and numbers as the book writes them", () => {
  assert.equal(symbol("loss"), "ℓ");
  assert.equal(symbol("W2"), "W₂");
  assert.equal(entryName({ name: "W1", row: 0, column: 1 }), "W₁ row 1 column 2");
  assert.deepEqual([0.5, -1, 100, 0, 0.123456789].map(fieldText), ["0.5", "−1", "100", "0", "0.123457"]);
});
