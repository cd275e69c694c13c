/**
 * The error of a backward pass over the step of the differences, with both branches and the best step.
 *
 * Markup made here: `<svg class="error-chart" role="img" aria-label="…">`: a grid of decades, the two
 * branches as dotted lines, the curve of the right gradient where the reader's is another, the reader's
 * curve with a dot (truncation) or a square (rounding) at each step, and a line at the best step.
 */

import { svg } from "../../draw/svg.js";
import { axesFor, branchPath, curvePath } from "./curve.js";
import { curveWords, powerText, stepText } from "./words.js";

const HEIGHT = 300;
const WIDEST = 620;
const MARGIN = { left: 46, right: 14, top: 18, bottom: 40 };
/** A picture narrower than this numbers every fourth decade. */
const ROOMY = 420;

/** @typedef {import("./words.js").Check} Check */
/** @typedef {import("./curve.js").Axes} Axes */

export class ErrorChart {
  constructor() {
    this.element = svg("svg", { class: "error-chart", role: "img" });
  }

  /**
   * @param {Check} check
   * @param {number[]} steps
   * @param {number} available  width in pixels
   */
  show(check, steps, available) {
    const width = Math.max(240, Math.min(WIDEST, available));
    const box = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: HEIGHT - MARGIN.bottom };
    const { errors, reference } = check.numeric;
    const axes = axesFor(steps, [...reference, ...(errors ?? [])], box);
    for (const [name, value] of Object.entries({ width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` })) {
      this.element.setAttribute(name, String(value));
    }
    this.element.setAttribute("aria-label", `Error over the step h, both logarithmic. ${curveWords(check)}`);
    this.element.replaceChildren(...grid(axes, steps, box, width), ...branches(check, steps, axes), ...curves(check, steps, axes), ...best(check, axes, box));
  }
}

/**
 * @param {Axes} axes
 * @param {number[]} steps
 * @param {import("./curve.js").Box} box
 * @param {number} width
 */
function grid(axes, steps, { left, right, top, bottom }, width) {
  const lines = axes.exponents.filter((exponent) => exponent % 4 === 0).flatMap((exponent) => {
    const y = axes.y(10 ** exponent);
    return [svg("line", { class: "error-grid", x1: left, x2: right, y1: y, y2: y }), label(powerText(exponent), left - 6, y + 4, "end")];
  });
  const last = Math.round(Math.log10(steps[steps.length - 1]));
  const every = width < ROOMY ? 4 : 2;
  for (let exponent = 0; exponent >= last; exponent -= every) {
    const x = axes.x(10 ** exponent);
    lines.push(svg("line", { class: "error-grid", x1: x, x2: x, y1: top, y2: bottom }));
    lines.push(label(powerText(exponent), x, bottom + 16, "middle"));
  }
  return [...lines, label("step h", right, HEIGHT - 6, "end", "axis-name"), label("relative error", left - 40, 11, "start", "axis-name")];
}

/**
 * @param {Check} check
 * @param {number[]} steps
 * @param {Axes} axes
 */
function branches({ numeric }, steps, axes) {
  const found = [
    { name: "truncation", path: branchPath(numeric.truncation, 2, steps, axes), side: "start", at: 0.02 },
    { name: "rounding", path: branchPath(numeric.rounding, -1, steps, axes), side: "end", at: 1e-10 },
  ];
  return found.flatMap(({ name, path, side, at }) => {
    if (!path) return [];
    const error = name === "truncation" ? (numeric.truncation ?? 0) * at ** 2 : (numeric.rounding ?? 0) / at;
    const [x, y] = [axes.x(at) + (side === "start" ? 10 : -10), axes.y(error)];
    return [svg("path", { class: `error-branch ${name}`, d: path }), label(name, x, y - 2, side, "branch-name")];
  });
}

/**
 * @param {Check} check
 * @param {number[]} steps
 * @param {Axes} axes
 */
function curves({ numeric, verdict }, steps, axes) {
  const shown = numeric.errors ?? numeric.reference;
  const other = numeric.errors && verdict !== "right" ? [svg("path", { class: "error-curve reference", d: curvePath(steps, numeric.reference, axes) })] : [];
  const kind = numeric.errors ? "own" : "reference";
  const marks = shown.flatMap((error, index) => {
    return error === null ? [] : [mark(numeric.branches[index], kind, axes.x(steps[index]), axes.y(error))];
  });
  return [...other, svg("path", { class: `error-curve ${kind}`, d: curvePath(steps, shown, axes) }), ...marks];
}

/**
 * @param {"truncation" | "rounding"} branch
 * @param {string} kind
 * @param {number} x
 * @param {number} y
 */
function mark(branch, kind, x, y) {
  if (branch === "truncation") return svg("circle", { class: `error-mark ${kind}`, cx: x, cy: y, r: 3.2 });
  return svg("rect", { class: `error-mark ${kind}`, x: x - 2.8, y: y - 2.8, width: 5.6, height: 5.6 });
}

/**
 * @param {Check} check
 * @param {Axes} axes
 * @param {import("./curve.js").Box} box
 */
function best({ numeric }, axes, { left, right, top, bottom }) {
  const x = axes.x(numeric.best_step);
  const near = x > (left + right) / 2;
  return [
    svg("line", { class: "error-best", x1: x, x2: x, y1: top, y2: bottom }),
    label(`best step ${stepText(numeric.best_step)}`, x + (near ? -6 : 6), bottom - 6, near ? "end" : "start", "best-name"),
  ];
}

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} anchor
 * @param {string} [kind]
 */
function label(text, x, y, anchor, kind = "") {
  const element = svg("text", { class: `error-label ${kind}`.trim(), x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}
