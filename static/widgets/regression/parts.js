/** What the widget is made of, and what the reader can do with it. */

import { button } from "../../controls/button.js";
import { html } from "../../draw/svg.js";
import { Choices } from "./choices.js";
import { DataView } from "./data-view.js";
import { derivationFold } from "./derivation.js";
import { Equations } from "./equations.js";
import { Hand } from "./hand.js";
import { OwnTable } from "./own-table.js";
import { Prediction } from "./prediction.js";
import { Readout } from "./readout.js";
import { ResidualView } from "./residual-view.js";
import { WeightsView } from "./weights-view.js";

/**
 * @typedef {[number, number]} Pair
 * @typedef {{
 *   choosePreset: (preset: import("./state.js").Preset) => void, change: (change: import("./choices.js").Change) => void,
 *   describe: (values: Pair) => string, move: (values: Pair) => void, home: () => void,
 *   choosePair: (pair: [string, string]) => void, set: (which: number, value: number) => void,
 *   setStep: (share: number) => void, descend: () => void, minimise: () => void,
 *   setRidge: (index: number) => void, setDeviation: (index: number) => void,
 *   predict: (values: number[]) => void, redraw: () => void, fitOwn: (csv: string) => void,
 *   retry: () => void, reset: () => void,
 * }} Actions
 */

/**
 * @param {import("./state.js").Preset[]} presets
 * @param {import("./source.js").StudySource} source
 * @param {Actions} actions
 */
export function makeParts(presets, source, actions) {
  return {
    choices: new Choices(presets, actions),
    problem: html("div", { class: "choice-problem", role: "alert" }),
    retry: button("Try again", "retry", actions.retry),
    data: new DataView(),
    weights: new WeightsView(actions),
    caption: html("p", { class: "chart-caption" }),
    hand: new Hand(actions),
    reset: button("Reset", "quiet", actions.reset),
    readout: new Readout(actions),
    residuals: new ResidualView(actions.redraw),
    equations: new Equations(actions),
    derivation: derivationFold(source),
    prediction: new Prediction(actions.predict),
    own: new OwnTable(actions.fitOwn),
  };
}

/** @typedef {ReturnType<typeof makeParts>} Parts */
