/**
 * Where a function of two variables comes from: one request for a function, none for a point; and its
 * critical points, asked for once a function is shown.
 *
 * Only the newest question counts: an earlier one is given up, and its answer is dropped.
 *
 * @typedef {import("../draw/formula.js").Formula} Formula
 * @typedef {{
 *   f: Formula, gradient: Formula[] | null, hessian: Formula[][] | null, note: string | null,
 *   notes: {message: string, hint: string | null}[],
 *   tape: import("../math/tape.js").Tape,
 * }} Answer
 * @typedef {{
 *   x: number, y: number, value: number, classification: string | null, verdict: string | null,
 *   higher: {decision: string, order: number | null, explanation: string} | null,
 * }} CriticalPoint
 * @typedef {{points: CriticalPoint[], complete: boolean, reason: string | null}} CriticalPoints
 */

import { ask } from "../services/api.js";

export class FieldSource {
  constructor() {
    this.controller = new AbortController();
    this.search = new AbortController();
  }

  /**
   * @param {string} f
   * @param {[string, string]} vars
   * @returns {Promise<Answer | null>} null when a newer question has overtaken this one
   * @throws {import("../services/api.js").ApiError}
   */
  load(f, vars) {
    this.controller.abort();
    const { signal } = (this.controller = new AbortController());
    return unlessOvertaken(signal, async () => {
      const { gradient = null, hessian = null, note = null, notes = [], ...rest } = await ask("hessian", { f, vars: vars.join() }, signal);
      return { gradient, hessian, note, notes, f: rest.f, tape: rest.tape };
    });
  }

  /**
   * @param {string} f
   * @param {[string, string]} vars
   * @param {import("./model.js").Box} box
   * @returns {Promise<CriticalPoints | null>}
   * @throws {import("../services/api.js").ApiError}
   */
  criticalPoints(f, vars, { left, right, bottom, top }) {
    this.search.abort();
    const { signal } = (this.search = new AbortController());
    const box = [left, right, bottom, top].map((bound) => String(Number(bound.toPrecision(8)))).join();
    return unlessOvertaken(signal, async () => {
      const { points, complete, reason } = await ask("critical-points", { f, vars: vars.join(), box }, signal);
      return { points: points.map((/** @type {any} */ each) => pointOf(each, vars)), complete, reason };
    });
  }
}

/**
 * @param {any} each
 * @param {[string, string]} vars
 * @returns {CriticalPoint}
 */
function pointOf({ point, value, classification, verdict, higher_order: higher }, vars) {
  return { x: point[vars[0]], y: point[vars[1]], value, classification, verdict, higher };
}

/**
 * @template T
 * @param {AbortSignal} signal
 * @param {() => Promise<T>} question
 * @returns {Promise<T | null>}
 */
async function unlessOvertaken(signal, question) {
  try {
    const answer = await question();
    return signal.aborted ? null : answer;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
