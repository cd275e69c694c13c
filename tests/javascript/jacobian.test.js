import assert from "node:assert/strict";
import { test } from "node:test";
import { caretLines } from "../../static/controls/expression-field.js";
import { View } from "../../static/math/view.js";
import { LinearizationModel } from "../../static/widgets/jacobian/model.js";
import { kindOf, meaning, sentence, shrinking } from "../../static/widgets/jacobian/words.js";

/** (x² − y², 2xy) */
const SQUARE = {
  inputs: ["x", "y"],
  constants: [2],
  operations: [
    ["mul", 0, 0], ["mul", 1, 1], ["sub", 3, 4], ["mul", 2, 0], ["mul", 6, 1], ["mul", 2, 1], ["neg", 8],
  ],
  outputs: { value: [5, 7], jacobian: [[6, 9], [8, 6]] },
};
/** (x², y) */
const FOLD = {
  inputs: ["x", "y"],
  constants: [2, 0, 1],
  operations: [["mul", 0, 0], ["mul", 2, 0]],
  outputs: { value: [5, 1], jacobian: [[6, 3], [3, 4]] },
};
/** (2x + y, x − y) */
const LINEAR = {
  inputs: ["x", "y"],
  constants: [2, 1, -1],
  operations: [["mul", 2, 0], ["add", 5, 1], ["sub", 0, 1]],
  outputs: { value: [6, 7], jacobian: [[2, 3], [3, 4]] },
};
/** (1/x, y): its determinant changes the sign only through infinity. */
const POLE = {
  inputs: ["x", "y"],
  constants: [1, 0],
  operations: [["div", 2, 0], ["mul", 4, 4], ["mul", 5, 0], ["div", 6, 0], ["neg", 7], ["div", 2, 0], ["mul", 9, 8]],
  outputs: { value: [4, 1], jacobian: [[10, 3], [3, 2]] },
};

test("the Jacobian of the complex square at (1, 1)", () => {
  const local = new LinearizationModel(SQUARE).at(1, 1);
  assert.deepEqual(local.value, [0, 2]);
  assert.deepEqual(local.matrix, [2, -2, 2, 2]);
  assert.equal(local.determinant, 8);
  assert.equal(local.rank, 2);
  assert.ok(Math.abs(local.singularValues[1] - Math.sqrt(8)) < 1e-12);
});

test("the error of the linear approximation is that of the square's corner, and quarters with the half", () => {
  const model = new LinearizationModel(SQUARE);
  const errorOf = model.errorsAround(model.at(1, 1), 1, 1);
  // f(p + h) − f(p) − J h = h² as a complex number, so its size at a corner is |h|² = 2·half².
  for (const half of [2, 0.5, 0.0625]) assert.ok(Math.abs(errorOf(half) - 2 * half * half) < 1e-12);
});

test("a linear map has no error, whatever the rounding", () => {
  const model = new LinearizationModel(LINEAR);
  for (const [x, y] of [[0.1, 0.7], [1e3, -3e3]]) {
    assert.equal(model.errorsAround(model.at(x, y), x, y)(2), 0);
  }
});

test("a square that leaves the domain has no largest error", () => {
  const root = {
    inputs: ["x", "y"], constants: [1, 0, 0.5],
    operations: [["sqrt", 0], ["div", 4, 5]],
    outputs: { value: [5, 1], jacobian: [[6, 3], [3, 2]] },
  };
  const model = new LinearizationModel(root);
  const errorOf = model.errorsAround(model.at(1, 0), 1, 0);
  assert.equal(errorOf(2), NaN);
  assert.ok(errorOf(0.5) > 0);
});

test("the fold line is x = 0 and its image the edge of the folded plane", () => {
  const { line, image } = new LinearizationModel(FOLD).foldLine(new View(0.3, 0, 2, 300, 300));
  assert.ok(line.length >= 4 * 50);
  for (let i = 0; i < line.length; i += 2) {
    assert.ok(Math.abs(line[i]) < 1e-9);
    assert.ok(Math.abs(image[i]) < 1e-9);
    assert.equal(image[i + 1], line[i + 1]);
  }
});

test("a pole is no fold, and neither is a single singular point", () => {
  const view = new View(0.01, 0, 2, 300, 300);
  assert.deepEqual(new LinearizationModel(POLE).foldLine(view).line, []);
  assert.deepEqual(new LinearizationModel(SQUARE).foldLine(view).line, []);
});

test("the window of the output shows most of the image", () => {
  const model = new LinearizationModel(LINEAR);
  const { x, y, half } = model.outputWindow(new View(0, 0, 1), model.at(0, 0));
  assert.ok(Math.abs(x) < 1e-9 && Math.abs(y) < 1e-9);
  assert.ok(half > 2 && half < 4);
});

test("where f grows too fast to be seen whole, the window keeps to the point's surroundings", () => {
  const tower = {
    inputs: ["x", "y"], constants: [0, 1],
    operations: [["exp", 0], ["exp", 4], ["mul", 4, 5]],
    outputs: { value: [5, 1], jacobian: [[6, 2], [2, 3]] },
  };
  const model = new LinearizationModel(tower);
  const { x, half } = model.outputWindow(new View(0, 0, 4), model.at(1, 1));
  assert.ok(half < 1000);
  assert.equal(x, Math.exp(Math.E));
});

test("determinants in words", () => {
  const square = new LinearizationModel(SQUARE);
  assert.equal(meaning(square.at(1, 1)), "Small areas are multiplied by 8.00; orientation is kept.");
  assert.equal(kindOf(square.at(0, 0)), "collapsed");
  assert.match(meaning(new LinearizationModel(FOLD).at(0, 1)), /singular \(rank 1\)/);
  assert.equal(
    meaning(new LinearizationModel(LINEAR).at(1, 1)),
    "Small areas are multiplied by 3.00; orientation is reversed, as in a mirror.",
  );
  assert.equal(kindOf(new LinearizationModel(POLE).at(0, 0)), "undefined");
});

test("at a kink no linear map is an approximation, beside it one is", () => {
  const absolute = {
    inputs: ["x", "y"], constants: [0, 1],
    operations: [["abs", 0], ["sign", 0]],
    outputs: { value: [4, 1], jacobian: [[5, 2], [2, 3]] },
  };
  const model = new LinearizationModel(absolute);
  const kinkAt = (x, y) => model.hasKink(model.at(x, y), x, y);
  assert.ok(kinkAt(0, 1));
  assert.ok(!kinkAt(0.01, 1));
  assert.ok(!kinkAt(-1e5, 2));
  assert.match(meaning({ ...model.at(0, 1), kink: true }), /not differentiable at this point/);
  const square = new LinearizationModel(SQUARE);
  for (const [x, y] of [[0, 0], [1, 1], [1e3, -1e3], [1e6, 1e6]]) {
    assert.ok(!square.hasKink(square.at(x, y), x, y), `${x}, ${y}`);
  }
});

test("the announced sentence says point, matrix, determinant and meaning", () => {
  const local = new LinearizationModel(SQUARE).at(1, 1);
  assert.equal(
    sentence(["x", "theta"], ["1.00", "1.00"], local),
    "At x = 1.00, θ = 1.00 the Jacobian has the rows (2.00, −2.00) and (2.00, 2.00). " +
      "Its determinant is 8.00. Small areas are multiplied by 8.00; orientation is kept.",
  );
  assert.match(sentence(["x", "y"], ["0.00", "0.00"], new LinearizationModel(POLE).at(0, 0)), /: the function has no derivative here/);
});

test("how the error shrinks, in words", () => {
  assert.match(shrinking(0.5, 0.125), /4\.0 times smaller error: the error shrinks faster/);
  assert.match(shrinking(0.5, 0.25), /no faster/);
  assert.match(shrinking(0, 0), /exact/);
  assert.match(shrinking(NaN, 0.1), /undefined in a part/);
});

test("the caret stands under the place, counted in code points", () => {
  assert.deepEqual(caretLines("[x, 𝑥y]", [4, 5]), ["[x, 𝑥y]", "    ^"]);
  assert.deepEqual(caretLines("abc", [3, 3]), ["abc", "   ^"]);
  const [line, carets] = caretLines(`${"x+".repeat(100)}@`, [200, 201]);
  assert.equal([...line][carets.indexOf("^")], "@");
  assert.ok(line.length <= 42);
});
