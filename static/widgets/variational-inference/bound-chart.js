/**
 * How ℒ rises along the ascent towards log p(x), and how much of a gap is left: a small picture of the
 * numbers beside it.
 */

import { html, svg } from "../../draw/svg.js";
import { tenth } from "../../draw/path.js";

const WIDTH = 320, HEIGHT = 100;
const TOP = 12, BOTTOM = 92, LEFT = 8, RIGHT = 300;
/** Steps that the width is for, at least. */
const USUAL_STEPS = 12;

export class BoundChart {
  constructor() {
    this.ceiling = svg("path", { class: "target", d: `M0 ${TOP}H${WIDTH}` });
    this.line = svg("path", { class: "bound-line" });
    this.gap = svg("path", { class: "gap-line" });
    this.here = svg("path", { class: "bound-here" });
    const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", class: "drawing bound-drawing" }, [
      this.ceiling, this.gap, this.line, this.here,
    ]);
    this.element = html("div", { class: "bound-chart" }, [
      drawing, html("p", { class: "chart-caption" }, ["ℒ over the steps of the ascent; the broken line above is log p(x), the upright one is the gap."]),
    ]);
  }

  /**
   * @param {readonly number[]} values  of ℒ so far
   * @param {number} value  of ℒ now
   * @param {number} evidence
   */
  show(values, value, evidence) {
    const seen = values.length ? values : [value];
    const lowest = Math.min(value, ...seen);
    const x = (/** @type {number} */ step) => tenth(LEFT + ((RIGHT - LEFT) * step) / Math.max(USUAL_STEPS, seen.length - 1));
    const y = (/** @type {number} */ height) => tenth(TOP + ((BOTTOM - TOP) * (evidence - height)) / Math.max(1e-9, evidence - lowest));
    const [right, down] = [x(seen.length - 1), y(value)];
    this.line.setAttribute("d", `M${seen.map((height, step) => `${x(step)} ${y(height)}`).join("L")}`);
    this.gap.setAttribute("d", `M${right} ${TOP}V${down}`);
    this.here.setAttribute("d", `M${right} ${down}h0`);
  }
}
