/**
 * Observations, posterior mean and band.  A click adds a point; every point can be dragged at once.
 *
 * The chosen point is the handle: it has the focus, keys move it, Delete removes it, Page Up and Page
 * Down choose another.  The other points are dots that pass what grips them on to the handle.
 */

import { Handle } from "../../controls/handle.js";
import { addNavigation } from "../../controls/navigation.js";
import { polyline } from "../../draw/path.js";
import { Plane } from "../../draw/plane.js";
import { ScaledAxes, toPlane, toQuantity } from "../../draw/scaled-axes.js";
import { html, svg } from "../../draw/svg.js";
import { roundTo, View } from "../../math/view.js";

const HALF = 1.06;
/** Deviations from the mean to the edge of the band. */
const BAND = 2;
/** Beyond so many pictures nothing is drawn. */
const FAR = 30;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Point} Point
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("../../draw/scaled-axes.js").Scale} Scale
 * @typedef {{
 *   add: (point: Point) => void, choose: (index: number) => void, movePoint: (point: Point) => void,
 *   remove: () => void, turnTo: (step: number) => void, homePoint: () => void, redraw: () => void,
 * }} Actions
 */

export class DataView {
  /** @param {Actions} actions */
  constructor(actions) {
    this.actions = actions;
    this.plane = new Plane({
      title: "Data and posterior", axes: ["", ""], view: new View(0, 0, HALF),
      help: "Data with posterior mean and band. A click adds a point. Arrow keys pan, plus and minus zoom, 0 resets the view.",
    });
    this.axes = new ScaledAxes(this.plane, ["x", "y"]);
    this.band = this.plane.layer("band").appendChild(svg("path"));
    this.mean = this.plane.layer("mean").appendChild(svg("path"));
    this.dots = html("div", { class: "dots", "aria-hidden": "true" });
    this.plane.stage.append(this.dots);
    this.handle = new Handle(this.plane, {
      label: "Chosen point",
      describe: (u, v) => this.#words(u, v),
      onMove: (u, v) => actions.movePoint(this.pointAt(u, v)),
      onReset: actions.homePoint,
    });
    this.handle.element.setAttribute("aria-roledescription", "movable point; Delete removes it, Page Down goes to the next");
    this.handle.element.addEventListener("keydown", (event) => this.#key(event));
    addNavigation(this.plane, { onPlace: (u, v) => actions.add(this.pointAt(u, v)) });
    /** @type {State | null} */
    this.state = null;
    /** @type {Point[]} */
    this.placed = [];
    this.plane.follow(() => this.#follow());
    this.plane.onNavigate = actions.redraw;
  }

  /** The inputs that are seen. */
  get range() {
    const { view } = this.plane;
    const [left, right] = [view.left, view.right].map((u) => Number(toQuantity(this.axes.scales[0], u).toPrecision(6)));
    return { left, right };
  }

  /** @param {number} u @param {number} v @returns {Point} */
  pointAt(u, v) {
    const [x, y] = [u, v].map((each, k) => {
      const scale = this.axes.scales[k];
      return roundTo(toQuantity(scale, each), 10 ** (Math.floor(Math.log10(scale.scale)) - 3));
    });
    return [x, y];
  }

  /** Show the data whole: another example, or a link. @param {State} state */
  frame({ window, points }) {
    const [across, up] = framed(window, points);
    this.axes.rescale([across, up], ["x", "y"]);
    this.plane.setHome(new View(0, 0, HALF));
    this.placed = [];
  }

  /** @param {State} state @param {Fitted} fitted */
  show(state, fitted) {
    const [x, y] = state.points[state.chosen];
    const [u, v] = this.#place([x, y]);
    this.state = state;
    this.plane.keepInSight(u, v, 0.02);
    this.handle.show(u, v);
    this.#showDots(state);
    this.#drawPosterior(fitted);
  }

  /** @param {Fitted} fitted */
  #drawPosterior({ definite, places, mean, variance }) {
    const { view } = this.plane;
    const [across, up] = this.axes.scales;
    const count = places.length;
    const us = Float64Array.from(places, (x) => toPlane(across, x));
    const far = FAR * view.half;
    const at = (/** @type {number} */ side) => Float64Array.from(mean, (value, k) => {
      const edge = value + side * BAND * Math.sqrt(Math.max(0, variance[k]));
      return Math.min(far, Math.max(-far, toPlane(up, edge)));
    });
    const upper = polyline(us, at(1), 0, 1, count, view);
    const lower = polyline(us.slice().reverse(), at(-1).reverse(), 0, 1, count, view);
    this.band.setAttribute("d", definite ? `${upper}${lower.replace("M", "L")}Z` : "");
    this.mean.setAttribute("d", definite ? polyline(us, at(0), 0, 1, count, view) : "");
  }

  /** Dots are made once and moved only where a point has moved. @param {State} state */
  #showDots({ points, chosen }) {
    while (this.dots.childNodes.length > points.length) this.dots.lastChild?.remove();
    while (this.dots.childNodes.length < points.length) this.dots.append(this.#makeDot(this.dots.childNodes.length));
    const { view } = this.plane;
    points.forEach((point, k) => {
      const dot = /** @type {HTMLElement} */ (this.dots.childNodes[k]);
      if (dot.hidden !== (k === chosen)) dot.hidden = k === chosen;
      if (this.placed[k] === point) return;
      const [u, v] = this.#place(point);
      dot.style.transform = `translate(${view.toPixelX(u)}px, ${view.toPixelY(v)}px)`;
    });
    this.placed = points;
  }

  /** @param {number} index */
  #makeDot(index) {
    const dot = html("div", { class: "dot" });
    dot.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button !== 0) return;
      event.stopPropagation();
      event.preventDefault();
      this.actions.choose(index);
      if (this.state) this.handle.show(...this.#place(this.state.points[index]));
      // From here on the handle is dragged, as if the pointer had come down on it.
      this.handle.element.dispatchEvent(new PointerEvent("pointerdown", event));
    });
    dot.addEventListener("click", (event) => event.stopPropagation());
    return dot;
  }

  #follow() {
    this.placed = [];
    this.actions.redraw();
  }

  /** @param {Point} point @returns {[number, number]} */
  #place([x, y]) {
    return [toPlane(this.axes.scales[0], x), toPlane(this.axes.scales[1], y)];
  }

  /** @param {number} u @param {number} v */
  #words(u, v) {
    const [x, y] = this.pointAt(u, v);
    const which = this.state ? `${this.state.chosen + 1} of ${this.state.points.length}, ` : "";
    return `${which}x = ${x}, y = ${y}`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { remove, turnTo } = this.actions;
    if (event.key === "Delete" || event.key === "Backspace") remove();
    else if (event.key === "PageDown") turnTo(1);
    else if (event.key === "PageUp") turnTo(-1);
    else return;
    event.preventDefault();
  }
}

/**
 * Scales on which the window, and every point, lies between −1 and 1.
 *
 * @param {State["window"]} window  centre x, half width, half height around 0
 * @param {readonly Point[]} points
 * @returns {[Scale, Scale]}
 */
export function framed(window, points) {
  const xs = points.map(([x]) => x), ys = points.map(([, y]) => Math.abs(y));
  const [centre, halfX, halfY] = window ?? [0, 0, 0];
  const low = Math.min(...xs, ...(window ? [centre - halfX] : []));
  const high = Math.max(...xs, ...(window ? [centre + halfX] : []));
  const across = Number(((high - low) / 2).toPrecision(3)) || 1;
  const up = Number(Math.max(halfY, ...ys.map((y) => 1.1 * y)).toPrecision(2)) || 1;
  return [{ centre: (low + high) / 2, scale: across }, { centre: 0, scale: up }];
}
