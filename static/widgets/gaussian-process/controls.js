/** Kernel, hyperparameters and jitter as fields; the chosen point as numbers. */

import { button } from "../../controls/button.js";
import { NumberField } from "../../controls/number-field.js";
import { html, setText } from "../../draw/svg.js";
import { KERNELS } from "../../math/gaussian-process/kernels.js";
import { niceFloor } from "../../math/view.js";
import { FARTHEST, JITTERS, LENGTHS, MOST_POINTS, NOISES } from "./state.js";
import { DEFINITIONS } from "./words.js";

const POWERS = ["none", "10⁻¹⁰ s²", "10⁻⁸ s²", "10⁻⁶ s²", "10⁻⁴ s²"];
const STEPS = 40;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Point} Point
 * @typedef {{
 *   setHyper: (change: Partial<State>) => void, movePoint: (point: Point) => void,
 *   remove: () => void, turnTo: (step: number) => void,
 * }} Actions
 */

export class HyperFields {
  /** @param {Actions} actions */
  constructor({ setHyper }) {
    this.kernel = html("select", { "aria-label": "Kernel" }, Object.keys(KERNELS).map((name) => html("option", { value: name }, [name])));
    this.kernel.addEventListener("change", () => setHyper({ kernel: this.kernel.value }));
    this.jitter = html("select", { "aria-label": "Jitter" }, JITTERS.map((value, k) => html("option", { value: String(value) }, [POWERS[k]])));
    this.jitter.addEventListener("change", () => setHyper({ jitter: Number(this.jitter.value) }));
    const field = (/** @type {"length" | "noise" | "scale" | "period"} */ key, /** @type {string} */ label, /** @type {string} */ name, /** @type {readonly [number, number]} */ [min, max] = LENGTHS) =>
      new NumberField({ label, name, min, max, onChange: (value) => setHyper({ [key]: value }) });
    this.fields = {
      length: field("length", "l", "Length scale"),
      noise: field("noise", "σ", "Noise", NOISES),
      scale: field("scale", "s", "Scale"),
      period: field("period", "p", "Period"),
    };
    this.definition = html("p", { class: "field-words" });
    const labelled = (/** @type {string} */ label, /** @type {HTMLElement} */ select) =>
      html("label", { class: "field" }, [html("span", { class: "field-label", "aria-hidden": "true" }, [label]), select]);
    this.element = html("div", { class: "widget-controls field-row", role: "group", "aria-label": "Kernel and hyperparameters" }, [
      labelled("Kernel", this.kernel),
      ...Object.values(this.fields).map(({ element }) => element),
      labelled("Jitter ε", this.jitter),
      this.definition,
    ]);
  }

  /** @param {State} state */
  show(state) {
    this.kernel.value = state.kernel;
    this.jitter.value = String(state.jitter);
    setText(this.definition, DEFINITIONS[state.kernel]);
    this.fields.period.element.hidden = !KERNELS[state.kernel].periodic;
    for (const key of /** @type {const} */ (["length", "noise", "scale", "period"])) {
      this.fields[key].step = niceFloor(state[key] / 10);
      this.fields[key].show(state[key], String(Number(state[key].toPrecision(4))));
    }
  }
}

export class PointFields {
  /** @param {Actions} actions */
  constructor({ movePoint, remove, turnTo }) {
    /** @type {Point} */
    this.point = [0, 0];
    this.fields = ["x", "y"].map((label, which) => new NumberField({
      label, name: `${label} of the chosen point`, min: -FARTHEST, max: FARTHEST,
      onChange: (value) => movePoint(which ? [this.point[0], value] : [value, this.point[1]]),
    }));
    this.which = html("span", { class: "which-point" });
    this.remove = button("Remove it", "", remove);
    this.element = html("div", { class: "widget-controls field-row", role: "group", "aria-label": "Chosen point" }, [
      button("‹", "icon", () => turnTo(-1)), this.which, button("›", "icon", () => turnTo(1)),
      ...this.fields.map(({ element }) => element), this.remove,
    ]);
    const [before, after] = this.element.querySelectorAll("button.icon");
    before.setAttribute("aria-label", "Previous point");
    after.setAttribute("aria-label", "Next point");
  }

  /** @param {State} state @param {readonly {scale: number}[]} scales */
  show({ points, chosen }, scales) {
    this.point = points[chosen];
    setText(this.which, `Point ${chosen + 1} of ${points.length}`);
    this.remove.disabled = points.length < 2;
    this.fields.forEach((field, which) => {
      field.step = niceFloor(scales[which].scale / STEPS);
      field.show(this.point[which], String(this.point[which]));
    });
  }
}

/** What to say where no more points fit. */
export const FULL = `There are ${MOST_POINTS} points, as many as are worked out here. Remove one first.`;
