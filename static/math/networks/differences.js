/**
 * A gradient beside its central differences, entry by entry: that of app/networks/differences.py,
 * where the step and the noise are explained.
 *
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {import("./network.js").Network} Network
 * @typedef {"agrees" | "differs" | "kink" | "unresolved" | "undefined"} Verdict
 * @typedef {{
 *   name: string, row: number, column: number,
 *   gradient: number, difference: number, error: number, verdict: Verdict,
 * }} Compared  `gradient` is NaN where the way back did not arrive; `error` is relative
 */

import { forward, parameters, withEntry } from "./network.js";

export const STEP = 1e-5;
export const TOLERANCE = 1e-4;
const UNITS = 16 * Number.EPSILON;

/**
 * All entries, from the loss to the input.
 *
 * @param {Network} network
 * @param {ReadonlyMap<string, Matrix>} gradients  each in the shape of what it belongs to
 * @returns {Compared[]}
 */
export function compare(network, gradients) {
  return [...parameters(network)].reverse().flatMap(([name, values]) =>
    values.flatMap((entries, row) =>
      entries.map((value, column) => {
        const gradient = gradients.get(name)?.[row][column] ?? NaN;
        return { name, row, column, gradient, ...compareEntry(network, name, row, column, value, gradient) };
      }),
    ),
  );
}

/**
 * @param {Network} network
 * @param {string} name
 * @param {number} row
 * @param {number} column
 * @param {number} value
 * @param {number} gradient
 */
function compareEntry(network, name, row, column, value, gradient) {
  const step = STEP * Math.max(1, Math.abs(value));
  const [up, down] = [step, -step].map((shift) => outcome(withEntry(network, name, row, column, value + shift)));
  const difference = (up.loss - down.loss) / (2 * step);
  const apart = Math.abs(gradient - difference);
  const rounding = UNITS * Math.max(1, up.scale, down.scale);
  const noise = rounding / step;
  const isZero = Math.abs(gradient) <= rounding && apart <= noise;
  const error = isZero || apart === 0 ? 0 : apart / Math.max(Math.abs(gradient), Math.abs(difference));
  return { difference, error, verdict: judge(error, apart <= noise, up.switches !== down.switches) };
}

/**
 * @param {number} error
 * @param {boolean} isNoise
 * @param {boolean} hasKink
 * @returns {Verdict}
 */
function judge(error, isNoise, hasKink) {
  if (!Number.isFinite(error)) return "undefined";
  if (error <= TOLERANCE) return "agrees";
  if (hasKink) return "kink";
  return isNoise ? "unresolved" : "differs";
}

/**
 * The loss, the largest number that went into it, and which rectifiers are on.
 *
 * @param {Network} network
 */
function outcome(network) {
  const nodes = forward(network);
  const last = nodes[nodes.length - 1];
  const loss = last.value[0][0];
  const before = nodes.find(({ name }) => name === last.arguments[0]);
  const scale = Math.max(Math.abs(loss), ...(before?.value.flat() ?? []).map(Math.abs));
  const rectifiers = nodes.filter(({ operation }) => operation?.name === "relu");
  const switches = rectifiers.flatMap(({ value }) => value.flat().map((entry) => (entry > 0 ? "1" : "0"))).join("");
  return { loss, scale, switches };
}
