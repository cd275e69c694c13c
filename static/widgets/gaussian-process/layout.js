/** What the widget is made of, and the order of the parts in the page. */

import { button } from "../../controls/button.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { Legend } from "../../draw/legend.js";
import { html } from "../../draw/svg.js";
import { HyperFields, PointFields } from "./controls.js";
import { DataView } from "./data-view.js";
import { derivationFold } from "./derivation.js";
import { EvidenceView } from "./evidence-view.js";
import { PointsList } from "./points-list.js";
import { Readout } from "./readout.js";

/**
 * @typedef {import("./data-view.js").Actions & import("./controls.js").Actions & {
 *   choosePreset: (preset: import("./state.js").Preset) => void,
 *   move: (place: import("./evidence-view.js").Place) => void, homePlace: () => void,
 *   setPoint: (index: number, point: import("./state.js").Point) => void, removeAt: (index: number) => void,
 *   addFree: () => void, takeAll: (points: import("./state.js").Point[]) => void,
 *   play: () => void, climbOnce: () => void, back: () => void, reset: () => void,
 * }} Actions
 */

/** @param {import("./state.js").Preset[]} presets @param {Actions} actions */
export function makeParts(presets, actions) {
  return {
    presets: new PresetChooser({ label: "Example", own: "Your own points", presets, onChoose: actions.choosePreset }),
    data: new DataView(actions),
    evidence: new EvidenceView(actions),
    hyper: new HyperFields(actions),
    point: new PointFields(actions),
    list: new PointsList(actions),
    readout: new Readout(actions),
    derivation: derivationFold(),
    reset: button("Reset", "quiet", actions.reset),
    full: html("p", { class: "widget-error", role: "alert", hidden: true }),
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
    mean: "posterior mean", band: "± 2 standard deviations of f", ascending: "gradient ∇ℒ, drawn at reduced length", path: "gradient ascent",
  });
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  root.replaceChildren(
    html("p", { class: "widget-title" }, [title]),
    alternative,
    html("div", { class: "widget-toolbar" }, [parts.presets.element]),
    parts.hyper.element,
    html("div", { class: "widget-stage two" }, [parts.data.plane.element, parts.evidence.plane.element]),
    legend.element,
    parts.readout.ascentElement,
    html("div", { class: "widget-controls" }, [parts.point.element, parts.reset]),
    parts.full,
    html("p", { class: "chart-caption" }, [
      "Click into the left picture to add a point; drag points, or the place in the right one. Both scales on the right are ",
      "logarithmic, and equally long: the gradient stands at right angles to the contour lines. Where the map is blank, the ",
      "covariance matrix is not positive definite in double precision.",
    ]),
    status,
    parts.evidence.failure,
    parts.readout.element,
    html("div", { class: "widget-stage two lower" }, [parts.evidence.surface.element, html("div", { class: "folds" }, [
      parts.derivation.element, parts.list.element, parts.evidence.numbers.element,
    ])]),
  );
}
