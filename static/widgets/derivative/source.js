/**
 * The questions to the server: how an expression is read, and its derivative.
 *
 * Only the newest question of each kind counts: an earlier one is given up, its answer is dropped.
 *
 * @typedef {import("../../draw/formula.js").Formula} Formula
 * @typedef {import("../../controls/declarations.js").Declaration} Declaration
 * @typedef {Formula & {shape: (string | number)[], form: string}} Result
 * @typedef {{name: string, formula: Formula, source: string, on: Formula}} Applied
 * @typedef {Formula & {rule: string, explanation: string, of: string, applied: Applied[]}} Step
 * @typedef {{
 *   sizes: Record<string, number>, values: Record<string, number[][]>,
 *   of: number[], by: number[], value: number[][], matrix: number[][],
 * }} Instance  all matrices by rows; `of` and `by` are the axes of F and X
 * @typedef {{
 *   action: Formula, matrix: Formula, entries: Formula, array_shape: (string | number)[],
 *   instance?: Instance | null,
 * }} ThreeWays
 * @typedef {{
 *   expression: Formula, declarations: Declaration[], value_shape: (string | number)[], notes: string[],
 * }} Reading
 * @typedef {Reading & {
 *   wrt: string[], array_shape: (string | number)[], numerator: Result, denominator: Result,
 *   steps: Step[], three_ways: ThreeWays | null, numpy: string, torch: string | null, jax: string | null,
 *   check: {samples: number, max_relative_error: number, sizes: Record<string, number>[]},
 * }} Answer
 */

import { ask } from "../../services/api.js";

export class DerivativeSource {
  constructor() {
    /** @type {Record<string, AbortController>} */
    this.asked = {};
  }

  /**
   * @param {{expr: string, given: string}} question
   * @returns {Promise<Reading | null>} null when a newer question has overtaken this one
   */
  read({ expr, given }) {
    return this.#newest("reading", { expr, given });
  }

  /**
   * @param {{expr: string, wrt: string[], given: string}} question
   * @returns {Promise<Answer | null>} null when a newer question has overtaken this one
   */
  derive({ expr, wrt, given }) {
    return this.#newest("derivative", { expr, wrt: wrt.join(), given });
  }

  /** Give up what was asked for and has not been answered. */
  giveUp() {
    for (const controller of Object.values(this.asked)) controller.abort();
  }

  /**
   * @param {string} subject
   * @param {Record<string, string>} fields  empty ones are left out
   */
  async #newest(subject, fields) {
    this.asked[subject]?.abort();
    const { signal } = (this.asked[subject] = new AbortController());
    const said = Object.fromEntries(Object.entries(fields).filter(([name, value]) => value || name === "expr"));
    try {
      const answer = await ask(subject, said, signal);
      return signal.aborted ? null : answer;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}
