/**
 * The reader's lines: a field for each, with a mark and, where it is wrong, what is wrong.
 *
 *     <ol class="working-lines">
 *       <li class="working-line is-right">
 *         <label>df =</label><input …><span class="line-mark">✓</span><button>Remove</button>
 *         <div class="expression-problem">…</div>
 *       </li>
 *     </ol>
 *
 * Return adds a line below; the arrow keys go up and down; Backspace in an empty line removes it.
 */

import { caretElement } from "../../controls/expression-field.js";
import { html, setText, uniqueId } from "../../draw/svg.js";
import { MOST_LINES } from "./state.js";

/**
 * @typedef {{
 *   text: string, correct: boolean, decided_by: string | null,
 *   problem: {code: string, message: string, span: [number, number] | null, hint: string | null} | null,
 * }} CheckedLine
 */

const LONGEST = 2000;

export class Lines {
  /** @param {{onInput: () => void}} options */
  constructor({ onInput }) {
    this.onInput = onInput;
    /** @type {Line[]} */
    this.lines = [];
    this.list = html("ol", { class: "working-lines" });
    this.add = html("button", { type: "button" }, ["Add a line"]);
    this.add.addEventListener("click", () => this.#insert(this.lines.length, "").input.focus());
    this.element = html("div", { class: "working-sheet" }, [this.list, this.add]);
  }

  /** @returns {string[]} */
  get texts() {
    return this.lines.map(({ input }) => input.value);
  }

  /** @param {string[]} texts */
  setTexts(texts) {
    if (texts.join("\n") === this.texts.join("\n") && this.lines.length) return;
    this.lines = [];
    this.list.replaceChildren();
    for (const text of texts) this.#insert(this.lines.length, text);
  }

  /**
   * The verdicts on all lines that are not empty, in their order.
   *
   * @param {CheckedLine[]} checked
   */
  showVerdicts(checked) {
    const written = this.lines.filter(({ input }) => input.value.trim());
    const firstWrong = checked.findIndex(({ correct }) => !correct);
    for (const line of this.lines) line.clear();
    written.forEach((line, index) => {
      if (checked[index]) line.judge(checked[index], firstWrong >= 0 && index > firstWrong);
    });
  }

  clearVerdicts() {
    for (const line of this.lines) line.clear();
  }

  /**
   * @param {number} index
   * @param {string} text
   */
  #insert(index, text) {
    const line = new Line(text, (event) => this.#key(line, event));
    line.input.addEventListener("input", () => {
      line.clear();
      this.onInput();
    });
    line.remove.addEventListener("click", () => this.#remove(line));
    this.lines.splice(index, 0, line);
    this.list.insertBefore(line.element, this.list.children[index] ?? null);
    this.#renumber();
    return line;
  }

  /** @param {Line} line */
  #remove(line) {
    const index = this.lines.indexOf(line);
    if (this.lines.length === 1) line.input.value = "";
    else {
      this.lines.splice(index, 1);
      line.element.remove();
    }
    this.#renumber();
    this.lines[Math.max(0, index - 1)].input.focus();
    this.onInput();
  }

  #renumber() {
    this.lines.forEach((line, index) => line.number(index));
    this.add.disabled = this.lines.length >= MOST_LINES;
  }

  /**
   * @param {Line} line
   * @param {KeyboardEvent} event
   */
  #key(line, event) {
    const index = this.lines.indexOf(line);
    if (event.key === "Enter" && this.lines.length < MOST_LINES) this.#insert(index + 1, "").input.focus();
    else if (event.key === "ArrowUp") this.lines[index - 1]?.input.focus();
    else if (event.key === "ArrowDown") this.lines[index + 1]?.input.focus();
    else if (event.key === "Backspace" && !line.input.value && this.lines.length > 1) this.#remove(line);
    else return;
    event.preventDefault();
  }
}

class Line {
  /**
   * @param {string} text
   * @param {(event: KeyboardEvent) => void} onKey
   */
  constructor(text, onKey) {
    const id = uniqueId("line");
    this.label = html("label", { for: id, class: "line-label" });
    this.input = html("input", {
      id, type: "text", class: "expression", maxlength: LONGEST, spellcheck: "false", autocapitalize: "off",
      autocomplete: "off", autocorrect: "off", "aria-describedby": `${id}-mark ${id}-problem`,
    });
    this.input.value = text;
    this.mark = html("span", { id: `${id}-mark`, class: "line-mark" });
    this.remove = html("button", { type: "button", class: "quiet icon" }, ["×"]);
    this.problem = html("div", { id: `${id}-problem`, class: "expression-problem" });
    const row = html("div", { class: "line-row" }, [this.label, this.input, this.mark, this.remove]);
    this.element = html("li", { class: "working-line" }, [row, this.problem]);
    this.input.addEventListener("keydown", onKey);
  }

  /** @param {number} index */
  number(index) {
    const spoken = html("span", { class: "visually-hidden" }, [`Line ${index + 1} `]);
    this.label.replaceChildren(spoken, index === 0 ? "df =" : "=");
    this.remove.setAttribute("aria-label", `Remove line ${index + 1}`);
  }

  clear() {
    this.element.classList.remove("is-right", "is-wrong", "is-later");
    setText(this.mark, "");
    this.problem.replaceChildren();
    this.input.removeAttribute("aria-invalid");
  }

  /**
   * @param {CheckedLine} checked
   * @param {boolean} later  than the first wrong line, where the mistake is
   */
  judge({ correct, decided_by: by, problem }, later) {
    this.element.classList.add(correct ? "is-right" : "is-wrong");
    this.element.classList.toggle("is-later", later);
    const how = by === "numbers" ? ", by numbers" : "";
    this.mark.replaceChildren(
      html("span", { "aria-hidden": "true" }, [correct ? "✓" : "✗"]),
      html("span", { class: "mark-word" }, [correct ? `right${how}` : "wrong"]),
    );
    if (correct || !problem) return;
    this.input.setAttribute("aria-invalid", "true");
    if (!later) this.problem.replaceChildren(...this.#explanation(problem));
  }

  /** @param {NonNullable<CheckedLine["problem"]>} problem */
  #explanation({ code, message, span, hint }) {
    /** @type {HTMLElement[]} */
    const parts = [html("p", { class: "problem-message" }, [hint ?? message])];
    if (hint) parts.push(html("p", { class: "problem-hint" }, [message]));
    if (span && code !== "different" && span[1] - span[0] < this.input.value.length) {
      parts.unshift(caretElement(this.input.value, span));
    }
    return parts;
  }
}
