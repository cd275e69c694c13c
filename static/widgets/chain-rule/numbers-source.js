/**
 * Where the functions of a composition come from: one request for each, none for a point.
 *
 * The innermost function is asked for first: how many entries it has says how many variables the next
 * one has.  Only the newest question counts; what was answered before is not asked again.
 */

import { ApiError, ask } from "../../services/api.js";

/** The most entries that a value may have: the most variables of the next function. */
const MOST_ENTRIES = 6;

/** What was refused, and which function it is: 0 for the innermost. */
export class FunctionProblem extends Error {
  name = "FunctionProblem";

  /**
   * @param {number} index
   * @param {{message: string, span?: [number, number] | null, hint?: string | null, passing?: boolean}} refusal
   */
  constructor(index, { message, span = null, hint = null, passing = false }) {
    super(message);
    this.index = index;
    this.span = span;
    this.hint = hint;
    this.passing = passing;
  }
}

export class CompositionSource {
  constructor() {
    this.controller = new AbortController();
    /** @type {Map<string, import("../../math/tape.js").Tape>} */
    this.known = new Map();
  }

  /**
   * @param {readonly string[]} functions  the innermost first
   * @param {string[][]} names  of the entries of x, u, v …, each as many as there may be
   * @param {number} inputs  how many entries x has
   * @returns {Promise<import("../../math/tape.js").Tape[] | null>} null when a newer question came
   * @throws {FunctionProblem}
   */
  async load(functions, names, inputs) {
    this.controller.abort();
    const { signal } = (this.controller = new AbortController());
    const tapes = [];
    let entries = inputs;
    for (const [index, f] of functions.entries()) {
      try {
        const tape = await this.#tape(f, names[index].slice(0, entries), signal);
        if (signal.aborted) return null;
        entries = countOf(tape);
        tapes.push(tape);
      } catch (error) {
        if (signal.aborted) return null;
        if (error instanceof ApiError) throw new FunctionProblem(index, error);
        throw error;
      }
      if (entries > MOST_ENTRIES) throw new FunctionProblem(index, { message: `At most ${MOST_ENTRIES} entries can be shown here.` });
    }
    return tapes;
  }

  /**
   * @param {string} f
   * @param {string[]} vars
   * @param {AbortSignal} signal
   */
  async #tape(f, vars, signal) {
    const key = JSON.stringify([f, vars]);
    const tape = this.known.get(key) ?? (await ask("jacobian", { f, vars: vars.join() }, signal)).tape;
    this.known.set(key, tape);
    return tape;
  }
}

/** @param {import("../../math/tape.js").Tape} tape */
function countOf(tape) {
  return /** @type {number[]} */ (tape.outputs.value).length;
}
