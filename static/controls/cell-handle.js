/**
 * A marker that the reader moves from cell to cell of a block: by mouse, pen, finger and arrow keys.
 *
 * Markup made here, over a block's drawing (draw/block.js):
 *
 *     <div class="cell-handle" data-handle role="slider" tabindex="0" aria-label="…"
 *          aria-roledescription="movable entry" aria-valuenow="5" aria-valuetext="…">
 *
 * Arrow keys go to the next cell, with Shift three cells; Home goes back to the start.  A single click
 * on a cell does the same as a drag: see Block.
 */

import { html } from "../draw/svg.js";
import { clamp } from "../math/view.js";
import { Grip } from "./grip.js";

const LARGE_STEP = 3;

/** @typedef {import("../draw/block.js").Place} Place */

export class CellHandle {
  /**
   * @param {import("../draw/block.js").Block} block
   * @param {{
   *   label: string,
   *   describe: (place: Place) => string,
   *   onMove: (place: Place) => void,
   *   onReset: () => void,
   * }} options  `describe` gives the value in words
   */
  constructor(block, { label, describe, onMove, onReset }) {
    this.block = block;
    this.describe = describe;
    this.onMove = onMove;
    /** @type {Place} */
    this.place = { row: 0, column: 0 };
    this.element = html("div", {
      class: "cell-handle",
      "data-handle": true,
      role: "slider",
      tabindex: 0,
      "aria-label": label,
      "aria-roledescription": "movable entry",
    });
    block.element.append(this.element);
    block.follow(() => this.#put());
    new Grip(this.element, {
      take: (event) => this.#take(event),
      follow: (event, { offsetX, offsetY }) => this.#move(block.nearest(event.clientX + offsetX, event.clientY + offsetY)),
      takeBack: ({ place }) => this.#move(place),
      step: (right, up) => this.#step(right, up),
      reset: onReset,
      large: LARGE_STEP,
    });
  }

  /** @param {Place} place */
  show(place) {
    this.place = place;
    this.#put();
    const words = this.describe(place);
    if (this.element.getAttribute("aria-valuetext") === words) return;
    const { rows, columns } = this.block;
    const values = { valuemin: 1, valuemax: rows * columns, valuenow: place.row * columns + place.column + 1 };
    for (const [name, value] of Object.entries(values)) this.element.setAttribute(`aria-${name}`, String(value));
    this.element.setAttribute("aria-valuetext", words);
  }

  #put() {
    const { pitch } = this.block;
    const [x, y] = this.block.middleOf(this.place);
    const { style } = this.element;
    style.width = style.height = `${pitch}px`;
    style.transform = `translate(${x - pitch / 2}px, ${y - pitch / 2}px)`;
  }

  /**
   * Where the entry is, and how far its middle is from the pointer that took it.
   *
   * @param {PointerEvent} event
   */
  #take(event) {
    const box = this.element.getBoundingClientRect();
    return {
      place: this.place,
      offsetX: box.left + box.width / 2 - event.clientX,
      offsetY: box.top + box.height / 2 - event.clientY,
    };
  }

  /**
   * @param {number} right
   * @param {number} up
   */
  #step(right, up) {
    const { rows, columns } = this.block;
    this.#move({
      row: clamp(this.place.row - up, 0, rows - 1),
      column: clamp(this.place.column + right, 0, columns - 1),
    });
  }

  /** @param {Place} place */
  #move(place) {
    if (place.row === this.place.row && place.column === this.place.column) return;
    // Kept at once: the next key may come before the next frame.
    this.place = place;
    this.onMove(place);
  }
}
