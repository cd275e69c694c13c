/** One entry of the derivative in all its digits, and the difference quotient with its numbers. */

import { html, setText } from "../../draw/svg.js";
import { adaptive } from "../../math/format.js";
import { WAYS } from "./model.js";
import { allDigits, partialName } from "./words.js";

const LABELS = { rule: "By the rule", differences: "Central difference", entries: "By itself" };

export class CloseUp {
  constructor() {
    this.title = html("p", { class: "part-title" });
    this.values = WAYS.map(() => html("dd"));
    this.difference = html("dd");
    this.quotient = html("p", { class: "quotient" });
    const lines = WAYS.map((way, index) => html("div", {}, [html("dt", {}, [LABELS[way]]), this.values[index]]));
    lines.push(html("div", {}, [html("dt", {}, ["Largest difference"]), this.difference]));
    const list = html("dl", { class: "close-up-values" }, lines);
    const group = { class: "close-up", role: "group", "aria-label": "One partial derivative in all its digits" };
    this.element = html("div", group, [this.title, list, this.quotient]);
  }

  /**
   * @param {import("./model.js").DerivativeModel} model
   * @param {import("./model.js").Found} found
   * @param {import("./model.js").Cell} cell
   * @param {{row: number, column: number}} place  of the entry in the layout that is shown
   */
  show(model, found, cell, { row, column }) {
    const name = partialName(cell, model);
    setText(this.title, `${name}, in row ${row + 1}, column ${column + 1}`);
    const values = WAYS.map((way) => found[way][row][column]);
    values.forEach((value, index) => setText(this.values[index], allDigits(value)));
    const spread = Math.max(...values) - Math.min(...values);
    setText(this.difference, Number.isFinite(spread) ? adaptive(spread) : "undefined");
    const [after, before] = model.sides(cell);
    const step = found.steps[cell.j];
    setText(
      this.quotient,
      `Central difference with h = ${adaptive(step)}: (${allDigits(after)} − ${bracketed(before)}) ÷ ${adaptive(2 * step)}`,
    );
  }
}

/** @param {number} value */
function bracketed(value) {
  return value < 0 ? `(${allDigits(value)})` : allDigits(value);
}
