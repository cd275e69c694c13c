/** The numbers beside the picture: the gradient as a row or a column, the slope, gradient descent. */

import { button } from "../../controls/button.js";
import { Slider } from "../../controls/slider.js";
import { matrixElement } from "../../draw/formula.js";
import { html, setText } from "../../draw/svg.js";
import { bracketTable, panelPart } from "../../landscape/readings.js";
import { vectorText } from "../../landscape/words.js";
import { adaptive, fixed } from "../../math/format.js";
import { LARGEST_POWER, MOST_MOMENTUM, POWER_STEP, rateOf, SMALLEST_POWER } from "./state.js";
import { boundWords, outcomeWords, silence, slopeWords, unit } from "./words.js";

/**
 * @typedef {import("../../landscape/model.js").Local} Local
 * @typedef {import("../../landscape/descent.js").Descent} Descent
 * @typedef {{
 *   setRate: (rate: number) => void, setMomentum: (momentum: number) => void,
 *   turn: (degrees: number) => void, along: (sign: number) => void,
 *   play: () => void, step: () => void, back: () => void,
 * }} Actions
 */

export class Readout {
  /** @param {Actions} actions */
  constructor(actions) {
    this.row = [html("td"), html("td")];
    this.column = [html("td"), html("td")];
    this.value = html("dd");
    this.length = html("dd");
    this.silent = html("p", { class: "meaning" });
    this.vector = html("dd");
    this.slope = html("p", { class: "slope-words" });
    this.symbolic = html("div", { class: "symbolic" });
    this.direction = new Slider({ label: "Direction u", min: -180, max: 180, step: 1, describe: (degrees) => `${fixed(degrees, 0)}°`, onChange: actions.turn });
    this.rate = new Slider({
      label: "Step size η", min: SMALLEST_POWER, max: LARGEST_POWER, step: POWER_STEP,
      describe: (power) => adaptive(rateOf(10 ** power), 3), onChange: (power) => actions.setRate(rateOf(10 ** power)),
    });
    this.momentum = new Slider({ label: "Momentum β", min: 0, max: MOST_MOMENTUM, step: 0.05, describe: (beta) => fixed(beta), onChange: actions.setMomentum });
    this.play = button("Play the descent", "primary", actions.play);
    this.step = button("One step", "", actions.step);
    this.back = button("Back to the start", "quiet", actions.back);
    this.uphill = button("Turn to the gradient", "", () => actions.along(1));
    this.level = button("Turn to the contour line", "", () => actions.along(0));
    this.now = html("p", { class: "descent-now" });
    this.outcome = html("p", { class: "descent-outcome" });
    this.bound = html("p", { class: "note" });
    this.element = html("div", { class: "widget-panel landscape-panel" }, [this.#gradientPart(), this.#slopePart(), this.#descentPart(), this.#symbolicPart()]);
  }

  /** @param {import("../../landscape/source.js").Answer} answer */
  setFunction({ gradient, note }) {
    const content = [];
    if (gradient) {
      content.push(html("div", { class: "layout-numerator" }, [matrixElement([gradient])]));
      content.push(html("div", { class: "layout-denominator" }, [matrixElement(gradient.map((entry) => [entry]))]));
    }
    if (note) content.push(html("p", { class: "note" }, [note]));
    this.symbolic.replaceChildren(...content);
  }

  /**
   * @param {Local} local
   * @param {import("./state.js").State} state
   * @param {boolean} differentiable
   */
  showLocal(local, { angle, rate, momentum }, differentiable) {
    const { gradient, value } = local;
    gradient.forEach((entry, k) => {
      setText(this.row[k], fixed(entry));
      setText(this.column[k], fixed(entry));
    });
    setText(this.value, adaptive(value));
    setText(this.length, adaptive(Math.hypot(...gradient)));
    const silent = silence(local, differentiable);
    setText(this.silent, silent ?? "");
    setText(this.vector, vectorText(unit(angle)));
    setText(this.slope, silent ? "No slope: there is no gradient." : slopeWords(local, angle));
    setText(this.bound, local.defined ? boundWords(local, rate, momentum) : "");
    this.direction.show(angle);
    this.rate.show(Math.round(Math.log10(rate) / POWER_STEP) * POWER_STEP);
    this.momentum.show(momentum);
  }

  /**
   * @param {Descent} descent
   * @param {number} step
   * @param {boolean} playing
   */
  showDescent(descent, step, playing) {
    const last = descent.points.length - 1;
    setText(this.play, playing ? "Stop" : "Play the descent");
    this.play.disabled = last === 0;
    this.step.disabled = last === 0 || step >= last;
    this.back.disabled = step === 0;
    setText(this.now, last ? `Step ${step} of ${last}: at ${vectorText(descent.points[step])}, f = ${adaptive(descent.values[step])}.` : "");
    setText(this.outcome, outcomeWords(descent));
    this.outcome.dataset.outcome = descent.outcome;
  }

  #gradientPart() {
    const row = html("div", { class: "layout-numerator" }, [
      bracketTable([this.row], "Derivative as a row"),
      html("p", {}, ["The derivative of f as a row (numerator layout); the gradient ∇f is its transpose."]),
    ]);
    const column = html("div", { class: "layout-denominator" }, [
      bracketTable(this.column.map((cell) => [cell]), "Derivative as a column"),
      html("p", {}, ["The derivative of f as a column (denominator layout): the gradient ∇f itself."]),
    ]);
    const figures = html("dl", { class: "widget-readout" }, [
      html("div", {}, [html("dt", {}, ["Value"]), this.value]),
      html("div", {}, [html("dt", {}, ["Length of ∇f"]), this.length]),
    ]);
    return panelPart("Gradient at the point", [row, column, figures, this.silent], "point-part");
  }

  #slopePart() {
    const vector = html("dl", { class: "widget-readout" }, [html("div", {}, [html("dt", {}, ["u"]), this.vector])]);
    const buttons = html("div", { class: "buttons" }, [this.uphill, this.level]);
    return panelPart("Slope in the direction u", [this.direction.element, vector, this.slope, buttons], "slope-part");
  }

  #descentPart() {
    const buttons = html("div", { class: "buttons" }, [this.play, this.step, this.back]);
    return panelPart("Gradient descent from the point", [this.rate.element, this.momentum.element, buttons, this.now, this.outcome, this.bound], "descent-part");
  }

  #symbolicPart() {
    return panelPart("Derivative as a formula", [this.symbolic], "symbolic-part");
  }
}
