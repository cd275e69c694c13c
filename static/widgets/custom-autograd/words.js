/** What the widget says: verdicts in sentences, numbers as they are read.  No page in here. */

import { adaptive, superscript } from "../../math/format.js";

/**
 * @typedef {import("../../draw/formula.js").Formula} Formula
 * @typedef {{
 *   agree: boolean | null, sizes: Record<string, number>, errors: (number | null)[] | null,
 *   reference: (number | null)[], branches: ("truncation" | "rounding")[],
 *   truncation: number | null, rounding: number | null,
 *   best_step: number, best_error: number | null, predicted_step: number | null,
 * }} Numeric
 * @typedef {{
 *   name: string, tex: string, mathml: string, verdict: "right" | "wrong" | "unread" | "unwritten",
 *   backward: Formula | null, pullback: Formula,
 *   problem: {code: string, message: string, span: [number, number] | null, hint: string | null} | null,
 *   shape: {expected: (string | number)[], expected_words: string, found_words: string | null, agree: boolean | null},
 *   symbolic: {agree: boolean, decided_by: "normal form" | "numbers" | "shape", explanation: string} | null,
 *   numeric: Numeric, mistake: {kind: string, sentence: string} | null,
 * }} Check
 * @typedef {{
 *   forward: Formula, shape: (string | number)[], cotangent: Named, value: Named | null,
 *   declarations: import("../../controls/declarations.js").Declaration[], inputs: string[],
 *   steps: number[], checks: Check[], correct: boolean, torch: string | null, jax: string | null, notes: string[],
 * }} Answer
 * @typedef {Formula & {name: string, words: string}} Named
 */

/** The names of the kinds of mistakes, as the head of what is said. */
const KINDS = /** @type {Record<string, string>} */ ({
  sign: "Wrong sign",
  "wrong layout": "Wrong layout",
  transposed: "Transposed",
  "sum over the batch": "Sum over the batch",
  "wrong axis": "Wrong axis",
  "missing factor": "Wrong factor",
  "missing term": "Missing term",
  "no cotangent": "No cotangent",
  pushforward: "Pushforward",
  "order of factors": "Order of factors",
  "superfluous term": "One term too many",
  "other input": "Another input",
});

/** @param {string} kind */
export function kindWords(kind) {
  return KINDS[kind] ?? kind;
}

/**
 * The sentence that is announced: what is right, or the first thing that is wrong.
 *
 * @param {Answer} answer
 */
export function verdictWords({ checks, correct, cotangent }) {
  if (!checks.length) return "Choose an input, and write its backward pass.";
  const wrong = checks.find(({ verdict }) => verdict === "wrong" || verdict === "unread");
  if (wrong) return wrongWords(wrong);
  const empty = checks.filter(({ verdict }) => verdict === "unwritten");
  if (empty.length) {
    const [{ name, shape }] = empty;
    return `Write the backward pass by ${name}: ${shape.expected_words}, made from ${cotangent.name}, ${cotangent.words}.`;
  }
  const what = checks.length === 1 ? `The backward pass by ${checks[0].name} is` : `All ${checks.length} backward passes are`;
  return correct ? `${what} right: in shape, in symbols and in numbers.` : "";
}

/** @param {Check} check */
function wrongWords({ name, mistake, problem, shape }) {
  if (mistake) return `The backward pass by ${name} is wrong. ${kindWords(mistake.kind)}: ${mistake.sentence}`;
  if (problem) return `The backward pass by ${name} cannot be read. ${problem.message}`;
  if (shape.agree === false) return `The backward pass by ${name} is ${shape.found_words}; it must be ${shape.expected_words}.`;
  return `The backward pass by ${name} is wrong, and the mistake is none of the known ones.`;
}

/**
 * The three checks of one backward pass, each with its outcome: null where there is none.
 *
 * @param {Check} check
 * @returns {{name: string, good: boolean | null, words: string}[]}
 */
export function threeChecks({ shape, symbolic, numeric, verdict }) {
  if (verdict === "unwritten") return [];
  return [
    { name: "shape", good: shape.agree, words: shape.found_words ?? "cannot be told" },
    { name: "symbols", good: symbolic?.agree ?? null, words: symbolicWords(symbolic) },
    { name: "numbers", good: numeric.agree, words: numericWords(numeric) },
  ];
}

/** @param {Check["symbolic"]} symbolic */
function symbolicWords(symbolic) {
  if (!symbolic) return "cannot be compared";
  if (symbolic.decided_by === "shape") return "not equal, decided by shape";
  return `${symbolic.agree ? "equal" : "not equal"}, decided by ${symbolic.decided_by}`;
}

/** @param {Numeric} numeric */
function numericWords({ errors, best_error: error, best_step: step }) {
  return errors === null || error === null ? "cannot be compared" : `error ${adaptive(error)} at h = ${stepText(step)}`;
}

/**
 * A step of the grid, 10⁻⁵ or 3.2×10⁻⁶.
 *
 * @param {number} step
 */
export function stepText(step) {
  const exponent = Math.log10(step);
  const whole = Math.round(exponent);
  if (Math.abs(exponent - whole) > 1e-6) return adaptive(step, step < 0.01 ? 1 : 2);
  return powerText(whole);
}

/** @param {number} exponent */
export function powerText(exponent) {
  return exponent === 0 ? "1" : `10${superscript(exponent)}`;
}

/**
 * What the curve of errors says, in sentences.
 *
 * @param {Check} check
 */
export function curveWords({ name, numeric, verdict }) {
  const { sizes, best_step: best, best_error: error, errors } = numeric;
  const point = Object.entries(sizes).map(([letter, size]) => `${letter} = ${size}`).join(", ");
  const sentences = [
    `Central differences in every entry of ${name} at a random point${point ? ` with ${point}` : ""}.`,
    branchWords(numeric),
    `The best step on the grid is ${stepText(best)}.`,
  ];
  if (verdict === "wrong" && error !== null && errors) {
    sentences.push(`The error of this backward pass stays near ${adaptive(error)} however small the step: it is no error of the differences.`);
  }
  return sentences.join(" ");
}

/** Both branches of the curve, and where they are least together. @param {Numeric} numeric */
function branchWords({ truncation, rounding, predicted_step: predicted }) {
  if (truncation === null) {
    return "There is no truncation error: the value is so simple in this input that a central difference is exact, and only rounding is left, which grows as h shrinks.";
  }
  const least = predicted === null ? "" : `; together they are least near h = ${adaptive(predicted, 1)}`;
  return `For large h truncation rules, about ${adaptive(truncation)}·h²; for small h rounding, about ${adaptive(rounding ?? NaN)}/h${least}.`;
}
