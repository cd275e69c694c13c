/**
 * The corner of a block that the reader drags to change its rows and columns: by mouse, pen, finger and
 * arrow keys.
 *
 * Markup made here, over a block of blocks-view.js:
 *
 *     <div class="corner-handle" data-handle role="slider" tabindex="0" aria-label="…"
 *          aria-roledescription="movable corner" aria-valuenow="400" aria-valuetext="…">
 *
 * A finger on the corner drags it, a finger beside it scrolls the page.  Arrow keys change a size by
 * one, with Shift by ten; Home brings the sizes of the start back, Escape ends a drag and takes it
 * back.  A single click into the frame and the fields of the sizes do the same (blocks-view.js,
 * size-control.js).
 */

import { Grip } from "../../controls/grip.js";
import { html } from "../../draw/svg.js";
import { clamp } from "../../math/view.js";
import { LARGEST, pixelsOf, sizeAt, SMALLEST } from "./scale.js";

const LARGE_STEP = 10;

/**
 * @typedef {{rows: number, columns: number}} Size
 * @typedef {{frame: number, reach: number}} Scale  the frame in pixels, the size that fills it
 */

export class CornerHandle {
  /**
   * @param {HTMLElement} area  the frame of the block; its upper left corner is that of the block
   * @param {{onMove: (size: Size) => void, onReset: () => void}} actions
   */
  constructor(area, { onMove, onReset }) {
    this.area = area;
    this.onMove = onMove;
    /** @type {Size} */
    this.size = { rows: 1, columns: 1 };
    /** @type {Scale} */
    this.scale = { frame: 1, reach: LARGEST };
    this.element = html("div", {
      class: "corner-handle", "data-handle": true, role: "slider", tabindex: 0,
      "aria-roledescription": "movable corner", "aria-valuemin": SMALLEST, "aria-valuemax": LARGEST,
    });
    area.append(this.element);
    new Grip(this.element, {
      take: (event) => this.#take(event),
      follow: (event, { offsetX, offsetY }) => this.#move(this.sizeAt(event.clientX + offsetX, event.clientY + offsetY)),
      takeBack: ({ size }) => this.#move(size),
      step: (right, up) => this.#step(right, up),
      reset: onReset,
      large: LARGE_STEP,
    });
  }

  /**
   * @param {Size} size
   * @param {Scale} scale
   * @param {string} name  of the block
   */
  show(size, scale, name) {
    Object.assign(this, { size, scale });
    const { frame, reach } = scale;
    const [right, down] = [pixelsOf(size.columns, frame, reach), pixelsOf(size.rows, frame, reach)];
    this.element.style.transform = `translate(${right}px, ${down}px)`;
    const words = `${size.rows} rows, ${size.columns} columns`;
    const label = `Corner of ${name}`;
    if (this.element.getAttribute("aria-label") !== label) this.element.setAttribute("aria-label", label);
    if (this.element.getAttribute("aria-valuetext") === words) return;
    this.element.setAttribute("aria-valuenow", String(size.columns));
    this.element.setAttribute("aria-valuetext", words);
  }

  /**
   * The block whose corner would be at a point of the screen.
   *
   * @param {number} clientX
   * @param {number} clientY
   * @returns {Size}
   */
  sizeAt(clientX, clientY) {
    const box = this.area.getBoundingClientRect();
    const { frame, reach } = this.scale;
    return { rows: sizeAt(clientY - box.top, frame, reach), columns: sizeAt(clientX - box.left, frame, reach) };
  }

  /**
   * How large the block is, and how far its corner is from the pointer that took it.
   *
   * @param {PointerEvent} event
   */
  #take(event) {
    const box = this.element.getBoundingClientRect();
    return {
      size: this.size,
      offsetX: box.left + box.width / 2 - event.clientX,
      offsetY: box.top + box.height / 2 - event.clientY,
    };
  }

  /**
   * @param {number} right
   * @param {number} up
   */
  #step(right, up) {
    const { rows, columns } = this.size;
    this.#move({ rows: clamp(rows - up, SMALLEST, LARGEST), columns: clamp(columns + right, SMALLEST, LARGEST) });
  }

  /** @param {Size} size */
  #move(size) {
    if (size.rows === this.size.rows && size.columns === this.size.columns) return;
    // Kept at once: the next key may come before the next frame.
    this.size = size;
    this.onMove(size);
  }
}
