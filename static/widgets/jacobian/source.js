/**
 * Where the function comes from: one request to the server for each function, none for a point.
 *
 * Only the newest question counts: an earlier one is given up, and its answer is dropped.
 *
 * @typedef {import("../../draw/formula.js").Formula} Formula
 * @typedef {{
 *   f: Formula[],
 *   jacobian: Formula[][] | null,
 *   note: string | null,
 *   notes: {message: string, hint: string | null}[],
 *   tape: import("../../math/tape.js").Tape,
 * }} Answer
 * @typedef {{
 *   message: string, code: string, span: [number, number] | null, hint: string | null, passing: boolean,
 * }} Refusal  what an error of this module tells
 *
 * `jacobian` is null when the readable form was not to be had; `note` says why.  `notes` tell
 * where the text could be meant otherwise.
 */

import { ApiError, ask } from "../../services/api.js";

/** A function that cannot be shown here: it is no map of the plane into the plane. */
class ShapeProblem extends Error {
  name = "ShapeProblem";
  code = "shape";
  span = null;
  passing = false;
  hint = "Give two entries in brackets, such as [x^2 - y^2, 2 x y].";
}

/**
 * Whether an error is one to show; any other is a mistake of the program.
 *
 * @param {unknown} error
 * @returns {error is Refusal}
 */
export function isRefusal(error) {
  return error instanceof ApiError || error instanceof ShapeProblem;
}

export class FunctionSource {
  constructor() {
    this.controller = new AbortController();
  }

  /**
   * @param {string} f
   * @param {[string, string]} vars
   * @returns {Promise<Answer | null>} null when a newer question has overtaken this one
   * @throws {ApiError | ShapeProblem}
   */
  async load(f, vars) {
    this.controller.abort();
    const { signal } = (this.controller = new AbortController());
    try {
      const answer = await ask("jacobian", { f, vars: vars.join() }, signal);
      return signal.aborted ? null : checked(answer);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}

/**
 * @param {any} answer
 * @returns {Answer}
 */
function checked(answer) {
  const count = answer.tape?.outputs?.value?.length;
  if (count !== 2) {
    const entries = count === 1 ? "one entry" : `${count ?? "no"} entries`;
    throw new ShapeProblem(`This function has ${entries}; the two planes need exactly two.`);
  }
  const { f, jacobian = null, note = null, notes = [], tape } = answer;
  return { f, jacobian, note, notes, tape };
}
