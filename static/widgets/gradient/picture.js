/** What lies over the contour map and on the surface: gradient, direction, contour tangent, descent. */

import { Arrow } from "../../draw/arrow.js";
import { dots, polyline, segments, tenth } from "../../draw/path.js";
import { svg } from "../../draw/svg.js";
import { adaptive } from "../../math/format.js";
import { slopeAlong, unit } from "./words.js";

/** Of the window's half side. */
const LONGEST_ARROW = 0.62;
const REACH = 0.4;
/** In pixels: of the direction's handle from the point, and from the edge of the picture. */
const LEAST_RADIUS = 54;
const SHORTEST_RADIUS = 34;
const EDGE = 14;
const SAMPLES = 17;
const LATTICE = 9;

/**
 * @typedef {import("../../landscape/model.js").Local} Local
 * @typedef {import("../../landscape/model.js").Pair} Pair
 * @typedef {import("../../landscape/model.js").ScalarField} ScalarField
 * @typedef {import("../../landscape/descent.js").Descent} Descent
 */

export class Picture {
  /**
   * @param {import("../../draw/plane.js").Plane} plane
   * @param {import("../../charts/surface.js").Surface} surface
   * @param {import("../../controls/direction-handle.js").DirectionHandle} handle
   */
  constructor(plane, surface, handle) {
    this.plane = plane;
    this.surface = surface;
    this.handle = handle;
    const path = plane.layer("descent");
    this.path = path.appendChild(svg("path", { class: "path" }));
    this.stops = path.appendChild(svg("path", { class: "stops" }));
    this.tangent = plane.layer("tangent").appendChild(svg("path"));
    const layer = plane.layer("arrows");
    this.direction = new Arrow(layer, "second");
    this.gradient = new Arrow(layer, "first");
    this.ball = plane.layer("ball").appendChild(svg("circle", { r: 6 }));
    /** The length of a gradient that is drawn half as long as the longest. */
    this.usual = 1;
  }

  /**
   * The distance of the direction's handle from the point, in pixels: less where the picture ends.
   *
   * @param {number} x
   * @param {number} y
   * @param {Pair} direction
   */
  #radius(x, y, [u, v]) {
    const { view } = this.plane;
    const wanted = Math.max(LEAST_RADIUS, REACH * view.half * view.scale);
    const right = u > 0 ? view.width - view.toPixelX(x) : view.toPixelX(x);
    const down = v > 0 ? view.toPixelY(y) : view.height - view.toPixelY(y);
    const room = Math.min((right - EDGE) / Math.abs(u), (down - EDGE) / Math.abs(v));
    return Math.min(wanted, Math.max(SHORTEST_RADIUS, room));
  }

  /**
   * Choose how long arrows are drawn: by the gradients that occur in the window.
   *
   * @param {ScalarField} field
   */
  measure(field) {
    const { x, y, half } = this.plane.view;
    const lengths = [];
    for (let row = 0; row < LATTICE; row++) {
      for (let column = 0; column < LATTICE; column++) {
        const at = (/** @type {number} */ k) => half * ((2 * k) / (LATTICE - 1) - 1);
        lengths.push(Math.hypot(...field.slopeAt(x + at(column), y + at(row)).gradient));
      }
    }
    const known = lengths.filter(Number.isFinite).sort((first, second) => first - second);
    this.usual = known[Math.floor(known.length / 2)] || 1;
  }

  /**
   * @param {Local} local
   * @param {ScalarField} field
   * @param {number} degrees
   * @param {Descent} descent
   * @param {number} step  of the descent at which the ball lies
   * @param {boolean} visible  whether there is a gradient
   */
  show(local, field, degrees, descent, step, visible) {
    const { view } = this.plane;
    const { x, y, gradient } = local;
    const [u, v] = unit(degrees);
    const radius = this.#radius(x, y, [u, v]);
    this.handle.show(view.toPixelX(x), view.toPixelY(y), radius, degrees);
    const reach = radius / view.scale;
    const slope = slopeAlong(gradient, degrees);
    this.direction.draw(view, x, y, reach * u, reach * v, "");
    const length = Math.hypot(...gradient);
    const drawn = (LONGEST_ARROW * view.half * length) / (length + this.usual);
    const [right, up] = visible && length > 0 ? [(drawn * gradient[0]) / length, (drawn * gradient[1]) / length] : [NaN, NaN];
    this.gradient.draw(view, x, y, right, up, "∇f");
    const side = length > 0 && visible ? [(-reach * gradient[1]) / length, (reach * gradient[0]) / length] : [NaN, NaN];
    this.tangent.setAttribute("d", segments([x - side[0], y - side[1], x + side[0], y + side[1]], view));
    this.#drawDescent(descent, step);
    this.#onSurface(local, field, [u, v], slope, descent, step, visible);
  }

  /**
   * @param {Descent} descent
   * @param {number} step
   */
  #drawDescent({ points }, step) {
    const { view } = this.plane;
    const xs = Float64Array.from(points, ([x]) => x);
    const ys = Float64Array.from(points, ([, y]) => y);
    this.path.setAttribute("d", polyline(xs, ys, 0, 1, points.length, view));
    this.stops.setAttribute("d", dots(xs, ys, view));
    const [x, y] = points[step];
    this.ball.toggleAttribute("hidden", step === 0);
    this.ball.setAttribute("cx", String(tenth(view.toPixelX(x))));
    this.ball.setAttribute("cy", String(tenth(view.toPixelY(y))));
  }

  /**
   * @param {Local} local
   * @param {ScalarField} field
   * @param {Pair} direction
   * @param {number} slope
   * @param {Descent} descent
   * @param {number} step
   * @param {boolean} visible
   */
  #onSurface({ x, y, value, gradient }, field, direction, slope, { points }, step, visible) {
    const { x: middleX, y: middleY, half } = this.surface.window;
    const reach = REACH * half;
    const walk = (/** @type {Pair} */ [u, v]) =>
      field.lift(Array.from({ length: SAMPLES }, (_, k) => [x + (u * reach * k) / (SAMPLES - 1), y + (v * reach * k) / (SAMPLES - 1)]));
    /** @type {import("../../charts/surface.js").Curve[]} */
    const curves = [];
    const within = points.filter(([a, b]) => Math.abs(a - middleX) <= half && Math.abs(b - middleY) <= half);
    if (within.length > 1) curves.push({ points: field.lift(within), hue: "accent-3" });
    if (visible) {
      const [u, v] = direction;
      const end = /** @type {[number, number, number]} */ ([x + u * reach, y + v * reach, value + slope * reach]);
      curves.push({ points: [[x, y, value], end], hue: "accent-2", dashed: true, arrow: true, name: `slope ${adaptive(slope)}` });
      curves.push({ points: walk(direction), hue: "accent-2" });
      const length = Math.hypot(...gradient);
      if (length > 0) curves.push({ points: walk([gradient[0] / length, gradient[1] / length]), hue: "accent", arrow: true, name: "steepest" });
    }
    const ball = step > 0 ? field.lift([points[step]]) : [];
    this.surface.setMarks({ patch: null, curves, dots: [[x, y, value], ...ball] });
  }
}
