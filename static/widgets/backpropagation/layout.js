/**
 * The widget's parts and their order in the page.
 *
 *     figure.widget
 *       p.widget-title, div.widget-alternative   name; text alternative
 *       div.widget-toolbar                       example, reset
 *       div.graph-frame                          the computational graph
 *       div.step-buttons, div.step-view          stepping; what the step does
 *       details.derivation-part                  where its rule comes from
 *       details.values-part                      the graph as a table
 *       details.builder-part                     layers, loss; numbers
 *       details.check-part                       the gradient check
 *       section.puzzle-part                      find the fault
 *       output.widget-status                     the live sentence
 */

import { button } from "../../controls/button.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { html, setText } from "../../draw/svg.js";
import { Builder } from "./builder.js";
import { CheckView } from "./check-view.js";
import { DerivationView } from "./derivation-view.js";
import { Graph } from "./graph.js";
import { Numbers } from "./numbers.js";
import { PuzzleView } from "./puzzle-view.js";
import { StepView } from "./step-view.js";
import { ValuesView } from "./values-view.js";

const TITLE = "Backpropagation, step by step";

/**
 * @typedef {import("./state.js").Example} Example
 * @typedef {{
 *   choose: (example: Example) => void,
 *   build: (network: import("../../math/networks/network.js").Network) => void,
 *   change: import("./numbers.js").OnChange,
 *   step: (change: number) => void,
 *   go: (step: number) => void,
 *   loss: () => void,
 *   hide: () => void,
 *   guess: (place: import("./puzzle.js").Place) => void,
 *   tell: () => void,
 *   repair: () => void,
 *   compare: () => void,
 *   reset: () => void,
 * }} Actions  what the reader can do
 */

/**
 * @param {Example[]} examples
 * @param {Actions} actions
 */
export function makeParts(examples, actions) {
  return {
    examples: new PresetChooser({ label: "Example", own: "Your own network", presets: examples, onChoose: actions.choose }),
    reset: button("Reset", "quiet", actions.reset),
    builder: new Builder({ onBuild: actions.build }),
    numbers: new Numbers({ onChange: actions.change }),
    graph: new Graph({ onStep: actions.step, onGo: actions.go }),
    values: new ValuesView(),
    stepper: new Stepper(actions),
    step: new StepView(),
    derivation: new DerivationView(),
    check: new CheckView({ onCompare: actions.compare }),
    puzzle: new PuzzleView({ onHide: actions.hide, onGuess: actions.guess, onTell: actions.tell, onRepair: actions.repair }),
  };
}

/** The buttons that step, and where one is. */
class Stepper {
  /** @param {Actions} actions */
  constructor({ step, loss }) {
    this.first = button("To the start", "", () => step(-Infinity));
    this.back = button("◀ Previous step", "", () => step(-1));
    this.forth = button("Next step ▶", "primary", () => step(1));
    this.loss = button("To the loss", "", loss);
    this.last = button("All the way back", "", () => step(Infinity));
    this.place = html("span", { class: "step-place" });
    this.element = html("div", { class: "widget-controls step-buttons", role: "group", "aria-label": "Steps" }, [
      this.back, this.forth, this.place, this.first, this.loss, this.last,
    ]);
  }

  /**
   * @param {number} at
   * @param {number} last
   */
  show(at, last) {
    setText(this.place, `Step ${at} of ${last}`);
    for (const each of [this.back, this.first]) disable(each, at === 0);
    for (const each of [this.forth, this.last]) disable(each, at === last);
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
 * @param {HTMLElement} root
 * @param {ReturnType<typeof makeParts>} parts
 * @param {{element: HTMLElement}} announcer
 */
export function assemble(root, parts, announcer) {
  const { examples, reset, builder, numbers, graph, values, stepper, step, derivation, check, puzzle } = parts;
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  root.replaceChildren(
    html("p", { class: "widget-title" }, [TITLE]),
    alternative,
    html("div", { class: "widget-toolbar" }, [examples.element, reset]),
    graph.element,
    stepper.element,
    html("section", { class: "step-part", "aria-label": "This step" }, [step.element, derivation.element]),
    values.element,
    html("details", { class: "builder-part", open: true }, [
      html("summary", {}, ["Layers and numbers"]), builder.element, numbers.element,
    ]),
    check.element,
    puzzle.element,
    announcer.element,
  );
  if (!root.hasAttribute("aria-label")) root.setAttribute("aria-label", TITLE);
}
