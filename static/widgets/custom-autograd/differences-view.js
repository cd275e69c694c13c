/**
 * The differences of one backward pass: which, the chart, its sentences, and the numbers as a table.
 */

import { fillSelect } from "../../controls/declarations.js";
import { html, setText } from "../../draw/svg.js";
import { adaptive } from "../../math/format.js";
import { ErrorChart } from "./error-chart.js";
import { curveWords, stepText } from "./words.js";

/** @typedef {import("./words.js").Check} Check */

export class DifferencesView {
  /** @param {{onChoose: (name: string) => void}} options */
  constructor({ onChoose }) {
    this.select = html("select", { "aria-label": "Differences by" });
    this.select.addEventListener("change", () => onChoose(this.select.value));
    this.chart = new ErrorChart();
    this.words = html("p", { class: "curve-words" });
    this.legend = html("p", { class: "curve-legend" });
    this.body = html("tbody");
    const head = html("tr", {}, ["step h", "your error", "error of the right gradient", "larger part"].map((text) => html("th", { scope: "col" }, [text])));
    const table = html("table", { class: "curve-table" }, [html("caption", {}, ["Relative errors by step"]), html("thead", {}, [head]), this.body]);
    const scroller = html("div", { class: "curve-scroller", tabindex: "0", role: "region", "aria-label": "Table of errors" }, [table]);
    const numbers = html("details", { class: "curve-numbers" }, [html("summary", {}, ["The numbers as a table"]), scroller]);
    const field = html("label", { class: "field" }, [html("span", { class: "field-label" }, ["Differences by"]), this.select]);
    this.picture = html("div", { class: "curve-picture" }, [this.chart.element]);
    this.element = html("section", { class: "differences", "aria-label": "Central differences" }, [
      html("p", { class: "part-title" }, ["Against central differences"]), field, this.picture,
      html("div", { class: "curve-side" }, [this.legend, this.words, numbers]),
    ]);
    /** @type {(() => void) | undefined} */
    this.redraw = undefined;
    new ResizeObserver(() => this.redraw?.()).observe(this.picture);
  }

  /**
   * @param {Check[]} checks
   * @param {string} chosen
   * @param {number[]} steps
   */
  show(checks, chosen, steps) {
    const check = checks.find(({ name }) => name === chosen) ?? checks[0];
    this.element.hidden = !check;
    if (!check) return;
    fillSelect(this.select, checks.map(({ name }) => name), check.name);
    let drawn = 0;
    this.redraw = () => {
      const width = this.picture.clientWidth;
      if (width > 0 && width !== drawn) this.chart.show(check, steps, (drawn = width));
    };
    this.redraw();
    setText(this.legend, legendWords(check));
    setText(this.words, curveWords(check));
    this.body.replaceChildren(...steps.map((step, index) => row(check, step, index)));
  }
}

/** @param {Check} check */
function legendWords({ numeric, verdict }) {
  const marks = "Dots: truncation is the larger part; squares: rounding. Dotted lines: each part alone.";
  if (!numeric.errors) return `Shown is the right gradient; yours cannot be compared. ${marks}`;
  return verdict === "right" ? marks : `Solid: your backward pass; dashed: the right gradient. ${marks}`;
}

/**
 * @param {Check} check
 * @param {number} step
 * @param {number} index
 */
function row({ numeric }, step, index) {
  const text = (/** @type {number | null | undefined} */ error) => (error === null || error === undefined ? "–" : adaptive(error));
  const cells = [text(numeric.errors?.[index]), text(numeric.reference[index]), numeric.branches[index]];
  const best = step === numeric.best_step;
  return html("tr", best ? { class: "is-best" } : {}, [
    html("th", { scope: "row" }, [stepText(step), ...(best ? [" (best)"] : [])]),
    ...cells.map((cell) => html("td", {}, [cell])),
  ]);
}
