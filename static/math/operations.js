/**
 * The closed set of operations of a tape, an array at a time.
 *
 * `operations.json` beside this file is the table that both evaluators (NumPy on the server, this
 * one in the browser) are tested against; an operation that is not listed here is refused.
 *
 * @typedef {(out: Float64Array, a: Float64Array, b: Float64Array, count: number) => void} Kernel
 */

/**
 * @param {(a: number) => number} apply
 * @returns {{arity: number, kernel: Kernel}}
 */
function unary(apply) {
  return {
    arity: 1,
    kernel: (out, a, _, count) => {
      for (let i = 0; i < count; i++) out[i] = apply(a[i]);
    },
  };
}

/**
 * @param {(a: number, b: number) => number} apply
 * @returns {{arity: number, kernel: Kernel}}
 */
function binary(apply) {
  return {
    arity: 2,
    kernel: (out, a, b, count) => {
      for (let i = 0; i < count; i++) out[i] = apply(a[i], b[i]);
    },
  };
}

/** The four operations of arithmetic are written out: they are most of every tape. */
/** @type {Kernel} */
const add = (out, a, b, count) => {
  for (let i = 0; i < count; i++) out[i] = a[i] + b[i];
};
/** @type {Kernel} */
const sub = (out, a, b, count) => {
  for (let i = 0; i < count; i++) out[i] = a[i] - b[i];
};
/** @type {Kernel} */
const mul = (out, a, b, count) => {
  for (let i = 0; i < count; i++) out[i] = a[i] * b[i];
};
/** @type {Kernel} */
const div = (out, a, b, count) => {
  for (let i = 0; i < count; i++) out[i] = a[i] / b[i];
};

/**
 * Neither form may overflow for arguments of either sign.
 *
 * @param {number} x
 */
function sigmoid(x) {
  const power = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + power) : power / (1 + power);
}

/**
 * log(1 + e^x) without overflow.
 *
 * @param {number} x
 */
function softplus(x) {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/**
 * @type {Readonly<Record<string, {arity: number, kernel: Kernel}>>}
 */
export const OPERATIONS = Object.freeze({
  add: { arity: 2, kernel: add },
  sub: { arity: 2, kernel: sub },
  mul: { arity: 2, kernel: mul },
  div: { arity: 2, kernel: div },
  pow: binary((a, b) => a ** b),
  neg: unary((a) => -a),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tan: unary(Math.tan),
  arcsin: unary(Math.asin),
  arccos: unary(Math.acos),
  arctan: unary(Math.atan),
  sinh: unary(Math.sinh),
  cosh: unary(Math.cosh),
  tanh: unary(Math.tanh),
  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  abs: unary(Math.abs),
  sign: unary(Math.sign),
  relu: unary((a) => (a > 0 ? a : a * 0)),
  sigmoid: unary(sigmoid),
  softplus: unary(softplus),
  atan2: binary(Math.atan2),
  min: binary(Math.min),
  max: binary(Math.max),
});
