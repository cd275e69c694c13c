/** What the widget says: the numbers of a point as sentences. Pure text, tested without a page. */

import { adaptive, fixed } from "../../math/format.js";

/** @type {Record<string, string>} */
const GREEK = {
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", theta: "θ", lambda: "λ", mu: "μ",
  rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", psi: "ψ", omega: "ω",
};

/**
 * A variable as it is printed.
 *
 * @param {string} name
 */
export function printed(name) {
  return GREEK[name] ?? name;
}

/**
 * @typedef {import("./model.js").Local} Local
 */

/**
 * @param {Local} local
 * @returns {"undefined" | "kink" | "collapsed" | "singular" | "kept" | "reversed"}
 */
export function kindOf({ value, matrix, rank, determinant, kink }) {
  if (![...value, ...matrix].every(Number.isFinite)) return "undefined";
  if (kink) return "kink";
  if (rank === 0) return "collapsed";
  if (rank === 1) return "singular";
  return determinant > 0 ? "kept" : "reversed";
}

/**
 * What the determinant means, as one sentence.
 *
 * @param {Local} local
 */
export function meaning(local) {
  const area = adaptive(Math.abs(local.determinant));
  switch (kindOf(local)) {
    case "undefined":
      return "The function has no derivative here: its value or a partial derivative is undefined.";
    case "kink":
      return (
        "The function has a kink or a jump here: it is not differentiable at this point, " +
        "and no linear map approximates it."
      );
    case "collapsed":
      return "All partial derivatives are 0 (rank 0): to first order the whole square shrinks to one point.";
    case "singular":
      return (
        "The Jacobian is singular (rank 1): to first order the square is flattened onto a line, " +
        "and area becomes 0."
      );
    case "kept":
      return `Small areas are multiplied by ${area}; orientation is kept.`;
    default:
      return `Small areas are multiplied by ${area}; orientation is reversed, as in a mirror.`;
  }
}

/**
 * The sentence for screen readers and for everyone who wants the result in a line.
 *
 * @param {[string, string]} names  of the variables
 * @param {[string, string]} point  the coordinates as they are shown
 * @param {Local} local
 */
export function sentence(names, point, local) {
  const where = `At ${printed(names[0])} = ${point[0]}, ${printed(names[1])} = ${point[1]}`;
  if (["undefined", "kink"].includes(kindOf(local))) return `${where}: ${lowerFirst(meaning(local))}`;
  const [a, b, c, d] = local.matrix.map((entry) => fixed(entry));
  const rows = `the Jacobian has the rows (${a}, ${b}) and (${c}, ${d})`;
  return `${where} ${rows}. Its determinant is ${adaptive(local.determinant)}. ${meaning(local)}`;
}

/** @param {string} text */
function lowerFirst(text) {
  return text[0].toLowerCase() + text.slice(1);
}

/**
 * What halving the square does to the error.
 *
 * @param {number} error  over the square
 * @param {number} halved  over the square of half the size
 */
export function shrinking(error, halved) {
  if (Number.isNaN(error + halved)) {
    return "The function is undefined in a part of this square; make the square smaller.";
  }
  if (error === 0) return "No error: here the linear approximation is exact.";
  const times = error / halved;
  if (!Number.isFinite(times)) return "Half the square, and the error vanishes.";
  const speed = times > 2.2 ? "faster" : "no faster";
  return `Half the square, ${fixed(times, 1)} times smaller error: the error shrinks ${speed} than the square.`;
}
