/**
 * A matrix as a block of cells, drawn to scale: one cell is as large as in every other block.
 *
 * Markup made here:
 *
 *     <div class="block-stage">
 *       <svg class="block" aria-hidden="true">cells, texts in them, labels along the edges</svg>
 *     </div>
 *
 * Rows and columns count from 0.  A single click on a cell tells `onPlace`; a drag needs a handle over
 * the block (controls/cell-handle.js).  Styles are in draw/block.css.
 *
 * @typedef {{row: number, column: number}} Place
 * @typedef {{
 *   rows: number, columns: number, pitch: number,
 *   rowLabels?: string[], columnLabels?: string[],
 *   text?: (place: Place) => string,
 *   mark?: (place: Place) => string,
 * }} Drawing  sizes in cells and pixels; `mark` gives the classes of a cell
 */

import { html, svg } from "./svg.js";

const ROW_MARGIN = 30;
const COLUMN_MARGIN = 20;
const EDGE = 2;

export class Block {
  /** @param {{onPlace?: (place: Place) => void}} [options] */
  constructor({ onPlace } = {}) {
    this.svg = svg("svg", { class: onPlace ? "block can-place" : "block", "aria-hidden": "true" });
    this.element = html("div", { class: "block-stage" }, [this.svg]);
    this.rows = this.columns = 1;
    this.pitch = this.left = this.top = 0;
    /** @type {(() => void)[]} */
    this.followers = [];
    this.drawn = "";
    if (onPlace) this.svg.addEventListener("click", (event) => this.#click(event, onPlace));
  }

  /** Tell when cells have moved. @param {() => void} callback */
  follow(callback) {
    this.followers.push(callback);
  }

  /** @param {Drawing} drawing */
  show({ rows, columns, pitch, rowLabels, columnLabels, text = () => "", mark = () => "" }) {
    const [left, top] = [rowLabels ? ROW_MARGIN : EDGE, columnLabels ? COLUMN_MARGIN : EDGE];
    Object.assign(this, { rows, columns, pitch, left, top });
    const cells = places(rows, columns).map((place) => ({ place, text: text(place), mark: mark(place) }));
    const key = JSON.stringify([rows, columns, pitch, rowLabels, columnLabels, cells]);
    if (key === this.drawn) return;
    this.drawn = key;
    const [width, height] = [left + columns * pitch + EDGE, top + rows * pitch + EDGE];
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) {
      this.svg.setAttribute(name, String(value));
    }
    this.svg.replaceChildren(
      ...cells.flatMap((cell) => this.#cell(cell)),
      ...(rowLabels ?? []).map((label, row) => this.#label(label, left - 5, this.#middle(top, row), "row")),
      ...(columnLabels ?? []).map((label, column) => this.#label(label, this.#middle(left, column), top - 7, "column")),
      svg("rect", { class: "block-outline", x: left, y: top, width: columns * pitch, height: rows * pitch }),
    );
    for (const follower of this.followers) follower();
  }

  /**
   * @param {{place: Place, text: string, mark: string}} cell
   * @returns {SVGElement[]}
   */
  #cell({ place: { row, column }, text, mark }) {
    const { left, top, pitch } = this;
    const box = { x: left + column * pitch, y: top + row * pitch, width: pitch, height: pitch };
    const square = svg("rect", { class: `cell ${mark}`.trim(), ...box });
    if (!text) return [square];
    const words = svg("text", { class: `cell-text ${mark}`.trim(), x: box.x + pitch / 2, y: box.y + pitch / 2 });
    words.textContent = text;
    return [square, words];
  }

  /**
   * @param {string} label
   * @param {number} x
   * @param {number} y
   * @param {"row" | "column"} edge
   */
  #label(label, x, y, edge) {
    const text = svg("text", { class: `edge-label of-${edge}`, x, y });
    text.textContent = label;
    return text;
  }

  /**
   * @param {number} start
   * @param {number} index
   */
  #middle(start, index) {
    return start + (index + 0.5) * this.pitch;
  }

  /**
   * The middle of a cell, in pixels of the stage.
   *
   * @param {Place} place
   * @returns {[number, number]}
   */
  middleOf({ row, column }) {
    return [this.#middle(this.left, column), this.#middle(this.top, row)];
  }

  /**
   * The cell at a point of the screen; a point beside the block counts for the nearest cell.
   *
   * @param {number} clientX
   * @param {number} clientY
   * @returns {Place}
   */
  nearest(clientX, clientY) {
    const box = this.svg.getBoundingClientRect();
    const index = (/** @type {number} */ offset, /** @type {number} */ most) =>
      Math.max(0, Math.min(most - 1, Math.floor(offset / this.pitch)));
    return {
      row: index(clientY - box.top - this.top, this.rows),
      column: index(clientX - box.left - this.left, this.columns),
    };
  }

  /**
   * @param {MouseEvent} event
   * @param {(place: Place) => void} onPlace
   */
  #click(event, onPlace) {
    const onCell = event.target instanceof Element && event.target.matches(".cell");
    if (onCell) onPlace(this.nearest(event.clientX, event.clientY));
  }
}

/**
 * @param {number} rows
 * @param {number} columns
 * @returns {Place[]}
 */
function places(rows, columns) {
  return Array.from({ length: rows * columns }, (_, index) => ({
    row: Math.floor(index / columns),
    column: index % columns,
  }));
}
