/**
 * The result in both layouts (a style sheet shows the reader's), the check, the notes, and copying.
 */

import { copyButton } from "../../controls/copy-button.js";
import { equationElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { derivativeSign } from "./equations.js";
import { checkWords, errorParts, resultWords } from "./words.js";

/** @typedef {import("./source.js").Answer} Answer */
/** @typedef {"numerator" | "denominator"} Layout */

/** @type {Layout[]} */
const LAYOUTS = ["numerator", "denominator"];

export class ResultPart {
  /** @param {{say: (sentence: string) => void}} options */
  constructor({ say }) {
    this.say = say;
    this.formulas = html("div", { class: "calculator-formulas" });
    this.hint = html("p", { class: "practise-note", hidden: true }, [
      "The result is hidden. Write down the next line of the derivation, then compare.",
    ]);
    this.stale = html("p", { class: "stale-note", hidden: true }, ["This is still the result of the last expression that worked."]);
    this.details = html("div", { class: "calculator-details" });
    this.copies = html("div", { class: "copies", role: "group", "aria-label": "Copy the result" });
    this.element = html("section", { class: "calculator-part calculator-result", "aria-label": "Result" }, [
      this.stale, this.formulas, this.hint, this.details, this.copies,
    ]);
  }

  /** @param {Answer} answer */
  show(answer) {
    this.formulas.replaceChildren(...LAYOUTS.map((layout) => formulaBlock(answer, layout)));
    const notes = [...answer.notes].map((note) => html("p", { class: "derivation-note" }, [note]));
    this.details.replaceChildren(checkLine(answer.check), ...notes);
    this.copies.replaceChildren(html("span", { class: "copies-label" }, ["Copy"]), ...this.#buttons(answer));
  }

  /** @param {boolean} hidden  whether the reader wants to find it alone */
  hide(hidden) {
    for (const part of [this.formulas, this.details, this.copies]) part.hidden = hidden;
    this.hint.hidden = !hidden;
  }

  /** @param {boolean} stale */
  markStale(stale) {
    this.element.classList.toggle("is-stale", stale);
    this.stale.hidden = !stale;
  }

  /** @param {Answer} answer */
  #buttons(answer) {
    const { say } = this;
    const buttons = [
      copyButton("Text", "Copy the result as text", () => answer[currentLayout()].text, say),
      copyButton("LaTeX", "Copy the result as LaTeX", () => answer[currentLayout()].tex, say),
    ];
    for (const [name, source] of programs(answer)) {
      buttons.push(copyButton(name, `Copy as ${name} source`, () => source, say));
    }
    buttons.push(copyButton("Link", "Copy a link to this derivative", () => location.href, say));
    return buttons;
  }
}

/**
 * The programs of the answer in the libraries that the book shows, in their order.
 *
 * @param {Answer} answer
 * @returns {[string, string][]}
 */
function programs({ numpy, torch, jax }) {
  /** @type {Record<string, [string, string | null]>} */
  const known = { numpy: ["NumPy", numpy], pytorch: ["PyTorch", torch], jax: ["JAX", jax] };
  const shown = (document.documentElement.dataset.libraries ?? "numpy pytorch jax").split(" ");
  return shown.flatMap((library) => {
    const [name, source] = known[library] ?? ["", null];
    return source ? [/** @type {[string, string]} */ ([name, source])] : [];
  });
}

/** @returns {Layout} */
export function currentLayout() {
  return document.documentElement.dataset.layout === "denominator" ? "denominator" : "numerator";
}

/**
 * @param {Answer} answer
 * @param {Layout} layout
 */
function formulaBlock(answer, layout) {
  const result = answer[layout];
  const formula = html("div", { class: "formula" }, [equationElement([derivativeSign(answer)], result)]);
  const shape = html("p", { class: "result-shape" }, [`${resultWords(result)}, in ${layout} layout`]);
  return html("div", { class: `result-formula layout-${layout}`, "data-text": result.text }, [formula, shape]);
}

/** @param {Answer["check"]} check */
function checkLine(check) {
  const [digits, power] = errorParts(check.max_relative_error);
  const mark = html("span", { class: "verified-mark", "aria-hidden": "true" }, ["✓"]);
  const error = power === null ? [digits] : [digits, html("sup", {}, [power])];
  return html("p", { class: "numeric-check" }, [mark, ` ${checkWords(check)}`, ...error, "."]);
}
