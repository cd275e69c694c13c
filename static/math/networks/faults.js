/**
 * Typical mistakes of a hand-written backward pass, for the student to find: those of
 * app/networks/faults.py, in the same order.
 *
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {import("./operations.js").Operation} Operation
 * @typedef {import("./operations.js").Rule} Rule
 * @typedef {import("./network.js").Node} Node
 * @typedef {{fault: string, head: string, tail: string}} Site  a place where a network can have a fault
 * @typedef {{
 *   name: string, explanation: string, operations: Operation[], position: number,
 *   rule: (operation: Operation) => Rule,
 * }} Fault  `rule` is the wrong rule of the argument at `position`
 */

import { diagonal, each, identity, kronecker, multiply, transpose } from "./matrix.js";
import { ACTIVATIONS, AFFINE, CROSS_ENTROPY, outer, product, rowRule, SOFTMAX_CROSS_ENTROPY, softmaxOf, SQUARED_ERROR } from "./operations.js";

const { tanh, sigmoid, relu, softmax } = ACTIVATIONS;
const ones = (/** @type {Matrix} */ a) => each(a, () => 1);

/** @param {Operation} operation @returns {Rule} */
function slopeAtOutput(operation) {
  const slope = (/** @type {readonly Matrix[]} */ values) => {
    const jacobian = operation.rules[0].jacobian([operation.value(values)]);
    return jacobian.map((row, i) => [row[i]]);
  };
  return { jacobian: (values) => diagonal(slope(values)), pullback: (v, values) => product(slope(values), v) };
}

/** p ⊙ (1 − p): the diagonal of the softmax's Jacobian. @param {Matrix} z */
function softmaxDiagonal(z) {
  return each(softmaxOf(z), (p) => p * (1 - p));
}

/** @type {readonly Fault[]} */
export const FAULTS = Object.freeze([
  {
    name: "forgotten transpose",
    explanation: "The cotangent of an affine layer's input is Wᵀv; here W was not transposed.",
    operations: [AFFINE],
    position: 1,
    rule: () => ({ jacobian: ([W]) => transpose(W), pullback: (v, [W]) => multiply(W, v) }),
  },
  {
    name: "swapped outer product",
    explanation: "The gradient of W is v xᵀ, with the shape of W; here it is x vᵀ.",
    operations: [AFFINE],
    position: 0,
    rule: () => ({
      jacobian: ([, x, b]) => kronecker(identity(b.length), transpose(x)),
      pullback: (v, [, x]) => outer(x, v),
    }),
  },
  {
    name: "forgotten input",
    explanation: "The gradient of W is v xᵀ; here x was left out, so that all columns are v.",
    operations: [AFFINE],
    position: 0,
    rule: () => ({
      jacobian: ([, x, b]) => kronecker(transpose(ones(x)), identity(b.length)),
      pullback: (v, [, x]) => outer(v, ones(x)),
    }),
  },
  {
    name: "forgotten slope",
    explanation: "An activation multiplies the cotangent by its slope f′(z); here it let it pass.",
    operations: [tanh, sigmoid, relu],
    position: 0,
    rule: () => ({ jacobian: ([z]) => identity(z.length), pullback: (v) => v }),
  },
  {
    name: "slope at the output",
    explanation: "The slope f′ belongs at the input z of the activation; here it was taken at f(z).",
    operations: [tanh, sigmoid],
    position: 0,
    rule: slopeAtOutput,
  },
  {
    name: "forgotten coupling",
    explanation: "Every output of softmax depends on every input; here only the diagonal was kept.",
    operations: [softmax],
    position: 0,
    rule: () => ({
      jacobian: ([z]) => diagonal(softmaxDiagonal(z)),
      pullback: (v, [z]) => product(softmaxDiagonal(z), v),
    }),
  },
  {
    name: "forgotten target",
    explanation: "The derivative of the loss compares with the target y; here y was left out.",
    operations: [SQUARED_ERROR],
    position: 0,
    rule: () => rowRule((p) => p),
  },
  {
    name: "forgotten target scores",
    explanation: "The derivative of cross-entropy by the scores is p − y; here y was left out.",
    operations: [SOFTMAX_CROSS_ENTROPY],
    position: 0,
    rule: () => rowRule((z) => softmaxOf(z)),
  },
  {
    name: "forgotten division",
    explanation: "The derivative of −yᵀ log p by p is −y/p; here the division by p was left out.",
    operations: [CROSS_ENTROPY],
    position: 0,
    rule: () => rowRule((p, y) => each(y, (target) => -target)),
  },
]);

/**
 * All faults that a network can have, each at each of its places, in order of the graph.
 *
 * @param {readonly Node[]} nodes
 * @returns {Site[]}
 */
export function sites(nodes) {
  return nodes.flatMap(({ name, operation, arguments: names }) =>
    FAULTS.filter(({ operations }) => operation && operations.includes(operation)).map((fault) => ({
      fault: fault.name,
      head: name,
      tail: names[fault.position],
    })),
  );
}

/**
 * The rule of an operation by one of its arguments, wrong where the fault says so.
 *
 * @param {Node} node  with an operation
 * @param {number} position
 * @param {Site | null} site
 * @returns {Rule}
 */
export function ruleWith(node, position, site) {
  const operation = /** @type {Operation} */ (node.operation);
  const fault = site?.head === node.name ? FAULTS.find(({ name }) => name === site.fault) : undefined;
  return fault?.position === position ? fault.rule(operation) : operation.rules[position];
}
