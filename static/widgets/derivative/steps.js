/**
 * The derivation, one line at a time: to read, or to guess the next line before it is shown.
 *
 *     <section class="derivation-part">
 *       <div class="part-head"><h3>Derivation</h3> <span class="steps-count">2 of 4 steps</span></div>
 *       <ol class="derivation"><li>…</li></ol>
 *       <div class="steps-buttons"><button>Show the next step</button> …</div>
 *     </section>
 */

import { button } from "../../controls/button.js";
import { equationElement, formulaElement } from "../../draw/formula.js";
import { html, setText } from "../../draw/svg.js";
import { differentialSign } from "./equations.js";
import { count } from "./words.js";

/** @typedef {import("./source.js").Answer} Answer */
/** @typedef {import("./source.js").Step} Step */

export class Steps {
  /** @param {{onShown: (sentence: string) => void}} options  said when the reader asks for a step */
  constructor({ onShown }) {
    this.onShown = onShown;
    this.total = 0;
    this.shown = 0;
    this.list = html("ol", { class: "derivation" });
    this.counter = html("span", { class: "steps-count" });
    this.next = button("Show the next step", "primary", () => this.#showTo(this.shown + 1));
    this.all = button("Show all", "", () => this.#showTo(this.total));
    this.none = button("Start again", "quiet", () => this.#showTo(0));
    const head = html("div", { class: "part-head" }, [html("p", { class: "part-title" }, ["Derivation"]), this.counter]);
    const buttons = html("div", { class: "steps-buttons" }, [this.next, this.all, this.none]);
    this.element = html("section", { class: "calculator-part derivation-part", "aria-label": "Derivation" }, [
      head, this.list, buttons,
    ]);
  }

  /** @param {Answer} answer */
  show(answer) {
    this.steps = answer.steps;
    this.total = answer.steps.length;
    const starts = answer.steps.map((step, index) => step.of !== answer.steps[index - 1]?.of);
    this.list.replaceChildren(...answer.steps.map((step, index) => stepElement(step, starts[index], answer)));
    this.#arrange(0);
  }

  get complete() {
    return this.shown === this.total;
  }

  /** @param {number} wanted */
  #showTo(wanted) {
    this.#arrange(Math.min(wanted, this.total));
    const step = this.steps?.[this.shown - 1];
    this.onShown(step ? `Step ${this.shown} of ${this.total}: ${step.rule}. ${step.text}` : "The steps are hidden.");
  }

  /** @param {number} shown */
  #arrange(shown) {
    this.shown = shown;
    [...this.list.children].forEach((item, index) => item.toggleAttribute("hidden", index >= shown));
    setText(this.counter, shown ? `${shown} of ${count(this.total, "step")}` : count(this.total, "step"));
    setText(this.next, shown ? "Show the next step" : "Show the first step");
    for (const each of [this.next, this.all]) disable(each, this.complete);
    this.none.hidden = shown === 0;
  }
}

/**
 * A button that cannot be used keeps the focus: whoever pressed it last stays where they are.
 *
 * @param {HTMLElement} element
 * @param {boolean} disabled
 */
function disable(element, disabled) {
  if (disabled) element.setAttribute("aria-disabled", "true");
  else element.removeAttribute("aria-disabled");
}

/**
 * @param {Step} step
 * @param {boolean} starts  whether it begins the differentiation of something else
 * @param {Answer} answer
 */
function stepElement(step, starts, answer) {
  const name = html("span", { class: "rule-name" }, [step.rule]);
  const why = html("p", { class: "step-why" }, [name, ` ${step.explanation}`]);
  const line = equationElement([differentialSign(step.of, answer.value_shape)], step);
  if (!starts) line.querySelector("mrow > mrow, mrow")?.firstElementChild?.setAttribute("class", "repeated");
  const parts = [why, ...appliedRules(step), html("div", { class: "formula" }, [line])];
  return html("li", {}, parts);
}

/** @param {Step} step */
function appliedRules({ applied }) {
  const distinct = [...new Map(applied.map((rule) => [rule.name, rule])).values()];
  if (!distinct.length) return [];
  const rules = distinct.map((rule) =>
    html("li", {}, [
      html("span", { class: "rule-name" }, [rule.name]), " ", formulaElement(rule.formula), " ",
      html("span", { class: "rule-source" }, [rule.source]),
    ]),
  );
  return [html("ul", { class: "applied-rules" }, rules)];
}
