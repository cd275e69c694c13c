/**
 * The target as a contour map, the approximation over it: ellipses at one and two standard deviations,
 * handles for the mean and for the columns of L, the gradient as an arrow at each of them, the path of
 * the ascent.
 *
 * The columns of L, put at the mean, end on the ellipse of one standard deviation: L maps the unit
 * circle to it.  The second one is upright, for L is lower triangular.
 */

import { ContourMap } from "../../charts/contour-map.js";
import { ChartNumbers } from "../../charts/numbers.js";
import { Handle } from "../../controls/handle.js";
import { addNavigation } from "../../controls/navigation.js";
import { Arrow } from "../../draw/arrow.js";
import { spreadLabels } from "../../draw/labels.js";
import { dots, polyline, segments } from "../../draw/path.js";
import { Plane } from "../../draw/plane.js";
import { svg } from "../../draw/svg.js";
import { onLattice } from "../../math/grid.js";
import { ellipse, levelCurve, logJoint, momentsOf } from "../../math/variational/target.js";
import { View } from "../../math/view.js";
import { sameTarget } from "./state.js";

const CURVE = 181;
const RADII = [1, 2];
/** Of the window's half side; and the gradient whose arrow is half as long as the longest. */
const LONGEST_ARROW = 0.6;
const USUAL = 2;
const SMALLEST = 1e-3;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Place} Place
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Stop} Stop
 * @typedef {{
 *   moveMean: (z1: number, z2: number) => void, homeMean: () => void,
 *   moveColumn: (which: 0 | 1, right: number, up: number) => void, homeColumn: (which: 0 | 1) => void, redraw: () => void,
 * }} Actions  columns by their entries; `redraw` is asked for when another part of the plane is seen
 */

export class TargetView {
  /** @param {Actions} actions */
  constructor(actions) {
    this.plane = new Plane({
      title: "Target p and approximation q", axes: ["z₁", "z₂"], view: new View(0, 0, 3),
      help: "Contour map of the log joint density, with the approximation over it. Arrow keys pan, plus and minus zoom, 0 resets the view.",
    });
    this.map = new ContourMap(this.plane);
    this.numbers = new ChartNumbers("Numbers of the map: log p(x, z)");
    this.numbers.read = () => this.#readNumbers();
    this.target = this.plane.layer("target").appendChild(svg("path"));
    const q = this.plane.layer("approximation");
    this.ellipses = q.appendChild(svg("path", { class: "ellipses" }));
    this.columns = q.appendChild(svg("path", { class: "columns" }));
    this.path = this.plane.layer("ascent").appendChild(svg("path", { class: "path" }));
    this.stops = /** @type {Element} */ (this.path.parentElement ?? this.path).appendChild(svg("path", { class: "stops" }));
    const arrows = this.plane.layer("arrows");
    this.arrows = [0, 1, 2].map(() => new Arrow(arrows, "ascending"));
    this.mean = this.#meanHandle(actions);
    this.ends = /** @type {const} */ ([0, 1]).map((which) => this.#columnHandle(which, actions));
    addNavigation(this.plane, { onPlace: actions.moveMean });
    /** @type {{state: State, fitted: Fitted, stops: Stop[]} | null} */
    this.shown = null;
    /** @type {State["target"] | null} whose map is drawn */
    this.mapped = null;
    this.following = false;
    this.plane.follow(() => this.#follow(actions.redraw));
  }

  /** Another example, or a link. @param {State} state */
  frame({ window: [x, y, half] }) {
    this.plane.setHome(new View(x, y, half));
  }

  /** Whether the middle of a target is seen, one deviation to each side. @param {State["target"]} target */
  sees(target) {
    const [x, y] = target.mean, [right, up] = momentsOf(target).variances.map(Math.sqrt);
    const { view } = this.plane;
    return [[x - right, y - up], [x + right, y + up]].every(([z1, z2]) => view.keeping(z1, z2, 0) === view);
  }

  /** @param {State} state @param {Fitted} fitted @param {Stop[]} stops  of the ascent */
  show(state, fitted, stops) {
    this.shown = { state, fitted, stops };
    this.plane.keepInSight(state.place[0], state.place[1], 0.02);
    this.putHandles(state.place);
    this.#drawCurves(state);
    this.#drawArrows(state, fitted);
    this.#drawPath(stops);
    this.#showMap(state.target);
  }

  /** At once: the next key may come before the next frame. @param {Place} place */
  putHandles([m1, m2, k, l, n]) {
    this.mean.show(m1, m2);
    this.ends[0].show(m1 + k, m2 + l);
    this.ends[1].show(m1, m2 + n);
  }

  /** @param {State} state */
  #drawCurves({ target, place }) {
    const { view } = this.plane;
    const draw = (/** @type {(radius: number) => import("../../math/variational/target.js").Curve} */ curveAt) =>
      RADII.map((radius) => {
        const { xs, ys } = curveAt(radius);
        return polyline(xs, ys, 0, 1, CURVE, view);
      }).join("");
    const [m1, m2, k, l, n] = place;
    this.target.setAttribute("d", draw((radius) => levelCurve(target, radius, CURVE)));
    this.ellipses.setAttribute("d", draw((radius) => ellipse([m1, m2], [k, l, n], radius, CURVE)));
    this.columns.setAttribute("d", segments([m1, m2, m1 + k, m2 + l, m1, m2, m1, m2 + n], view));
  }

  /** @param {State} state @param {Fitted} fitted */
  #drawArrows({ place: [m1, m2, k, l, n] }, { gradient: [g1, g2, g11, g21, g22] }) {
    const { view } = this.plane;
    const roots = [[m1, m2, g1, g2], [m1 + k, m2 + l, g11, g21], [m1, m2 + n, 0, g22]];
    const longest = Math.max(...roots.map(([, , right, up]) => Math.hypot(right, up)));
    const scale = (LONGEST_ARROW * view.half) / (longest + USUAL);
    roots.forEach(([x, y, right, up], which) => {
      const drawn = Math.hypot(right, up) > SMALLEST ? scale : NaN;
      this.arrows[which].draw(view, x, y, drawn * right, drawn * up, ["∂m", "∂L₁", "∂L₂"][which]);
    });
    spreadLabels(this.arrows, view.height, ...roots.map(([x, y]) => ({ x: view.toPixelX(x), y: view.toPixelY(y) })));
  }

  /** @param {Stop[]} stops */
  #drawPath(stops) {
    const { view } = this.plane;
    const xs = Float64Array.from(stops, ({ place }) => place[0]), ys = Float64Array.from(stops, ({ place }) => place[1]);
    this.path.setAttribute("d", polyline(xs, ys, 0, 1, stops.length, view));
    this.stops.setAttribute("d", dots(xs, ys, view));
  }

  /** @param {State["target"]} target */
  #showMap(target) {
    if (this.plane.view.width <= 1 || (this.mapped && sameTarget(this.mapped, target))) return;
    this.mapped = target;
    this.map.show((side, box) => sample(target, side, box));
    this.numbers.refresh();
  }

  #readNumbers() {
    const { left, right, bottom, top } = this.plane.view;
    const box = { left, right, bottom, top };
    const values = this.mapped ? sample(this.mapped, this.numbers.side, box) : new Float64Array();
    return { values, box, levels: this.map.levels, names: ["z₁", "z₂"] };
  }

  /** @param {() => void} redraw */
  #follow(redraw) {
    // Showing may move the view to keep the handle in sight, which leads here again: once is enough.
    if (this.following || !this.shown) return;
    this.following = true;
    this.show(this.shown.state, this.shown.fitted, this.shown.stops);
    this.following = false;
    redraw();
  }

  /** @param {Actions} actions */
  #meanHandle({ moveMean, homeMean }) {
    return new Handle(this.plane, {
      label: "Mean of q", describe: (z1, z2) => `m₁ = ${round(z1)}, m₂ = ${round(z2)}`, onMove: moveMean, onReset: homeMean,
    });
  }

  /** @param {0 | 1} which @param {Actions} actions */
  #columnHandle(which, { moveColumn, homeColumn }) {
    const handle = new Handle(this.plane, {
      label: `End of column ${which + 1} of L`,
      describe: (z1, z2) => (which ? `L₂₂ = ${round(z2 - this.mean.y)}` : `L₁₁ = ${round(z1 - this.mean.x)}, L₂₁ = ${round(z2 - this.mean.y)}`),
      onMove: (z1, z2) => moveColumn(which, z1 - this.mean.x, z2 - this.mean.y),
      onReset: () => homeColumn(which),
    });
    handle.element.classList.add("column-end");
    return handle;
  }
}

/** @param {number} value */
function round(value) {
  return String(Number(value.toPrecision(4)));
}

/**
 * The log joint density on a square lattice.
 *
 * @param {State["target"]} target
 * @param {number} side
 * @param {import("../../math/contour.js").Box} box
 */
function sample(target, side, box) {
  return onLattice((z1, z2) => logJoint(target, z1, z2), side, box);
}
