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

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
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
    this.onReset = onReset;
    this.x = 0;
    this.y = 0;
    /** @type {{pointer: number, x: number, y: number, offsetX: number, offsetY: number} | null} */
    this.drag = null;
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
    this.#listen();
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

  #listen() {
    const { element } = this;
    element.addEventListener("pointerdown", (event) => this.#begin(event));
    element.addEventListener("pointermove", (event) => this.#follow(event));
    element.addEventListener("pointerup", (event) => this.#end(event));
    element.addEventListener("lostpointercapture", () => this.#stop());
    element.addEventListener("keydown", (event) => this.#key(event));
    // A click that ends a drag is none on the plane below.
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
    const { view } = this.plane;
    const [pixelX, pixelY] = this.#pixel(event);
    this.drag = {
      pointer: event.pointerId,
      x: this.x,
      y: this.y,
      offsetX: view.toPixelX(this.x) - pixelX,
      offsetY: view.toPixelY(this.y) - pixelY,
    };
    this.element.classList.add("dragging");
  }

  /** @param {PointerEvent} event */
  #follow(event) {
    if (event.pointerId !== this.drag?.pointer) return;
    const { view } = this.plane;
    const [pixelX, pixelY] = this.#pixel(event);
    const clampedX = Math.min(view.width, Math.max(0, pixelX + this.drag.offsetX));
    const clampedY = Math.min(view.height, Math.max(0, pixelY + this.drag.offsetY));
    const { grain } = view;
    this.#move(roundTo(view.fromPixelX(clampedX), grain), roundTo(view.fromPixelY(clampedY), grain));
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
    else if (event.key === "Escape" && this.drag) this.#takeBack(this.drag);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {[number, number]} direction
   * @param {number} times
   */
  #step([right, up], times) {
    const step = niceFloor((2 * this.plane.view.half) / STEPS_ACROSS);
    const grain = step / 10;
    this.#move(roundTo(this.x + right * times * step, grain), roundTo(this.y + up * times * step, grain));
  }

  /** @param {{x: number, y: number}} start */
  #takeBack({ x, y }) {
    this.#stop();
    this.#move(x, y);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #move(x, y) {
    if (x !== this.x || y !== this.y) this.onMove(clamp(x, -LIMIT, LIMIT), clamp(y, -LIMIT, LIMIT));
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
