/** The controls of the calculator, and their order in the page. */

import { button } from "../../controls/button.js";
import { Declarations, fillSelect } from "../../controls/declarations.js";
import { ExpressionField } from "../../controls/expression-field.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { html } from "../../draw/svg.js";
import { ResultPart } from "./result.js";
import { Steps } from "./steps.js";
import { ThreeWaysPart } from "./three-ways.js";

const TITLE = "Derivative calculator";
const PREVIEW_PAUSE = 120;

/** @typedef {import("../../controls/declarations.js").Declaration} Declaration */
/**
 * @typedef {import("../../controls/preset-chooser.js").Preset & import("./state.js").Options
 *   & {source?: string}} Preset
 * @typedef {{
 *   choose: (preset: Preset) => void,
 *   type: (expr: string, entered: boolean) => void,
 *   declare: (name: string, clause: string | null) => void,
 *   chooseVariable: (wrt: string[]) => void,
 *   practise: (practise: boolean) => void,
 *   progress: (words: string) => void,
 *   retry: () => void,
 *   reset: () => void,
 * }} Actions  what the reader can do
 */

/** By which names to differentiate: one, or a second one for a second derivative. */
class Variables {
  /** @param {(wrt: string[]) => void} onChange */
  constructor(onChange) {
    this.first = html("select", { "aria-label": "Differentiate by" });
    this.second = html("select", { "aria-label": "Differentiate again by" });
    this.element = html("div", { class: "variables" }, [
      field("Differentiate by", this.first), field("and again by", this.second),
    ]);
    const changed = () => onChange([this.first.value, this.second.value].filter(Boolean));
    this.first.addEventListener("change", changed);
    this.second.addEventListener("change", changed);
  }

  /**
   * @param {Declaration[]} declarations
   * @param {string[]} wrt
   */
  show(declarations, wrt) {
    const names = declarations.map(({ name }) => name);
    const shown = this.first.value;
    fillSelect(this.first, names, wrt[0] ?? (names.includes(shown) ? shown : ""));
    fillSelect(this.second, ["", ...names], wrt[1] ?? "", (name) => name || "–");
  }

  /** @param {string[]} wrt  as the server understood it */
  showChosen([first, second]) {
    this.first.value = first;
    this.second.value = second ?? "";
  }
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  return html("label", { class: "field" }, [html("span", { class: "field-label" }, [label]), control]);
}

/**
 * @param {Preset[]} presets
 * @param {import("../../services/announcer.js").Announcer} announcer
 * @param {Actions} actions
 */
export function makeControls(presets, announcer, actions) {
  /** @param {string} words */
  const say = (words) => announcer.sayNow(() => words);
  const practise = html("input", { type: "checkbox" });
  practise.addEventListener("change", () => actions.practise(practise.checked));
  const told = presets.map((preset) => (preset.source ? { ...preset, look: `${preset.look} Source: ${preset.source}.` } : preset));
  return {
    presets: new PresetChooser({ label: "Example", own: "Your own expression", presets: told, onChoose: actions.choose }),
    expression: new ExpressionField({ label: "f =", pause: PREVIEW_PAUSE, onInput: actions.type }),
    declarations: new Declarations({ onChange: actions.declare }),
    givenProblem: html("div", { class: "expression-problem given-problem", "aria-live": "polite" }),
    variables: new Variables(actions.chooseVariable),
    practise,
    waiting: html("p", { class: "calculator-waiting", role: "status", hidden: true }, ["Working it out …"]),
    result: new ResultPart({ say }),
    steps: new Steps({ onShown: actions.progress }),
    threeWays: new ThreeWaysPart({ say }),
    answer: html("div", { class: "calculator-answer", hidden: true }),
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
  for (const part of root.querySelectorAll("[data-without-script]")) part.remove();
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  const { presets, expression, declarations, variables, result, steps, threeWays, answer } = controls;
  const practise = html("label", { class: "field practise" }, [
    controls.practise, html("span", {}, ["Practise: hide the result until the last step"]),
  ]);
  answer.append(result.element, steps.element, threeWays.element);
  root.replaceChildren(
    html("p", { class: "widget-title" }, [TITLE]),
    alternative,
    html("div", { class: "widget-toolbar" }, [presets.element, expression.element]),
    declarations.element,
    controls.givenProblem,
    html("div", { class: "widget-controls" }, [variables.element, practise, controls.reset]),
    controls.waiting,
    answer,
    announcer.element,
  );
  if (!root.hasAttribute("aria-label")) root.setAttribute("aria-label", TITLE);
}
