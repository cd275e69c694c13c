/** What the widget says about a composition in numbers. */

import { adaptive } from "../../math/format.js";
import { variableName } from "./names.js";

/** @typedef {import("./numbers-model.js").Numbers} Numbers */

/** Central differences are good to about ten digits; more than this is a fault. */
const TOLERANCE = 1e-6;

/**
 * Whole numbers without decimals, others as the book prints them.
 *
 * @param {number} value
 */
export function entryText(value) {
  const rounded = Math.round(value);
  if (Math.abs(value - rounded) > 1e-9 || !Number.isFinite(value)) return adaptive(value, 3);
  return `${rounded < 0 ? "−" : ""}${Math.abs(rounded)}`;
}

/**
 * The values on the way: x = (1, 2) → u = (2, 3, 1) → y = 33.
 *
 * @param {number[][]} values
 */
export function valuesText(values) {
  const written = (/** @type {number[]} */ value) => (value.length === 1 ? entryText(value[0]) : `(${value.map(entryText).join(", ")})`);
  return values.map((value, index) => `${variableName(index, values.length - 1)} = ${written(value)}`).join("  →  ");
}

/**
 * @param {Numbers} numbers
 * @param {string[]} names  of the product from the output and of that from the input
 */
export function numbersSentence({ defined, reverse, central, modesDiffer, centralDiffers }, [fromOutput, fromInput]) {
  if (!defined) return "At this point one of the functions is not defined, or its derivative is not finite: move the point.";
  const scale = Math.max(1, ...reverse.flat().map(Math.abs), ...central.flat().map(Math.abs));
  const agree = centralDiffers <= TOLERANCE * scale;
  const differences = agree
    ? `central differences agree, to ${amount(centralDiffers)}`
    : `central differences are off by ${amount(centralDiffers)}: the composition has a kink or a jump here`;
  if (fromOutput === fromInput) return `${fromOutput} is the Jacobian of the composition: ${differences}.`;
  const same = modesDiffer === 0 ? "give the very same matrix" : `give the same matrix, up to rounding (${amount(modesDiffer)})`;
  return `${fromOutput} and ${fromInput} ${same}; ${differences}.`;
}

/** @param {number} number */
function amount(number) {
  return number === 0 ? "the last digit" : adaptive(number, 2);
}
