/**
 * The backward passes: a field for each chosen input, with its three checks and what is wrong with it.
 *
 *     <ol class="passes">
 *       <li class="pass is-wrong" data-name="b">
 *         <div class="expression-field">…</div>
 *         <ul class="three-checks"><li class="is-bad"><span>✗</span> shape: …</li>…</ul>
 *         <p class="pass-mistake"><strong>Sum over the batch.</strong> …</p>
 *         <details class="pass-answer"><summary>Show the engine’s answer</summary>…</details>
 *       </li>
 *     </ol>
 */

import { ExpressionField } from "../../controls/expression-field.js";
import { equationElement, formulaElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { kindWords, threeChecks } from "./words.js";

/** @typedef {import("./state.js").Pass} Pass */
/** @typedef {import("./words.js").Check} Check */

export class Passes {
  /** @param {{onInput: (name: string, text: string) => void}} options */
  constructor({ onInput }) {
    this.onInput = onInput;
    /** @type {Map<string, PassField>} */
    this.fields = new Map();
    this.element = html("ol", { class: "passes" });
  }

  /** Another layer: its texts take the place of what is being typed. @param {Pass[]} passes */
  restore(passes) {
    this.setPasses(passes);
    for (const { name, text } of passes) this.fields.get(name)?.field.setValue(text);
  }

  /** @param {Pass[]} passes */
  setPasses(passes) {
    const names = passes.map(({ name }) => name);
    if (names.join() !== [...this.fields.keys()].join()) {
      this.fields = new Map(passes.map(({ name }) => [name, this.fields.get(name) ?? new PassField(name, (text) => this.onInput(name, text))]));
      this.element.replaceChildren(...[...this.fields.values()].map(({ element }) => element));
    }
    for (const { name, text } of passes) this.fields.get(name)?.field.follow(text);
  }

  /** @param {Check[]} checks */
  show(checks) {
    for (const check of checks) this.fields.get(check.name)?.show(check);
  }

  /** What was said no longer counts: the layer itself cannot be read. */
  clear() {
    for (const field of this.fields.values()) field.clear();
  }
}

class PassField {
  /**
   * @param {string} name
   * @param {(text: string) => void} onInput
   */
  constructor(name, onInput) {
    this.field = new ExpressionField({ label: `gradient by ${name} =`, onInput });
    this.checks = html("ul", { class: "three-checks", "aria-label": `Checks of the backward pass by ${name}` });
    this.mistake = html("p", { class: "pass-mistake", hidden: true });
    this.answer = html("div", { class: "pass-formula" });
    const summary = html("summary", {}, [`Show the engine’s gradient by ${name}`]);
    this.revealed = html("details", { class: "pass-answer" }, [summary, this.answer]);
    this.element = html("li", { class: "pass", "data-name": name }, [this.field.element, this.checks, this.mistake, this.revealed]);
  }

  clear() {
    this.element.classList.remove("is-right", "is-wrong");
    this.checks.replaceChildren();
    this.mistake.hidden = true;
    this.field.showReading([]);
  }

  /** @param {Check} check */
  show(check) {
    const { verdict, problem, backward, mistake, pullback } = check;
    this.element.classList.toggle("is-right", verdict === "right");
    this.element.classList.toggle("is-wrong", verdict === "wrong" || verdict === "unread");
    this.field.showReading(backward ? [formulaElement(backward)] : []);
    if (problem) this.field.showProblem(problem);
    this.field.input.setAttribute("aria-invalid", String(verdict === "wrong" || verdict === "unread"));
    this.checks.replaceChildren(...threeChecks(check).map(checkElement));
    this.mistake.hidden = !mistake;
    if (mistake) this.mistake.replaceChildren(html("strong", {}, [`${kindWords(mistake.kind)}.`]), ` ${mistake.sentence}`);
    this.answer.replaceChildren(equationElement([], pullback), html("code", {}, [pullback.text]));
  }
}

/** @param {{name: string, good: boolean | null, words: string}} check */
function checkElement({ name, good, words }) {
  const [mark, spoken] = good === null ? ["–", "not checked"] : good ? ["✓", "right"] : ["✗", "wrong"];
  const kind = good === null ? "is-open" : good ? "is-good" : "is-bad";
  return html("li", { class: kind }, [
    html("span", { "aria-hidden": "true" }, [mark]),
    html("span", { class: "visually-hidden" }, [`${spoken}: `]),
    html("b", {}, [name]),
    ` ${words}`,
  ]);
}
