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

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
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
    this.onReset = onReset;
    /** @type {Place} */
    this.place = { row: 0, column: 0 };
    /** @type {{pointer: number, place: Place, offsetX: number, offsetY: number} | null} */
    this.drag = null;
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
    this.#listen();
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

  #listen() {
    const { element } = this;
    element.addEventListener("pointerdown", (event) => this.#begin(event));
    element.addEventListener("pointermove", (event) => this.#follow(event));
    element.addEventListener("pointerup", (event) => this.#end(event));
    element.addEventListener("lostpointercapture", () => this.#stop());
    element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (this.drag || (event.pointerType === "mouse" && event.button !== 0)) return;
    // Keeps the text of the page from being selected; the focus is then ours to set.
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    const box = this.element.getBoundingClientRect();
    this.drag = {
      pointer: event.pointerId,
      place: this.place,
      offsetX: box.left + box.width / 2 - event.clientX,
      offsetY: box.top + box.height / 2 - event.clientY,
    };
    this.element.classList.add("dragging");
  }

  /** @param {PointerEvent} event */
  #follow(event) {
    if (event.pointerId !== this.drag?.pointer) return;
    const { offsetX, offsetY } = this.drag;
    this.#move(this.block.nearest(event.clientX + offsetX, event.clientY + offsetY));
  }

  /** @param {PointerEvent} event */
  #end(event) {
    if (event.pointerId === this.drag?.pointer) this.#stop();
  }

  #stop() {
    this.drag = null;
    this.element.classList.remove("dragging");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction) this.#step(direction, event.shiftKey ? LARGE_STEP : 1);
    else if (event.key === "Home") this.onReset();
    else if (event.key === "Escape" && this.drag) this.#takeBack(this.drag.place);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {[number, number]} direction
   * @param {number} times
   */
  #step([down, right], times) {
    const { rows, columns } = this.block;
    const within = (/** @type {number} */ index, /** @type {number} */ most) => Math.max(0, Math.min(most - 1, index));
    this.#move({
      row: within(this.place.row + down * times, rows),
      column: within(this.place.column + right * times, columns),
    });
  }

  /** @param {Place} place */
  #takeBack(place) {
    this.#stop();
    this.#move(place);
  }

  /** @param {Place} place */
  #move(place) {
    if (place.row !== this.place.row || place.column !== this.place.column) this.onMove(place);
  }
}
