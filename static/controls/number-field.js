/**
 * A labelled field for one number, with the buttons of a number input and a point or a comma.
 *
 * Markup made here: `<label class="field"><span>x</span><input inputmode="decimal" …></label>`.
 * While the reader types, what was typed stays; a text that is no number, or none within the bounds, is
 * marked, a note tells what the field takes, and the last good number remains in force.  Arrow keys step;
 * Shift takes larger steps.  A field of whole numbers between two bounds (a size) refuses all others.
 */

import { html } from "../draw/svg.js";
import { parseNumber } from "../math/format.js";
import { roundTo } from "../math/view.js";
import { hideNote, showNote } from "./field-note.js";

const LIMIT = 1e6;
/** Nothing is said about a number that is still being written. */
const TYPING_PAUSE = 400;
/** Bounds of so many digits are written as powers of ten. */
const MANY = 1e5;

export class NumberField {
  /**
   * @param {{
   *   label: string, name: string, step?: number, min?: number, max?: number, whole?: boolean,
   *   onChange: (value: number) => void,
   * }} options  `label` is shown, `name` is spoken
   */
  constructor({ label, name, step = 0.1, min = -LIMIT, max = LIMIT, whole = false, onChange }) {
    this.step = step;
    this.whole = whole;
    this.min = min;
    this.max = max;
    this.onChange = onChange;
    this.value = NaN;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.caption = html("span", { class: "field-label", "aria-hidden": "true" }, [label]);
    this.input = html("input", {
      type: "text", class: whole ? "number whole" : "number", inputmode: whole ? "numeric" : "decimal",
      autocomplete: "off", size: 7, "aria-label": name,
    });
    this.element = html("label", { class: "field number-field" }, [this.caption, this.input]);
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("blur", () => this.#settle());
    this.input.addEventListener("keydown", (event) => this.#key(event));
  }

  /**
   * @param {number} min
   * @param {number} max
   */
  limit(min, max) {
    this.min = min;
    this.max = max;
  }

  /**
   * @param {string} label
   * @param {string} name
   */
  rename(label, name) {
    this.caption.textContent = label;
    this.input.setAttribute("aria-label", name);
  }

  /**
   * Show a number, unless the reader is typing that very number in another form.
   *
   * @param {number} value
   * @param {string} text
   */
  show(value, text) {
    if (this.value === value && this.input === document.activeElement) return;
    this.value = value;
    if (this.input.value !== text) this.input.value = text;
    this.#mark(true);
  }

  #typed() {
    const value = parseNumber(this.input.value);
    const good = value >= this.min && value <= this.max && (!this.whole || Number.isInteger(value));
    this.#mark(good);
    if (!good) return;
    this.value = value;
    this.onChange(value);
  }

  #settle() {
    if (this.input.getAttribute("aria-invalid") === "true") this.input.value = String(this.value);
    this.#mark(true);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = direction * this.step * (event.shiftKey ? 5 : 1);
    const value = roundTo(Math.min(this.max, Math.max(this.min, this.value + step)), this.step / 10);
    this.input.value = String(value);
    this.#typed();
  }

  /** @param {boolean} good */
  #mark(good) {
    clearTimeout(this.timer);
    if (good) {
      this.input.removeAttribute("aria-invalid");
      hideNote(this.input);
    } else {
      this.input.setAttribute("aria-invalid", "true");
      this.timer = setTimeout(() => showNote(this.input, takenWords(this)), TYPING_PAUSE);
    }
  }
}

/**
 * What a field takes, and what it does not.  Bounds are written as they can be typed.
 *
 * @param {{input: {value: string}, min: number, max: number, whole: boolean}} field
 */
export function takenWords({ input, min, max, whole }) {
  const value = parseNumber(input.value);
  const [low, high] = [min, max].map(boundText);
  const taken = `write a ${whole ? "whole number" : "number"} between ${low} and ${high}.`;
  if (value < min) return `Too small: ${taken}`;
  if (value > max) return `Too large: ${taken}`;
  if (Number.isNaN(value) && input.value.trim()) return `Not a number: ${taken}`;
  return taken[0].toUpperCase() + taken.slice(1);
}

/** 10, 0.1, 1e6: nobody counts zeros. @param {number} bound */
function boundText(bound) {
  const text = Math.abs(bound) < MANY ? String(bound) : bound.toExponential().replace("+", "");
  return text.replace(/^-/, "\u2212");
}
