/**
 * A matrix whose entries can be changed: a field for each number, in brackets, typed into, stepped by
 * arrow keys or dragged sideways.
 *
 * Markup made here (styles in matrix-field.css):
 *
 *     <div class="matrix-field"><span class="matrix-label">W₁ =</span>
 *       <div class="matrix-entries bracketed" role="group" aria-label="W₁, 2×3">
 *         <input class="number scrubbable" aria-label="W₁ row 1 column 2" …>…
 */

import { html, setText } from "../draw/svg.js";
import { NumberField } from "./number-field.js";
import { makeScrubbable } from "./scrub.js";

export class MatrixField {
  /**
   * @param {{
   *   label: string, rows: number, columns: number, step: number, limit: number,
   *   entryName: (row: number, column: number) => string,
   *   print: (value: number) => string,
   *   onChange: (row: number, column: number, value: number) => void,
   * }} options  entries lie between −limit and limit
   */
  constructor({ label, rows, columns, step, limit, entryName, print, onChange }) {
    this.print = print;
    this.fields = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) =>
        entryField({ name: entryName(row, column), step, limit, onChange: (value) => onChange(row, column, value) }),
      ),
    );
    const inputs = this.fields.flat().map(({ input }) => input);
    const className = inputs.length > 1 ? "matrix-entries bracketed" : "matrix-entries";
    const entries = html("div", { class: className, role: "group", "aria-label": `${label}, ${rows}×${columns}` }, inputs);
    entries.style.setProperty("--columns", String(columns));
    this.note = html("span", { class: "matrix-note" });
    this.element = html("div", { class: "matrix-field" }, [
      html("span", { class: "matrix-label", "aria-hidden": "true" }, [`${label} =`]), entries, this.note,
    ]);
  }

  /** @param {readonly (readonly number[])[]} matrix @param {string} [note] */
  show(matrix, note = "") {
    this.fields.forEach((row, i) => row.forEach((field, j) => field.show(matrix[i][j], this.print(matrix[i][j]))));
    setText(this.note, note);
  }
}

/** @param {{name: string, step: number, limit: number, onChange: (value: number) => void}} options */
function entryField({ name, step, limit, onChange }) {
  const field = new NumberField({ label: "", name, step, min: -limit, max: limit, onChange });
  const write = (/** @type {number} */ value) => onChange(Math.max(-limit, Math.min(limit, value)));
  makeScrubbable(field.input, { step, read: () => field.value, write });
  return field;
}
