/**
 * A field for an expression: what is typed stays, how it was read is shown beside it, and a mistake
 * is shown under the place where it is.
 *
 * Markup made here:
 *
 *     <div class="expression-field">
 *       <label for="…">f(x, y) =</label><input …>
 *       <div class="expression-reading"><math>…</math></div>
 *       <div class="expression-problem"><pre>caret</pre><p>message</p><p>hint</p></div>
 *     </div>
 */

import { html, setText, uniqueId } from "../draw/svg.js";

const TYPING_PAUSE = 220;
const LONGEST = 2000;

/**
 * @typedef {{message: string, span?: [number, number] | null, hint?: string | null}} Problem
 */

export class ExpressionField {
  /**
   * @param {{label: string, pause?: number, onInput: (text: string, entered: boolean) => void}} options
   *   `onInput` is called when the typing pauses (for so many milliseconds), or at once on Enter
   */
  constructor({ label, pause = TYPING_PAUSE, onInput }) {
    const id = uniqueId("expression");
    this.onInput = onInput;
    this.pause = pause;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.label = html("label", { for: id, class: "field-label" }, [label]);
    this.input = html("input", {
      id, type: "text", class: "expression", maxlength: LONGEST, spellcheck: "false",
      autocapitalize: "off", autocomplete: "off", autocorrect: "off",
      "aria-describedby": `${id}-reading ${id}-problem`,
    });
    this.reading = html("div", { id: `${id}-reading`, class: "expression-reading" });
    this.problem = html("div", { id: `${id}-problem`, class: "expression-problem", "aria-live": "polite" });
    const row = html("div", { class: "expression-row" }, [this.label, this.input]);
    this.element = html("div", { class: "expression-field" }, [row, this.reading, this.problem]);
    this.input.addEventListener("input", () => this.#soon());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#now(true);
    });
  }

  /** Another text, whatever the reader is typing. @param {string} text */
  setValue(text) {
    this.#stop();
    if (this.input.value !== text) this.input.value = text;
  }

  /**
   * The text that is shown elsewhere by now; what the reader is typing meanwhile stays and is told soon.
   *
   * @param {string} text
   */
  follow(text) {
    if (this.timer === undefined) this.setValue(text);
  }

  /** @param {string} label */
  relabel(label) {
    setText(this.label, label);
  }

  /**
   * Show how the text was read; an earlier problem is solved by that.
   *
   * @param {(Node | string)[]} content
   */
  showReading(content) {
    this.reading.replaceChildren(...content);
    this.element.classList.remove("is-stale");
    this.problem.replaceChildren();
    this.input.removeAttribute("aria-invalid");
  }

  /** @param {Problem} problem  the reading stays, marked as that of an earlier text */
  showProblem({ message, span, hint }) {
    /** @type {HTMLElement[]} */
    const parts = [html("p", { class: "problem-message" }, [message])];
    if (span && this.input.value) parts.unshift(caretElement(this.input.value, span));
    if (hint) parts.push(html("p", { class: "problem-hint" }, [hint]));
    this.problem.replaceChildren(...parts);
    this.element.classList.add("is-stale");
    this.input.setAttribute("aria-invalid", "true");
  }

  #soon() {
    this.#stop();
    this.timer = setTimeout(() => this.#now(false), this.pause);
  }

  /** @param {boolean} entered */
  #now(entered) {
    this.#stop();
    this.onInput(this.input.value, entered);
  }

  #stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

/**
 * The text with carets under a span, in two lines of fixed width.
 *
 * @param {string} text
 * @param {[number, number]} span
 */
export function caretElement(text, span) {
  const [line, carets] = caretLines(text, span);
  const marks = html("span", { class: "caret" }, [carets]);
  return html("pre", { class: "problem-place", "aria-hidden": "true" }, [`${line}\n`, marks]);
}

/**
 * Spans count code points, as the server does; a string counts UTF-16 units.  A long text is cut
 * around the place, so that the caret is always in sight.
 *
 * @param {string} text
 * @param {[number, number]} span
 * @param {number} [width]
 * @returns {[string, string]} the line and the carets below it
 */
export function caretLines(text, [start, end], width = 40) {
  const points = [...text];
  const from = Math.max(0, Math.min(start - Math.floor(width / 2), points.length - width));
  const shown = points.slice(from, from + width);
  const before = from > 0 ? "…" : "";
  const after = from + width < points.length ? "…" : "";
  const length = Math.max(1, Math.min(end, from + width) - start);
  return [before + shown.join("") + after, " ".repeat(start - from + before.length) + "^".repeat(length)];
}
