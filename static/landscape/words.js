/** What is said about a point of a landscape. Pure text, tested without a page. */

import { adaptive, fixed } from "../math/format.js";
import { EIGENVALUE_ZERO } from "./model.js";

/** @type {Record<string, string>} */
const GREEK = {
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", theta: "θ", lambda: "λ", mu: "μ",
  rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", psi: "ψ", omega: "ω",
};

/** @param {string} name  of a variable */
export function printed(name) {
  return GREEK[name] ?? name;
}

/** @typedef {import("./model.js").Local} Local */

/** The four cases of the lesson in plain words. @type {Record<string, string>} */
export const SHAPES = {
  "positive definite": "bowl, curving up in all directions",
  "negative definite": "bowl turned over, curving down in all directions",
  indefinite: "up in some directions and down in others",
  singular: "flat direction: higher-order derivatives needed",
};

/** @type {Record<string, string>} */
export const VERDICTS = {
  "positive definite": "local minimum",
  "negative definite": "local maximum",
  indefinite: "saddle point",
  singular: "inconclusive",
};

/**
 * “x = 1.00, y = 0.50”.
 *
 * @param {[string, string]} names
 * @param {[string, string]} point  as it is shown
 */
export function place(names, point) {
  return `${printed(names[0])} = ${point[0]}, ${printed(names[1])} = ${point[1]}`;
}

/**
 * Why there is nothing to say at a point, or null.
 *
 * @param {Local} local
 */
export function silence({ defined, smooth }) {
  if (!defined) return "The function, its gradient or its Hessian is undefined here.";
  if (!smooth) return "The function has a kink or a jump here: it has no second derivative at this point.";
  return null;
}

/**
 * What the second-derivative test says at a point.
 *
 * @param {Local} local
 * @param {import("./source.js").CriticalPoint | null} known  the same point from the list, judged by the server
 */
export function verdict(local, known) {
  const classification = known?.classification ?? local.classification;
  if (!local.critical && !known) {
    const remark = classification === "singular" ? countedAsZero(local) : "";
    return `Not a critical point: the gradient has the length ${adaptive(Math.hypot(...local.gradient))}. The class tells of the curvature only.${remark}`;
  }
  if (classification !== "singular") return `A critical point: ${VERDICTS[classification]}.`;
  if (!known?.higher) return `A critical point where the test is silent: the second derivative does not decide.${countedAsZero(local)}`;
  const { decision, explanation } = known.higher;
  if (decision === "undecided") return `A critical point where the test is silent. ${explanation}`;
  const result = decision === "neither" ? "neither minimum nor maximum" : decision;
  return `A critical point where the test is silent. Higher-order terms say: ${result}. ${explanation}`;
}

/**
 * Where an eigenvalue counts as zero without being zero, that is said.
 *
 * @param {Local} local
 */
function countedAsZero({ eigenvalues }) {
  const sizes = eigenvalues.map(Math.abs);
  if (Math.min(...sizes) === 0) return "";
  return ` An eigenvalue below ${adaptive(EIGENVALUE_ZERO)} of the other counts as zero.`;
}

/** @param {number[]} vector */
export function vectorText(vector) {
  return `(${vector.map((entry) => fixed(entry)).join(", ")})`;
}
