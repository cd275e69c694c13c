/**
 * The Hessian: drag a point over a landscape and see its curvature, the Taylor surface, the class of
 * the Hessian and two steps towards a critical point.
 *
 * Markup in the page: `<figure class="widget" data-widget="hessian" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.  What the
 * widgets over a landscape share is in ../../landscape/.
 *
 *     picture.js   over map and surface      readout.js   the numbers      words.js   sentences
 */

import { Legend } from "../../draw/legend.js";
import { html } from "../../draw/svg.js";
import { LandscapeWidget, loadLandscapeStyles } from "../../landscape/base.js";
import { ApiError } from "../../services/api.js";
import { Picture } from "./picture.js";
import { Readout } from "./readout.js";
import { sentence } from "./words.js";

const VERSION = 1;
/** @type {import("../../landscape/base.js").Original} */
const ORIGINAL = { f: "x^3 - 3*x + y^2", vars: ["x", "y"], at: [0.5, 0.5] };
/** A click this near to a critical point (in pixels) means it. */
const NEAR_CLICK = 10;

/**
 * @typedef {import("../../landscape/model.js").Local} Local
 * @typedef {import("../../landscape/source.js").CriticalPoint} CriticalPoint
 */

/**
 * @param {HTMLElement} root
 * @param {import("../../landscape/base.js").Options} options
 */
export async function mount(root, options) {
  await loadLandscapeStyles(new URL("./widget.css", import.meta.url));
  await new HessianWidget(root, options).begin();
}

/** @extends {LandscapeWidget<import("../../landscape/state.js").State>} */
class HessianWidget extends LandscapeWidget {
  /**
   * @param {HTMLElement} root
   * @param {import("../../landscape/base.js").Options} options
   */
  constructor(root, options) {
    super(root, options, { title: "Hessian: curvature and critical points", version: VERSION, original: ORIGINAL });
    /** @type {CriticalPoint[]} */
    this.found = [];
    this.picture = new Picture(this.plane, this.map, this.surface);
    this.readout = new Readout({ go: (x, y) => this.move(x, y), search: () => this.#search() });
    this.#assemble();
  }

  #assemble() {
    const legend = new Legend({
      taylor: "contours of the Taylor polynomial",
      first: "principal direction of λ₁", second: "of λ₂",
      newton: "Newton’s step", descent: "gradient’s step",
    });
    const alternative = html("div", { class: "widget-alternative" }, [...this.root.childNodes]);
    this.root.replaceChildren(
      html("p", { class: "widget-title" }, [this.title]),
      alternative,
      html("div", { class: "widget-toolbar" }, [this.presets.element, this.expression.element]),
      html("div", { class: "widget-stage two" }, [this.plane.element, this.surface.element]),
      legend.element,
      html("p", { class: "chart-caption" }, [
        "Map and surface show the same window: the deeper the colour, the lower f, and between two contour ",
        "lines lies about the same area. The green patch on the surface is the second-order Taylor ",
        "polynomial at the point.",
      ]),
      html("div", { class: "widget-controls" }, [this.x.element, this.y.element, this.reset]),
      this.announcer.element,
      this.readout.element,
      this.numbers.element,
    );
  }

  /** @param {import("../../landscape/source.js").Answer} answer */
  onFunction(answer) {
    this.found = [];
    this.picture.showCriticalPoints([]);
    this.readout.setFunction(answer);
    this.settled = this.#search();
  }

  onWindow() {
    this.picture.showCriticalPoints(this.found);
  }

  /** @param {Local} local */
  show(local) {
    if (!this.field) return;
    this.picture.show(local, this.field);
    this.readout.show(local, this.field, this.#known(local));
  }

  /** @param {Local} local */
  sentence(local) {
    return sentence(local, this.#known(local));
  }

  /**
   * A click near a critical point means that point.
   *
   * @param {number} x
   * @param {number} y
   */
  place(x, y) {
    const { scale } = this.plane.view;
    const near = this.found.find((point) => Math.hypot(point.x - x, point.y - y) * scale < NEAR_CLICK);
    this.move(near?.x ?? x, near?.y ?? y);
  }

  /**
   * The critical point of the list on which the point stands.
   *
   * @param {Local} local
   */
  #known({ x, y }) {
    return this.found.find((point) => point.x === x && point.y === y) ?? null;
  }

  /** Ask for the critical points in the window; nothing else waits for the answer. */
  async #search() {
    const { f, vars } = this.state;
    this.readout.showCriticalPoints("searching", vars);
    try {
      const found = await this.source.criticalPoints(f, vars, this.stage.box);
      if (!found) return;
      this.found = found.points;
      this.readout.showCriticalPoints(found, vars);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.readout.showCriticalPoints({ problem: `The critical points are not to be had. ${error.message}` }, vars);
    }
    this.picture.showCriticalPoints(this.found);
    this.render();
  }
}
