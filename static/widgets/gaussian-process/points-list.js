/**
 * All points as a list of number fields, for keys and for reading; and as text, to paste one's own.
 *
 * The rows are made when the list is opened.
 */

import { button } from "../../controls/button.js";
import { NumberField } from "../../controls/number-field.js";
import { html, setText, uniqueId } from "../../draw/svg.js";
import { parseNumber } from "../../math/format.js";
import { FARTHEST, MOST_POINTS } from "./state.js";

/**
 * @typedef {import("./state.js").Point} Point
 * @typedef {import("./state.js").State} State
 * @typedef {{fields: NumberField[], row: HTMLElement}} Row
 */

export class PointsList {
  /**
   * @param {{setPoint: (index: number, point: Point) => void, removeAt: (index: number) => void,
   *   addFree: () => void, takeAll: (points: Point[]) => void}} actions
   */
  constructor(actions) {
    this.actions = actions;
    /** @type {State | null} */
    this.state = null;
    /** @type {Row[]} */
    this.rows = [];
    this.body = html("tbody");
    const head = ["point", "x", "y"].map((name) => html("th", { scope: "col" }, [name]));
    this.table = html("table", { class: "numbers points" }, [html("thead", {}, [html("tr", {}, [...head, html("td")])]), this.body]);
    this.text = html("textarea", { rows: 5, spellcheck: "false", "aria-label": "Points as text", placeholder: "-1.5, 0.3\n0, 1\n2, 0.4" });
    this.problem = html("p", { class: "points-problem", role: "alert", id: uniqueId("points-problem") });
    this.text.setAttribute("aria-describedby", this.problem.id);
    this.element = html("details", { class: "chart-numbers points-list" }, [
      html("summary", {}, ["The points as numbers"]),
      html("div", { class: "points-scroller" }, [this.table]),
      button("Add a point", "", actions.addFree),
      html("div", { class: "points-text own-numbers" }, [
        html("p", {}, [`Your own points: one on each line, x and y with a comma, a semicolon or a tab between; up to ${MOST_POINTS}.`]),
        this.text,
        button("Use these points", "primary", () => this.#take()),
        this.problem,
      ]),
    ]);
    this.element.addEventListener("toggle", () => this.#refresh());
  }

  /** @param {State} state */
  show(state) {
    this.state = state;
    this.#refresh();
  }

  #refresh() {
    if (!this.element.open || !this.state) return;
    const { points } = this.state;
    while (this.rows.length > points.length) this.rows.pop()?.row.remove();
    while (this.rows.length < points.length) this.rows.push(this.#makeRow(this.rows.length));
    points.forEach((point, index) => {
      this.rows[index].fields.forEach((field, which) => field.show(point[which], String(point[which])));
    });
  }

  /** @param {number} index @returns {Row} */
  #makeRow(index) {
    const fields = ["x", "y"].map((label, which) => new NumberField({
      label: "", name: `${label} of point ${index + 1}`, min: -FARTHEST, max: FARTHEST,
      onChange: (value) => {
        const point = this.state?.points[index];
        if (point) this.actions.setPoint(index, which ? [point[0], value] : [value, point[1]]);
      },
    }));
    const remove = button("Remove", "quiet", () => this.actions.removeAt(index));
    remove.setAttribute("aria-label", `Remove point ${index + 1}`);
    const cells = [...fields.map(({ element }) => element), remove].map((each) => html("td", {}, [each]));
    const row = this.body.appendChild(html("tr", {}, [html("th", { scope: "row" }, [String(index + 1)]), ...cells]));
    return { fields, row };
  }

  #take() {
    const read = readPoints(this.text.value);
    setText(this.problem, "message" in read ? read.message : `Read: ${read.points.length} ${read.points.length === 1 ? "point" : "points"}.`);
    if ("message" in read) this.text.setAttribute("aria-invalid", "true");
    else {
      this.text.removeAttribute("aria-invalid");
      this.actions.takeAll(read.points);
    }
  }
}

/**
 * Points that a person typed or pasted, or what is wrong, with the line.
 *
 * @param {string} text
 * @returns {{points: Point[]} | {message: string}}
 */
export function readPoints(text) {
  /** @type {Point[]} */
  const points = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue;
    const separator = [";", "\t"].find((sign) => line.includes(sign)) ?? (line.includes(",") ? "," : " ");
    const parts = separator === " " ? line.trim().split(/\s+/) : line.split(separator);
    if (parts.length !== 2) return { message: `Line ${index + 1} has ${parts.length} ${parts.length === 1 ? "part" : "parts"}; a point has two numbers, such as 0.5, 1.2.` };
    const bad = parts.find((part) => !(Math.abs(parseNumber(part)) <= FARTHEST));
    if (bad !== undefined) return { message: `Line ${index + 1}: “${bad.trim().slice(0, 40)}” is not a number up to ${FARTHEST.toLocaleString("en")}.` };
    if (points.length === MOST_POINTS) return { message: `Line ${index + 1} is one too many: up to ${MOST_POINTS} points are worked out here.` };
    points.push([parseNumber(parts[0]), parseNumber(parts[1])]);
  }
  return points.length ? { points } : { message: "There are no points yet: write one on each line, such as 0.5, 1.2." };
}
