import assert from "node:assert/strict";
import { test } from "node:test";
import { clauseOf, joinClauses, namesIn, onlyNames, parseClauses, saysSizes, usualKind, withClause } from "../../static/math/clauses.js";
import { decodeFields, encodeFields } from "../../static/services/address.js";
import { Places, printed } from "../../static/widgets/derivative/instance.js";
import { namesOf, readers, sameQuestion, stateFromOptions, toFields, VERSION } from "../../static/widgets/derivative/state.js";
import { checkWords, errorParts, resultWords, shapeText, valueWords } from "../../static/widgets/derivative/words.js";
import * as working from "../../static/widgets/working/state.js";

test("declarations come apart and together again", () => {
  const clauses = parseClauses("A: m,n; S: n,n symmetric\n c: scalar;;");
  assert.deepEqual([...clauses], [["A", "m,n"], ["S", "n,n symmetric"], ["c", "scalar"]]);
  assert.equal(joinClauses(clauses), "A: m,n; S: n,n symmetric; c: scalar");
  assert.equal(withClause("A: m,n; c: scalar", "A", "n,n"), "A: n,n; c: scalar");
  assert.equal(withClause("A: m,n", "c", "scalar"), "A: m,n; c: scalar");
  assert.equal(withClause("A: m,n; c: scalar", "A", null), "c: scalar");
  assert.equal(onlyNames("A: m,n; c: scalar; x: n", ["x", "A", "y"]), "A: m,n; x: n");
  assert.equal(parseClauses("nonsense").size, 0);
});

test("sizes are said only where they stand", () => {
  for (const clause of ["m,n", "n", "3", "n,n symmetric", "symmetric n,n"]) assert.ok(saysSizes(clause), clause);
  for (const clause of ["matrix", "vector", "scalar", "positive-definite", undefined]) assert.ok(!saysSizes(clause), clause);
});

test("a row becomes a clause", () => {
  assert.equal(clauseOf("matrix", ["m", "n"], []), "m,n");
  assert.equal(clauseOf("matrix", [], ["symmetric"]), "matrix symmetric");
  assert.equal(clauseOf("vector", ["n"], ["positive"]), "n positive");
  assert.equal(clauseOf("scalar", [], ["positive"]), "scalar positive");
  // Not square: the sizes cannot stay when the reader says symmetric.
  assert.equal(clauseOf("matrix", ["m", "n"], ["symmetric"]), "matrix symmetric");
  assert.equal(clauseOf("matrix", ["n", ""], []), "matrix");
});

test("names are words that are no functions", () => {
  assert.deepEqual(namesIn("norm2(A*x - b)^2 + sin (x) + W2'*x_1"), ["A", "x", "b", "W2", "x_1"]);
  assert.deepEqual(namesIn("2*pi*X.T + 3e5"), ["X"]);
  assert.deepEqual(["A", "b", "x", "alpha"].map(usualKind), ["matrix", "scalar", "vector", "scalar"]);
});

const START = stateFromOptions({});

test("a state survives the address, whatever was typed", () => {
  for (const expr of ["x'*x", "a ~ b", "‖A·x‖²", "<script>&", "!t!!"]) {
    const state = { expr, wrt: ["x", "x"], given: "A: m,n; c: scalar", practise: true };
    const fields = toFields(state, START);
    const decoded = decodeFields(encodeFields(VERSION, fields));
    assert.deepEqual(readers(START)[1](decoded.fields), state);
  }
  assert.equal(toFields({ ...START }, START), null);
});

test("what an address cannot mean is passed over", () => {
  assert.deepEqual(readers(START)[1]({ e: "x".repeat(3000) }), START);
  assert.deepEqual(readers(START)[1]({ e: "x", w: "<b>,x,y,z" }).wrt, ["x", "y"]);
  assert.deepEqual(namesOf("x, y"), ["x", "y"]);
  assert.deepEqual(namesOf(undefined), []);
});

test("blanks do not make another question", () => {
  assert.ok(sameQuestion({ ...START, expr: "norm2( A*x-b )^2" }, START));
  assert.ok(!sameQuestion({ ...START, wrt: ["A"] }, START));
});

test("a working survives the address with its lines", () => {
  const start = working.stateFromOptions({});
  const state = { expr: "tr(A*X)", wrt: "X", given: "", lines: ["tr(A*dX)", "", "x~y"] };
  const decoded = decodeFields(encodeFields(working.VERSION, working.toFields(state, start)));
  assert.deepEqual(working.readers(start)[1](decoded.fields), state);
  assert.equal(working.toFields(start, start), null);
  assert.deepEqual(Object.keys(working.toFields({ ...start, lines: ["dx"] }, start)), ["l"]);
});

test("places go down the columns, as vec does", () => {
  const places = new Places([2, 3]);
  assert.deepEqual(places.at(3), [1, 1]);
  assert.equal(places.index(1, 1), 3);
  assert.equal(places.label(4), "1,3");
  assert.equal(new Places([4]).label(2), "3");
});

test("shapes and sizes in words", () => {
  assert.equal(valueWords([]), "a scalar");
  assert.equal(valueWords(["n"]), "a vector of length n");
  assert.equal(valueWords(["m", "n"]), "an m × n matrix");
  assert.equal(valueWords([3, "k"]), "a 3 × k matrix");
  assert.equal(shapeText(["m*q", "n*p"]), "mq × np");
  assert.equal(resultWords({ form: "row", shape: [1, "n"] }), "a row, 1 × n");
  assert.deepEqual(errorParts(1.6e-12), ["2 × 10", "−12"]);
  assert.deepEqual(errorParts(0), ["0", null]);
  const check = { samples: 2, max_relative_error: 0, sizes: [{ m: 3 }, { m: 3 }] };
  assert.match(checkWords(check), /^Compared with central differences at 2 random points, with m = 3: /);
});

test("numbers of the instance are short", () => {
  assert.equal(printed(-2), "−2");
  assert.equal(printed(0.04), "0.04");
  assert.equal(printed(Number.NaN), "–");
});
