import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { compare, TOLERANCE } from "../../static/math/networks/differences.js";
import { FAULTS, sites } from "../../static/math/networks/faults.js";
import { kronecker, multiply, SizeError, stacked, transpose } from "../../static/math/networks/matrix.js";
import { backward, forward, withEntry } from "../../static/math/networks/network.js";
import { networkFrom } from "../../static/widgets/backpropagation/structure.js";

const FIXTURE = JSON.parse(readFileSync(new URL("../fixtures/networks.json", import.meta.url), "utf8"));
const SAME = 1e-12;

/** Numbers as the server writes them: columns as lists, scalars bare, null where not finite. */
function expectSame(found, expected, where) {
  const numbers = [expected].flat(2);
  assert.equal(found.flat().length, numbers.length, where);
  found.flat().forEach((number, index) => {
    if (!Number.isFinite(numbers[index])) assert.ok(!Number.isFinite(number), where);
    else assert.ok(Math.abs(number - numbers[index]) <= SAME * Math.max(1, Math.abs(numbers[index])), `${where}: ${number} is not ${numbers[index]}`);
  });
}

const siteOf = ({ fault }, nodes) =>
  fault ? sites(nodes).find(({ fault: name, head }) => name === fault.name && head === fault.at) : null;

test("the browser evaluates every network as the server does, forwards and backwards", () => {
  assert.ok(FIXTURE.cases.length >= 20);
  for (const { question, answer } of FIXTURE.cases) {
    const nodes = forward(networkFrom(question));
    assert.deepEqual(sites(nodes), answer.sites);
    const pass = backward(nodes, siteOf(question, nodes));
    const name = JSON.stringify([question.loss, question.fault, question.layers.map(({ activation }) => activation)]);
    assert.deepEqual(nodes.map((node) => node.name), answer.nodes.map((node) => node.name));
    answer.nodes.forEach((node, index) => {
      expectSame(nodes[index].value, node.value, `${name} ${node.name}`);
      const cotangent = pass.cotangents.get(node.name);
      assert.equal(cotangent === undefined, node.cotangent === null, name);
      if (cotangent) expectSame(cotangent, node.cotangent, `${name} cotangent of ${node.name}`);
    });
    assert.deepEqual(pass.edges.map(({ tail, head }) => [tail, head]), answer.edges.map(({ tail, head }) => [tail, head]));
    answer.edges.forEach((edge, index) => {
      const where = `${name} ${edge.head} to ${edge.tail}`;
      expectSame(pass.edges[index].jacobian, edge.jacobian, where);
      expectSame(pass.edges[index].outgoing, edge.outgoing, where);
      const product = multiply(transpose(pass.edges[index].jacobian), pass.edges[index].incoming);
      expectSame(product, stacked(pass.edges[index].outgoing).flat(), `${where}, by the Jacobian`);
    });
    assert.deepEqual(pass.mismatch && [pass.mismatch.head, pass.mismatch.tail], answer.mismatch && [answer.mismatch.head, answer.mismatch.tail]);
  }
});

test("the gradient check of the browser gives the server's verdicts", () => {
  assert.equal(TOLERANCE, FIXTURE.tolerance);
  for (const { question, answer } of FIXTURE.cases) {
    const network = networkFrom(question);
    const nodes = forward(network);
    for (const each of compare(network, backward(nodes, siteOf(question, nodes)).cotangents)) {
      const { verdicts, differences } = answer.check.entries[each.name];
      const at = (list) => (Array.isArray(list[each.row]) ? list[each.row][each.column] : list[each.row]);
      assert.equal(each.verdict, at(verdicts), `${each.name} ${each.row} ${each.column}`);
      if (at(differences) !== null) assert.ok(Math.abs(each.difference - at(differences)) < 1e-8 * Math.max(1, Math.abs(at(differences))));
    }
  }
});

test("the faults are those of the server, in its words", () => {
  assert.deepEqual(FAULTS.map(({ name, explanation }) => ({ name, explanation })), FIXTURE.faults);
});

test("a kink of relu is no fault, and what rounding hides is not judged", () => {
  const kinked = networkFrom({ layers: [{ weights: [[1, -1]], bias: [0], activation: "relu" }], input: [2, 2], target: [1] });
  const verdicts = (network) => compare(network, backward(forward(network)).cotangents).map(({ verdict }) => verdict);
  assert.ok(verdicts(kinked).every((verdict) => verdict === "kink"));
  const flat = networkFrom({ layers: [{ weights: [[30]], bias: [0], activation: "sigmoid" }], input: [1], target: [0] });
  assert.equal(verdicts(flat)[1], "unresolved");
});

test("one entry is changed and nothing else", () => {
  const network = networkFrom(FIXTURE.cases[1].question);
  for (const name of ["x", "y", "W1", "b2"]) {
    const changed = withEntry(network, name, 1, 0, 77);
    const values = (each) => new Map(forward(each).map(({ name: key, operation, value }) => [key, operation ? null : value]));
    const [before, after] = [values(network), values(changed)];
    for (const [key, value] of before) {
      if (key !== name) assert.deepEqual(after.get(key), value);
    }
    assert.equal(after.get(name)[1][0], 77);
  }
});

test("matrices multiply, stack and refuse as they should", () => {
  assert.throws(() => multiply([[1, 2]], [[1, 2]]), SizeError);
  assert.deepEqual(kronecker([[1, 2]], [[1], [3]]), [[1, 2], [3, 6]]);
  assert.deepEqual(stacked([[1, 2], [3, 4]]).flat(), [1, 3, 2, 4]);
});
