/** Family, target, point, step size and the other coordinates as fields; own data as text. */

import { button } from "../../controls/button.js";
import { NumberField } from "../../controls/number-field.js";
import { Slider } from "../../controls/slider.js";
import { fillSelect } from "../../controls/declarations.js";
import { html, setText, uniqueId } from "../../draw/svg.js";
import { adaptive } from "../../math/format.js";
import { DEVIATIONS, FAMILIES, FARTHEST_MEAN, LARGEST_LOGIT, MEANS, SPREADS } from "../../math/natural-gradient/families.js";
import { MOST_DATA, rateOf, RATES, WEIGHTS } from "./state.js";
import { readData, targetWords } from "./words.js";

const POWER_STEP = 0.05;
const POWERS = RATES.map(Math.log10);

/**
 * @typedef {import("./state.js").State} State
 * @typedef {{
 *   setFamily: (family: string) => void, setOther: (name: string) => void, setTarget: (target: number[]) => void,
 *   setData: (data: number[]) => void, setPoint: (which: 0 | 1, value: number) => void, setRate: (rate: number) => void,
 * }} Actions
 */

/** What is fitted to what. */
export class FitFields {
  /** @param {Actions} actions */
  constructor({ setFamily, setOther, setTarget }) {
    this.family = select("Family", setFamily);
    fillSelect(this.family, Object.keys(FAMILIES), "normal", (name) => FAMILIES[name].words);
    this.other = select("Second coordinates", setOther);
    const change = (/** @type {number} */ which) => (/** @type {number} */ value) => setTarget(this.target.map((old, k) => (k === which ? value : old)));
    /** @type {number[]} */
    this.target = [];
    this.fields = {
      normal: [
        new NumberField({ label: "mean", name: "Mean of the data", min: MEANS[0], max: MEANS[1], onChange: change(0) }),
        new NumberField({ label: "st. dev.", name: "Standard deviation of the data", min: DEVIATIONS[0], max: DEVIATIONS[1], onChange: change(1) }),
      ],
      categorical: [0, 1, 2].map((which) => new NumberField({
        label: `n${"₁₂₃"[which]}`, name: `Count of outcome ${which + 1}`, step: 1, min: WEIGHTS[0], max: WEIGHTS[1], onChange: change(which),
      })),
    };
    this.words = html("p", { class: "target-words field-words" });
    const fields = Object.values(this.fields).flat().map(({ element }) => element);
    this.element = html("div", { class: "widget-controls field-row", role: "group", "aria-label": "Family and data" }, [
      labelled("Fit a", this.family), ...fields, labelled("compare with", this.other), this.words,
    ]);
  }

  /** @param {State} state */
  show(state) {
    const { coordinates, base } = FAMILIES[state.family];
    this.target = state.target;
    this.family.value = state.family;
    fillSelect(this.other, Object.keys(coordinates).filter((name) => name !== base), state.other, (name) => coordinates[name].signs.join(", "));
    for (const [family, fields] of Object.entries(this.fields)) {
      fields.forEach((field, k) => {
        field.element.hidden = family !== state.family;
        if (family === state.family) field.show(state.target[k], String(Number(state.target[k].toPrecision(6))));
      });
    }
    setText(this.words, targetWords(state));
  }
}

/** The point and the step size. */
export class PointFields {
  /** @param {Actions} actions */
  constructor({ setPoint, setRate }) {
    this.fields = {
      normal: [
        new NumberField({ label: "μ", name: "μ of the point", min: -FARTHEST_MEAN, max: FARTHEST_MEAN, onChange: (value) => setPoint(0, value) }),
        new NumberField({ label: "σ", name: "σ of the point", min: SPREADS[0], max: SPREADS[1], onChange: (value) => setPoint(1, value) }),
      ],
      categorical: /** @type {const} */ ([0, 1]).map((which) => new NumberField({
        label: `θ${"₁₂"[which]}`, name: `θ${"₁₂"[which]} of the point`, min: -LARGEST_LOGIT, max: LARGEST_LOGIT, onChange: (value) => setPoint(which, value),
      })),
    };
    this.rate = new Slider({
      label: "Step size η", min: POWERS[0], max: Math.ceil(POWERS[1] / POWER_STEP) * POWER_STEP, step: POWER_STEP,
      describe: (power) => adaptive(rateOf(10 ** power), 3), onChange: (power) => setRate(rateOf(10 ** power)),
    });
    const fields = Object.values(this.fields).flat().map(({ element }) => element);
    this.element = html("div", { class: "widget-controls field-row", role: "group", "aria-label": "Point and step size" }, [...fields, this.rate.element]);
  }

  /** @param {State} state */
  show({ family, at, rate }) {
    for (const [name, fields] of Object.entries(this.fields)) {
      fields.forEach((field, k) => {
        field.element.hidden = name !== family;
        if (name === family) field.show(at[k], String(Number(at[k].toPrecision(4))));
      });
    }
    this.rate.show(Math.round(Math.log10(rate) / POWER_STEP) * POWER_STEP);
    setText(this.rate.reading, String(rate));
  }
}

/** The reader's own numbers. */
export class OwnData {
  /** @param {Actions} actions */
  constructor({ setData }) {
    this.setData = setData;
    this.text = html("textarea", { rows: 3, spellcheck: "false", "aria-label": "Data as text", placeholder: "1.2, 0.7, 2.1, 1.6" });
    this.problem = html("p", { class: "data-problem", role: "alert", id: uniqueId("data-problem") });
    this.text.setAttribute("aria-describedby", this.problem.id);
    this.element = html("details", { class: "chart-numbers own-data own-numbers" }, [
      html("summary", {}, ["Your own data"]),
      html("p", {}, [`Numbers to fit a normal distribution to, with commas or line breaks between; up to ${MOST_DATA}.`]),
      this.text, button("Fit these numbers", "primary", () => this.#take()), this.problem,
    ]);
  }

  #take() {
    const read = readData(this.text.value);
    setText(this.problem, "message" in read ? read.message : `Read: ${read.numbers.length} numbers.`);
    if ("message" in read) this.text.setAttribute("aria-invalid", "true");
    else {
      this.text.removeAttribute("aria-invalid");
      this.setData(read.numbers);
    }
  }
}

/** @param {string} name @param {(value: string) => void} onChange */
function select(name, onChange) {
  const element = html("select", { "aria-label": name });
  element.addEventListener("change", () => onChange(element.value));
  return element;
}

/** @param {string} label @param {HTMLElement} control */
function labelled(label, control) {
  return html("label", { class: "field" }, [html("span", { class: "field-label", "aria-hidden": "true" }, [label]), control]);
}
