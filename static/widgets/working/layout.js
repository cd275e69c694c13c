/** The controls of the widget, and their order in the page. */

import { button } from "../../controls/button.js";
import { Declarations } from "../../controls/declarations.js";
import { ExpressionField } from "../../controls/expression-field.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { html } from "../../draw/svg.js";
import { Lines } from "./lines.js";

const TITLE = "Check my working";

/** @typedef {import("../../controls/preset-chooser.js").Preset & import("./state.js").Options} Preset */
/**
 * @typedef {{
 *   choose: (preset: Preset) => void,
 *   type: (expr: string) => void,
 *   declare: (name: string, clause: string | null) => void,
 *   chooseVariable: (wrt: string) => void,
 *   write: () => void,
 *   retry: () => void,
 *   reset: () => void,
 * }} Actions  what the reader can do
 */

/**
 * @param {Preset[]} presets
 * @param {Actions} actions
 */
export function makeControls(presets, actions) {
  const variable = html("select", { "aria-label": "Differentiate by" });
  variable.addEventListener("change", () => actions.chooseVariable(variable.value));
  return {
    presets: new PresetChooser({ label: "Example", own: "Your own working", presets, onChoose: actions.choose }),
    expression: new ExpressionField({ label: "f =", onInput: actions.type }),
    declarations: new Declarations({ onChange: actions.declare }),
    variable,
    increment: html("p", { class: "increment-note" }),
    lines: new Lines({ onInput: actions.write }),
    problem: html("div", { class: "expression-problem", "aria-live": "polite" }),
    verdict: html("p", { class: "working-verdict", hidden: true }),
    retry: button("Try again", "retry", actions.retry),
    reset: button("Reset", "quiet", actions.reset),
  };
}

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof makeControls>} controls
 * @param {{element: HTMLElement}} announcer
 */
export function assemble(root, controls, announcer) {
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  const { presets, expression, declarations, variable, increment, lines, problem, verdict, reset } = controls;
  const by = html("label", { class: "field" }, [html("span", { class: "field-label" }, ["Differentiate by"]), variable]);
  root.replaceChildren(
    html("p", { class: "widget-title" }, [TITLE]),
    alternative,
    html("div", { class: "widget-toolbar" }, [presets.element, expression.element]),
    declarations.element,
    html("div", { class: "widget-controls" }, [by, reset]),
    increment,
    lines.element,
    problem,
    verdict,
    announcer.element,
  );
  if (!root.hasAttribute("aria-label")) root.setAttribute("aria-label", TITLE);
}
