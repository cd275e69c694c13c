/**
 * The log marginal likelihood over length scale and noise, both on logarithmic scales: contour map with
 * a point to drag, the gradient there, the path of the ascent, and the same as a surface.
 *
 * Coordinates of the plane are decimal logarithms, equally long in both directions: so the gradient by
 * (log l, log σ) stands at right angles to the contour lines.
 */

import { ContourMap } from "../../charts/contour-map.js";
import { ChartNumbers } from "../../charts/numbers.js";
import { Surface } from "../../charts/surface.js";
import { Handle } from "../../controls/handle.js";
import { addNavigation } from "../../controls/navigation.js";
import { Arrow } from "../../draw/arrow.js";
import { LogAxes } from "../../draw/log-axes.js";
import { dots, polyline } from "../../draw/path.js";
import { Plane } from "../../draw/plane.js";
import { html, setText, svg } from "../../draw/svg.js";
import { Camera } from "../../math/camera.js";
import { adaptive } from "../../math/format.js";
import { floorOf } from "../../math/gaussian-process/evidence-map.js";
import { significant } from "../../math/quantity.js";
import { clamp, View } from "../../math/view.js";
import { EvidenceField } from "./evidence-field.js";
import { hyperOf } from "./model.js";
import { LENGTHS, NOISES, rounded } from "./state.js";

const HALF = 1.3;
/** Of the window's half side. */
const LONGEST_ARROW = 0.55;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Stop} Stop
 * @typedef {{length: number, noise: number}} Place
 */

export class EvidenceView {
  /** @param {{move: (place: Place) => void, homePlace: () => void}} actions */
  constructor({ move, homePlace }) {
    this.plane = new Plane({
      title: "Log marginal likelihood ℒ", axes: ["", ""], view: new View(0, 0, HALF),
      help: "Contour map of the log marginal likelihood over length scale and noise. Arrow keys pan, plus and minus zoom, 0 resets the view.",
    });
    new LogAxes(this.plane, ["length scale l", "noise σ"]);
    this.map = new ContourMap(this.plane);
    this.surface = new Surface({
      title: "The same as a surface", camera: new Camera(-0.55, 0.7), onTurn: () => {},
      help: "Surface of the log marginal likelihood. Arrow keys turn it, plus and minus zoom, 0 resets the view.",
    });
    /** Below this height the surface is cut off. */
    this.floor = -Infinity;
    this.cut = this.surface.element.appendChild(html("p", { class: "chart-caption" }));
    this.numbers = new ChartNumbers("Numbers of the map and the surface");
    this.numbers.read = () => this.#readNumbers();
    this.field = new EvidenceField({
      onLattice: (fine) => this.#drawMap(fine),
      onStale: () => this.plane.stage.classList.add("is-stale"),
      onFailure: () => this.failure.removeAttribute("hidden"),
    });
    this.failure = html("p", { class: "widget-error", hidden: true }, ["The map could not be worked out in this browser; point, arrow and numbers are right without it."]);
    this.path = this.plane.layer("ascent").appendChild(svg("path", { class: "path" }));
    this.stops = /** @type {Element} */ (this.path.parentElement ?? this.path).appendChild(svg("path", { class: "stops" }));
    this.arrow = new Arrow(this.plane.layer("arrows"), "ascending");
    const placeAt = (/** @type {number} */ u, /** @type {number} */ v) => ({
      length: rounded(clamp(10 ** u, ...LENGTHS)), noise: rounded(clamp(10 ** v, ...NOISES)),
    });
    this.handle = new Handle(this.plane, {
      label: "Length scale and noise",
      describe: (u, v) => `length scale ${significant(10 ** u, 3)}, noise ${significant(10 ** v, 3)}`,
      onMove: (u, v) => move(placeAt(u, v)),
      onReset: homePlace,
    });
    addNavigation(this.plane, { onPlace: (u, v) => move(placeAt(u, v)) });
    /** @type {{state: State, fitted: Fitted, stops: Stop[]} | null} */
    this.shown = null;
    this.following = false;
    this.plane.follow(() => this.#follow());
  }

  /** Another example, or a link. @param {State} state */
  frame({ map, length, noise }) {
    const [u, v, half] = map ?? [Math.log10(length), Math.log10(noise), HALF];
    this.plane.setHome(new View(u, v, half));
  }

  /**
   * @param {State} state
   * @param {Fitted} fitted
   * @param {Stop[]} stops  of the ascent
   */
  show(state, fitted, stops) {
    this.shown = { state, fitted, stops };
    const { plane } = this;
    const u = Math.log10(state.length), v = Math.log10(state.noise);
    plane.keepInSight(u, v, 0.02);
    const { view } = plane;
    this.handle.show(u, v);
    const [right, up] = [fitted.slopes.length, fitted.slopes.noise];
    const length = Math.hypot(right, up), usual = Math.max(1, state.points.length / 4);
    const drawn = length > 1e-3 ? (LONGEST_ARROW * view.half) / (length + usual) : NaN;
    this.arrow.draw(view, u, v, drawn * right, drawn * up, "∇ℒ");
    this.#drawPath(stops);
    this.#markSurface();
    if (view.width > 1) this.field.want({ hyper: hyperOf(state), points: state.points, box: boxOf(view) });
  }

  /** @param {Stop[]} stops */
  #drawPath(stops) {
    const { view } = this.plane;
    const us = Float64Array.from(stops, ({ place }) => place[0] / Math.LN10);
    const vs = Float64Array.from(stops, ({ place }) => place[1] / Math.LN10);
    this.path.setAttribute("d", polyline(us, vs, 0, 1, stops.length, view));
    this.stops.setAttribute("d", dots(us, vs, view));
  }

  #markSurface() {
    if (!this.shown || !this.field.lattice) return;
    const { state, fitted, stops } = this.shown;
    const { x, y, half } = this.surface.window;
    /** @type {[number, number, number][]} */
    const points = stops.map(({ place, value }) => [place[0] / Math.LN10, place[1] / Math.LN10, Math.max(value, this.floor)]);
    /** @type {[number, number, number]} */
    const here = [Math.log10(state.length), Math.log10(state.noise), Math.max(fitted.evidence.value, this.floor)];
    const inside = (/** @type {number[]} */ [u, v, value]) => Math.abs(u - x) <= half && Math.abs(v - y) <= half && Number.isFinite(value);
    this.surface.setMarks({ patch: null, curves: [{ points: points.filter(inside), hue: "accent-3" }], dots: [here].filter(inside) });
  }

  #follow() {
    // Showing may move the view to keep the handle in sight, which leads here again: once is enough.
    if (this.following || !this.shown) return;
    this.following = true;
    this.show(this.shown.state, this.shown.fitted, this.shown.stops);
    this.following = false;
  }

  /** @param {boolean} fine */
  #drawMap(fine) {
    const { view } = this.plane;
    const sample = this.field.sample.bind(this.field);
    this.map.show(sample);
    this.floor = this.field.lattice ? floorOf(this.field.lattice.values) : -Infinity;
    setText(this.cut, Number.isFinite(this.floor) ? `Cut off below ℒ = ${adaptive(this.floor, 1)}, so that the summits are seen.` : "");
    const cut = (/** @type {number} */ side, /** @type {import("../../math/contour.js").Box} */ box) => sample(side, box).map((value) => Math.max(value, this.floor));
    this.surface.setFunction(cut, { x: view.x, y: view.y, half: view.half }, ["log₁₀ l", "log₁₀ σ"]);
    this.#markSurface();
    if (!fine) return;
    this.plane.stage.classList.remove("is-stale");
    this.numbers.refresh();
  }

  #readNumbers() {
    const box = boxOf(this.plane.view);
    return { values: this.field.sample(this.numbers.side, box), box, levels: this.map.levels, names: ["log₁₀ l", "log₁₀ σ"] };
  }
}

/** @param {View} view */
function boxOf({ left, right, bottom, top }) {
  return { left, right, bottom, top };
}
