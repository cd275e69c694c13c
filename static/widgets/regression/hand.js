/** Which two weights are shown, and their values as numbers. */

import { NumberField } from "../../controls/number-field.js";
import { html } from "../../draw/svg.js";
import { niceFloor } from "../../math/view.js";

const LIMIT = 1e15;
const STEPS = 40;

/**
 * @typedef {import("./model.js").Fit} Fit
 * @typedef {[number, number]} Pair
 */

export class Hand {
  /** @param {{choosePair: (pair: [string, string]) => void, set: (which: number, value: number) => void}} actions */
  constructor({ choosePair, set }) {
    this.choose = choosePair;
    this.selects = ["Weight across", "Weight upwards"].map((label, which) => {
      const select = html("select", { "aria-label": label });
      select.addEventListener("change", () => this.#chosen(which));
      return select;
    });
    this.fields = ["Weight across, value", "Weight upwards, value"].map((name, which) =>
      new NumberField({ label: "=", name, min: -LIMIT, max: LIMIT, onChange: (value) => set(which, value) }),
    );
    this.units = [html("span", { class: "unit" }), html("span", { class: "unit" })];
    this.element = html("div", { class: "widget-controls hand" }, [0, 1].map((which) =>
      html("div", { class: "one-weight" }, [this.selects[which], this.fields[which].element, this.units[which]]),
    ));
    /** @type {[string, string]} */
    this.pair = ["", ""];
  }

  /** @param {Fit} fit @param {Pair} pair */
  setFit(fit, pair) {
    this.pair = [fit.names[pair[0]], fit.names[pair[1]]];
    const scales = fit.window(pair);
    this.selects.forEach((select, which) => {
      select.replaceChildren(...fit.names.map((name) => html("option", { value: name }, [name])));
      select.value = this.pair[which];
      this.units[which].textContent = fit.unitOf(pair[which]);
      this.fields[which].step = niceFloor(scales[which].scale / STEPS);
    });
  }

  /** @param {Pair} values */
  show(values) {
    values.forEach((value, which) => this.fields[which].show(value, String(Number(value.toPrecision(6)))));
  }

  /** @param {number} which */
  #chosen(which) {
    const wanted = this.selects[which].value;
    const other = this.pair[1 - which];
    // The same weight twice: the two change places.
    const rest = wanted === other ? this.pair[which] : other;
    this.choose(which === 0 ? [wanted, rest] : [rest, wanted]);
  }
}
