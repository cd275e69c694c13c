/**
 * Questions to the server: one for a choice of data, features and scale, none for a weight, a step, a
 * ridge strength or a deviation; and the derivation of the gradient, in both layouts.
 */

import { ask, send } from "../../services/api.js";

/** The loss of the lesson, in the language of the engine. */
const LOSS = "norm2(X*w - y)^2/(2*N)";
const GIVEN = "X: n,d; w: d; y: n; N: scalar";

/**
 * @typedef {import("./model.js").Study} Study
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../draw/formula.js").Formula} Formula
 * @typedef {{rule: string, explanation: string} & Formula} Step
 * @typedef {{result: Formula, steps: Step[]}} Derivation
 */

export class StudySource {
  constructor() {
    this.controller = new AbortController();
    /** @type {Promise<Record<"numerator" | "denominator", Derivation>> | null} */
    this.derived = null;
  }

  /**
   * @param {State} state
   * @returns {Promise<Study | null>} null when a newer question has overtaken this one
   * @throws {import("../../services/api.js").ApiError}
   */
  async load(state) {
    this.controller.abort();
    const { signal } = (this.controller = new AbortController());
    try {
      const answer = await send("regression", question(state), signal);
      return signal.aborted ? null : answer;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  /** The derivation of the gradient, asked for once. */
  derivation() {
    this.derived ??= this.#derive().catch((error) => {
      this.derived = null;
      throw error;
    });
    return this.derived;
  }

  async #derive() {
    const [numerator, denominator] = await Promise.all(
      ["numerator", "denominator"].map((layout) => ask("derivative", { expr: LOSS, wrt: "w", given: GIVEN, layout })),
    );
    return { numerator, denominator };
  }
}

/** @param {State} state */
function question({ dataset, csv, target, features, standardize, copy }) {
  /** @type {Record<string, unknown>} */
  const fields = csv === null ? { dataset } : { csv };
  if (target) fields.target = target;
  if (features) fields.features = features;
  if (standardize) fields.standardize = true;
  if (copy) fields.near_copy = copy;
  return fields;
}
