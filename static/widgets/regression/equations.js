/** XᵀX w = Xᵀy with its numbers, the weights with their units, and the digits that each method keeps. */

import { Slider } from "../../controls/slider.js";
import { html, setText } from "../../draw/svg.js";
import { figuresList, panelPart, scroller } from "../../landscape/readings.js";
import { fixed } from "../../math/format.js";
import { exactly, significant } from "../../math/quantity.js";
import { LAST_DEVIATION, LAST_RIDGE } from "./state.js";
import { conditionText, ridgeText, tenthsText } from "./words.js";

/** Digits to which the entries of the matrices are printed. */
const ENTRY_DIGITS = 10;

/** @typedef {import("./model.js").Fit} Fit */

export class Equations {
  /** @param {{setRidge: (index: number) => void, setDeviation: (index: number) => void}} actions */
  constructor({ setRidge, setDeviation }) {
    this.matrix = html("table", { class: "numbers gram", "aria-label": "Normal equations" });
    this.weights = html("table", { class: "numbers weights", "aria-label": "Weights of least squares" });
    this.methods = html("table", { class: "numbers methods", "aria-label": "Correct digits of each method" });
    this.heading = html("p");
    this.remark = html("p");
    this.conditionX = html("dd");
    this.conditionGram = html("dd");
    this.lost = html("dd");
    this.strengths = [0];
    this.unit = "";
    this.ridge = new Slider({ label: "Ridge λ", min: 0, max: LAST_RIDGE, step: 1, describe: (k) => ridgeText(this.strengths[k] ?? 0), onChange: setRidge });
    this.deviation = new Slider({
      label: "Deviation δ", min: 0, max: LAST_DEVIATION, step: 1,
      describe: (k) => `${tenthsText(-k)} ${this.unit}`, onChange: setDeviation,
    });
    this.element = html("div", { class: "widget-panel landscape-panel equations" }, [
      panelPart("Normal equations", [this.heading, scroller("Normal equations", this.matrix)], "full"),
      panelPart("Solution", [this.ridge.element, scroller("Weights", this.weights)]),
      panelPart("Digits", [
        this.deviation.element,
        figuresList([["κ(X)", this.conditionX], ["κ(XᵀX)", this.conditionGram], ["digits at risk in XᵀX", this.lost]]),
        this.methods, this.remark,
      ]),
    ]);
  }

  /**
   * @param {Fit} fit
   * @param {number} deviation
   * @param {number} ridge
   */
  setFit(fit, deviation, ridge) {
    this.strengths = fit.core.ridge_path.strengths;
    this.ridge.show(ridge);
    const { near_copy: copy } = fit.study;
    this.deviation.element.hidden = !copy;
    this.unit = copy ? (copy.factor === 1 ? "standard deviations" : copy.unit) : "";
    this.deviation.show(deviation);
    setText(this.heading, fit.strength > 0
      ? `(XᵀX + λP) w = Xᵀy with λ = ${significant(fit.strength, 3)}; the offset is not penalised.`
      : fit.flat
        ? "XᵀX w = Xᵀy: XᵀX is singular, and every solution is a minimum."
        : "XᵀX w = Xᵀy: its one solution is where the gradient is zero.");
    this.#showMatrix(fit);
    this.#showWeights(fit);
    this.#showDigits(fit);
  }

  /** @param {Fit} fit */
  #showMatrix(fit) {
    const { right_hand_side: moment } = fit.core.normal_equations;
    const entry = (/** @type {number} */ value) => exactly(value, ENTRY_DIGITS);
    const heads = [html("td"), ...fit.names.map((name) => html("th", { scope: "col" }, [name])), html("th", { scope: "col", class: "moment" }, ["Xᵀy"])];
    const rows = fit.matrix.map((row, i) => html("tr", {}, [
      html("th", { scope: "row" }, [fit.names[i]]),
      ...row.map((value) => html("td", {}, [entry(value)])),
      html("td", { class: "moment" }, [entry(moment[i])]),
    ]));
    this.matrix.replaceChildren(html("thead", {}, [html("tr", {}, heads)]), html("tbody", {}, rows));
  }

  /** @param {Fit} fit */
  #showWeights(fit) {
    const { study } = fit;
    const known = fit.strength === 0 && !study.near_copy ? study.standard_errors : null;
    const head = ["weight", "value", "unit", ...(known ? ["standard error"] : [])].map((name) => html("th", { scope: "col" }, [name]));
    const rows = fit.loss.minimiser.map((weight, k) => html("tr", {}, [
      html("th", { scope: "row" }, [fit.names[k]]),
      html("td", {}, [significant(weight, 5)]),
      html("td", { class: "unit" }, [fit.unitWords(k)]),
      ...(known ? [html("td", {}, [significant(known[k], 3)])] : []),
    ]));
    this.weights.replaceChildren(html("thead", {}, [html("tr", {}, head)]), html("tbody", {}, rows));
  }

  /** @param {Fit} fit */
  #showDigits(fit) {
    const { core } = fit;
    const condition = fit.flat ? Infinity : fit.conditionX;
    setText(this.conditionX, conditionText(condition));
    setText(this.conditionGram, conditionText(condition ** 2));
    const lost = Math.min(15.95, Math.max(0, 2 * Math.log10(condition)));
    setText(this.lost, `${fixed(lost, 1)} of 16`);
    const rows = core.solutions.map(({ method, correct_digits: digits, reason }) => html("tr", {}, [
      html("th", { scope: "row" }, [METHODS[method] ?? method]),
      html("td", {}, [digits === null ? (reason ? "none" : "not counted") : fixed(digits, 1)]),
      html("td", { class: "bar" }, [meter(digits)]),
    ]));
    const head = [...["method", "correct digits"].map((name) => html("th", { scope: "col" }, [name])), html("td")];
    this.methods.replaceChildren(html("thead", {}, [html("tr", {}, head)]), html("tbody", {}, rows));
    const reasons = core.solutions.filter(({ reason }) => reason).map(({ method, reason }) => `${METHODS[method] ?? method}: ${reason}`);
    const ridge = fit.strength > 0 ? ["The digits are counted without the ridge; the condition numbers are with it."] : [];
    setText(this.remark, [...reasons, ...ridge].join(" "));
  }
}

/** @type {Record<string, string>} */
const METHODS = { "normal equations": "Normal equations (Cholesky)", QR: "QR", SVD: "SVD (least norm)" };

/** Digits as a bar, for the eye alone. @param {number | null} digits */
function meter(digits) {
  const fill = html("span", { class: "fill" });
  fill.style.width = `${(100 * (digits ?? 0)) / 16}%`;
  return html("span", { class: "digit-bar", "aria-hidden": "true" }, [fill]);
}

