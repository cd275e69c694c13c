/**
 * The state of the widget, and its form in the address.
 *
 * Fields beside those of a landscape (../../landscape/state.js), published in version 1:
 *   a   direction in degrees · s   step size · m   momentum
 *
 * @typedef {import("../../landscape/state.js").State & {angle: number, rate: number, momentum: number}} State
 * @typedef {import("../../landscape/state.js").Options & {direction?: unknown, rate?: unknown, momentum?: unknown}} Options
 */

import * as landscape from "../../landscape/state.js";
import { parseNumber } from "../../math/format.js";
import { clamp } from "../../math/view.js";

export const VERSION = 1;
/** Step sizes as powers of ten. */
export const SMALLEST_POWER = -5;
export const LARGEST_POWER = 1;
export const POWER_STEP = 0.05;
export const MOST_MOMENTUM = 0.95;
const USUAL_RATE = 0.1;

/** @type {import("../../landscape/base.js").Original} */
export const ORIGINAL = { f: "x^2 + 3*y^2", vars: ["x", "y"], at: [2, 1] };

/**
 * @param {Options} options
 * @returns {State}
 */
export function stateFromOptions(options) {
  return {
    ...landscape.stateFromOptions(options, ORIGINAL),
    angle: angleOf(Number(options.direction ?? 0)),
    rate: rateOf(Number(options.rate ?? USUAL_RATE)),
    momentum: momentumOf(Number(options.momentum ?? 0)),
  };
}

/**
 * @param {State} state
 * @param {State} start
 */
export function toFields(state, start) {
  const fields = landscape.toFields(state, start);
  if (state.angle !== start.angle) fields.a = String(state.angle);
  if (state.rate !== start.rate) fields.s = String(Number(state.rate.toPrecision(4)));
  if (state.momentum !== start.momentum) fields.m = String(state.momentum);
  return fields;
}

/**
 * @param {import("../../services/address.js").FieldReader} read
 * @param {State} start
 * @returns {State}
 */
export function readState(read, start) {
  const number = (/** @type {string} */ name, /** @type {number} */ otherwise) => read.take([name], parseNumber, otherwise);
  return {
    ...landscape.readState(read, start),
    angle: angleOf(number("a", start.angle)),
    rate: rateOf(number("s", start.rate)),
    momentum: momentumOf(number("m", start.momentum)),
  };
}

/** @param {number} degrees */
function angleOf(degrees) {
  return clamp(Math.round(degrees) || 0, -180, 180);
}

/** The nearest step size that the slider can show. @param {number} rate */
export function rateOf(rate) {
  const power = Math.log10(rate > 0 ? rate : USUAL_RATE);
  return Number((10 ** clamp(Math.round(power / POWER_STEP) * POWER_STEP, SMALLEST_POWER, LARGEST_POWER)).toPrecision(4));
}

/** @param {number} momentum */
function momentumOf(momentum) {
  return clamp(Math.round((momentum || 0) * 20) / 20, 0, MOST_MOMENTUM);
}
