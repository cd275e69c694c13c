/**
 * The choice of a value or a variable: scalar, vector or matrix, its sizes, its marked entry, and a
 * block of it to scale.
 *
 * Markup made here: `<fieldset class="shape-control"><legend>…</legend>` kinds, sizes, entry, block.
 */

import { NumberField } from "../../controls/number-field.js";
import { Block } from "../../draw/block.js";
import { html, setText } from "../../draw/svg.js";
import { indexIn, LONGEST_SIDE, LONGEST_VECTOR, placeIn, shapeOf, sizesOf } from "./model.js";
import { entryName, spaceName } from "./words.js";

/** @type {import("./model.js").Kind[]} */
const KINDS = ["scalar", "vector", "matrix"];

/** @typedef {import("./model.js").Shape} Shape */

export class ShapeControl {
  /**
   * @param {{
   *   name: string,
   *   symbol: (shape: Shape) => string,
   *   onShape: (shape: Shape) => void,
   *   onEntry: (index: number) => void,
   * }} options  `name` is "value" or "variable"
   */
  constructor({ name, symbol, onShape, onEntry }) {
    this.symbol = symbol;
    this.onShape = onShape;
    this.onEntry = onEntry;
    this.shape = shapeOf([]);
    this.entry = 0;
    /** @type {Record<string, number[]>} the sizes of a kind that were set last */
    this.sizes = { scalar: [], vector: [3], matrix: [2, 3] };
    this.kinds = KINDS.map((kind) => this.#kindButton(kind));
    this.rows = this.#size("rows", `Rows of the ${name}`, 0);
    this.columns = this.#size("columns", `Columns of the ${name}`, 1);
    this.row = this.#index("row", `Marked entry of the ${name}: row`);
    this.column = this.#index("column", `Marked entry of the ${name}: column`);
    this.block = new Block({ onPlace: (place) => this.onEntry(indexIn(this.shape, place)) });
    this.legend = html("legend");
    const kinds = html("div", { class: "segmented", role: "group", "aria-label": `Kind of the ${name}` }, this.kinds);
    const sizes = html("div", { class: "shape-fields" }, [this.rows.element, this.columns.element]);
    this.entries = html("div", { class: "shape-fields" }, [this.row.element, this.column.element]);
    const settings = html("div", { class: "shape-settings" }, [kinds, sizes, this.entries]);
    this.element = html("fieldset", { class: "shape-control" }, [
      this.legend,
      html("div", { class: "shape-body" }, [settings, this.block.element]),
    ]);
    this.title = name[0].toUpperCase() + name.slice(1);
  }

  /**
   * @param {Shape} shape
   * @param {number} entry
   * @param {number} pitch
   */
  show(shape, entry, pitch) {
    this.shape = shape;
    this.entry = entry;
    this.sizes[shape.kind] = sizesOf(shape);
    const symbol = this.symbol(shape);
    setText(this.legend, `${this.title} ${symbol} ∈ ${spaceName(shape)}`);
    this.kinds.forEach((button) => button.setAttribute("aria-pressed", String(button.value === shape.kind)));
    this.#showFields(symbol);
    const { rows, columns } = shape;
    this.block.show({
      rows,
      columns,
      pitch,
      text: (place) => entryName(symbol, shape, indexIn(shape, place)),
      mark: (place) => (indexIn(shape, place) === entry ? "is-picked" : ""),
    });
  }

  /** @param {string} symbol */
  #showFields(symbol) {
    const { kind, rows, columns } = this.shape;
    const most = kind === "matrix" ? LONGEST_SIDE : LONGEST_VECTOR;
    const place = placeIn(this.shape, this.entry);
    this.rows.max = most;
    this.row.max = rows;
    this.column.max = columns;
    this.rows.rename(kind === "matrix" ? "rows" : "length", this.rows.input.getAttribute("aria-label") ?? "");
    this.row.rename(kind === "matrix" ? `${symbol}: row` : `marked ${symbol}`, this.row.input.getAttribute("aria-label") ?? "");
    this.rows.show(rows, String(rows));
    this.columns.show(columns, String(columns));
    this.row.show(place.row + 1, String(place.row + 1));
    this.column.show(place.column + 1, String(place.column + 1));
    for (const field of [this.rows, this.row]) field.element.hidden = kind === "scalar";
    for (const field of [this.columns, this.column]) field.element.hidden = kind !== "matrix";
  }

  /** @param {import("./model.js").Kind} kind */
  #kindButton(kind) {
    const button = html("button", { type: "button", value: kind, "aria-pressed": "false" }, [kind]);
    button.addEventListener("click", () => this.onShape(shapeOf(this.sizes[kind])));
    return button;
  }

  /**
   * @param {string} label
   * @param {string} name
   * @param {number} axis
   */
  #size(label, name, axis) {
    return new NumberField({
      label,
      name,
      step: 1,
      min: 1,
      max: axis ? LONGEST_SIDE : LONGEST_VECTOR,
      whole: true,
      onChange: (size) => this.#resize(axis, size),
    });
  }

  /**
   * @param {number} axis
   * @param {number} size
   */
  #resize(axis, size) {
    this.shape = shapeOf(sizesOf(this.shape).map((old, index) => (index === axis ? size : old))); // the next may come before it is shown
    this.onShape(this.shape);
  }

  /**
   * @param {"row" | "column"} axis
   * @param {string} name
   */
  #index(axis, name) {
    return new NumberField({
      label: axis,
      name,
      step: 1,
      min: 1,
      whole: true,
      onChange: (index) => this.onEntry(indexIn(this.shape, { ...placeIn(this.shape, this.entry), [axis]: index - 1 })),
    });
  }
}
