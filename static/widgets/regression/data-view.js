/**
 * The data with what the model says of them: a line over one feature, a plane over two.
 *
 * With more than two features the picture shows the two (or one) chosen; the others are held at their
 * means, and each point is moved to where it would be there (a partial residual plot).
 */

import { Surface } from "../../charts/surface.js";
import { tenth } from "../../draw/path.js";
import { Plane } from "../../draw/plane.js";
import { ScaledAxes, toPlane, toQuantity } from "../../draw/scaled-axes.js";
import { html, setText, svg } from "../../draw/svg.js";
import { Camera } from "../../math/camera.js";
import { significant } from "../../math/quantity.js";
import { View } from "../../math/view.js";
import { ScatterPainter } from "./scatter-painter.js";

const HALF = 1.18;

/**
 * @typedef {import("./model.js").Fit} Fit
 * @typedef {import("../../draw/scaled-axes.js").Scale} Scale
 */

export class DataView {
  constructor() {
    const view = new View(0, 0, HALF);
    this.plane = new Plane({ title: "Data and model", axes: ["", ""], view, help: "Scatter plot of the data." });
    this.plane.stage.removeAttribute("tabindex");
    this.axes = new ScaledAxes(this.plane, ["", ""]);
    this.surface = new Surface({
      title: "Data and model", camera: new Camera(-0.6, 0.42), onTurn: () => {},
      help: "Data in space. Arrow keys turn them, plus and minus zoom, 0 resets the view.",
    });
    this.painter = new ScatterPainter(/** @type {HTMLCanvasElement} */ (this.surface.stage.firstChild), this.surface.camera);
    this.surface.painter = this.painter;
    this.dots = this.plane.layer("points").appendChild(svg("path", { class: "dots" }));
    this.best = this.plane.layer("best").appendChild(svg("path", { class: "best-line" }));
    this.line = this.plane.layer("line").appendChild(svg("path", { class: "own-line" }));
    this.away = this.plane.layer("line").appendChild(svg("text", { class: "away" }));
    this.element = html("div", { class: "data-view" }, [this.plane.element, this.surface.element]);
    /** @type {Fit | null} */
    this.fit = null;
    /** Numbers of the features that are shown: one or two. @type {number[]} */
    this.features = [0];
    /** @type {Scale[]} */
    this.scales = [];
    /** Of the features. @type {number[]} */
    this.means = [];
    /** @type {string[]} */
    this.names = [];
    /** @type {number[] | null} */
    this.weights = null;
    this.plane.follow(() => this.#draw());
  }

  /**
   * @param {Fit} fit
   * @param {[number, number]} pair  the weights chosen; their features are shown
   */
  setFit(fit, pair) {
    this.fit = fit;
    const chosen = pair.filter((index) => index > 0).map((index) => index - 1);
    const others = fit.features.map((_, k) => k).filter((k) => !chosen.includes(k));
    this.features = [...chosen, ...others].slice(0, 2);
    const { points } = fit;
    this.means = fit.features.map((_, k) => points.features.reduce((sum, row) => sum + row[k], 0) / points.features.length);
    this.scales = [...this.features.map((k) => scaleOf(points.features.map((row) => row[k]))), scaleOf(points.target)];
    const names = [...this.features.map((k) => labelled(fit.features[k])), labelled(fit.study.target)];
    const flat = this.features.length < 2;
    this.plane.element.hidden = !flat;
    this.surface.element.hidden = flat;
    if (flat) this.axes.rescale([this.scales[0], this.scales[1]], [names[0], names[1]]);
    this.names = names;
  }

  /** What the picture shows, in words. */
  get caption() {
    const { fit, features } = this;
    if (!fit) return "";
    const model = features.length > 1 ? "plane" : "line";
    const rest = fit.features.length > features.length
      ? " The other features are held at their means, and each point is moved to where it would be there."
      : "";
    const dashed = features.length > 1 ? "turn it by hand, keys or buttons." : "the dashed line is that of least squares.";
    return `The ${model} is that of the weight vector; ${features.length > 1 ? "the sticks are residuals; " : ""}${dashed}${rest}`;
  }

  /** @param {number[]} weights */
  show(weights) {
    this.weights = weights;
    this.#draw();
  }

  #draw() {
    if (!this.fit || !this.weights) return;
    if (this.features.length < 2) this.#drawLine(this.fit, this.weights);
    else this.#drawSpace(this.fit, this.weights);
  }

  /** @param {Fit} fit @param {number[]} weights */
  #drawLine(fit, weights) {
    const { view } = this.plane;
    const [across, up] = this.scales;
    const at = (/** @type {number} */ x, /** @type {number} */ y) =>
      `${tenth(view.toPixelX(toPlane(across, x)))} ${tenth(view.toPixelY(toPlane(up, y)))}`;
    const { features, target } = fit.points;
    this.dots.setAttribute("d", features.map((row, k) => `M${at(row[0], target[k])}h0`).join(""));
    const ends = [view.left, view.right].map((u) => toQuantity(across, u));
    const line = (/** @type {number[]} */ w) => ends.map((x, k) => `${k ? "L" : "M"}${at(x, bounded(fit.predict(w, [x]), up))}`).join("");
    this.line.setAttribute("d", line(weights));
    this.best.setAttribute("d", line(fit.loss.minimiser));
    this.#tellAway(ends.map((x) => toPlane(up, fit.predict(weights, [x]))));
  }

  /** Where the line has gone when it cannot be seen. @param {number[]} heights  at both sides */
  #tellAway(heights) {
    const { view } = this.plane;
    const higher = heights.every((height) => height > view.top);
    const words = higher ? "↑ the line lies higher" : heights.every((height) => height < view.bottom) ? "↓ the line lies lower" : "";
    setText(this.away, words);
    this.away.setAttribute("x", String(tenth(view.toPixelX(view.x))));
    this.away.setAttribute("y", String(tenth(view.toPixelY(higher ? view.top : view.bottom) + (higher ? 38 : -44))));
  }

  /** @param {Fit} fit @param {number[]} weights */
  #drawSpace(fit, weights) {
    const [across, along, up] = this.scales;
    const [first, second] = this.features;
    const { means } = this;
    const at = (/** @type {number} */ x, /** @type {number} */ y) =>
      fit.predict(weights, means.map((mean, k) => (k === first ? x : k === second ? y : mean)));
    const { features, target } = fit.points;
    /** @type {import("./scatter-painter.js").Point[]} */
    const points = features.map((row, k) => {
      const held = target[k] - fit.predict(weights, row) + at(row[first], row[second]);
      return [toPlane(across, row[first]), toPlane(along, row[second]), toPlane(up, held)];
    });
    this.painter.cloud = {
      points,
      height: (x, y) => toPlane(up, at(toQuantity(across, x), toQuantity(along, y))),
      names: /** @type {[string, string, string]} */ (this.names),
      bounds: this.scales.map((scale) => [-1, 1].map((end) => significant(toQuantity(scale, end), 3))),
    };
    this.surface.draw();
  }
}

/** The scale on which numbers lie between −1 and 1. @param {number[]} values @returns {Scale} */
function scaleOf(values) {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const scale = (high - low) / 2;
  return { centre: (low + high) / 2, scale: scale > 0 ? scale : Math.max(1, Math.abs(low) / 10) };
}

/** Within a thousand pictures, so that no line leaves what can be drawn. @param {number} value @param {Scale} scale */
function bounded(value, { centre, scale }) {
  return Math.min(centre + 200 * scale, Math.max(centre - 200 * scale, value));
}

/** @param {{name: string, unit: string}} column */
export function labelled({ name, unit }) {
  return unit && !name.endsWith(`(${unit})`) && !name.endsWith(`[${unit}]`) && !name.endsWith(`in ${unit}`) ? `${name} (${unit})` : name;
}
