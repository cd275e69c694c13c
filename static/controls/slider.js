/**
 * A native range input on a scale of one's own, with its value in words.
 *
 * Markup made here: `<label class="slider"><span>…</span><input type="range"><span>…</span></label>`.
 */

import { html, setText } from "../draw/svg.js";

export class Slider {
  /**
   * @param {{
   *   label: string,
   *   min: number, max: number, step: number,
   *   describe: (position: number) => string,
   *   onChange: (position: number) => void,
   * }} options  positions are those of the input, `describe` tells what they mean
   */
  constructor({ label, min, max, step, describe, onChange }) {
    this.describe = describe;
    this.input = html("input", { type: "range", min, max, step });
    this.reading = html("span", { class: "slider-value" });
    const caption = html("span", { class: "field-label" }, [label]);
    this.element = html("label", { class: "slider" }, [caption, this.input, this.reading]);
    this.input.addEventListener("input", () => {
      this.show(Number(this.input.value));
      onChange(Number(this.input.value));
    });
  }

  /** @param {number} position */
  show(position) {
    if (Number(this.input.value) !== position) this.input.value = String(position);
    const words = this.describe(position);
    this.input.setAttribute("aria-valuetext", words);
    setText(this.reading, words);
  }
}
