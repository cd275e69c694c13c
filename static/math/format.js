/** Numbers as the book prints them: a true minus sign, never a negative zero. */

const MINUS = "\u2212";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * With a fixed number of decimals; numbers too long for that as `1.23×10⁵`, not finite as a word.
 *
 * @param {number} value
 * @param {number} [decimals]
 * @returns {string}
 */
export function fixed(value, decimals = 2) {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (Math.abs(value) >= 1e7) return scientific(value, decimals);
  const digits = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(digits) !== 0 ? MINUS + digits : digits;
}

/**
 * As {@link fixed}, but a small number that is not zero keeps three digits instead of printing 0.00.
 *
 * @param {number} value
 * @param {number} [decimals]
 * @returns {string}
 */
export function adaptive(value, decimals = 2) {
  const size = Math.abs(value);
  if (!(size > 0) || size >= 10 ** -(decimals - 1)) return fixed(value, decimals);
  if (size < 1e-4) return scientific(value, 1);
  return (value < 0 ? MINUS : "") + Number(size.toPrecision(2)).toString();
}

/**
 * @param {number} value
 * @param {number} decimals
 */
function scientific(value, decimals) {
  const [digits, exponent] = Math.abs(value).toExponential(decimals).split("e");
  return `${value < 0 ? MINUS : ""}${digits}×10${superscript(Number(exponent))}`;
}

/**
 * A whole number as an exponent, ⁻¹².
 *
 * @param {number} exponent
 */
export function superscript(exponent) {
  return [...String(exponent)].map((sign) => (sign === "-" ? "⁻" : SUPERSCRIPTS[Number(sign)])).join("");
}

/**
 * How many decimals it takes to tell multiples of `step` apart (at most 8).
 *
 * @param {number} step
 */
export function decimalsFor(step) {
  return Math.min(8, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/**
 * A number that a person typed, with a comma or a point and any kind of minus; NaN when it is none.
 *
 * @param {string} text
 */
export function parseNumber(text) {
  const plain = text.trim().replace(/[\u2212\u2013]/g, "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}
