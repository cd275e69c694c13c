import assert from "node:assert/strict";
import test from "node:test";

import { judge, network, numericGradient, RIGHT } from "../../static/widgets/layouts/backpropagation.js";
import { corners, count, entryAt, numeratorSize, placeOf, shapeOf, swapped, transposed } from "../../static/widgets/layouts/model.js";
import { readers, stateFromOptions, toFields } from "../../static/widgets/layouts/state.js";
import { verdictSentence } from "../../static/widgets/layouts/verdict.js";
import { edgeNames, sentence } from "../../static/widgets/layouts/words.js";

const SIZES = [[], [4], [2, 3]];
const OTHERS = [[], [5], [3, 2]];

/** Table 2.1 of the lesson with m = 4, F 2×3, n = 5, X 3×2. */
const NINE = {
  "|": "1×1",
  "|5": "1×5",
  "|3,2": "2×3",
  "4|": "4×1",
  "4|5": "4×5",
  "4|3,2": "4×6",
  "2,3|": "2×3",
  "2,3|5": "6×5",
  "2,3|3,2": "6×6",
};

test("all nine combinations have the shapes of the lesson's table", () => {
  for (const f of SIZES) {
    for (const x of OTHERS) {
      const { rows, columns } = numeratorSize(shapeOf(f), shapeOf(x));
      assert.equal(`${rows}×${columns}`, NINE[`${f}|${x}`], `${f} by ${x}`);
    }
  }
});

test("every partial derivative has one place, and every place one partial derivative", () => {
  for (const [value, variable] of SIZES.flatMap((f) => OTHERS.map((x) => [shapeOf(f), shapeOf(x)]))) {
    const size = numeratorSize(value, variable);
    const seen = new Set();
    for (let i = 0; i < count(value); i += 1) {
      for (let j = 0; j < count(variable); j += 1) {
        const place = placeOf(value, variable, { value: i, variable: j });
        assert.ok(place.row < size.rows && place.column < size.columns);
        assert.deepEqual(entryAt(value, variable, place), { value: i, variable: j });
        seen.add(`${place.row},${place.column}`);
      }
    }
    assert.equal(seen.size, count(size));
  }
});

test("vec stacks the columns; a scalar by a matrix keeps the matrix", () => {
  const [scalar, vector, matrix] = [shapeOf([]), shapeOf([4]), shapeOf([2, 3])];
  assert.deepEqual(edgeNames(vector, matrix).columns, ["X₁₁", "X₂₁", "X₁₂", "X₂₂", "X₁₃", "X₂₃"]);
  // X₂₁ has place 2 of vec: in denominator layout it stands where it stands in X.
  const place = placeOf(scalar, matrix, { value: 0, variable: 1 });
  assert.deepEqual(swapped(place), { row: 1, column: 0 });
  assert.deepEqual(edgeNames(scalar, matrix), { rows: ["X·₁", "X·₂", "X·₃"], columns: ["X₁·", "X₂·"] });
  assert.deepEqual(transposed(numeratorSize(scalar, matrix)), { rows: 2, columns: 3 });
});

test("the corners are numbered once each", () => {
  assert.equal(corners(shapeOf([]), shapeOf([])).length, 1);
  assert.equal(corners(shapeOf([]), shapeOf([5])).length, 2);
  assert.equal(corners(shapeOf([4]), shapeOf([6])).length, 4);
});

test("the sentence says both places", () => {
  const words = sentence(shapeOf([4]), shapeOf([6]), { value: 1, variable: 2 });
  assert.match(words, /^∂f₂\/∂x₃ stands in row 2, column 3 in numerator layout and in row 3, column 2 in denominator/);
});

const UNEVEN = { inputs: 3, hidden: 4, outputs: 2 };
const SQUARE = { inputs: 2, hidden: 2, outputs: 2 };

/** @param {string} text */
function factors(text) {
  return stateFromOptions({ product: text }).factors;
}

test("the right product agrees with central differences for all sizes", () => {
  for (let inputs = 1; inputs <= 5; inputs += 1) {
    for (let hidden = 1; hidden <= 5; hidden += 1) {
      for (let outputs = 1; outputs <= 5; outputs += 1) {
        const verdict = judge(RIGHT, { inputs, hidden, outputs });
        assert.equal(verdict.kind, "right", `${inputs}, ${hidden}, ${outputs}`);
      }
    }
  }
});

test("with sizes 3, 4 and 2 only one of the 48 arrangements passes", () => {
  const names = [["W2", "e", "x"], ["W2", "x", "e"], ["e", "W2", "x"], ["e", "x", "W2"], ["x", "W2", "e"], ["x", "e", "W2"]];
  const marks = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => [bits & 1, bits & 2, bits & 4].map((bit) => (bit ? "'" : "")));
  const all = names.flatMap((order) => marks.map((mark) => order.map((name, at) => name + mark[at]).join("")));
  const kinds = all.map((text) => judge(factors(text), UNEVEN).kind);
  assert.deepEqual(all.filter((_, at) => kinds[at] === "right"), ["W2'ex'"]);
  assert.ok(!kinds.includes("wrong"), "uneven sizes catch every mistake");
});

test("the numbers of the lesson's warning", () => {
  const { W1, W2, x, t } = network(SQUARE);
  assert.deepEqual([W1, W2, x, t], [[[1, 0], [0, 1]], [[1, 2], [0, 1]], [[1], [1]], [[2], [2]]]);
  assert.deepEqual(numericGradient(network(SQUARE)).flat().map(Math.round), [1, 1, 1, 1]);
  const silent = judge(factors("W2 e x'"), SQUARE);
  assert.equal(silent.kind, "wrong");
  const words = verdictSentence(factors("W2 e x'"), SQUARE, silent);
  assert.match(words, /entry \(1, 1\) is −1, where central differences give 1\. .* up from 1 to 1\.25\.$/);
});

test("a mismatch is named in words", () => {
  const words = verdictSentence(factors("W2 e x'"), UNEVEN, judge(factors("W2 e x'"), UNEVEN));
  assert.equal(
    words,
    "W₂ e xᵀ is no product: W₂ is 2 × 4 and e is 2 × 1. W₂ has 4 columns, e has 2 rows; the two numbers must agree.",
  );
  const turned = verdictSentence(factors("x e' W2"), UNEVEN, judge(factors("x e' W2"), UNEVEN));
  assert.match(turned, /is 3 × 4, and W₁ is 4 × 3.*numerator layout\.$/);
});

test("the address gives back the state, and nonsense the start", () => {
  const start = stateFromOptions({});
  const state = stateFromOptions({ mode: "backpropagation", value: [], variable: [2, 3], entry: [1, 6], units: [2, 2, 2], product: "x'eW2'" });
  const fields = toFields(state, start);
  assert.deepEqual(readers(start)[1](/** @type {Record<string, string>} */ (fields)), state);
  assert.equal(toFields(start, start), null);
  const nonsense = { m: "q", f: "9,9,9", x: "0", i: "-3", j: "x", u: "1,2", p: "W2W2x" };
  assert.deepEqual(readers(start)[1](nonsense), start);
  assert.deepEqual(readers(start)[1]({ i: "70", j: "80" }).entry, { value: 3, variable: 5 });
});
