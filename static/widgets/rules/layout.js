/**
 * The widget's parts and their order in the page.
 *
 *     figure.widget
 *       p.widget-title, div.widget-alternative      name; text alternative
 *       div.widget-toolbar                          the three rules; identity; expression, by, given
 *       div.numbers-part                            the names with their numbers; new numbers, reset
 *       div.ways                                    the derivative in three ways
 *       p.agreement                                 whether they agree
 *       div.close-up                                one entry in all its digits
 *       output.widget-status                        the live sentence
 */

import { button } from "../../controls/button.js";
import { ExpressionField } from "../../controls/expression-field.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { html } from "../../draw/svg.js";
import { CloseUp } from "./closeup.js";
import { Names } from "./names.js";
import { Ways } from "./ways.js";
import { RULES } from "./words.js";

const TITLE = "Interactive rules";

/**
 * @typedef {import("./state.js").Identity} Identity
 * @typedef {import("./state.js").Rule} Rule
 * @typedef {{
 *   chooseRule: (rule: Rule) => void,
 *   choose: (identity: Identity) => void,
 *   type: (expr: string) => void,
 *   declare: (given: string) => void,
 *   vary: (wrt: string) => void,
 *   change: (symbol: import("./model.js").Placed, row: number, column: number, value: number) => void,
 *   look: (cell: import("./model.js").Cell) => void,
 *   renew: () => void,
 *   reset: () => void,
 *   retry: () => void,
 * }} Actions  what the reader can do
 */

/** Buttons for the three rules, of which one is pressed. */
export class RuleChooser {
  /** @param {(rule: Rule) => void} onChoose */
  constructor(onChoose) {
    const rules = /** @type {Rule[]} */ (Object.keys(RULES));
    this.buttons = rules.map((rule) => {
      const element = button(RULES[rule].title, "", () => onChoose(rule));
      element.value = rule;
      return element;
    });
    this.advice = html("p", { class: "rule-advice" });
    const group = html("div", { class: "segmented", role: "group", "aria-label": "Rule" }, this.buttons);
    this.element = html("div", { class: "rule-chooser" }, [group, this.advice]);
  }

  /** @param {Rule | undefined} rule */
  show(rule) {
    for (const element of this.buttons) element.setAttribute("aria-pressed", String(element.value === rule));
    this.advice.textContent = rule ? RULES[rule].advice : "Your own expression: whichever rules it takes.";
  }
}

/**
 * @param {Identity[]} identities
 * @param {Actions} actions
 */
export function makeControls(identities, actions) {
  const wrt = html("select", {});
  wrt.addEventListener("change", () => actions.vary(wrt.value));
  return {
    rules: new RuleChooser(actions.chooseRule),
    identities: new PresetChooser({ label: "Example", own: "Your own expression", presets: identities, onChoose: actions.choose }),
    expression: new ExpressionField({ label: "f =", onInput: actions.type }),
    given: new ExpressionField({ label: "where", onInput: actions.declare }),
    wrt,
    names: new Names({ onChange: actions.change }),
    renew: button("New numbers", "", actions.renew),
    reset: button("Reset", "quiet", actions.reset),
    retry: button("Try again", "retry", actions.retry),
  };
}

/** @param {Actions} actions */
export function makeResults(actions) {
  return {
    heading: html("p", { class: "result-heading" }),
    ways: new Ways({ onLook: actions.look }),
    agreement: html("p", { class: "agreement" }),
    notes: html("div", { class: "result-notes" }),
    closeUp: new CloseUp(),
  };
}

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof makeControls>} controls
 * @param {ReturnType<typeof makeResults>} results
 * @param {{element: HTMLElement}} announcer
 */
export function assemble(root, controls, results, announcer) {
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  const { rules, identities, expression, given, wrt, names, renew, reset } = controls;
  const by = html("label", { class: "field" }, [html("span", { class: "field-label" }, ["differentiated by"]), wrt]);
  const help = html("p", { class: "numbers-help" }, ["Type a number, drag it sideways, or use the arrow keys."]);
  root.replaceChildren(
    html("p", { class: "widget-title" }, [TITLE]),
    alternative,
    html("div", { class: "widget-toolbar rules-toolbar" }, [rules.element, identities.element, expression.element, by, given.element]),
    html("div", { class: "numbers-part" }, [
      names.element,
      html("div", { class: "widget-controls" }, [renew, reset, help]),
    ]),
    html("div", { class: "widget-panel rules-panel" }, [
      results.heading, results.ways.element, results.agreement, results.notes, results.closeUp.element,
    ]),
    announcer.element,
  );
  given.input.placeholder = "A: m,n; S: n,n symmetric";
  given.input.setAttribute("aria-label", "Shapes and properties of the names");
  if (!root.hasAttribute("aria-label")) root.setAttribute("aria-label", TITLE);
}
