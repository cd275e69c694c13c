/**
 * The choice of a prepared example, and its sentence what to look for.
 *
 * Markup made here:
 * `<div class="presets"><label class="field">Example <select>…</select></label><p>…</p></div>`.
 */

import { html, setText } from "../draw/svg.js";

/** @typedef {{id: string, title: string, look: string}} Preset */

/** @template {Preset} P */
export class PresetChooser {
  /**
   * @param {{label: string, own: string, presets: P[], onChoose: (preset: P) => void}} options
   *   `own` names the entry that stands for what the reader typed
   */
  constructor({ label, own, presets, onChoose }) {
    this.presets = presets;
    this.own = html("option", { value: "", disabled: true }, [own]);
    const choices = presets.map(({ id, title }) => html("option", { value: id }, [title]));
    this.select = html("select", { "aria-label": label }, [this.own, ...choices]);
    this.look = html("p", { class: "preset-look" });
    const field = html("label", { class: "field" }, [html("span", { class: "field-label" }, [label]), this.select]);
    this.element = html("div", { class: "presets" }, [field, this.look]);
    this.select.addEventListener("change", () => {
      const chosen = presets.find(({ id }) => id === this.select.value);
      if (chosen) onChoose(chosen);
    });
  }

  /** @param {P | undefined} preset  none: the reader's own */
  show(preset) {
    this.select.value = preset?.id ?? "";
    this.own.selected = !preset;
    setText(this.look, preset?.look ?? "");
    this.look.toggleAttribute("hidden", !preset?.look);
    this.look.classList.remove("past");
  }

  /**
   * The reader's own, begun from an example: its sentence holds no longer, and is not seen.  It keeps its room: were that
   * to go, what stands below would move away under the hand.
   *
   * @param {P} preset
   */
  showOwn(preset) {
    this.show(preset);
    this.own.selected = true;
    this.look.classList.add("past");
  }
}
