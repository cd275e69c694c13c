/** The numbers below the pictures: ℒ and its parts, the gradient in the reader's layout beside central differences, condition and jitter, the ascent. */

import { button } from "../../controls/button.js";
import { mathElement } from "../../draw/formula.js";
import { html, setText } from "../../draw/svg.js";
import { DifferencesTable, entryText } from "../../landscape/differences-table.js";
import { bracketTable, figuresList, panelPart } from "../../landscape/readings.js";
import { namesOf } from "./model.js";
import { ascentWords, conditionText, derivativeWords, digitsWords, HYPERPARAMETERS, indefinite } from "./words.js";

/** Relative errors below which formula and differences are said to agree. */
const TOLERANCE = 1e-4;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Stop} Stop
 */

export class Readout {
  /** @param {{play: () => void, climbOnce: () => void, back: () => void}} actions */
  constructor({ play, climbOnce, back }) {
    this.value = html("dd");
    this.fit = html("dd");
    this.complexity = html("dd");
    this.constant = html("dd");
    this.condition = html("dd");
    this.digits = html("p");
    this.problem = html("p", { class: "widget-error", role: "alert", hidden: true });
    this.row = html("div", { class: "scroller" });
    this.column = html("div");
    this.names = html("p");
    this.check = new DifferencesTable({ between: "∂K/∂log θ" });
    this.play = button("Play the ascent", "primary", play);
    this.once = button("One step uphill", "", climbOnce);
    this.back = button("Back to its start", "quiet", back);
    this.ascent = html("p", { class: "ascent-now" });
    this.kernel = "";
    /** @type {Record<"row" | "column", HTMLTableCellElement>[]} */
    this.cells = [];
    this.element = html("div", { class: "widget-panel landscape-panel" }, [
      this.#evidencePart(), this.#gradientPart(), this.#checkPart(),
    ]);
    /** Stands below the pictures, so that the path is seen while it grows. */
    this.ascentElement = html("div", { class: "widget-controls ascent-part", role: "group", "aria-label": "Gradient ascent in log l and log σ" }, [
      this.play, this.once, this.back, this.ascent,
    ]);
  }

  /** @param {State} state @param {Fitted} fitted */
  show(state, fitted) {
    if (state.kernel !== this.kernel) this.#makeCells(state.kernel);
    const { evidence, slopes, condition, definite } = fitted;
    setText(this.value, entryText(evidence.value));
    setText(this.fit, entryText(evidence.fit));
    setText(this.complexity, entryText(evidence.complexity));
    setText(this.constant, entryText(evidence.constant));
    setText(this.condition, conditionText(condition));
    setText(this.digits, digitsWords(condition));
    this.problem.hidden = definite;
    setText(this.problem, definite ? "" : capital(indefinite(state, fitted)));
    const values = namesOf(state.kernel).map((name) => slopes[name] ?? NaN);
    values.forEach((value, k) => {
      for (const cell of [this.cells[k].row, this.cells[k].column]) setText(cell, entryText(value));
    });
    this.check.showFormula(values);
  }

  /**
   * Once the hand rests.
   *
   * @param {State} state
   * @param {Record<string, number>} differences
   */
  showDifferences(state, differences) {
    const errors = this.check.showDifferences(namesOf(state.kernel).map((name) => differences[name]));
    if (!errors.every(Number.isFinite)) this.check.conclude("Where K is not positive definite there is nothing to compare.");
    else if (errors.every((error) => error <= TOLERANCE)) this.check.conclude("Formula and central differences agree.");
    else this.check.conclude("They differ: K is so ill-conditioned that rounding spoils the differences. Add noise or a jitter.");
  }

  /**
   * @param {Stop[]} stops
   * @param {boolean} playing
   * @param {boolean} ended
   */
  showAscent(stops, playing, ended) {
    setText(this.play, playing ? "Stop" : "Play the ascent");
    this.once.disabled = playing || ended;
    this.back.disabled = stops.length < 2;
    setText(this.ascent, ascentWords(stops, playing, ended));
  }

  /** @param {string} kernel */
  #makeCells(kernel) {
    this.kernel = kernel;
    const names = namesOf(kernel);
    this.cells = names.map(() => ({ row: html("td"), column: html("td") }));
    this.row.replaceChildren(bracketTable([this.cells.map(({ row }) => row)], "Derivative of ℒ as a row"));
    this.column.replaceChildren(bracketTable(this.cells.map(({ column }) => [column]), "Derivative of ℒ as a column"));
    setText(this.names, `Entries by ${names.map((name) => `log ${HYPERPARAMETERS[name].sign}`).join(", ")}.`);
    this.check.setRows(names.map((name) => ({
      name: `log ${HYPERPARAMETERS[name].sign}`, words: withSubscripts(derivativeWords(kernel, name)),
    })));
  }

  #evidencePart() {
    const figures = figuresList([
      ["ℒ", this.value], ["data fit −½ yᵀK⁻¹y", this.fit], ["complexity −½ log det K", this.complexity],
      ["−(n/2) log 2π", this.constant], ["condition ‖K‖₁‖K⁻¹‖₁", this.condition],
    ]);
    return panelPart("Log marginal likelihood", [this.problem, figures, this.digits], "evidence-part");
  }

  #gradientPart() {
    const row = html("div", { class: "layout-numerator" }, [this.row, html("p", {}, ["∂ℒ/∂(log θ) as a row (numerator layout); ∇ℒ is its transpose."])]);
    const column = html("div", { class: "layout-denominator" }, [this.column, html("p", {}, ["∂ℒ/∂(log θ) as a column (denominator layout): the gradient ∇ℒ itself."])]);
    return panelPart("Gradient at the point", [gradientFormula(), row, column, this.names, html("p", {}, ["The arrow in the map has the entries by log l and log σ."])], "gradient-part");
  }

  #checkPart() {
    return panelPart("Formula beside central differences", [this.check.element, this.check.verdict], "check-part");
  }
}

/** `K_f` with f as a subscript. @param {string} words @returns {(Node | string)[]} */
function withSubscripts(words) {
  return words.split("K_f").flatMap((part, k) => (k ? ["K", html("sub", {}, ["f"]), part] : [part]));
}

/** @param {string} text */
function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** ∂ℒ/∂log θ = ½ tr((αα⊤ − K⁻¹) ∂K/∂log θ) with α = K⁻¹y, as MathML. */
export function gradientFormula() {
  const text = (/** @type {string} */ tag, /** @type {string} */ content) => mathElement(tag, [content]);
  const identifier = (/** @type {string} */ name) => text("mi", name), sign = (/** @type {string} */ name) => text("mo", name);
  const upright = (/** @type {string} */ name) => {
    const element = identifier(name);
    if (name.length === 1) element.setAttribute("mathvariant", "normal");
    return element;
  };
  const space = () => {
    const element = mathElement("mspace", []);
    element.setAttribute("width", "0.167em");
    return element;
  };
  const logarithm = () => [upright("∂"), space(), upright("log"), sign("\u2061"), space(), identifier("θ")];
  const inverse = () => mathElement("msup", [identifier("K"), mathElement("mrow", [sign("−"), text("mn", "1")])]);
  const outer = [identifier("𝛂"), mathElement("msup", [identifier("𝛂"), sign("⊤")])];
  const math = mathElement("math", [mathElement("mrow", [
    mathElement("mfrac", [mathElement("mrow", [upright("∂"), identifier("ℒ")]), mathElement("mrow", logarithm())]), sign("="),
    mathElement("mfrac", [text("mn", "1"), text("mn", "2")]), upright("tr"), sign("("),
    mathElement("mrow", [sign("("), ...outer, sign("−"), inverse(), sign(")"),
      mathElement("mfrac", [mathElement("mrow", [upright("∂"), identifier("K")]), mathElement("mrow", logarithm())])]),
    sign(")"),
  ])]);
  const solved = mathElement("math", [mathElement("mrow", [identifier("𝛂"), sign("="), inverse(), identifier("𝐲")])]);
  for (const each of [math, solved]) each.setAttribute("display", "block");
  return html("div", { class: "scroller gradient-formula" }, [math, solved]);
}
