/**
 * The loss over two weights: contour map with the weight vector to drag, and the same as a surface.
 *
 * On both: the direction of steepest descent, the path of gradient descent, and the one step of the
 * normal equations.  Coordinates of the plane are those of {@link Fit.window}.
 */

import { ContourMap } from "../../charts/contour-map.js";
import { Surface } from "../../charts/surface.js";
import { Handle } from "../../controls/handle.js";
import { addNavigation } from "../../controls/navigation.js";
import { Arrow } from "../../draw/arrow.js";
import { dots, polyline, tenth } from "../../draw/path.js";
import { Plane } from "../../draw/plane.js";
import { ScaledAxes, toPlane, toQuantity } from "../../draw/scaled-axes.js";
import { svg } from "../../draw/svg.js";
import { Camera } from "../../math/camera.js";
import { onLattice } from "../../math/grid.js";
import { roundTo, View } from "../../math/view.js";
import { WINDOW_HALF } from "./model.js";

/** How long the map may lag behind a slider that changes the loss. */
const REST = 120;
const SURFACE_REST = 60;
/** Of the window's half side. */
const LONGEST_ARROW = 0.55;
const FARTHEST_STOP = 2e4;

/**
 * @typedef {import("./model.js").Fit} Fit
 * @typedef {[number, number]} Pair
 * @typedef {import("../../draw/scaled-axes.js").Scale} Scale
 * @typedef {{left: number, right: number, bottom: number, top: number}} Box
 */

export class WeightsView {
  /**
   * @param {{describe: (values: Pair) => string, move: (values: Pair) => void, home: () => void}} actions
   */
  constructor({ describe, move, home }) {
    const view = new View(0, 0, WINDOW_HALF);
    this.plane = new Plane({
      title: "Loss over two weights", axes: ["", ""], view,
      help: "Contour map of the loss. Arrow keys pan, plus and minus zoom, 0 resets the view.",
    });
    this.axes = new ScaledAxes(this.plane, ["", ""]);
    this.map = new ContourMap(this.plane);
    this.surface = new Surface({
      title: "Loss as a surface", camera: new Camera(-0.55, 0.6), onTurn: () => {},
      help: "Surface of the loss. Arrow keys turn it, plus and minus zoom, 0 resets the view.",
    });
    /** @type {[Scale, Scale]} */
    this.scales = this.axes.scales;
    const values = (/** @type {number} */ u, /** @type {number} */ v) => this.#valuesAt(u, v);
    this.handle = new Handle(this.plane, {
      label: "Weight vector",
      describe: (u, v) => describe(values(u, v)),
      onMove: (u, v) => move(values(u, v)),
      onReset: home,
    });
    addNavigation(this.plane, { onPlace: (u, v) => move(values(u, v)) });
    const layer = this.plane.layer("arrows");
    this.exact = new Arrow(layer, "exact");
    this.steepest = new Arrow(layer, "first");
    // Above the arrows: down a narrow valley descent goes where the first of them points.
    const path = this.plane.layer("descent");
    this.path = path.appendChild(svg("path", { class: "path" }));
    this.stops = path.appendChild(svg("path", { class: "stops" }));
    this.minimum = this.plane.layer("minimum").appendChild(svg("path", { class: "minimum" }));
    /** @type {Fit | null} */
    this.fit = null;
    /** @type {Pair} */
    this.pair = [0, 1];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {{weights: number[], path: number[][]} | null} */
    this.shown = null;
    /** @type {View | null} */
    this.seen = null;
    this.following = false;
    /** @type {import("../../math/quadratic-loss.js").Section | null} */
    this.section = null;
    /** The slope that is drawn half as long as the longest. */
    this.usual = 1;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.surfaceTimer = undefined;
    this.plane.follow((now) => this.#follow(now));
  }

  /**
   * Another loss: its window, map and surface.
   *
   * @param {Fit} fit
   * @param {Pair} pair
   * @param {boolean} sameWindow  whether only the loss has changed, as by a slider
   */
  setFit(fit, pair, sameWindow) {
    this.fit = fit;
    this.pair = pair;
    this.section = fit.section(pair);
    const names = /** @type {[string, string]} */ (pair.map((index) => axisName(fit, index)));
    if (!sameWindow) {
      this.scales = fit.window(pair);
      this.plane.setHome(new View(0, 0, WINDOW_HALF));
      this.axes.rescale(this.scales, names);
      // Arrows are drawn as long as seems right for the slopes that occur here.
      this.usual = this.#length(fit.weightsAt(pair, fit.startOf(pair))) / 2 || 1;
      this.#drawLoss();
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#drawLoss(), REST);
  }

  /**
   * @param {number[]} weights
   * @param {number[][]} path
   */
  show(weights, path) {
    this.shown = { weights, path };
    const { fit, plane, pair: [i, j] } = this;
    if (!fit) return;
    const [u, v] = this.#place(weights);
    plane.keepInSight(u, v, 0.02);
    const { view } = plane;
    this.handle.show(u, v);
    this.#drawPath(path, view);
    const [goalU, goalV] = this.#place(fit.loss.minimiser);
    const away = Math.hypot(goalU - u, goalV - v) * view.scale > 3;
    this.exact.draw(view, u, v, away ? goalU - u : NaN, goalV - v, "");
    this.minimum.setAttribute("d", cross(view.toPixelX(goalU), view.toPixelY(goalV)));
    const gradient = fit.gradient(weights);
    const downU = -gradient[i] / this.scales[0].scale, downV = -gradient[j] / this.scales[1].scale;
    const length = Math.hypot(downU, downV);
    const drawn = (LONGEST_ARROW * view.half * length) / (length + this.usual) / length;
    this.steepest.draw(view, u, v, away && length > 0 ? drawn * downU : NaN, drawn * downV, "−∇ℓ");
    this.#onSurface(path, [u, v], [goalU, goalV]);
  }

  /**
   * @param {number[][]} path
   * @param {View} view
   */
  #drawPath(path, view) {
    const places = path.map((weights) => this.#place(weights));
    const us = Float64Array.from(places, ([u]) => u), vs = Float64Array.from(places, ([, v]) => v);
    this.path.setAttribute("d", polyline(us, vs, 0, 1, places.length, view));
    this.stops.setAttribute("d", dots(us, vs, view));
  }

  /**
   * @param {number[][]} path
   * @param {Pair} here
   * @param {Pair} goal
   */
  #onSurface(path, here, goal) {
    const { x, y, half } = this.surface.window;
    const inside = (/** @type {Pair} */ [u, v]) => Math.abs(u - x) <= half && Math.abs(v - y) <= half;
    const lift = (/** @type {Pair} */ [u, v]) => /** @type {[number, number, number]} */ ([u, v, this.#lossAt(u, v)]);
    const points = path.map((weights) => this.#place(weights)).filter(inside).map(lift);
    const dots = [here, goal].filter(inside).map(lift);
    this.surface.setMarks({ patch: null, curves: [{ points, hue: "accent-3" }], dots });
  }

  /** @param {View} view */
  #follow(view) {
    if (view === this.seen) return;
    // Showing may move the view to keep the handle in sight, which leads here again: once is enough.
    const first = !this.following;
    this.seen = view;
    this.following = true;
    if (this.shown && first) this.show(this.shown.weights, this.shown.path);
    this.following = false;
    clearTimeout(this.surfaceTimer);
    this.surfaceTimer = setTimeout(() => this.#drawSurface(), SURFACE_REST);
  }

  #drawLoss() {
    clearTimeout(this.timer);
    this.map.show((side, box) => this.#lattice(side, box));
    this.#drawSurface();
    if (this.shown) this.show(this.shown.weights, this.shown.path);
  }

  #drawSurface() {
    const { fit, plane: { view } } = this;
    if (!fit) return;
    const names = this.pair.map((index) => fit.names[index]);
    this.surface.setFunction((side, box) => this.#lattice(side, box), { x: view.x, y: view.y, half: view.half }, names);
  }

  /** Values on a square lattice of the plane. @param {number} side @param {Box} box */
  #lattice(side, box) {
    return onLattice((u, v) => this.#lossAt(u, v), side, box);
  }

  /** The loss where the other weights are at the minimum. @param {number} u @param {number} v */
  #lossAt(u, v) {
    if (!this.fit || !this.section) return NaN;
    const { loss } = this.fit;
    const [first, second] = [u, v].map((value, k) => toQuantity(this.scales[k], value) - loss.minimiser[this.pair[k]]);
    return loss.lowest + this.section.excess(first, second);
  }

  /** @param {number[]} weights @returns {Pair} */
  #place(weights) {
    return [toPlane(this.scales[0], weights[this.pair[0]]), toPlane(this.scales[1], weights[this.pair[1]])];
  }

  /** @param {number} u @param {number} v @returns {Pair} */
  #valuesAt(u, v) {
    const [first, second] = this.scales.map((scale, k) => {
      const grain = 10 ** (Math.floor(Math.log10(scale.scale)) - 3);
      return roundTo(toQuantity(scale, k ? v : u), grain);
    });
    return [first, second];
  }

  /** The length of the slope at some weights, as drawn. @param {number[]} weights */
  #length(weights) {
    const gradient = this.fit?.gradient(weights) ?? [];
    return Math.hypot(...this.pair.map((index, k) => gradient[index] / this.scales[k].scale));
  }
}

/** @param {Fit} fit @param {number} index */
function axisName(fit, index) {
  const unit = fit.unitOf(index);
  return unit ? `${fit.names[index]} (${unit})` : fit.names[index];
}

/** A cross at a pixel. @param {number} x @param {number} y */
function cross(x, y) {
  if (!(Math.abs(x) < FARTHEST_STOP && Math.abs(y) < FARTHEST_STOP)) return "";
  const [column, row] = [tenth(x), tenth(y)];
  return `M${column - 6} ${row - 6}l12 12M${column - 6} ${row + 6}l12 -12`;
}
