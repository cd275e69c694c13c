/** The numbers beside the picture: Hessian, eigenvalues, the four cases, two steps, critical points. */

import { button } from "../../controls/button.js";
import { matrixElement } from "../../draw/formula.js";
import { html, setText, svg } from "../../draw/svg.js";
import { gradientStep, newtonStep } from "../../landscape/model.js";
import { bracketTable, panelPart } from "../../landscape/readings.js";
import { SHAPES, silence, vectorText, verdict } from "../../landscape/words.js";
import { adaptive, fixed } from "../../math/format.js";
import { kindOf, SIGNS } from "./picture.js";
import { pointWords, searchWords, stepWords } from "./words.js";

/** @type {Record<string, string>} */
const EIGENVALUE_SIGNS = { "positive definite": "+ +", "negative definite": "− −", indefinite: "− +", singular: "0" };

/**
 * @typedef {import("../../landscape/model.js").Local} Local
 * @typedef {import("../../landscape/source.js").CriticalPoint} CriticalPoint
 * @typedef {import("../../landscape/source.js").CriticalPoints} CriticalPoints
 */

export class Readout {
  /**
   * @param {{
   *   go: (x: number, y: number) => void, search: () => void,
   * }} actions  to move the point, to search the window shown
   */
  constructor({ go, search }) {
    this.go = go;
    this.entries = Array.from({ length: 4 }, () => html("td"));
    this.figures = Object.fromEntries(
      ["Value", "Gradient", "Eigenvalues", "Trace", "Determinant"].map((name) => [name, html("dd")]),
    );
    this.verdict = html("p", { class: "meaning" });
    this.cases = Object.entries(SHAPES).map(([name, words]) => {
      const cells = [html("td", { class: "signs" }, [EIGENVALUE_SIGNS[name]]), html("th", { scope: "row" }, [name]), html("td", {}, [words])];
      return { name, row: html("tr", {}, cells) };
    });
    /** @type {Record<"newton" | "gradient", {words: HTMLElement, take: HTMLButtonElement, step: [number, number] | null}>} */
    this.steps = { newton: this.#step("Take Newton’s step", "newton"), gradient: this.#step("Take the gradient’s step", "gradient") };
    this.list = html("ul", { class: "critical-list" });
    this.found = html("p", { class: "search-result" });
    this.search = button("Search the window shown", "", search);
    this.symbolic = html("div", { class: "symbolic" });
    this.element = html("div", { class: "widget-panel landscape-panel" }, [
      this.#pointPart(),
      this.#casesPart(),
      this.#stepsPart(),
      panelPart("Critical points", [this.list, this.found, this.search], "search-part"),
      panelPart("Gradient and Hessian as formulas", [this.symbolic], "symbolic-part"),
    ]);
    /** @type {Local | null} */
    this.local = null;
  }

  /** @param {import("../../landscape/source.js").Answer} answer */
  setFunction({ gradient, hessian, note }) {
    const content = [];
    if (gradient) content.push(labelled("∇f =", matrixElement(gradient.map((entry) => [entry]))));
    if (hessian) content.push(labelled("H =", matrixElement(hessian)));
    if (note) content.push(html("p", { class: "note" }, [note]));
    this.symbolic.replaceChildren(...content);
  }

  /**
   * @param {Local} local
   * @param {import("../../landscape/model.js").ScalarField} field
   * @param {CriticalPoint | null} known
   */
  show(local, field, known) {
    this.local = local;
    const { hessian: [a, b, c], value, gradient, eigenvalues, trace, determinant } = local;
    [a, b, b, c].forEach((entry, index) => setText(this.entries[index], fixed(entry)));
    const { figures } = this;
    setText(figures.Value, adaptive(value));
    setText(figures.Gradient, vectorText(gradient));
    setText(figures.Eigenvalues, `λ₁ = ${adaptive(eigenvalues[0])}, λ₂ = ${adaptive(eigenvalues[1])}`);
    setText(figures.Trace, adaptive(trace));
    setText(figures.Determinant, adaptive(determinant));
    const silent = silence(local);
    setText(this.verdict, silent ?? verdict(local, known));
    const current = silent ? null : (known?.classification ?? local.classification);
    for (const { name, row } of this.cases) row.toggleAttribute("data-current", name === current);
    for (const { name, row } of this.cases) row.setAttribute("aria-current", String(name === current));
    this.#showStep("newton", newtonStep(local), local, field);
    this.#showStep("gradient", gradientStep(local), local, field);
  }

  /**
   * @param {CriticalPoints | "searching" | {problem: string}} found
   * @param {[string, string]} names
   */
  showCriticalPoints(found, names) {
    setText(this.found, searchWords(found));
    if (found === "searching") return;
    const points = "points" in found ? found.points : [];
    this.list.replaceChildren(
      ...points.map((point) => {
        const sign = svg("svg", { viewBox: "-8 -8 16 16", "aria-hidden": "true" }, [svg("path", { class: "critical", d: SIGNS[kindOf(point)] })]);
        const choose = button("", "critical-choice", () => this.go(point.x, point.y));
        choose.append(sign, pointWords(point, names));
        return html("li", {}, [choose]);
      }),
    );
  }

  /**
   * @param {string} label
   * @param {"newton" | "gradient"} name
   */
  #step(label, name) {
    const take = button(label, name, () => {
      const { step } = this.steps[name];
      if (step && this.local) this.go(this.local.x + step[0], this.local.y + step[1]);
    });
    return { words: html("p"), take, step: null };
  }

  /**
   * @param {"newton" | "gradient"} name
   * @param {[number, number] | null} step
   * @param {Local} local
   * @param {import("../../landscape/model.js").ScalarField} field
   */
  #showStep(name, step, local, field) {
    const part = this.steps[name];
    const usable = local.defined && local.smooth ? step : null;
    part.step = usable;
    part.take.disabled = !usable || Math.hypot(...usable) === 0 || !(Math.max(...usable.map(Math.abs)) < 1e6);
    const after = usable ? field.lift([[local.x + usable[0], local.y + usable[1]]])[0][2] : NaN;
    setText(part.words, stepWords(name, usable, local, after));
  }

  #pointPart() {
    const [a, b, c, d] = this.entries;
    const figures = Object.entries(this.figures).map(([name, value]) => html("div", {}, [html("dt", {}, [name]), value]));
    return panelPart("Hessian at the point", [
      bracketTable([[a, b], [c, d]], "Hessian at the point"),
      html("dl", { class: "widget-readout" }, figures),
      this.verdict,
    ], "point-part");
  }

  #casesPart() {
    const table = html("table", { class: "cases" }, [html("tbody", {}, this.cases.map(({ row }) => row))]);
    return panelPart("Four cases", [table], "cases-part");
  }

  #stepsPart() {
    const parts = Object.values(this.steps).map(({ words, take }) => html("div", { class: "step" }, [take, words]));
    return panelPart("Two steps from here", parts, "steps-part");
  }
}

/**
 * @param {string} label
 * @param {Element} formula
 */
function labelled(label, formula) {
  return html("p", { class: "labelled" }, [html("span", {}, [label]), formula]);
}
