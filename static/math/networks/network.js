/**
 * A network as a computational graph: forward pass and backward pass, with all that is on the way.
 *
 * The same as app/networks/network.py, in the browser; see there for the words.
 *
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {import("./operations.js").Operation} Operation
 * @typedef {{W: Matrix | null, b: Matrix | null, activation: string | null}} Layer  without W and b an
 *   activation alone
 * @typedef {{layers: readonly Layer[], x: Matrix, y: Matrix, loss: import("./operations.js").LossName}} Network
 * @typedef {{name: string, value: Matrix, operation: Operation | null, arguments: readonly string[]}} Node
 * @typedef {{
 *   head: string, tail: string, position: number, jacobian: Matrix, incoming: Matrix, outgoing: Matrix,
 * }} Edge  `incoming` and `outgoing` in the shapes of head and tail, `jacobian` in numerator layout
 * @typedef {{
 *   head: string, tail: string, position: number, jacobian: Matrix, incoming: Matrix,
 *   outgoing: Matrix | null,
 * }} Mismatch  the product that ended the way back; `outgoing` where it exists, in the wrong shape
 * @typedef {{
 *   nodes: readonly Node[], edges: Edge[], cotangents: ReadonlyMap<string, Matrix>, mismatch: Mismatch | null,
 * }} Pass
 */

import { sameSize, SizeError } from "./matrix.js";
import { ACTIVATIONS, AFFINE, lossOperation } from "./operations.js";
import { ruleWith } from "./faults.js";

/**
 * The nodes with their values, in order of evaluation.
 *
 * @param {Network} network
 * @returns {Node[]}
 */
export function forward({ layers, x, y, loss }) {
  /** @type {Node[]} */
  const nodes = [given("x", x)];
  /** @type {Map<string, Matrix>} */
  const values = new Map([["x", x], ["y", y]]);
  const add = (/** @type {Node} */ node) => {
    nodes.push(node);
    values.set(node.name, node.value);
    return node.name;
  };
  const apply = (/** @type {string} */ name, /** @type {Operation} */ operation, /** @type {string[]} */ names) =>
    add({ name, value: operation.value(names.map((each) => valueOf(values, each))), operation, arguments: names });
  let current = "x";
  layers.forEach(({ W, b, activation }, index) => {
    const number = index + 1;
    if (W && b) current = apply(`z${number}`, AFFINE, [add(given(`W${number}`, W)), current, add(given(`b${number}`, b))]);
    if (activation) current = apply(`a${number}`, ACTIVATIONS[activation], [current]);
  });
  add(given("y", y));
  apply("loss", lossOperation(loss, layers[layers.length - 1].activation), [current, "y"]);
  return nodes;
}

/** @param {string} name @param {Matrix} value @returns {Node} */
function given(name, value) {
  return { name, value, operation: null, arguments: [] };
}

/** @param {ReadonlyMap<string, Matrix>} values @param {string} name */
export function valueOf(values, name) {
  return /** @type {Matrix} */ (values.get(name));
}

/**
 * Cotangents from the loss back to every input, edge by edge.
 *
 * @param {readonly Node[]} nodes
 * @param {import("./faults.js").Site | null} [fault]  a mistake in one rule
 * @returns {Pass}
 */
export function backward(nodes, fault = null) {
  const values = new Map(nodes.map(({ name, value }) => [name, value]));
  /** @type {Map<string, Matrix>} */
  const cotangents = new Map([[nodes[nodes.length - 1].name, [[1]]]]);
  /** @type {Edge[]} */
  const edges = [];
  for (const node of [...nodes].reverse()) {
    for (let position = 0; position < (node.operation?.rules.length ?? 0); position++) {
      const step = follow(node, position, values, valueOf(cotangents, node.name), fault);
      const { outgoing } = step;
      if (!outgoing || !sameSize(outgoing, valueOf(values, step.tail))) return { nodes, edges, cotangents, mismatch: step };
      edges.push({ ...step, outgoing });
      // In a chain every node has one consumer: nothing has to be added up.
      cotangents.set(step.tail, outgoing);
    }
  }
  return { nodes, edges, cotangents, mismatch: null };
}

/**
 * @param {Node} node
 * @param {number} position
 * @param {ReadonlyMap<string, Matrix>} values
 * @param {Matrix} incoming
 * @param {import("./faults.js").Site | null} fault
 * @returns {Mismatch}
 */
function follow(node, position, values, incoming, fault) {
  const rule = ruleWith(node, position, fault);
  const own = node.arguments.map((name) => valueOf(values, name));
  const step = { head: node.name, tail: node.arguments[position], position, jacobian: rule.jacobian(own), incoming };
  try {
    return { ...step, outgoing: rule.pullback(incoming, own) };
  } catch (error) {
    if (!(error instanceof SizeError)) throw error;
    return { ...step, outgoing: null };
  }
}

/**
 * What can be set, by name: x, and weights and bias of each layer.
 *
 * @param {Network} network
 * @returns {Map<string, Matrix>}
 */
export function parameters({ layers, x }) {
  const own = layers.flatMap(({ W, b }, index) => /** @type {[string, Matrix][]} */ (
    W && b ? [[`W${index + 1}`, W], [`b${index + 1}`, b]] : []
  ));
  return new Map([["x", x], ...own]);
}

/**
 * The network with one entry changed; a name is x, y, or W or b with the number of a layer.
 *
 * @param {Network} network
 * @param {string} name
 * @param {number} row
 * @param {number} column
 * @param {number} value
 * @returns {Network}
 */
export function withEntry(network, name, row, column, value) {
  const changed = (/** @type {Matrix | null} */ matrix) =>
    (matrix ?? []).map((entries, i) => (i === row ? entries.map((entry, j) => (j === column ? value : entry)) : entries));
  if (name === "x") return { ...network, x: changed(network.x) };
  if (name === "y") return { ...network, y: changed(network.y) };
  const index = Number(name.slice(1)) - 1;
  const part = name[0] === "W" ? "W" : "b";
  const layers = network.layers.map((layer, at) => (at === index ? { ...layer, [part]: changed(layer[part]) } : layer));
  return { ...network, layers };
}
