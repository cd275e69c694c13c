/**
 * The distributions themselves: that of the data, the one at the point, and those that both paths of the
 * first picture have reached.  A normal distribution as its density, three outcomes as bars.
 */

import { html, setText, svg } from "../../draw/svg.js";
import { tenth } from "../../draw/path.js";
import { shares, softmax } from "../../math/natural-gradient/families.js";
import { significant } from "../../math/quantity.js";

const WIDTH = 640, HEIGHT = 120;
const FLOOR = 112, ROOM = 100;
const SAMPLES = 201;
/** How far the picture reaches, in standard deviations of the wider one. */
const REACH = 3.2;
const GROUP = WIDTH / 3, BAR = 34, FIRST_BAR = 32;
const NAMES = /** @type {const} */ (["target", "here", "plain", "natural"]);

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Pair} Pair
 */

export class DistributionView {
  constructor() {
    this.ticks = svg("path", { class: "data" });
    /** @type {Record<string, SVGPathElement>} */
    this.curves = Object.fromEntries(NAMES.map((name) => [name, svg("path", { class: name })]));
    const floor = svg("path", { class: "floor", d: `M0 ${FLOOR}H${WIDTH}` });
    const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", class: "drawing framed" }, [
      ...Object.values(this.curves), floor, this.ticks,
    ]);
    this.marks = html("p", { class: "distribution-marks", "aria-hidden": "true" });
    this.element = html("div", { class: "distribution", role: "group", "aria-label": "The distributions" }, [
      html("p", { class: "plane-title" }, ["The distributions"]), drawing, this.marks,
    ]);
    /** The part of the line that is seen; kept while the hand moves. */
    this.range = [-3, 3];
  }

  /** Another example, or a link. @param {State} state */
  frame({ family, target, at }) {
    if (family !== "normal") return;
    const wider = Math.max(target[1], Math.min(at[1], 4 * target[1]));
    const middle = [Math.min(target[0], at[0]), Math.max(target[0], at[0])];
    this.range = [middle[0] - REACH * wider, middle[1] + REACH * wider];
  }

  /** @param {State} state @param {Fitted} fitted @param {number} step */
  show(state, { sides: [{ paths }] }, step) {
    const reached = (/** @type {import("./model.js").Path} */ { points }) => (step ? points[Math.min(step, points.length - 1)] : null);
    const shown = { here: state.at, plain: reached(paths.plain), natural: reached(paths.natural) };
    if (state.family === "normal") this.#showDensities(state, shown);
    else this.#showBars(state, shown);
    this.element.dataset.family = state.family;
  }

  /** @param {State} state @param {Record<string, Pair | null>} shown */
  #showDensities({ target, data }, shown) {
    const [low, high] = this.range;
    /** @type {Record<string, Pair | null>} */
    const all = { ...shown, target: [target[0], target[1]] };
    const tallest = 1 / Math.min(target[1] * 0.8, all.here?.[1] ?? Infinity) || 1;
    // What is much narrower than the data is cut at the top.
    const ceiling = Math.min(tallest, 2.5 / target[1]);
    for (const name of NAMES) {
      const each = all[name];
      this.curves[name].setAttribute("d", each ? density(each, low, high, ceiling) : "");
    }
    const x = (/** @type {number} */ value) => tenth(((value - low) / (high - low)) * WIDTH);
    this.ticks.setAttribute("d", (data ?? []).map((value) => `M${x(value)} ${FLOOR}v8`).join(""));
    setMarks(this.marks, [low, (low + high) / 2, high].map((value) => significant(value, 3)));
  }

  /** @param {State} state @param {Record<string, Pair | null>} shown */
  #showBars({ target }, shown) {
    NAMES.forEach((name, k) => {
      const point = shown[name];
      const heights = name === "target" ? shares(target) : point ? softmax(point) : [];
      const bar = (/** @type {number} */ height, /** @type {number} */ group) =>
        `M${tenth(GROUP * group + FIRST_BAR + (BAR + 6) * k)} ${FLOOR}v${tenth(-ROOM * height)}h${BAR}v${tenth(ROOM * height)}Z`;
      this.curves[name].setAttribute("d", heights.map(bar).join(""));
    });
    this.ticks.setAttribute("d", "");
    setMarks(this.marks, ["outcome 1", "outcome 2", "outcome 3"]);
  }
}

/**
 * @param {Pair} member  mean and standard deviation
 * @param {number} low
 * @param {number} high
 * @param {number} ceiling  1/σ of the density that fills the height
 */
function density([mean, deviation], low, high, ceiling) {
  const points = Array.from({ length: SAMPLES }, (_, k) => {
    const part = k / (SAMPLES - 1);
    const z = (low + (high - low) * part - mean) / deviation;
    const height = Math.exp(-(z * z) / 2) / (deviation * ceiling);
    return `${tenth(part * WIDTH)} ${tenth(FLOOR - ROOM * Math.min(height, 1.05))}`;
  });
  return `M${points.join("L")}`;
}

/** @param {HTMLElement} line @param {string[]} words */
function setMarks(line, words) {
  while (line.children.length < words.length) line.append(html("span"));
  words.forEach((word, k) => setText(line.children[k], word));
}
