/** The controls of the widget, and their order in the page. */

import { button } from "../../controls/button.js";
import { Declarations } from "../../controls/declarations.js";
import { ExpressionField } from "../../controls/expression-field.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { html, uniqueId } from "../../draw/svg.js";
import { DifferencesView } from "./differences-view.js";
import { ExportView } from "./export-view.js";
import { Passes } from "./passes.js";

const TITLE = "Custom autograd";

/** @typedef {import("../../controls/preset-chooser.js").Preset & import("./state.js").Options} Preset */
/**
 * @typedef {{
 *   choose: (preset: Preset) => void,
 *   type: (forward: string) => void,
 *   declare: (name: string, clause: string | null) => void,
 *   select: (name: string, chosen: boolean) => void,
 *   rename: (cotangent: string) => void,
 *   write: (name: string, text: string) => void,
 *   look: (name: string) => void,
 *   retry: () => void,
 *   reset: () => void,
 *   say: (sentence: string) => void,
 * }} Actions  what the reader can do
 */

/**
 * @param {Preset[]} presets
 * @param {Actions} actions
 */
export function makeControls(presets, actions) {
  return {
    presets: new PresetChooser({ label: "Example", own: "Your own layer", presets, onChoose: actions.choose }),
    forward: new ExpressionField({ label: "forward F =", onInput: actions.type }),
    declarations: new Declarations({ onChange: actions.declare }),
    inputs: new InputChooser(actions.select),
    cotangent: new NameField("Cotangent", actions.rename),
    names: html("p", { class: "names-note" }),
    passes: new Passes({ onInput: actions.write }),
    problem: html("div", { class: "expression-problem", "aria-live": "polite" }),
    verdict: html("p", { class: "layer-verdict", hidden: true }),
    notes: html("ul", { class: "layer-notes" }),
    differences: new DifferencesView({ onChoose: actions.look }),
    exports: new ExportView({ say: actions.say }),
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
  root.replaceChildren(
    html("p", { class: "widget-title" }, [TITLE]),
    alternative,
    html("div", { class: "widget-toolbar" }, [controls.presets.element, controls.forward.element]),
    controls.declarations.element,
    html("div", { class: "widget-controls layer-controls" }, [controls.inputs.element, controls.cotangent.element, controls.reset]),
    controls.names,
    ...layoutNotes(),
    controls.passes.element,
    controls.problem,
    controls.verdict,
    controls.notes,
    controls.differences.element,
    controls.exports.element,
    announcer.element,
  );
  if (!root.hasAttribute("aria-label")) root.setAttribute("aria-label", TITLE);
}

/** What the reader's layout has to do with the shape of a gradient: CSS shows one of the two. */
function layoutNotes() {
  const numerator = "In numerator layout the derivative of a loss by X has the shape of X transposed; a backward pass returns the gradient, in the shape of X.";
  const denominator = "In denominator layout the derivative of a loss by X is the gradient itself: it has the shape of X, and so has what a backward pass returns.";
  return [
    html("p", { class: "layout-note layout-numerator" }, [numerator]),
    html("p", { class: "layout-note layout-denominator" }, [denominator]),
  ];
}

/** Which inputs are passed back to: a box to tick for each. */
class InputChooser {
  /** @param {(name: string, chosen: boolean) => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    this.boxes = html("span", { class: "input-boxes" });
    this.element = html("fieldset", { class: "input-chooser" }, [html("legend", {}, ["Pass back to"]), this.boxes]);
  }

  /**
   * @param {string[]} names
   * @param {string[]} chosen
   */
  show(names, chosen) {
    const known = [...this.boxes.querySelectorAll("input")].map(({ value }) => value);
    if (known.join() !== names.join()) this.boxes.replaceChildren(...names.map((name) => this.#box(name)));
    for (const box of this.boxes.querySelectorAll("input")) box.checked = chosen.includes(box.value);
  }

  /** @param {string} name */
  #box(name) {
    const box = html("input", { type: "checkbox", value: name });
    box.addEventListener("change", () => this.onChange(name, box.checked));
    return html("label", { class: "input-box" }, [box, html("span", {}, [name])]);
  }
}

/** A short field for a name. */
class NameField {
  /**
   * @param {string} label
   * @param {(name: string) => void} onChange
   */
  constructor(label, onChange) {
    const id = uniqueId("name");
    this.input = html("input", {
      id, type: "text", class: "expression name", size: 4, maxlength: 24, spellcheck: "false", autocapitalize: "off",
      autocomplete: "off", autocorrect: "off", "aria-describedby": `${id}-problem`,
    });
    this.problem = html("span", { id: `${id}-problem`, class: "name-problem", "aria-live": "polite" });
    const field = html("label", { class: "field", for: id }, [html("span", { class: "field-label" }, [label]), this.input]);
    this.element = html("span", { class: "name-field" }, [field, this.problem]);
    this.input.addEventListener("change", () => onChange(this.input.value.trim()));
  }

  /** @param {string} name */
  show(name) {
    if (this.input !== document.activeElement || !this.input.value) this.input.value = name;
    this.problem.replaceChildren();
    this.input.removeAttribute("aria-invalid");
  }

  /** @param {{message: string, hint?: string | null}} problem */
  showProblem({ message, hint }) {
    this.problem.replaceChildren(`${message} ${hint ?? ""}`.trim());
    this.input.setAttribute("aria-invalid", "true");
  }
}
