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

import { html } from "../../draw/svg.js";
import { LARGEST, pixelsOf, sizeAt, SMALLEST } from "./scale.js";

/** @type {Record<string, [number, number]>} rows, columns */
const DIRECTIONS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
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
    this.onReset = onReset;
    /** @type {Size} */
    this.size = { rows: 1, columns: 1 };
    /** @type {Scale} */
    this.scale = { frame: 1, reach: LARGEST };
    /** @type {{pointer: number, size: Size, offsetX: number, offsetY: number} | null} */
    this.drag = null;
    this.element = html("div", {
      class: "corner-handle", "data-handle": true, role: "slider", tabindex: 0,
      "aria-roledescription": "movable corner", "aria-valuemin": SMALLEST, "aria-valuemax": LARGEST,
    });
    area.append(this.element);
    this.#listen();
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

  #listen() {
    const { element } = this;
    element.addEventListener("pointerdown", (event) => this.#begin(event));
    element.addEventListener("pointermove", (event) => this.#follow(event));
    element.addEventListener("pointerup", (event) => this.#end(event));
    element.addEventListener("lostpointercapture", () => this.#stop());
    element.addEventListener("keydown", (event) => this.#key(event));
    // A click that ends a drag is none into the frame below.
    element.addEventListener("click", (event) => event.stopPropagation());
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (this.drag || (event.pointerType === "mouse" && event.button !== 0)) return;
    event.stopPropagation();
    // Keeps the text of the page from being selected; the focus is then ours to set.
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    const box = this.element.getBoundingClientRect();
    this.drag = {
      pointer: event.pointerId,
      size: this.size,
      offsetX: box.left + box.width / 2 - event.clientX,
      offsetY: box.top + box.height / 2 - event.clientY,
    };
    this.element.classList.add("dragging");
  }

  /** @param {PointerEvent} event */
  #follow(event) {
    if (event.pointerId !== this.drag?.pointer) return;
    const { offsetX, offsetY } = this.drag;
    this.#move(this.sizeAt(event.clientX + offsetX, event.clientY + offsetY));
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
    else if (event.key === "Escape" && this.drag) this.#takeBack(this.drag.size);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {[number, number]} direction
   * @param {number} times
   */
  #step([down, right], times) {
    const within = (/** @type {number} */ size) => Math.min(LARGEST, Math.max(SMALLEST, size));
    const { rows, columns } = this.size;
    this.#move({ rows: within(rows + down * times), columns: within(columns + right * times) });
  }

  /** @param {Size} size */
  #takeBack(size) {
    this.#stop();
    this.#move(size);
  }

  /** @param {Size} size */
  #move(size) {
    if (size.rows !== this.size.rows || size.columns !== this.size.columns) this.onMove(size);
  }
}
