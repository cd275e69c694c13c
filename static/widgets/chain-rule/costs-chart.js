/**
 * The costs over the number of outputs, both axes logarithmic: where the curves of the two modes cross,
 * and where the reader stands.
 *
 * Markup made here: `<svg class="chain-chart" role="img" aria-label="…">` with a path for each mode, a dot
 * on each at the present number of outputs, and the names of the curves at their ends.  It is drawn in
 * pixels of the page, so that its words keep their size on a narrow screen.
 */

import { svg } from "../../draw/svg.js";
import { superscript } from "../../math/format.js";
import { border, costsOverOutputs } from "../../math/matrix-chain.js";
import { grouped } from "./names.js";
import { LARGEST } from "./scale.js";

const HEIGHT = 260;
const WIDEST = 600;
const MARGIN = { left: 44, right: 16, top: 12, bottom: 44 };
const SAMPLES = 60;

/** @typedef {"forward" | "reverse" | "best"} Mode */
/** @type {Mode[]} drawn in this order: the dotted line of the best order lies on top */
const MODES = ["forward", "reverse", "best"];

/** The numbers of outputs that are sampled: 1 to 1,000, evenly on the axis. */
const OUTPUTS = Array.from({ length: SAMPLES + 1 }, (_, index) => LARGEST ** (index / SAMPLES));

export class CostsChart {
  constructor() {
    this.element = svg("svg", { class: "chain-chart", role: "img" });
  }

  /**
   * @param {readonly number[]} sizes
   * @param {number} available  width in pixels
   */
  show(sizes, available) {
    const width = Math.min(WIDEST, available);
    const curves = costsOverOutputs(sizes, OUTPUTS);
    const axes = axesFor(curves, width);
    const here = sizes[sizes.length - 1];
    const now = costsOverOutputs(sizes, [here]);
    for (const [name, value] of Object.entries({ width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` })) {
      this.element.setAttribute(name, String(value));
    }
    this.element.setAttribute("aria-label", `Multiplications over the number of outputs from 1 to 1,000. ${crossing(sizes)}`);
    this.element.replaceChildren(
      ...grid(axes),
      ...MODES.map((mode) => curve(curves[mode], mode, axes)),
      svg("line", { class: "chart-here", x1: axes.x(here), x2: axes.x(here), y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom }),
      ...MODES.slice(0, 2).map((mode) => svg("circle", { class: `chart-dot ${mode}`, cx: axes.x(here), cy: axes.y(now[mode][0]), r: 5 })),
      ...legend(axes),
    );
  }
}

/** @typedef {{x: (outputs: number) => number, y: (cost: number) => number, lowest: number, highest: number, width: number}} Axes */

/**
 * Axes that hold all curves, from one power of ten to another.
 *
 * @param {Record<Mode, number[]>} curves
 * @param {number} width
 * @returns {Axes}
 */
function axesFor(curves, width) {
  const all = MODES.flatMap((mode) => curves[mode]);
  const lowest = Math.floor(Math.log10(Math.min(...all)));
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...all))));
  const [across, down] = [width - MARGIN.left - MARGIN.right, HEIGHT - MARGIN.top - MARGIN.bottom];
  return {
    x: (outputs) => MARGIN.left + (across * Math.log(outputs)) / Math.log(LARGEST),
    y: (cost) => MARGIN.top + (down * (highest - Math.log10(cost))) / (highest - lowest),
    lowest, highest, width,
  };
}

/** @param {Axes} axes */
function grid({ x, y, lowest, highest, width }) {
  const every = highest - lowest > 5 ? 2 : 1;
  const powers = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index).filter((power) => (power - lowest) % every === 0);
  const [left, right, top, bottom] = [MARGIN.left, width - MARGIN.right, MARGIN.top, HEIGHT - MARGIN.bottom];
  return [
    ...powers.flatMap((power) => [
      svg("line", { class: "chart-grid", x1: left, x2: right, y1: y(10 ** power), y2: y(10 ** power) }),
      label(`10${superscript(power)}`, left - 6, y(10 ** power) + 4, "end"),
    ]),
    ...[1, 10, 100, LARGEST].flatMap((outputs) => [
      svg("line", { class: "chart-grid", x1: x(outputs), x2: x(outputs), y1: top, y2: bottom }),
      label(grouped(outputs), x(outputs), bottom + 17, outputs === LARGEST ? "end" : "middle"),
    ]),
  ];
}

/**
 * @param {number[]} costs
 * @param {Mode} mode
 * @param {Axes} axes
 */
function curve(costs, mode, { x, y }) {
  const points = costs.map((cost, index) => `${x(OUTPUTS[index]).toFixed(1)} ${y(cost).toFixed(1)}`);
  return svg("path", { class: `chart-curve ${mode}`, d: `M${points.join("L")}` });
}

/** What the lines are, below the axis. @param {Axes} axes */
function legend({ width }) {
  const third = Math.min(140, (width - MARGIN.right) / 3);
  return MODES.flatMap((mode, index) => {
    const [left, line] = [MARGIN.right / 2 + index * third, HEIGHT - 8];
    return [
      svg("path", { class: `chart-curve ${mode}`, d: `M${left} ${line - 4}h18` }),
      label(mode, left + 23, line, "start"),
    ];
  });
}

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {"start" | "middle" | "end"} anchor
 */
function label(text, x, y, anchor) {
  const element = svg("text", { class: "chart-label", x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}

/** @param {readonly number[]} sizes */
function crossing(sizes) {
  const first = border(sizes);
  if (first > 1 && first <= LARGEST) return `The curves of reverse and forward mode cross at ${first.toFixed(1)}.`;
  return first > LARGEST ? "Reverse mode stays below forward mode." : "Forward mode stays below reverse mode or on it.";
}
