/**
 * One of the two pictures: the expected loss over two coordinates as a contour map, ellipses of the Fisher
 * metric, a point to drag with both directions of descent, and the paths of both coordinates: its own
 * drawn through, those of the other picture dashed, where they lead here.
 *
 * Both directions are equally long on the screen, so the gradient stands at right angles to the contour
 * lines, and an ellipse is what it is.
 */

import { ContourMap } from "../../charts/contour-map.js";
import { ChartNumbers } from "../../charts/numbers.js";
import { Handle } from "../../controls/handle.js";
import { addNavigation } from "../../controls/navigation.js";
import { Arrow } from "../../draw/arrow.js";
import { ellipse } from "../../draw/ellipse.js";
import { spreadLabels } from "../../draw/labels.js";
import { dots, polyline, segments, tenth } from "../../draw/path.js";
import { Plane } from "../../draw/plane.js";
import { svg } from "../../draw/svg.js";
import { symmetricEigen } from "../../math/linear.js";
import { mapped } from "../../math/natural-gradient/paths.js";
import { squaredLength } from "../../math/natural-gradient/field.js";
import { multiples, numberStep, View } from "../../math/view.js";
import { placeWords } from "./words.js";

/** Of the window's half side: an arrow, the ellipse around the point; and of the distance of grid points. */
const LONGEST_ARROW = 0.5;
const LARGEST_REACH = 0.5;
const LARGEST_ELLIPSE = 0.46;
/** The share of the ellipses that keep to that; some near an edge are larger. */
const USUAL_SHARE = 0.85;
const SMALLEST = 1e-6;
/** Pixels between two dots. */
const APART = 6;
const KINDS = /** @type {const} */ (["plain", "natural"]);

/**
 * @typedef {import("./model.js").Side} Side
 * @typedef {import("./model.js").Pair} Pair
 * @typedef {import("./model.js").Path} Path
 * @typedef {{x: number, y: number, metric: import("../../math/natural-gradient/field.js").Metric}} Place
 */

export class ParameterView {
  /** @param {{name: string, numbers: string, move: (point: Pair) => void, home: () => void, redraw: () => void}} options */
  constructor({ name, numbers, move, home, redraw }) {
    this.plane = new Plane({
      title: name, axes: ["", ""], view: new View(0, 0, 1),
      help: "Contour map of the expected loss over two parameters. Arrow keys pan, plus and minus zoom, 0 resets the view.",
    });
    this.map = new ContourMap(this.plane);
    this.numbers = new ChartNumbers(numbers);
    this.numbers.read = () => this.#readNumbers();
    this.edge = this.plane.ground("edge").appendChild(svg("path"));
    this.ellipses = this.plane.layer("ellipses").appendChild(svg("path"));
    const layer = this.plane.layer("paths");
    const path = (/** @type {string} */ className) => layer.appendChild(svg("path", { class: className }));
    this.foreign = { plain: path("plain foreign"), natural: path("natural foreign") };
    this.own = { plain: path("plain own"), natural: path("natural own") };
    this.stops = { plain: path("plain stops"), natural: path("natural stops") };
    this.exit = path("plain exit");
    this.reach = this.plane.layer("reach").appendChild(svg("path"));
    const arrows = this.plane.layer("arrows");
    this.arrows = { plain: new Arrow(arrows, "second"), natural: new Arrow(arrows, "first") };
    const balls = this.plane.layer("balls");
    this.balls = { plain: balls.appendChild(svg("circle", { class: "plain", r: 6 })), natural: balls.appendChild(svg("circle", { class: "natural", r: 6 })) };
    /** @type {Side | null} */
    this.side = null;
    this.handle = new Handle(this.plane, {
      label: name, describe: (u, v) => (this.side ? placeWords(this.side.coordinates, [u, v]) : ""),
      onMove: (u, v) => move([u, v]), onReset: home,
    });
    addNavigation(this.plane, { onPlace: (u, v) => move([u, v]) });
    this.mapKey = "";
    this.following = false;
    this.plane.follow(() => this.#follow(redraw));
  }

  /** @param {import("./model.js").Coordinates} coordinates @param {[number, number, number]} window  centre and half side */
  frame(coordinates, [x, y, half]) {
    this.plane.retitle(coordinates.title);
    this.plane.element.setAttribute("aria-label", coordinates.title);
    this.handle.element.setAttribute("aria-label", `Point: ${coordinates.words.join(" and ")}`);
    this.plane.renameAxes(coordinates.signs);
    this.plane.setHome(new View(x, y, half));
  }

  /** Whether a point is in the part of the plane that is seen. @param {Pair} point */
  sees([u, v]) {
    return this.plane.view.keeping(u, v, 0) === this.plane.view;
  }

  /**
   * @param {Side} side
   * @param {Side} other
   * @param {number} step  that is shown
   * @param {number} radius  of the ellipses in the Fisher metric
   */
  show(side, other, step, radius) {
    this.side = side;
    const { plane } = this;
    this.following = true;
    plane.keepInSight(...side.point, 0.02);
    this.following = false;
    this.handle.show(...side.point);
    this.#showMap(side);
    this.edge.setAttribute("d", outside(side.coordinates.corners, plane.view));
    this.#drawEllipses(radius);
    this.#drawArrows(side);
    this.#drawPaths(side, other, step);
  }

  /** Ellipses of which radius in the Fisher metric fit between the points of the grid. */
  fittingRadius() {
    const { step, places } = this.#grid();
    const radii = places.map(({ metric: [a, b, c] }) => LARGEST_ELLIPSE * step * Math.sqrt(symmetricEigen(a, b, c).values[0]));
    const known = radii.filter((radius) => radius > 0).sort((one, two) => one - two);
    return known[Math.floor((1 - USUAL_SHARE) * known.length)] ?? Infinity;
  }

  /** Round places over the window, with the metric there. @returns {{step: number, places: Place[]}} */
  #grid() {
    const { view } = this.plane;
    const step = numberStep(view);
    /** @type {Place[]} */
    const places = [];
    for (const x of multiples(view.left, view.right, step)) {
      for (const y of multiples(view.bottom, view.top, step)) {
        const local = this.side?.field.at([x, y]);
        if (local && Number.isFinite(local.value)) places.push({ x, y, metric: local.information });
      }
    }
    return { step, places };
  }

  /** @param {number} radius */
  #drawEllipses(radius) {
    const { view } = this.plane;
    this.ellipses.setAttribute("d", this.#grid().places.map(({ x, y, metric }) => ellipse(metric, radius, x, y, view)).join(""));
  }

  /** Both directions of descent, and the ellipse of all steps as long as the natural one. @param {Side} side */
  #drawArrows({ point, local, natural }) {
    const { view } = this.plane;
    const shrunk = (/** @type {Pair} */ [u, v]) => {
      const length = Math.hypot(u, v);
      return length > SMALLEST ? (-LONGEST_ARROW * view.half) / (length + 0.5 * view.half) : NaN;
    };
    const plain = shrunk(local.gradient);
    this.arrows.plain.draw(view, ...point, plain * local.gradient[0], plain * local.gradient[1], "plain");
    const length = Math.sqrt(squaredLength(local.information, natural));
    const longest = LARGEST_REACH * view.half * Math.sqrt(symmetricEigen(...local.information).values[0]);
    const scale = Math.max(shrunk(natural), -longest / length);
    this.arrows.natural.draw(view, ...point, scale * natural[0], scale * natural[1], "natural");
    this.reach.setAttribute("d", length > 0 ? ellipse(local.information, -scale * length, ...point, view) : "");
    spreadLabels([this.arrows.plain, this.arrows.natural], view.height, { x: view.toPixelX(point[0]), y: view.toPixelY(point[1]) });
  }

  /** @param {Side} side @param {Side} other @param {number} step */
  #drawPaths(side, other, step) {
    const { view } = this.plane;
    const here = (/** @type {Pair} */ point) => side.coordinates.fromBase(other.coordinates.toBase(point));
    for (const kind of KINDS) {
      const { points } = side.paths[kind];
      this.own[kind].setAttribute("d", line(points, view));
      this.foreign[kind].setAttribute("d", line(mapped(other.paths[kind].points, here), view));
      this.stops[kind].setAttribute("d", dots(...columns(points), view, APART));
      const [u, v] = points[Math.min(step, points.length - 1)];
      this.balls[kind].toggleAttribute("hidden", step === 0);
      this.balls[kind].setAttribute("cx", String(tenth(view.toPixelX(u))));
      this.balls[kind].setAttribute("cy", String(tenth(view.toPixelY(v))));
    }
    const ways = KINDS.flatMap((kind) => {
      const { exit, points } = side.paths[kind];
      return exit ? [...points[points.length - 1], ...exit] : [];
    });
    this.exit.setAttribute("d", segments(ways, view));
  }

  /** @param {Side} side */
  #showMap({ name, field, coordinates }) {
    const key = `${name} ${field.data.join()}`;
    if (key === this.mapKey || this.plane.view.width <= 1) return;
    this.mapKey = key;
    this.map.show((side, box) => field.sample(side, box, coordinates.nearest));
    this.numbers.refresh();
  }

  #readNumbers() {
    const { left, right, bottom, top } = this.plane.view;
    const box = { left, right, bottom, top };
    const values = this.side?.field.sample(this.numbers.side, box) ?? new Float64Array();
    return { values, box, levels: this.map.levels, names: this.side?.coordinates.signs ?? ["", ""] };
  }

  /** @param {() => void} redraw */
  #follow(redraw) {
    // Showing may move the view to keep the handle in sight, which leads here: what follows draws it.
    if (!this.following) redraw();
  }
}

/**
 * What lies beyond the corners of a family, to be covered; its inner edge bounds the family.
 *
 * @param {Pair[] | undefined} corners
 * @param {View} view
 */
function outside(corners, view) {
  if (!corners) return "";
  const inner = corners.map(([u, v]) => `${tenth(view.toPixelX(u))} ${tenth(view.toPixelY(v))}`).join("L");
  return `M-9 -9H${view.width + 9}V${view.height + 9}H-9ZM${inner}Z`;
}

/** The coordinates of points, each as an array. @param {Pair[]} points @returns {[Float64Array, Float64Array]} */
function columns(points) {
  return [Float64Array.from(points, ([u]) => u), Float64Array.from(points, ([, v]) => v)];
}

/** @param {Pair[]} points @param {View} view */
function line(points, view) {
  return polyline(...columns(points), 0, 1, points.length, view);
}
