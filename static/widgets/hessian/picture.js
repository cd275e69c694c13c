/**
 * What lies over the contour map and on the surface: the Taylor polynomial, the principal directions,
 * the two steps, and the critical points.
 */

import { Arrow } from "../../draw/arrow.js";
import { spreadLabels } from "../../draw/labels.js";
import { segments, tenth } from "../../draw/path.js";
import { svg } from "../../draw/svg.js";
import { gradientStep, newtonStep, taylor } from "../../landscape/model.js";
import { levelSegments } from "../../math/contour.js";
import { adaptive } from "../../math/format.js";
import { fillLattice } from "../../math/grid.js";

/** Of the window's half side: how far the Taylor surface reaches, and how long the directions are. */
const PATCH = 0.42;
const DIRECTION = 0.34;
const SIDE = 33;
const SAMPLES = 25;

/** Shapes of the critical points, around (0, 0). @type {Record<string, string>} */
export const SIGNS = {
  "local minimum": "M-6-4H6L0 6Z",
  "local maximum": "M-6 4H6L0-6Z",
  "saddle point": "M-5-5 5 5M-5 5 5-5",
  other: "M-5-5H5V5H-5Z",
};

/**
 * @typedef {import("../../landscape/model.js").Local} Local
 * @typedef {import("../../landscape/model.js").ScalarField} ScalarField
 * @typedef {import("../../landscape/source.js").CriticalPoint} CriticalPoint
 * @typedef {import("../../charts/surface.js").Curve} Curve
 */

/** @param {CriticalPoint} point  what it is, by the test or by higher-order terms */
export function kindOf({ verdict, higher }) {
  const kind = verdict === "inconclusive" ? higher?.decision : verdict;
  return kind && Object.hasOwn(SIGNS, kind) ? kind : "other";
}

export class Picture {
  /**
   * @param {import("../../draw/plane.js").Plane} plane
   * @param {import("../../charts/contour-map.js").ContourMap} map
   * @param {import("../../charts/surface.js").Surface} surface
   */
  constructor(plane, map, surface) {
    this.plane = plane;
    this.map = map;
    this.surface = surface;
    const near = plane.layer("taylor");
    this.area = near.appendChild(svg("path", { class: "area" }));
    this.lines = near.appendChild(svg("path", { class: "lines" }));
    this.points = plane.layer("critical-points");
    const behind = plane.layer("principal");
    this.axes = ["first", "second"].map((name) => behind.appendChild(svg("path", { class: `axis-line ${name}` })));
    const layer = plane.layer("arrows");
    this.directions = ["first", "second"].map((name) => new Arrow(layer, name));
    this.descent = new Arrow(layer, "descent");
    this.newton = new Arrow(layer, "newton");
    this.values = new Float64Array(SIDE * SIDE);
    this.offsets = [new Float64Array(SIDE * SIDE), new Float64Array(SIDE * SIDE)];
  }

  /**
   * @param {Local} local
   * @param {ScalarField} field
   */
  show(local, field) {
    const visible = local.defined && local.smooth;
    for (const layer of this.plane.drawing.querySelectorAll(".taylor, .principal, .arrows")) {
      layer.toggleAttribute("hidden", !visible);
    }
    this.#onSurface(local, field, visible);
    if (!visible) return;
    this.#drawTaylor(local);
    this.#drawDirections(local);
    this.#drawSteps(local);
    const { view } = this.plane;
    const point = { x: view.toPixelX(local.x), y: view.toPixelY(local.y) };
    spreadLabels([this.newton, this.descent, ...this.directions], view.height, point);
  }

  /** @param {CriticalPoint[]} points */
  showCriticalPoints(points) {
    const { view } = this.plane;
    this.points.replaceChildren(
      ...points.map((point) => {
        const [x, y] = [view.toPixelX(point.x), view.toPixelY(point.y)].map(tenth);
        return svg("path", { class: "critical", d: SIGNS[kindOf(point)], transform: `translate(${x} ${y})` });
      }),
    );
  }

  /** @param {Local} local */
  #drawTaylor(local) {
    const { view } = this.plane;
    const half = PATCH * view.half;
    const around = { left: -half, right: half, bottom: -half, top: half };
    const height = taylor(local);
    fillLattice(this.offsets[0], this.offsets[1], SIDE, around);
    for (let at = 0; at < this.values.length; at++) this.values[at] = height(this.offsets[0][at], this.offsets[1][at]);
    const box = { left: local.x - half, right: local.x + half, bottom: local.y - half, top: local.y + half };
    this.lines.setAttribute("d", segments(dashes(levelSegments(this.values, SIDE, box, this.map.levels), box), view));
    const [left, top, size] = [view.toPixelX(box.left), view.toPixelY(box.top), 2 * half * view.scale].map(tenth);
    this.area.setAttribute("d", `M${left} ${top}h${size}v${size}h${-size}Z`);
  }

  /** @param {Local} local */
  #drawDirections({ x, y, eigenvalues, eigenvectors }) {
    const { view } = this.plane;
    const length = DIRECTION * view.half;
    eigenvectors.forEach(([u, v], k) => {
      const sign = k === 0 ? "₁" : "₂";
      this.directions[k].draw(view, x, y, length * u, length * v, `λ${sign} = ${adaptive(eigenvalues[k])}`);
      this.axes[k].setAttribute("d", segments([x, y, x - length * u, y - length * v], view));
    });
  }

  /** @param {Local} local */
  #drawSteps(local) {
    const { view } = this.plane;
    const { x, y } = local;
    const [newton, descent] = [newtonStep(local), gradientStep(local)];
    const shown = (/** @type {[number, number] | null} */ step) => (step && Math.hypot(...step) * view.scale > 2 ? step : [NaN, NaN]);
    const [right, up] = shown(newton);
    const [along, away] = shown(descent);
    const together = Math.hypot(right - along, up - away) * view.scale < 8;
    this.descent.draw(view, x, y, along, away, together ? "" : "gradient’s step");
    this.newton.draw(view, x, y, right, up, together ? "both steps" : "Newton’s step");
  }

  /**
   * @param {Local} local
   * @param {ScalarField} field
   * @param {boolean} visible
   */
  #onSurface(local, field, visible) {
    const { x, y, value, eigenvectors } = local;
    const { half } = this.surface.window;
    const patch = visible ? { x, y, half: PATCH * half, height: taylor(local) } : null;
    const curves = visible ? eigenvectors.map((vector, k) => principalCurve(field, local, vector, k, PATCH * half)) : [];
    this.surface.setMarks({ patch, curves, dots: [[x, y, value]] });
  }
}

/**
 * Contour lines come in pieces, cell by cell; every other piece on its way makes a line dashed.
 *
 * @param {number[]} ends  x1, y1, x2, y2 for each piece
 * @param {import("../../math/contour.js").Box} box
 */
function dashes(ends, box) {
  const cell = (box.right - box.left) / (SIDE - 1);
  const kept = [];
  for (let at = 0; at < ends.length; at += 4) {
    const [x1, y1, x2, y2] = ends.slice(at, at + 4);
    const flat = Math.abs(x2 - x1) > Math.abs(y2 - y1);
    const along = flat ? (x1 + x2) / 2 - box.left : (y1 + y2) / 2 - box.bottom;
    if (Math.floor(along / cell) % 2 === 0) kept.push(x1, y1, x2, y2);
  }
  return kept;
}

/**
 * The path on the surface over a principal direction.
 *
 * @param {ScalarField} field
 * @param {Local} local
 * @param {[number, number]} vector
 * @param {number} k
 * @param {number} reach
 * @returns {Curve}
 */
function principalCurve(field, { x, y }, [u, v], k, reach) {
  const points = Array.from({ length: SAMPLES }, (_, index) => {
    const t = reach * ((2 * index) / (SAMPLES - 1) - 1);
    return /** @type {[number, number]} */ ([x + t * u, y + t * v]);
  });
  return { points: field.lift(points), hue: k === 0 ? "accent" : "accent-2", name: k === 0 ? "λ₁" : "λ₂" };
}
