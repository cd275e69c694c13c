/** The target and the approximation as fields. */

import { NumberField } from "../../controls/number-field.js";
import { html } from "../../draw/svg.js";
import { FARTHEST, WIDTHS } from "../../math/variational/bound.js";
import { CORRELATIONS, CURVATURES, DEVIATIONS, MEANS } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Target} Target
 * @typedef {{
 *   setTarget: (change: Partial<Target>) => void, setEntry: (which: number, value: number) => void,
 *   setDiagonal: (diagonal: boolean) => void,
 * }} Actions  `setEntry` by the number of an entry of a place
 */

export class TargetFields {
  /** @param {Actions} actions */
  constructor({ setTarget }) {
    /** @type {Target | null} */
    this.target = null;
    const field = (/** @type {string} */ label, /** @type {string} */ name, /** @type {readonly [number, number]} */ [min, max], /** @type {(value: number, target: Target) => Partial<Target>} */ change) =>
      new NumberField({ label, name, min, max, onChange: (value) => this.target && setTarget(change(value, this.target)) });
    this.fields = [
      field("μ₁", "Mean of z₁ under p", MEANS, (value, { mean }) => ({ mean: [value, mean[1]] })),
      field("μ₂", "Mean of z₂ under p", MEANS, (value, { mean }) => ({ mean: [mean[0], value] })),
      field("s₁", "Standard deviation s₁", DEVIATIONS, (value, { deviations }) => ({ deviations: [value, deviations[1]] })),
      field("s₂", "Standard deviation s₂", DEVIATIONS, (value, { deviations }) => ({ deviations: [deviations[0], value] })),
      field("ρ", "Correlation", CORRELATIONS, (value) => ({ correlation: value })),
      field("b", "Curvature", CURVATURES, (value) => ({ curvature: value })),
    ];
    this.element = group("Target p", this.fields);
  }

  /** @param {State} state */
  show({ target }) {
    this.target = target;
    const values = [...target.mean, ...target.deviations, target.correlation, target.curvature];
    this.fields.forEach((field, k) => field.show(values[k], String(values[k])));
  }
}

const ENTRIES = ["m₁", "m₂", "L₁₁", "L₂₁", "L₂₂"];

export class ApproximationFields {
  /** @param {Actions} actions */
  constructor({ setEntry, setDiagonal }) {
    this.fields = ENTRIES.map((label, which) => {
      const [min, max] = which < 2 ? [-FARTHEST, FARTHEST] : which === 3 ? [-WIDTHS[1], WIDTHS[1]] : WIDTHS;
      return new NumberField({ label, name: label, min, max, onChange: (value) => setEntry(which, value) });
    });
    this.kind = html("select", { "aria-label": "Covariance of q" }, [
      html("option", { value: "full" }, ["full"]), html("option", { value: "diagonal" }, ["diagonal (mean field)"]),
    ]);
    this.kind.addEventListener("change", () => setDiagonal(this.kind.value === "diagonal"));
    const choice = html("label", { class: "field" }, [html("span", { class: "field-label", "aria-hidden": "true" }, ["S = LLᵀ"]), this.kind]);
    this.element = group("Approximation q", this.fields, choice);
  }

  /** @param {State} state */
  show({ place, diagonal }) {
    this.kind.value = diagonal ? "diagonal" : "full";
    this.fields[3].element.hidden = diagonal;
    this.fields.forEach((field, k) => field.show(place[k], String(Number(place[k].toPrecision(4)))));
  }
}

/** @param {string} name @param {NumberField[]} fields @param {...HTMLElement} before */
function group(name, fields, ...before) {
  return html("div", { class: "widget-controls field-row", role: "group", "aria-label": name }, [
    html("span", { class: "group-name", "aria-hidden": "true" }, [name]), ...before, ...fields.map(({ element }) => element),
  ]);
}
