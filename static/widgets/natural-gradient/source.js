/** Loss, gradient and Fisher information from the server: one question for each coordinates, asked once. */

import { FAMILIES } from "../../math/natural-gradient/families.js";
import { ask } from "../../services/api.js";

/**
 * @typedef {import("../../draw/formula.js").Formula} Formula
 * @typedef {{
 *   tape: import("../../math/tape.js").Tape, information: Formula[][], inverse: Formula[][] | null,
 *   steps: ({rule: string, explanation: string} & Formula)[],
 * }} Answer  as `/api/fisher-information` gives it
 */

export class InformationSource {
  constructor() {
    /** @type {Map<string, Promise<Answer>>} */
    this.answers = new Map();
  }

  /**
   * @param {string} family
   * @param {string} name  of the coordinates
   * @returns {Promise<Answer>}
   * @throws {import("../../services/api.js").ApiError}
   */
  load(family, name) {
    const key = `${family} ${name}`;
    const known = this.answers.get(key);
    if (known) return known;
    const asked = ask("fisher-information", { ...FAMILIES[family].coordinates[name].question });
    this.answers.set(key, asked);
    // What was refused may be asked for again.
    asked.catch(() => this.answers.delete(key));
    return asked;
  }
}
