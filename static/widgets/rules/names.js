/**
 * The names with their numbers: a matrix of fields for each, in brackets.
 *
 * Markup made here:
 *
 *     <div class="names" role="group" aria-label="Numbers">
 *       <div class="name [varies]"><span class="name-label"><math>A</math> =</span>
 *         <div class="name-entries" role="group" aria-label="A, 2 × 3"><input aria-label="A row 1 column 2" …>…
 */

import { makeScrubbable } from "../../controls/scrub.js";
import { NumberField } from "../../controls/number-field.js";
import { formulaElement } from "../../draw/formula.js";
import { html, setText } from "../../draw/svg.js";
import { fixed } from "../../math/format.js";
import { editable } from "./numbers.js";
import { numberText } from "./words.js";

const STEP = 0.1;

/** @typedef {import("./model.js").Placed} Placed */

export class Names {
  /** @param {{onChange: (symbol: Placed, row: number, column: number, value: number) => void}} options */
  constructor({ onChange }) {
    this.onChange = onChange;
    /** @type {(NumberField | null)[]} one for each input of the program */
    this.fields = [];
    /** @type {HTMLTableCellElement[][]} */
    this.valueCells = [];
    this.element = html("div", { class: "names", role: "group", "aria-label": "Numbers" });
  }

  /**
   * Fields for the names of a derivative, and a place for the value; those of before are gone.
   *
   * @param {import("./model.js").DerivativeModel} model
   */
  setSymbols({ symbols, variable, valueSize }) {
    this.fields = [];
    const names = symbols.map((symbol) => this.#name(symbol, symbol === variable));
    this.element.replaceChildren(...names, this.#value(valueSize));
  }

  /**
   * @param {readonly number[]} numbers
   * @param {number[][]} value  of the expression
   */
  show(numbers, value) {
    numbers.forEach((number, index) => this.fields[index]?.show(number, numberText(number)));
    value.forEach((row, i) => row.forEach((entry, j) => setText(this.valueCells[i][j], fixed(entry, 3))));
  }

  /** @param {{rows: number, columns: number}} size */
  #value({ rows, columns }) {
    this.valueCells = Array.from({ length: rows }, () => Array.from({ length: columns }, () => html("td")));
    const body = html("tbody", {}, this.valueCells.map((row) => html("tr", {}, row)));
    const single = rows * columns === 1;
    const table = html("table", { class: single ? "numbers" : "numbers matrix", "aria-label": "Value of f" }, [body]);
    const label = html("span", { class: "name-label" }, [html("i", {}, ["f"]), " ="]);
    return html("div", { class: "name value" }, [label, html("div", { class: "way-scroll" }, [table])]);
  }

  /**
   * @param {Placed} symbol
   * @param {boolean} varies
   */
  #name(symbol, varies) {
    const { name, rows, columns } = symbol;
    const cells = Array.from({ length: rows * columns }, (_, index) =>
      this.#entry(symbol, Math.floor(index / columns), index % columns),
    );
    const size = rows * columns === 1 ? name : `${name}, ${rows} × ${columns}`;
    const entries = html("div", { class: rows * columns > 1 ? "name-entries bracketed" : "name-entries", role: "group", "aria-label": size }, cells);
    entries.style.setProperty("--columns", String(columns));
    const label = html("span", { class: "name-label" }, [formulaElement(symbol), " ="]);
    const note = html("span", { class: "name-note" }, [noteOn(symbol, varies)]);
    return html("div", { class: varies ? "name varies" : "name" }, [label, entries, note]);
  }

  /**
   * @param {Placed} symbol
   * @param {number} row
   * @param {number} column
   */
  #entry(symbol, row, column) {
    const place = [symbol.rows > 1 ? ` row ${row + 1}` : "", symbol.columns > 1 ? ` column ${column + 1}` : ""];
    const change = (/** @type {number} */ value) => this.onChange(symbol, row, column, value);
    const field = new NumberField({ label: "", name: symbol.name + place.join(""), step: STEP, onChange: change });
    if (editable(symbol, row, column)) {
      makeScrubbable(field.input, { step: STEP, read: () => field.value, write: change });
    } else {
      field.input.readOnly = true;
    }
    this.fields.push(field);
    return field.input;
  }
}

/**
 * @param {Placed} symbol
 * @param {boolean} varies
 */
function noteOn({ properties }, varies) {
  const shown = ["positive-definite", "orthogonal", "diagonal", "symmetric", "skew", "positive", "nonsingular"];
  const property = shown.find((name) => properties.includes(name)) ?? "";
  return [varies ? "varies" : "", property.replace("-", " ")].filter(Boolean).join(", ");
}
