/**
 * The operations that a small network is made of: value, Jacobian and pullback of each.
 *
 * Jacobians are in numerator layout, by a matrix W (m×n) as m×mn with the columns of W stacked.  A
 * pullback takes the cotangent v of the value, in its shape, to that of an argument: Jᵀv, without J.
 * The same operations as app/networks/operations.py, where the sources are; tests hold both to the
 * same numbers.
 *
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {{
 *   jacobian: (values: readonly Matrix[]) => Matrix,
 *   pullback: (v: Matrix, values: readonly Matrix[]) => Matrix,
 * }} Rule  how an operation depends on one of its arguments
 * @typedef {{expr: string, names: string[], given: string}} Words  in the language of /api/derivative
 * @typedef {{
 *   name: string, value: (values: readonly Matrix[]) => Matrix, rules: Rule[], words: Words,
 * }} Operation
 */

import { diagonal, each, entrywise, identity, kronecker, matrixOf, multiply, transpose } from "./matrix.js";

/** @param {Matrix} v @param {Matrix} x */
export const outer = (v, x) => multiply(v, transpose(x));
/** @param {Matrix} a @param {Matrix} b */
export const product = (a, b) => entrywise(a, b, (one, other) => one * other);
/** @param {Matrix} a @param {Matrix} b */
export const difference = (a, b) => entrywise(a, b, (one, other) => one - other);
/** @param {number} factor @param {Matrix} a */
export const times = (factor, a) => each(a, (entry) => factor * entry);
/** @param {Matrix} a */
export const sum = (a) => a.flat().reduce((total, entry) => total + entry, 0);
/** @param {Matrix} a @param {Matrix} b */
const dot = (a, b) => sum(product(a, b));

/**
 * A function applied to each entry: the Jacobian is diag(f′(z)), the pullback f′(z) ⊙ v.
 *
 * @param {string} name
 * @param {(z: number) => number} f
 * @param {(z: number) => number} slope
 * @returns {Operation}
 */
function elementwise(name, f, slope) {
  return {
    name,
    value: ([z]) => each(z, f),
    rules: [{ jacobian: ([z]) => diagonal(each(z, slope)), pullback: (v, [z]) => product(each(z, slope), v) }],
    words: { expr: `${name}(z)`, names: ["z"], given: "z: n" },
  };
}

/** 1/(1 + e^−z) without overflow. @param {number} z */
function logistic(z) {
  const power = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + power) : power / (1 + power);
}

/** e^z / Σ e^z; shifting z by its maximum changes nothing but the overflow. @param {Matrix} z */
export function softmaxOf(z) {
  const largest = Math.max(...z.flat());
  const powers = each(z, (entry) => Math.exp(entry - largest));
  return times(1 / sum(powers), powers);
}

/** @param {Matrix} z */
function logSumExp(z) {
  const largest = Math.max(...z.flat());
  return largest + Math.log(sum(each(z, (entry) => Math.exp(entry - largest))));
}

/** @type {Operation} */
export const AFFINE = {
  name: "affine",
  value: ([W, x, b]) => entrywise(multiply(W, x), b, (one, other) => one + other),
  rules: [
    { jacobian: ([, x, b]) => kronecker(transpose(x), identity(b.length)), pullback: (v, [, x]) => outer(v, x) },
    { jacobian: ([W]) => W, pullback: (v, [W]) => multiply(transpose(W), v) },
    { jacobian: ([, , b]) => identity(b.length), pullback: (v) => v },
  ],
  words: { expr: "W*x + b", names: ["W", "x", "b"], given: "W: m,n; x: n; b: m" },
};

/** @type {Operation} */
const SOFTMAX = {
  name: "softmax",
  value: ([z]) => softmaxOf(z),
  rules: [
    {
      jacobian([z]) {
        const p = softmaxOf(z);
        return matrixOf(p.length, p.length, (i, j) => (i === j ? p[i][0] : 0) - p[i][0] * p[j][0]);
      },
      pullback(v, [z]) {
        const p = softmaxOf(z);
        const mean = dot(p, v);
        return product(p, each(v, (entry) => entry - mean));
      },
    },
  ],
  words: { expr: "exp(z)/sum(exp(z))", names: ["z"], given: "z: n" },
};

/**
 * A loss whose gradient by its first argument is known: the Jacobian is that gradient as a row.
 *
 * @param {string} name
 * @param {string} expr
 * @param {string} argument
 * @param {(p: Matrix, y: Matrix) => number} value
 * @param {(p: Matrix, y: Matrix) => Matrix} gradient
 * @returns {Operation}
 */
function loss(name, expr, argument, value, gradient) {
  return {
    name,
    value: ([p, y]) => [[value(p, y)]],
    rules: [rowRule(gradient)],
    words: { expr, names: [argument, "y"], given: `${argument}: n; y: n` },
  };
}

/**
 * The rule of a scalar with this gradient.
 *
 * @param {(p: Matrix, y: Matrix) => Matrix} gradient
 * @returns {Rule}
 */
export function rowRule(gradient) {
  return {
    jacobian: ([p, y]) => transpose(gradient(p, y)),
    pullback: (v, [p, y]) => times(v[0][0], gradient(p, y)),
  };
}

export const SQUARED_ERROR = loss(
  "squared error", "norm2(p - y)^2/2", "p",
  (p, y) => 0.5 * dot(difference(p, y), difference(p, y)),
  difference,
);

/** Of probabilities; 0·log 0 counts as 0. */
export const CROSS_ENTROPY = loss(
  "cross-entropy", "-y'*log(p)", "p",
  (p, y) => -sum(entrywise(y, p, (target, chance) => (target > 0 ? target * Math.log(chance) : 0))),
  (p, y) => entrywise(y, p, (target, chance) => (target === 0 ? -0 : -target / chance)),
);

/** Of the scores before the softmax. */
export const SOFTMAX_CROSS_ENTROPY = loss(
  "softmax cross-entropy", "sum(y)*log(sum(exp(z))) - y'*z", "z",
  (z, y) => sum(y) * logSumExp(z) - dot(y, z),
  (z, y) => difference(times(sum(y), softmaxOf(z)), y),
);

/** @type {Readonly<Record<string, Operation>>} */
export const ACTIVATIONS = Object.freeze({
  tanh: elementwise("tanh", Math.tanh, (z) => 1 - Math.tanh(z) ** 2),
  sigmoid: elementwise("sigmoid", logistic, (z) => logistic(z) * (1 - logistic(z))),
  relu: elementwise("relu", (z) => Math.max(z, 0), (z) => (z > 0 ? 1 : 0)),
  softmax: SOFTMAX,
});

/** @typedef {"squared error" | "cross-entropy"} LossName */
export const LOSSES = /** @type {LossName[]} */ (["squared error", "cross-entropy"]);

/**
 * The operation for a loss after a layer with that activation: cross-entropy takes the
 * probabilities of a softmax, or contains it where the last layer has no activation.
 *
 * @param {LossName} name
 * @param {string | null} lastActivation
 */
export function lossOperation(name, lastActivation) {
  if (name === "squared error") return SQUARED_ERROR;
  return lastActivation === "softmax" ? CROSS_ENTROPY : SOFTMAX_CROSS_ENTROPY;
}
