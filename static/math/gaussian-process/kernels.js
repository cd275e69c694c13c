/**
 * Kernels of one input, and their derivatives by the logarithms of their hyperparameters.
 *
 * `at(a, b, length, period, out)` writes k(a, b), ∂k/∂log l and ∂k/∂log p for the scale s = 1.  The
 * sources are named in app/gaussian_processes/kernels.py, which does the same on the server.
 */

/**
 * @typedef {{
 *   name: string, periodic: boolean,
 *   at: (a: number, b: number, length: number, period: number, out: Float64Array) => void,
 * }} Kernel
 */

/** @type {Record<string, Kernel>} */
export const KERNELS = {
  "squared exponential": { name: "squared exponential", periodic: false, at: squaredExponential },
  "Matérn 3/2": { name: "Matérn 3/2", periodic: false, at: matern },
  periodic: { name: "periodic", periodic: true, at: periodic },
  linear: { name: "linear", periodic: false, at: linear },
};

/** @type {Kernel["at"]} */
function squaredExponential(a, b, length, period, out) {
  const scaled = (a - b) / length;
  const square = scaled * scaled;
  out[0] = Math.exp(-square / 2);
  out[1] = square * out[0];
}

/** @type {Kernel["at"]} */
function matern(a, b, length, period, out) {
  const q = (Math.sqrt(3) * Math.abs(a - b)) / length;
  const decay = Math.exp(-q);
  out[0] = (1 + q) * decay;
  out[1] = q * q * decay;
}

/** @type {Kernel["at"]} */
function periodic(a, b, length, period, out) {
  const turn = (Math.PI * (a - b)) / period;
  const scaled = Math.sin(turn) / length;
  const square = scaled * scaled;
  out[0] = Math.exp(-2 * square);
  out[1] = 4 * square * out[0];
  out[2] = ((2 * turn * Math.sin(2 * turn)) / (length * length)) * out[0];
}

/** @type {Kernel["at"]} */
function linear(a, b, length, period, out) {
  const product = (a * b) / (length * length);
  out[0] = 1 + product;
  out[1] = -2 * product;
}
