/**
 * A point that the reader moves: by mouse, pen, finger and arrow keys.
 *
 * Markup made here, over a plane's drawing:
 *
 *     <div class="handle" data-handle role="slider" tabindex="0" aria-label="…"
 *          aria-roledescription="movable point" aria-valuenow="1" aria-valuetext="x = 1.00, y = 1.00">
 *
 * It is an HTML element over the SVG, so that `touch-action: none` and the focus ring work in every
 * browser: a finger on the handle drags the point, a finger beside it scrolls the page.  Dragging
 * always has an alternative: see navigation.js (single click) and number-field.js.
 */

import { html } from "../draw/svg.js";
import { clamp, niceFloor, roundTo } from "../math/view.js";
import { Grip } from "./grip.js";

const STEPS_ACROSS = 50;
const LARGE_STEP = 5;
/** How far from the origin a point may be. */
const LIMIT = 1e6;

export class Handle {
  /**
   * @param {import("../draw/plane.js").Plane} plane
   * @param {{
   *   label: string,
   *   describe: (x: number, y: number) => string,
   *   onMove: (x: number, y: number) => void,
   *   onReset: () => void,
   * }} options  `describe` gives the value in words
   */
  constructor(plane, { label, describe, onMove, onReset }) {
    this.plane = plane;
    this.describe = describe;
    this.onMove = onMove;
    this.x = 0;
    this.y = 0;
    this.element = html("div", {
      class: "handle",
      "data-handle": true,
      role: "slider",
      tabindex: 0,
      "aria-label": label,
      "aria-roledescription": "movable point",
      "aria-valuemin": -LIMIT,
      "aria-valuemax": LIMIT,
    });
    plane.stage.append(this.element);
    plane.follow(() => this.#place());
    new Grip(this.element, {
      take: (event) => this.#take(event),
      follow: (event, held) => this.#follow(event, held),
      takeBack: ({ x, y }) => this.#move(x, y),
      step: (right, up) => this.#step(right, up),
      reset: onReset,
      large: LARGE_STEP,
    });
  }

  /**
   * Show the handle at a point; pixels follow the plane's view.
   *
   * @param {number} x
   * @param {number} y
   */
  show(x, y) {
    this.x = x;
    this.y = y;
    this.#place();
    const words = this.describe(x, y);
    if (this.element.getAttribute("aria-valuetext") === words) return;
    this.element.setAttribute("aria-valuenow", String(x));
    this.element.setAttribute("aria-valuetext", words);
  }

  #place() {
    const { view } = this.plane;
    this.element.style.transform = `translate(${view.toPixelX(this.x)}px, ${view.toPixelY(this.y)}px)`;
  }

  /**
   * Where the point is, and how far from the pointer that took it.
   *
   * @param {PointerEvent} event
   */
  #take(event) {
    const { view } = this.plane;
    const [pixelX, pixelY] = this.#pixel(event);
    const offsetX = view.toPixelX(this.x) - pixelX;
    const offsetY = view.toPixelY(this.y) - pixelY;
    return { x: this.x, y: this.y, offsetX, offsetY };
  }

  /**
   * @param {PointerEvent} event
   * @param {{offsetX: number, offsetY: number}} held
   */
  #follow(event, { offsetX, offsetY }) {
    const { view } = this.plane;
    const [pixelX, pixelY] = this.#pixel(event);
    const clampedX = clamp(pixelX + offsetX, 0, view.width);
    const clampedY = clamp(pixelY + offsetY, 0, view.height);
    const { grain } = view;
    this.#move(roundTo(view.fromPixelX(clampedX), grain), roundTo(view.fromPixelY(clampedY), grain));
  }

  /**
   * @param {number} right
   * @param {number} up
   */
  #step(right, up) {
    const step = niceFloor((2 * this.plane.view.half) / STEPS_ACROSS);
    const grain = step / 10;
    this.#move(roundTo(this.x + right * step, grain), roundTo(this.y + up * step, grain));
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #move(x, y) {
    if (x === this.x && y === this.y) return;
    // Kept at once: the next key may come before the next frame.
    this.x = clamp(x, -LIMIT, LIMIT);
    this.y = clamp(y, -LIMIT, LIMIT);
    this.onMove(this.x, this.y);
  }

  /**
   * @param {PointerEvent} event
   * @returns {[number, number]} position within the plane's picture
   */
  #pixel(event) {
    const box = this.plane.stage.getBoundingClientRect();
    const { clientLeft, clientTop } = this.plane.stage;
    return [event.clientX - box.left - clientLeft, event.clientY - box.top - clientTop];
  }
}
