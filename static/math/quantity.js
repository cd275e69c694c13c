/** Numbers with a unit, to so many significant digits, thousands set apart. */

import { adaptive, fixed } from "./format.js";

const LARGEST_PLAIN = 1e7;

/**
 * @param {number} value
 * @param {number} [digits]  significant ones
 */
export function significant(value, digits = 4) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= LARGEST_PLAIN) return fixed(value, 2);
  if (size === 0) return "0";
  if (size < 1e-3) return adaptive(value, 2);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return grouped(fixed(value, Math.min(6, decimals)));
}

/**
 * To many digits, without zeros at the end.
 *
 * @param {number} value
 * @param {number} digits  significant ones
 */
export function exactly(value, digits) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 10 ** digits || (size > 0 && size < 1e-4)) return significant(value, 4);
  const text = String(Number(size.toPrecision(digits)));
  return grouped(value < 0 ? `\u2212${text}` : text);
}

/**
 * `12345.6` as `12,345.6`; numbers below ten thousand stay as they are.
 *
 * @param {string} text
 */
export function grouped(text) {
  const [whole, ...rest] = text.split(".");
  const digits = whole.replace(/\D/g, "");
  if (!/^\D?\d+$/.test(whole) || digits.length < 5) return text;
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}

/**
 * @param {number} value
 * @param {string} unit  may be empty
 * @param {number} [digits]
 */
export function quantity(value, unit, digits) {
  const text = significant(value, digits);
  return unit ? `${text}\u00a0${unit}` : text;
}

/**
 * The unit of a ratio: h and V give h/V.
 *
 * @param {string} above
 * @param {string} below
 */
export function ratioUnit(above, below) {
  if (!below) return above;
  return `${above || "1"}/${/[/·* ]/.test(below) ? `(${below})` : below}`;
}

/**
 * A step of 1, 2 or 5 times a power of ten, not below `value`.
 *
 * @param {number} value  positive
 */
export function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = value / power;
  return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power;
}
