/**
 * One size of the chain: a slider from 1 to 1,000 on a logarithmic scale, and a field for the number.
 *
 * Markup made here:
 * `<div class="size-control"><span>u = h(x)</span><input type="range"><label class="field">…</label></div>`.
 *
 * The arrow keys of the slider change the number itself by one, with Shift or Page Up and Page Down
 * by ten: on a logarithmic scale alone not every number could be reached.
 */

import { NumberField } from "../../controls/number-field.js";
import { html, setText } from "../../draw/svg.js";
import { LARGEST, SMALLEST } from "./scale.js";

const POSITIONS = 600;
const LARGE_STEP = 10;
/** @type {Record<string, number>} */
const STEPS = {
  ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1,
  PageDown: -LARGE_STEP, PageUp: LARGE_STEP, Home: -LARGEST, End: LARGEST,
};

/** @param {number} position */
export function sizeOfPosition(position) {
  return Math.round(LARGEST ** (position / POSITIONS));
}

/** @param {number} size */
export function positionOfSize(size) {
  return (POSITIONS * Math.log(size)) / Math.log(LARGEST);
}

export class SizeControl {
  /** @param {(size: number) => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    this.size = SMALLEST;
    this.caption = html("span", { class: "field-label" });
    this.slider = html("input", { type: "range", min: 0, max: POSITIONS, step: "any" });
    this.field = new NumberField({ label: "", name: "", step: 1, min: SMALLEST, max: LARGEST, whole: true, onChange });
    this.element = html("div", { class: "size-control" }, [this.caption, this.slider, this.field.element]);
    this.slider.addEventListener("input", () => onChange(sizeOfPosition(Number(this.slider.value))));
    this.slider.addEventListener("keydown", (event) => this.#key(event));
  }

  /**
   * @param {number} size
   * @param {string} origin  such as u = h(x)
   * @param {string} role  such as inputs; empty in between
   */
  show(size, origin, role) {
    this.size = size;
    setText(this.caption, role ? `${origin} (${role})` : origin);
    const name = `Size of ${origin}`;
    if (this.slider.getAttribute("aria-label") !== name) {
      this.slider.setAttribute("aria-label", `${name}, slider`);
      this.field.rename("", name);
    }
    // While it is dragged, the slider stays where the hand has it.
    if (sizeOfPosition(Number(this.slider.value)) !== size) this.slider.value = String(positionOfSize(size));
    this.slider.setAttribute("aria-valuetext", String(size));
    this.field.show(size, String(size));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const times = event.shiftKey && Math.abs(step) === 1 ? LARGE_STEP : 1;
    // The next key may come before this size is shown.
    this.size = Math.min(LARGEST, Math.max(SMALLEST, this.size + step * times));
    this.onChange(this.size);
  }
}
