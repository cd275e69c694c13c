/** The numbers below the pictures: ℒ and its parts, variances side by side, the gradient in the reader's layout beside central differences, the ascent. */

import { button } from "../../controls/button.js";
import { html, setText } from "../../draw/svg.js";
import { DifferencesTable, entryText } from "../../landscape/differences-table.js";
import { bracketTable, figuresList, panelPart, scroller } from "../../landscape/readings.js";
import { fixed } from "../../math/format.js";
import { significant } from "../../math/quantity.js";
import { BoundChart } from "./bound-chart.js";
import { ascentWords, formulas, gapWords, meanFieldWords, NAMES, parametersOf, percent } from "./words.js";

/** Relative errors below which formula and differences are said to agree. */
const TOLERANCE = 1e-5;
const VARIANCES = ["", "p", "q", "q / p", "best mean field", "best full"];

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Stop} Stop
 */

export class Readout {
  /** @param {{play: () => void, climbOnce: () => void, back: () => void}} actions */
  constructor({ play, climbOnce, back }) {
    this.figures = Array.from({ length: 5 }, () => html("dd"));
    this.gap = html("p");
    this.variances = [0, 1, 2].map(() => VARIANCES.slice(1).map(() => html("td")));
    this.meanField = html("p", { class: "mean-field-words" });
    /** Cells for each entry of a place, in both layouts. */
    this.cells = NAMES.map(() => ({ numerator: html("td"), denominator: html("td") }));
    this.formulas = { numerator: formulaLines(), denominator: formulaLines() };
    this.check = new DifferencesTable();
    this.rows = "";
    this.play = button("Play the ascent", "primary", play);
    this.once = button("One step uphill", "", climbOnce);
    this.back = button("Back to its start", "quiet", back);
    this.ascent = html("p", { class: "ascent-now" });
    this.chart = new BoundChart();
    this.element = html("div", { class: "widget-panel landscape-panel" }, [
      this.#boundPart(), this.#ascentPart(), this.#variancePart(), this.#gradientPart(), this.#checkPart(),
    ]);
  }

  /** @param {State} state @param {Fitted} fitted */
  show(state, fitted) {
    const { bound, evidence, gap, gradient } = fitted;
    const values = [bound.value, bound.expected, bound.entropy, evidence, gap];
    values.forEach((value, k) => setText(this.figures[k], fixed(value, 4)));
    setText(this.gap, gapWords(gap));
    this.#showVariances(state, fitted);
    const parameters = parametersOf(state.diagonal);
    this.cells.forEach(({ numerator, denominator }, which) => {
      const text = parameters.includes(which) ? entryText(gradient[which]) : "·";
      for (const cell of [numerator, denominator]) setText(cell, text);
    });
    for (const [layout, lines] of Object.entries(formulas(state.target.curvature === 0))) {
      this.formulas[/** @type {"numerator" | "denominator"} */ (layout)].forEach((element, k) => setText(element, lines[k]));
    }
    if (this.rows !== parameters.join()) this.check.setRows(parameters.map((which) => ({ name: NAMES[which] })));
    this.rows = parameters.join();
    this.check.showFormula(parameters.map((which) => gradient[which]));
  }

  /** @param {State} state @param {Fitted} fitted */
  #showVariances({ target }, fitted) {
    const { variances, target: truth, best: { diagonal, full } } = fitted;
    variances.forEach((variance, k) => {
      const texts = [truth[k], variance].map((value) => significant(value, 4));
      const shown = [...texts, percent(variance / truth[k]), significant(diagonal.variances[k], 4), significant(full.variances[k], 4)];
      shown.forEach((text, column) => setText(this.variances[k][column], text));
    });
    const gaps = [fixed(0, 3), fixed(fitted.gap, 3), "", fixed(diagonal.gap, 3), fixed(full.gap, 3)];
    gaps.forEach((text, column) => setText(this.variances[2][column], text));
    setText(this.meanField, meanFieldWords(target, fitted));
  }

  /**
   * Once the hand rests.
   *
   * @param {State} state
   * @param {readonly number[]} differences
   */
  showDifferences({ diagonal }, differences) {
    const errors = this.check.showDifferences(parametersOf(diagonal).map((which) => differences[which]));
    const agree = errors.every((error) => error <= TOLERANCE);
    this.check.conclude(agree ? "Formula and central differences agree." : "They differ: the numbers are so large that rounding spoils the differences.");
  }

  /**
   * @param {State} state
   * @param {Fitted} fitted
   * @param {{stops: Stop[], playing: boolean, ended: boolean}} ascent
   */
  showAscent({ diagonal }, { bound, evidence }, { stops, playing, ended }) {
    this.chart.show(stops.map(({ value }) => value), bound.value, evidence);
    setText(this.play, playing ? "Stop" : "Play the ascent");
    this.once.disabled = playing || ended;
    this.back.disabled = stops.length < 2;
    setText(this.ascent, ascentWords(stops, playing, ended, diagonal));
  }

  #boundPart() {
    const terms = ["ℒ", "expected log density E[log p(x, z)]", "entropy of q", "log p(x)", "gap KL(q‖p)"];
    const figures = figuresList(terms.map((term, k) => [term, this.figures[k]]));
    return panelPart("Evidence lower bound", [figures, this.gap], "bound-part");
  }

  #variancePart() {
    const head = html("tr", {}, VARIANCES.map((name) => (name ? html("th", { scope: "col" }, [name]) : html("td"))));
    const rows = ["variance of z₁", "variance of z₂", "gap"].map((name, k) => html("tr", {}, [html("th", { scope: "row" }, [name]), ...this.variances[k]]));
    const table = html("table", { class: "numbers check variances", "aria-label": "Marginal variances" }, [html("thead", {}, [head]), html("tbody", {}, rows)]);
    return panelPart("Marginal variances side by side", [scroller("Marginal variances", table), this.meanField], "check-part");
  }

  #gradientPart() {
    const [m1, m2, k, l, n] = this.cells;
    const dot = () => html("td", {}, ["·"]);
    const row = html("div", { class: "layout-numerator" }, [
      ...this.formulas.numerator,
      pairOf("∂ℒ/∂m", bracketTable([[m1.numerator, m2.numerator]], "Derivative by m as a row")),
      pairOf("∂ℒ/∂L", bracketTable([[k.numerator, l.numerator], [dot(), n.numerator]], "Derivative by L, upper triangle")),
      html("p", {}, ["Numerator layout: a row, and the transpose of the gradient in L."]),
    ]);
    const column = html("div", { class: "layout-denominator" }, [
      ...this.formulas.denominator,
      pairOf("∂ℒ/∂m", bracketTable([[m1.denominator], [m2.denominator]], "Derivative by m as a column")),
      pairOf("∂ℒ/∂L", bracketTable([[k.denominator, dot()], [l.denominator, n.denominator]], "Derivative by L, lower triangle")),
      html("p", {}, ["Denominator layout: the gradient, in the shapes of m and L."]),
    ]);
    return panelPart("Gradient in m and L", [row, column, html("p", {}, ["A dot stands where L has no parameter."])], "gradient-part");
  }

  #checkPart() {
    return panelPart("Formula beside central differences", [this.check.element, this.check.verdict], "differences-part");
  }

  #ascentPart() {
    return panelPart("Gradient ascent in m and L", [html("div", { class: "buttons" }, [this.play, this.once, this.back]), this.ascent, this.chart.element], "ascent-part");
  }
}

function formulaLines() {
  return [0, 1].map(() => html("p", { class: "formulas" }));
}

/** @param {string} name @param {HTMLElement} table */
function pairOf(name, table) {
  return html("div", { class: "labelled" }, [html("span", {}, [`${name} =`]), table]);
}
