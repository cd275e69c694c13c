/**
 * The polite live sentence of a widget: `<output aria-live="polite">`.
 *
 * A sentence that changed with every pixel of a drag would be read for minutes.  It is said when the
 * hand rests, and now and then during a long movement.
 */

import { html, setText } from "../draw/svg.js";

const REST = 250;
const LONGEST_SILENCE = 1200;

export class Announcer {
  /**
   * @param {{seen?: boolean}} [options]  whether the sentence is for the eye as well, where nothing else
   *   in the widget says the same at once
   */
  constructor({ seen = false } = {}) {
    // The first sentence comes with the page; announcing it would interrupt whoever reads on.
    this.element = html("output", { "aria-live": "off", class: seen ? "widget-status" : "widget-status visually-hidden" });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.since = 0;
    /** @type {() => string} */
    this.sentence = () => "";
  }

  /**
   * Say something soon; the sentence is made only when it is said.
   *
   * @param {() => string} sentence
   */
  say(sentence) {
    this.sentence = sentence;
    const now = performance.now();
    if (this.timer === undefined) this.since = now;
    else if (now - this.since < LONGEST_SILENCE - REST) clearTimeout(this.timer);
    else return;
    // What comes with the page is not spoken and need not wait.
    const silent = this.element.textContent === "";
    this.timer = setTimeout(() => this.sayNow(this.sentence), silent ? 0 : REST);
  }

  #speakUp() {
    this.element.setAttribute("aria-live", "polite");
  }

  /** @param {() => string} sentence */
  sayNow(sentence) {
    clearTimeout(this.timer);
    this.timer = undefined;
    setText(this.element, sentence());
    if (this.element.getAttribute("aria-live") === "off") setTimeout(() => this.#speakUp(), REST);
  }
}
