/** What only the Hessian's widget says. Pure text, tested without a page. */

import { printed, SHAPES, silence, vectorText, verdict } from "../../landscape/words.js";
import { adaptive, fixed } from "../../math/format.js";

/**
 * @typedef {import("../../landscape/model.js").Local} Local
 * @typedef {import("../../landscape/source.js").CriticalPoint} CriticalPoint
 * @typedef {import("../../landscape/source.js").CriticalPoints} CriticalPoints
 */

/**
 * @param {Local} local
 * @param {CriticalPoint | null} known
 */
export function sentence(local, known) {
  const silent = silence(local);
  if (silent) return silent;
  const classification = known?.classification ?? local.classification;
  const [low, high] = local.eigenvalues.map((value) => adaptive(value));
  return (
    `the Hessian has the eigenvalues ${low} and ${high} and is ${classification} ` +
    `(${SHAPES[classification]}). ${verdict(local, known)}`
  );
}

/**
 * A critical point in the list: “(1.00, 0.00) local minimum, f = −2.00”.
 *
 * @param {CriticalPoint} point
 * @param {[string, string]} names
 */
export function pointWords({ x, y, value, verdict: test, higher }, names) {
  const decided = higher && higher.decision !== "undecided" ? `${higher.decision} by higher-order terms` : "undecided";
  const kind = test === "inconclusive" ? decided : (test ?? "no second derivative");
  return `${printed(names[0])} = ${fixed(x, 3)}, ${printed(names[1])} = ${fixed(y, 3)}: ${kind}, f\u00a0=\u00a0${adaptive(value)}`;
}

/** @param {CriticalPoints | "searching" | {problem: string}} found */
export function searchWords(found) {
  if (found === "searching") return "Searching the window …";
  if ("problem" in found) return found.problem;
  const { points, complete, reason } = found;
  const count = ["No critical point", "One critical point"][points.length] ?? `${points.length} critical points`;
  if (complete) return `${count} in the searched window; it is proven that there is no other.`;
  const all = points.length ? `${count} found in the searched window, perhaps not all.` : "None found in the searched window, which proves nothing.";
  return `${all} ${reason ?? ""}`.trim();
}

/**
 * @param {"newton" | "gradient"} name
 * @param {[number, number] | null} step
 * @param {Local} local
 * @param {number} after  the value where the step leads
 */
export function stepWords(name, step, local, after) {
  if (silence(local)) return "No step: there are no derivatives here.";
  if (!step) {
    return name === "newton"
      ? "No step: the Hessian is singular and has no inverse."
      : "No step: along the gradient the Taylor polynomial falls without end.";
  }
  if (local.critical) return "No step: the gradient is zero.";
  const change = after - local.value;
  const result = Number.isFinite(after)
    ? `f goes from ${adaptive(local.value)} to ${adaptive(after)}${change > 0 ? ": uphill" : ""}.`
    : "f is undefined there.";
  return `By ${vectorText(step)}, ${GOALS[name](local.classification)}; ${result}`;
}

/** @type {Record<string, (classification: string) => string>} */
const GOALS = {
  newton: (classification) => `to the ${LEVELS[classification] ?? "level point"} of the Taylor polynomial`,
  gradient: () => "to the lowest point of the Taylor polynomial straight downhill",
};

/** @type {Record<string, string>} */
const LEVELS = { "positive definite": "minimum", "negative definite": "maximum", indefinite: "saddle" };
