/**
 * The two planes: the square around the point on the left, what f and its Jacobian make of it on the
 * right.
 *
 * The wide grids change with the views and the function, the rest with every movement of the hand;
 * they are drawn apart, so that a frame of a drag touches only what moves.
 */

import { Arrow } from "../../draw/arrow.js";
import { polyline, polylines, segments, tenth } from "../../draw/path.js";
import { Plane } from "../../draw/plane.js";
import { svg } from "../../draw/svg.js";
import { View } from "../../math/view.js";
import { LINE_SAMPLES, SIDE } from "./model.js";
import { printed } from "./words.js";

/** Lines drawn through the square in each direction: every tenth of the sampled ones. */
const EVERY = 10;
const LINES = (SIDE - 1) / EVERY + 1;
/** Pixels that keep the names of nearly parallel arrows apart. */
const NAME_ASIDE = 24;

/** @typedef {import("./model.js").Local} Local */
/** @typedef {import("./model.js").LinearizationModel} Model */
/** @typedef {import("./model.js").WideGrid} WideGrid */

export class Picture {
  /**
   * @param {{onViews: () => void}} options  called when the reader has moved a view
   */
  constructor({ onViews }) {
    /** @type {(visible: boolean) => void} told whether the line det J = 0 is in the picture */
    this.onFold = () => {};
    /** @type {Model | null} */
    this.model = null;
    /** @type {{x: number, y: number, size: number, local: Local} | null} */
    this.shown = null;
    /** @type {{model: Model, view: View, grid: WideGrid, fold: {line: number[], image: number[]}} | null} */
    this.wide = null;
    this.input = new Plane({
      title: "Input plane",
      help: "Input plane. Arrow keys pan, plus and minus zoom, 0 resets the view.",
      axes: ["x", "y"],
      view: new View(0, 0, 2.5),
    });
    this.output = new Plane({
      title: "Output plane",
      help: "Output plane. Arrow keys pan, plus and minus zoom, 0 resets the view.",
      axes: ["f₁", "f₂"],
      view: new View(0, 0, 5),
    });
    this.input.follow(() => this.#drawAll());
    this.output.follow(() => this.#drawAll());
    this.input.onNavigate = onViews;
    this.output.onNavigate = onViews;
    this.from = new PlaneLayers(this.input);
    this.to = new PlaneLayers(this.output);
    this.linear = this.output.layer("linear").appendChild(svg("path"));
    this.steps = arrows(this.input);
    this.columns = arrows(this.output);
    this.image = this.output.layer("image-point").appendChild(svg("circle", { r: 4.5 }));
    this.names = ["x", "y"];
  }

  /** @param {[string, string]} names */
  setNames(names) {
    this.names = names.map(printed);
    this.input.renameAxes([this.names[0], this.names[1]]);
  }

  /**
   * Show the point and its surroundings; without effect before a function is there.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {Local} local
   */
  show(x, y, size, local) {
    this.shown = { x, y, size, local };
    this.input.keepInSight(x, y, 0.02);
    this.output.keepInSight(local.value[0], local.value[1], 0.1);
    if (this.wide?.model !== this.model) this.#drawAll();
    else this.#drawNear();
  }

  #drawAll() {
    if (!this.model || !this.shown) return;
    this.#drawWide(this.model);
    this.#drawNear();
    this.onFold(this.#wideOf(this.model, this.input.view).fold.line.length > 0);
  }

  /** @param {Model} model */
  #drawWide(model) {
    const { grid, fold } = this.#wideOf(model, this.input.view);
    this.from.drawGrid(grid.points, grid, this.input.view, true);
    this.to.drawGrid(grid.image, grid, this.output.view, false);
    this.from.drawFold(fold.line, this.input.view);
    this.to.drawFold(fold.image, this.output.view);
  }

  /**
   * Panning the output plane changes nothing of this.
   *
   * @param {Model} model
   * @param {View} view
   */
  #wideOf(model, view) {
    if (this.wide?.model !== model || this.wide.view !== view) {
      this.wide = { model, view, grid: model.wideGrid(view), fold: model.foldLine(view) };
    }
    return this.wide;
  }

  #drawNear() {
    if (!this.model || !this.shown) return;
    const { x, y, size, local } = this.shown;
    const image = this.model.imageOfSquare(x, y, size);
    this.from.drawSquare(this.model.pointsOfSquare(), this.input.view, true);
    this.to.drawSquare(image, this.output.view, false);
    this.#drawLinear(local, size);
    this.#drawArrows(x, y, local);
  }

  /**
   * The linear approximation of the square's lines: straight, evenly spaced, parallel.
   *
   * @param {Local} local
   * @param {number} size
   */
  #drawLinear({ value: [u, v], matrix: [a, b, c, d] }, size) {
    const ends = new Float64Array(8 * LINES);
    for (let line = 0; line < LINES; line++) {
      const t = size * ((2 * line) / (LINES - 1) - 1);
      for (const [index, [h, k]] of [[-size, t], [size, t], [t, -size], [t, size]].entries()) {
        ends[8 * line + 2 * index] = u + a * h + b * k;
        ends[8 * line + 2 * index + 1] = v + c * h + d * k;
      }
    }
    this.linear.setAttribute("d", segments(ends, this.output.view));
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {Local} local
   */
  #drawArrows(x, y, { value: [u, v], matrix: [a, b, c, d] }) {
    this.steps[0].draw(this.input.view, x, y, 1, 0, `${this.names[0]} moves`);
    this.steps[1].draw(this.input.view, x, y, 0, 1, `${this.names[1]} moves`);
    const aside = nearlyParallel(a, c, b, d) ? NAME_ASIDE : 0;
    this.columns[0].draw(this.output.view, u, v, a, c, "Col 1", aside);
    this.columns[1].draw(this.output.view, u, v, b, d, "Col 2", -aside);
    const defined = Number.isFinite(u + v);
    this.image.toggleAttribute("hidden", !defined);
    if (!defined) return;
    this.image.setAttribute("cx", String(tenth(this.output.view.toPixelX(u))));
    this.image.setAttribute("cy", String(tenth(this.output.view.toPixelY(v))));
  }
}

/**
 * Whether two arrows point the same way so nearly that their names would lie on each other.
 *
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
function nearlyParallel(a, b, c, d) {
  return a * c + b * d > 0.95 * Math.hypot(a, b) * Math.hypot(c, d);
}

/** @param {Plane} plane */
function arrows(plane) {
  const layer = plane.layer("arrows");
  return [new Arrow(layer, "first"), new Arrow(layer, "second")];
}

/** What both planes have: a wide grid, the fold line, the square with its lines. */
class PlaneLayers {
  /** @param {Plane} plane */
  constructor(plane) {
    const wide = plane.ground("wide-grid");
    const near = plane.layer("near-grid");
    this.wideFirst = wide.appendChild(svg("path", { class: "first" }));
    this.wideSecond = wide.appendChild(svg("path", { class: "second" }));
    this.fold = wide.appendChild(svg("path", { class: "fold" }));
    this.area = near.appendChild(svg("path", { class: "area" }));
    this.nearFirst = near.appendChild(svg("path", { class: "first" }));
    this.nearSecond = near.appendChild(svg("path", { class: "second" }));
    this.border = near.appendChild(svg("path", { class: "border" }));
  }

  /**
   * @param {import("./model.js").Image} points
   * @param {WideGrid} grid
   * @param {View} view
   * @param {boolean} straight  two points make a line
   */
  drawGrid({ u, v }, { heights, widths }, view, straight) {
    const samples = sampling(LINE_SAMPLES, 1, straight);
    const first = { ...samples, step: LINE_SAMPLES, offset: 0, lines: heights.length };
    const second = { ...first, offset: heights.length * LINE_SAMPLES, lines: widths.length };
    this.wideFirst.setAttribute("d", polylines(u, v, first, view));
    this.wideSecond.setAttribute("d", polylines(u, v, second, view));
  }

  /**
   * @param {number[]} ends
   * @param {View} view
   */
  drawFold(ends, view) {
    this.fold.setAttribute("d", segments(ends, view));
  }

  /**
   * @param {import("./model.js").Image} lattice
   * @param {View} view
   * @param {boolean} straight
   */
  drawSquare({ u, v }, view, straight) {
    const rows = { ...sampling(SIDE, 1, straight), offset: 0, step: EVERY * SIDE, lines: LINES };
    const columns = { ...sampling(SIDE, SIDE, straight), offset: 0, step: EVERY, lines: LINES };
    this.nearFirst.setAttribute("d", polylines(u, v, rows, view));
    this.nearSecond.setAttribute("d", polylines(u, v, columns, view));
    const border = outline(u, v, view);
    this.area.setAttribute("d", border);
    this.border.setAttribute("d", border);
  }
}

/**
 * Which points of a line are joined: all of them, or the two ends of a straight one.
 *
 * @param {number} count
 * @param {number} stride
 * @param {boolean} straight
 */
function sampling(count, stride, straight) {
  return straight ? { count: 2, stride: stride * (count - 1) } : { count, stride };
}

/**
 * Once around the lattice.
 *
 * @param {Float64Array} u
 * @param {Float64Array} v
 * @param {View} view
 */
function outline(u, v, view) {
  const last = SIDE - 1;
  return (
    polyline(u, v, 0, 1, SIDE, view) +
    polyline(u, v, last, SIDE, SIDE, view).replace("M", "L") +
    polyline(u, v, SIDE * SIDE - 1, -1, SIDE, view).replace("M", "L") +
    polyline(u, v, SIDE * last, -SIDE, SIDE, view).replace("M", "L")
  );
}
