/**
 * The newest question of a widget: one that is still under way is given up, and its answer is dropped.
 * Meanwhile the widget says that it is busy (`aria-busy`).
 */

import { ApiError } from "./api.js";

export class Newest {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.asked = new AbortController();
  }

  /**
   * @template Answer
   * @param {(signal: AbortSignal) => Promise<Answer>} question
   * @param {{show: (answer: Answer) => unknown, refused: (error: ApiError) => unknown}} outcome  neither is
   *   called where a newer question has overtaken this one
   */
  async ask(question, { show, refused }) {
    this.asked.abort();
    const { signal } = (this.asked = new AbortController());
    this.root.setAttribute("aria-busy", "true");
    try {
      const answer = await question(signal);
      if (!signal.aborted) await show(answer);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      refused(error);
    } finally {
      if (!signal.aborted) this.root.removeAttribute("aria-busy");
    }
  }
}
