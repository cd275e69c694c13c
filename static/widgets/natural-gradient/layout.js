/** What the widget is made of, and the order of the parts in the page. */

import { button } from "../../controls/button.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { Legend } from "../../draw/legend.js";
import { html } from "../../draw/svg.js";
import { FitFields, OwnData, PointFields } from "./controls.js";
import { derivationFold } from "./derivation.js";
import { DistributionView } from "./distribution-view.js";
import { ParameterView } from "./parameter-view.js";
import { Readout } from "./readout.js";

/**
 * @typedef {import("./controls.js").Actions & {
 *   choosePreset: (preset: import("./state.js").Preset) => void, move: (picture: 0 | 1, point: import("./model.js").Pair) => void,
 *   home: () => void, redraw: () => void, play: () => void, once: () => void, back: () => void, reset: () => void, retry: () => void,
 *   derivations: () => Promise<{title: string, answer: import("./source.js").Answer}[]>,
 * }} Actions
 */

const NAMES = [
  { name: "First coordinates", numbers: "Numbers of the first map" },
  { name: "Second coordinates", numbers: "Numbers of the second map" },
];

/** @param {import("./state.js").Preset[]} presets @param {Actions} actions */
export function makeParts(presets, actions) {
  const { home, redraw } = actions;
  const view = (/** @type {0 | 1} */ picture) =>
    new ParameterView({ ...NAMES[picture], move: (point) => actions.move(picture, point), home, redraw });
  return {
    presets: new PresetChooser({ label: "Example", own: "Your own fit", presets, onChoose: actions.choosePreset }),
    fit: new FitFields(actions),
    views: /** @type {[ParameterView, ParameterView]} */ ([view(0), view(1)]),
    point: new PointFields(actions),
    distribution: new DistributionView(),
    readout: new Readout(actions),
    derivation: derivationFold(actions.derivations),
    own: new OwnData(actions),
    reset: button("Reset", "quiet", actions.reset),
    refusal: html("div", { class: "widget-error", role: "alert", hidden: true }, [html("p"), button("Try again", "retry", actions.retry)]),
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
    plain: "plain gradient", natural: "natural gradient", foreign: "dashed: the path of the other picture, seen here", metric: "steps of equal length in the Fisher metric",
    target: "data", here: "at the point",
  });
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  const [first, second] = parts.views;
  root.replaceChildren(
    html("p", { class: "widget-title" }, [title]),
    alternative,
    html("div", { class: "widget-toolbar" }, [parts.presets.element]),
    parts.fit.element,
    parts.refusal,
    html("div", { class: "widget-stage two" }, [first.plane.element, second.plane.element]),
    legend.element,
    html("div", { class: "widget-controls" }, [parts.point.element, parts.reset]),
    parts.distribution.element,
    html("p", { class: "chart-caption" }, [
      "Both pictures show the same fit in two coordinates; drag the point in either. Arrows point downhill, at reduced length. Among ",
      "all short steps in a dotted ellipse the natural one lowers the loss most. Where a map is blank, there is no distribution.",
    ]),
    status,
    parts.readout.element,
    html("div", { class: "folds" }, [parts.derivation.element, parts.own.element, first.numbers.element, second.numbers.element]),
  );
}
