/**
 * A number in a field, changed by dragging it sideways.
 *
 * The field stays a field: a click sets the caret, arrow keys step (number-field.js).  Only a
 * sideways movement by a mouse, a pen or a finger turns into scrubbing; a finger that moves up or down
 * scrolls the page.  Shift takes larger steps, Escape takes all of them back.  Styles: the class
 * `scrubbable` on the input (`touch-action: pan-y`, a sideways cursor), `scrubbing` while it lasts.
 */

import { roundTo } from "../math/view.js";

/** A movement of fewer pixels is a click. */
const SLACK = 4;
const PIXELS_PER_STEP = 6;
const LARGE_STEP = 5;

/**
 * @param {HTMLInputElement} input
 * @param {{step: number, read: () => number, write: (value: number) => void}} options
 */
export function makeScrubbable(input, options) {
  const scrub = new Scrub(input, options);
  input.classList.add("scrubbable");
  input.addEventListener("pointerdown", (event) => scrub.press(event));
  input.addEventListener("pointermove", (event) => scrub.follow(event));
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    input.addEventListener(end, () => scrub.stop());
  }
  // The text of the field must neither be dragged away nor selected instead of the number.
  input.addEventListener("dragstart", (event) => event.preventDefault());
  input.addEventListener("selectstart", (event) => {
    if (scrub.drag?.active) event.preventDefault();
  });
}

class Scrub {
  /**
   * @param {HTMLInputElement} input
   * @param {{step: number, read: () => number, write: (value: number) => void}} options
   */
  constructor(input, { step, read, write }) {
    this.input = input;
    this.step = step;
    this.read = read;
    this.write = write;
    /** @type {{pointer: number, x: number, y: number, value: number, active: boolean} | null} */
    this.drag = null;
    this.keys = (/** @type {KeyboardEvent} */ event) => this.#key(event);
  }

  /** @param {PointerEvent} event */
  press(event) {
    // In a field that has the focus the pointer selects text.
    if (event.button !== 0 || this.input.readOnly || this.input === document.activeElement) return;
    const { pointerId: pointer, clientX: x, clientY: y } = event;
    this.drag = { pointer, x, y, value: this.read(), active: false };
  }

  /** @param {PointerEvent} event */
  follow(event) {
    const { drag } = this;
    if (!drag || event.pointerId !== drag.pointer) return;
    const right = event.clientX - drag.x;
    if (!drag.active) {
      if (Math.abs(right) < SLACK || Math.abs(right) < Math.abs(event.clientY - drag.y)) return;
      this.#begin(drag);
    }
    const steps = Math.trunc(right / PIXELS_PER_STEP) * (event.shiftKey ? LARGE_STEP : 1);
    this.#change(drag.value + steps * this.step);
  }

  stop() {
    this.drag = null;
    this.input.classList.remove("scrubbing");
    removeEventListener("keydown", this.keys);
  }

  /** @param {{pointer: number, active: boolean}} drag */
  #begin(drag) {
    drag.active = true;
    this.input.setPointerCapture(drag.pointer);
    this.input.classList.add("scrubbing");
    this.input.blur();
    addEventListener("keydown", this.keys);
  }

  /** @param {number} value */
  #change(value) {
    const rounded = roundTo(value, this.step / 10);
    if (rounded !== this.read()) this.write(rounded);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || !this.drag) return;
    const { value } = this.drag;
    this.stop();
    this.#change(value);
  }
}
