/**
 * Both unknowns alone: the density of the target as an area, that of q as a line, and below them one
 * standard deviation to each side.  What a mean field leaves out is seen at once.
 */

import { html, setText, svg } from "../../draw/svg.js";
import { tenth } from "../../draw/path.js";
import { significant } from "../../math/quantity.js";
import { marginalOf, normal } from "../../math/variational/target.js";
import { sameTarget } from "./state.js";

const WIDTH = 320, HEIGHT = 112;
/** Of the densities; below it the two bars. */
const FLOOR = 84, ROOM = 76;
const BARS = [94, 105];
const SAMPLES = 161;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("../../math/view.js").View} View
 */

class Marginal {
  /** @param {0 | 1} which */
  constructor(which) {
    this.which = which;
    this.words = html("p", { class: "marginal-words" });
    this.area = svg("path", { class: "target" });
    this.line = svg("path", { class: "q-line" });
    this.floor = svg("path", { class: "floor", d: `M0 ${FLOOR}H${WIDTH}` });
    this.bars = ["target-bar", "q-bar"].map((name) => svg("path", { class: name }));
    this.drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", class: "drawing framed marginal-drawing" }, [
      this.area, this.line, this.floor, ...this.bars,
    ]);
    this.element = html("div", { class: "marginal" }, [this.words, this.drawing]);
    this.key = "";
    /** @type {number[]} of the target at the samples */
    this.heights = [];
    /** @type {State["target"] | null} */
    this.known = null;
  }

  /** @param {State} state @param {Fitted} fitted @param {View} view */
  show({ target, place }, { variances, target: truth }, view) {
    const { which } = this;
    const [low, high] = which ? [view.bottom, view.top] : [view.left, view.right];
    const at = (/** @type {number} */ k) => low + ((high - low) * k) / (SAMPLES - 1);
    this.#remember(target, low, high, at);
    const deviation = Math.sqrt(variances[which]);
    const tallest = Math.max(...this.heights, normal(0, deviation));
    const pixel = (/** @type {number} */ z) => tenth(((z - low) / (high - low)) * WIDTH);
    const line = (/** @type {(k: number) => number} */ height) =>
      Array.from({ length: SAMPLES }, (_, k) => `${pixel(at(k))} ${tenth(FLOOR - (ROOM * height(k)) / tallest)}`).join("L");
    this.area.setAttribute("d", `M0 ${FLOOR}L${line((k) => this.heights[k])}L${WIDTH} ${FLOOR}Z`);
    this.line.setAttribute("d", `M${line((k) => normal(at(k) - place[which], deviation))}`);
    const bar = (/** @type {number} */ centre, /** @type {number} */ half, /** @type {number} */ y) => `M${pixel(centre - half)} ${y}H${pixel(centre + half)}`;
    this.bars[0].setAttribute("d", bar(target.mean[which], Math.sqrt(truth[which]), BARS[0]));
    this.bars[1].setAttribute("d", bar(place[which], deviation, BARS[1]));
    setText(this.words, `${["z₁", "z₂"][which]} alone: variance ${significant(truth[which], 3)} of p, ${significant(variances[which], 3)} of q`);
  }

  /**
   * The target's density is an integral: it is worked out again only for another target or window.
   *
   * @param {State["target"]} target @param {number} low @param {number} high @param {(k: number) => number} at
   */
  #remember(target, low, high, at) {
    const key = `${low} ${high}`;
    if (key === this.key && this.known && sameTarget(this.known, target)) return;
    this.key = key;
    this.known = target;
    const density = marginalOf(target, this.which);
    this.heights = Array.from({ length: SAMPLES }, (_, k) => density(at(k)));
  }
}

export class MarginalsView {
  constructor() {
    this.marginals = /** @type {const} */ ([0, 1]).map((which) => new Marginal(which));
    this.element = html("div", { class: "marginals", role: "group", "aria-label": "Marginal densities" }, [
      html("p", { class: "plane-title" }, ["Each unknown alone"]), ...this.marginals.map(({ element }) => element),
    ]);
  }

  /** @param {State} state @param {Fitted} fitted @param {View} view */
  show(state, fitted, view) {
    for (const marginal of this.marginals) marginal.show(state, fitted, view);
  }
}
