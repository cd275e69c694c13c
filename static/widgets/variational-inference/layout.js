/** What the widget is made of, and the order of the parts in the page. */

import { button } from "../../controls/button.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { Legend } from "../../draw/legend.js";
import { html } from "../../draw/svg.js";
import { ApproximationFields, TargetFields } from "./controls.js";
import { bendFold, derivationFold } from "./derivation.js";
import { expectationFold } from "./expectation.js";
import { MarginalsView } from "./marginals-view.js";
import { Readout } from "./readout.js";
import { TargetView } from "./target-view.js";

/**
 * @typedef {import("./target-view.js").Actions & import("./controls.js").Actions & {
 *   choosePreset: (preset: import("./state.js").Preset) => void,
 *   play: () => void, climbOnce: () => void, back: () => void, reset: () => void,
 * }} Actions
 */

/** @param {import("./state.js").Preset[]} presets @param {Actions} actions */
export function makeParts(presets, actions) {
  return {
    presets: new PresetChooser({ label: "Example", own: "Your own target", presets, onChoose: actions.choosePreset }),
    target: new TargetFields(actions),
    approximation: new ApproximationFields(actions),
    view: new TargetView(actions),
    marginals: new MarginalsView(),
    readout: new Readout(actions),
    derivation: derivationFold(),
    bend: bendFold(),
    reset: button("Reset", "quiet", actions.reset),
  };
}

/** @typedef {ReturnType<typeof makeParts>} Parts */

/**
 * @param {HTMLElement} root
 * @param {string} title
 * @param {Parts} parts
 * @param {HTMLElement} status
 */
export function assemble(root, title, parts, status) {
  const legend = new Legend({
    target: "target p at 1 and 2 standard deviations", q: "approximation q, the same", ascending: "gradient of ℒ, drawn at reduced length", path: "gradient ascent",
  });
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  root.replaceChildren(
    html("p", { class: "widget-title" }, [title]),
    alternative,
    html("div", { class: "widget-toolbar" }, [parts.presets.element]),
    parts.target.element,
    html("div", { class: "widget-stage two" }, [parts.view.plane.element, parts.marginals.element]),
    legend.element,
    parts.approximation.element,
    html("div", { class: "widget-controls" }, [parts.reset]),
    html("p", { class: "chart-caption" }, [
      "The Gaussian p has the means μ₁, μ₂, the standard deviations s₁, s₂ and the correlation ρ; b bends it to a banana. ",
      "Drag the mean of q, or the ends of the two columns of L: they lie on the ellipse of one standard deviation, the second one ",
      "straight above the mean. Arrows show how ℒ rises fastest: ∂m in the mean, ∂L₁ and ∂L₂ in the columns. The curves beside ",
      "have the picture’s own range; bars below them reach one standard deviation to each side.",
    ]),
    status,
    parts.readout.element,
    html("div", { class: "folds" }, [
      parts.derivation.element, expectationFold(), parts.bend.element, parts.view.numbers.element,
    ]),
  );
}
