/** Residuals of the weight vector against the fitted values or a feature, with their averages in bands. */

import { dots, polyline } from "../../draw/path.js";
import { Plane } from "../../draw/plane.js";
import { ScaledAxes, toPlane } from "../../draw/scaled-axes.js";
import { html, svg } from "../../draw/svg.js";
import { niceCeiling } from "../../math/quantity.js";
import { View } from "../../math/view.js";
import { labelled } from "./data-view.js";

const BANDS = 8;
const HALF = 1.15;
const FITTED = "fitted";

/** @typedef {import("./model.js").Fit} Fit */

export class ResidualView {
  /** @param {() => void} onChoose */
  constructor(onChoose) {
    this.plane = new Plane({ title: "Residuals", axes: ["", ""], view: new View(0, 0, HALF), help: "Residual plot." });
    this.plane.stage.removeAttribute("tabindex");
    this.axes = new ScaledAxes(this.plane, ["", ""]);
    this.dots = this.plane.layer("points").appendChild(svg("path", { class: "dots" }));
    this.averages = this.plane.layer("averages").appendChild(svg("path", { class: "averages" }));
    this.select = html("select", { "aria-label": "Residuals against" });
    this.select.addEventListener("change", onChoose);
    const field = html("label", { class: "field" }, [html("span", { class: "field-label" }, ["against"]), this.select]);
    this.plane.element.append(field);
    this.element = this.plane.element;
    /** @type {Fit | null} */
    this.fit = null;
    /** @type {number[] | null} */
    this.weights = null;
    this.reach = 1;
    this.plane.follow(() => this.#draw());
  }

  /** @param {Fit} fit */
  setFit(fit) {
    this.fit = fit;
    const chosen = this.select.value;
    const options = fit.features.map(({ name }, k) => html("option", { value: `${k}:${name}` }, [name]));
    this.select.replaceChildren(html("option", { value: FITTED }, ["fitted values"]), ...options);
    this.select.value = [...this.select.options].some(({ value }) => value === chosen) ? chosen : "0:" + (fit.features[0]?.name ?? "");
  }

  /** @param {number[]} weights */
  show(weights) {
    this.weights = weights;
    this.#draw();
  }

  #draw() {
    const { fit, weights, plane: { view } } = this;
    if (!fit || !weights) return;
    const fitted = fit.fitted(weights);
    const residuals = fitted.map((value, k) => fit.points.target[k] - value);
    const feature = Number.parseInt(this.select.value, 10);
    const across = this.select.value === FITTED ? fitted : fit.points.features.map((row) => row[feature]);
    const [left, right] = extent(across);
    const scale = { centre: (left + right) / 2, scale: (right - left) / 2 || 1 };
    const up = { centre: 0, scale: this.#reach(residuals) };
    const unit = fit.study.target.unit;
    const name = this.select.value === FITTED ? labelled({ name: "fitted", unit }) : labelled(fit.features[feature]);
    this.axes.rename([name, labelled({ name: "residual", unit })]);
    this.axes.scales = [scale, up];
    this.axes.draw(view);
    const us = Float64Array.from(across, (x) => toPlane(scale, x));
    const vs = Float64Array.from(residuals, (r) => toPlane(up, r));
    this.dots.setAttribute("d", dots(us, vs, view));
    const bands = averages(us, vs);
    this.averages.setAttribute("d", polyline(Float64Array.from(bands, ([u]) => u), Float64Array.from(bands, ([, v]) => v), 0, 1, bands.length, view));
  }

  /** A round number that holds the residuals, and does not flicker with each move. @param {number[]} residuals */
  #reach(residuals) {
    const most = residuals.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const least = 1e-12 * this.#size();
    return most > least ? niceCeiling(most) : niceCeiling(least || 1);
  }

  #size() {
    return (this.fit?.points.target ?? []).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  }
}

/** @param {number[]} values */
function extent(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/**
 * The mean of the residuals in bands of equal width, where a band holds any.
 *
 * @param {Float64Array} us  from −1 to 1
 * @param {Float64Array} vs
 * @returns {[number, number][]}
 */
function averages(us, vs) {
  const sums = Array.from({ length: BANDS }, () => [0, 0, 0]);
  us.forEach((u, k) => {
    const band = sums[Math.min(BANDS - 1, Math.max(0, Math.floor(((u + 1) / 2) * BANDS)))];
    band[0] += u;
    band[1] += vs[k];
    band[2] += 1;
  });
  return sums.filter(([, , count]) => count > 1).map(([u, v, count]) => [u / count, v / count]);
}
