/**
 * The computational graph, drawn from left to right: every node with its value and its cotangent.
 *
 *     <div class="graph-frame" tabindex="0" role="group" aria-label="Computational graph …">
 *       <svg class="graph" aria-hidden="true">boxes and arrows</svg>
 *     </div>
 *
 * The frame scrolls sideways where the graph is wider.  Arrow keys step, Home and End go to the ends;
 * a click on a value or a cotangent goes to the step that made it.  The same numbers stand in a table.
 */

import { html, svg } from "../../draw/svg.js";
import { HEAD, LINE, place } from "./graph-layout.js";
import { stepsOf } from "./timeline.js";
import { fieldText, inLayout, numberText, operationLabel, sizeText, symbol } from "./words.js";

/**
 * @typedef {import("../../math/networks/network.js").Pass} Pass
 * @typedef {import("../../math/networks/matrix.js").Matrix} Matrix
 * @typedef {import("./timeline.js").Step} Step
 * @typedef {import("./graph-layout.js").Box} Box
 * @typedef {import("./words.js").Layout} Layout
 * @typedef {{steps: readonly Step[], at: number, pass: Pass, layout: Layout}} Shown
 */

const KEYS = Object.freeze({ ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity });
const LARGE_STEP = 3;
const TIP = 7;

export class Graph {
  /** @param {{onStep: (change: number) => void, onGo: (step: number) => void}} options */
  constructor({ onStep, onGo }) {
    this.svg = svg("svg", { class: "graph", "aria-hidden": "true" });
    this.element = html("div", {
      class: "graph-frame", tabindex: 0, role: "group",
      "aria-label": "Computational graph: arrow keys step through both passes",
    }, [this.svg]);
    this.lastStep = -1;
    this.element.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !(event.key in KEYS)) return;
      event.preventDefault();
      onStep(KEYS[/** @type {keyof typeof KEYS} */ (event.key)] * (event.shiftKey ? LARGE_STEP : 1));
    });
    this.svg.addEventListener("click", (event) => {
      const step = event.target instanceof Element ? event.target.closest("[data-step]") : null;
      if (step) onGo(Number(step.getAttribute("data-step")));
    });
  }

  /** @param {Shown} shown */
  show(shown) {
    const { pass, layout, at } = shown;
    const placement = place(pass.nodes, { turned: layout === "numerator", longest: longestNumber(pass) });
    const { width, height } = placement;
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) {
      this.svg.setAttribute(name, String(value));
    }
    const arrows = placement.arrows.flatMap((arrow) => arrowParts(arrow, shown));
    this.svg.replaceChildren(...arrows, ...placement.boxes.map((box) => boxElement(box, placement.cell, shown)));
    if (at !== this.lastStep) this.#bringIntoView(placement.boxes, shown);
    this.lastStep = at;
  }

  /**
   * Scroll the frame, and never the page, to where the step happens.
   *
   * @param {Box[]} boxes
   * @param {Shown} shown
   */
  #bringIntoView(boxes, { steps, at }) {
    const names = namesOf(steps[at]);
    const own = boxes.filter(({ name }) => names.includes(name));
    if (!own.length) return;
    const left = Math.min(...own.map(({ x }) => x));
    const right = Math.max(...own.map(({ x, width }) => x + width));
    this.element.scrollLeft = (left + right - this.element.clientWidth) / 2;
  }
}

/** The nodes that a step is about, the one that gets something last. @param {Step} step */
function namesOf(step) {
  switch (step.kind) {
    case "given": return ["x"];
    case "forward": return [...step.node.arguments, step.node.name];
    case "seed": return ["loss"];
    default: return [step.edge.head, step.edge.tail];
  }
}

/** @param {Pass} pass */
function longestNumber({ nodes, cotangents }) {
  const all = [...nodes.map(({ value }) => value), ...cotangents.values()].flat(2);
  return Math.max(...all.map((number) => numberText(number).length));
}

/**
 * @param {import("./graph-layout.js").Arrow} arrow
 * @param {Shown} shown
 */
function arrowParts({ head, tail, x1, y1, x2, y2 }, { steps, at, pass }) {
  const node = pass.nodes.find(({ name }) => name === head);
  const forward = steps.findIndex((step) => step.kind === "forward" && step.node.name === head);
  const backward = steps.findIndex((step) => "edge" in step && step.edge.head === head && step.edge.tail === tail);
  const state = (/** @type {number} */ step) => (step < 0 || at < step ? "is-waiting" : at === step ? "is-current" : "is-done");
  const along = y1 === y2;
  const shift = along ? 10 : 0;
  /** @type {SVGElement[]} */
  const parts = [arrowElement(`arrow forward ${state(forward)}`, x1, y1, x2, y2)];
  if (backward >= 0 && at >= backward) {
    const broken = steps[backward].kind === "mismatch" ? " is-broken" : "";
    const [from, to] = along ? [y2 + shift, y1 + shift] : [y2, y1];
    const aside = along ? 0 : 8;
    parts.push(arrowElement(`arrow backward ${state(backward)}${broken}`, x2 + aside, from, x1 + aside, to));
  }
  if (along && node?.operation) {
    const words = svg("text", { class: "operation", x: (x1 + x2) / 2, y: y1 - 8 });
    words.textContent = operationLabel(node.operation);
    parts.push(words);
  }
  return parts;
}

/**
 * @param {string} className
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function arrowElement(className, x1, y1, x2, y2) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [((x2 - x1) / length) * TIP, ((y2 - y1) / length) * TIP];
  const point = (/** @type {number} */ x, /** @type {number} */ y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const [ex, ey] = [x2 - dx * 0.3, y2 - dy * 0.3];
  const tip = `M${point(ex - dx - dy * 0.6, ey - dy + dx * 0.6)}L${point(ex, ey)}L${point(ex - dx + dy * 0.6, ey - dy - dx * 0.6)}`;
  return svg("path", { class: className, d: `M${point(x1, y1)}L${point(ex, ey)}${tip}` });
}

/**
 * @param {Box} box
 * @param {number} cell
 * @param {Shown} shown
 */
function boxElement(box, cell, { steps, at, pass, layout }) {
  const node = /** @type {import("../../math/networks/network.js").Node} */ (pass.nodes.find(({ name }) => name === box.name));
  const own = stepsOf(steps, node);
  const active = namesOf(steps[at]).at(-1) === node.name;
  const known = at >= own.value;
  const children = [
    svg("rect", { class: `box${active ? " is-current" : ""}`, x: box.x, y: box.y, width: box.width, height: box.height, rx: 6 }),
    block({ name: symbol(node.name), kind: "value", matrix: known ? node.value : null, print: node.operation ? numberText : fieldText, size: box.value, step: own.value }, box, box.y, cell),
  ];
  if (box.cotangent) {
    const cotangent = own.cotangent !== undefined && at >= own.cotangent ? pass.cotangents.get(node.name) : undefined;
    const matrix = cotangent ? inLayout(cotangent, layout) : null;
    const y = box.y + HEAD + box.value.rows * LINE + 4;
    children.push(block({ name: `∂ℓ/∂${symbol(node.name)}`, kind: "cotangent", matrix, print: numberText, size: box.cotangent, step: own.cotangent }, box, y, cell));
  }
  return svg("g", { class: operationClass(node) }, children);
}

/** @param {import("../../math/networks/network.js").Node} node */
function operationClass({ operation }) {
  return operation ? "node" : "node is-given";
}

/**
 * A name with its size, and the numbers below it; points where they are not known yet.
 *
 * @param {{
 *   name: string, kind: string, matrix: Matrix | null, print: (value: number) => string,
 *   size: import("./graph-layout.js").Size, step: number | undefined,
 * }} content
 * @param {Box} box
 * @param {number} y
 * @param {number} cell
 */
function block({ name, kind, matrix, print, size: { rows, columns }, step }, box, y, cell) {
  const middle = box.x + box.width / 2;
  const left = middle - (columns * cell) / 2;
  const area = svg("rect", {
    class: "block-area", x: box.x + 3, y: y + 3, width: box.width - 6, height: HEAD + rows * LINE - 1, rx: 4,
  });
  const title = svg("text", { class: "block-name", x: box.x + 8, y: y + 16 });
  title.textContent = name;
  const size = svg("text", { class: "block-shape", x: box.x + box.width - 8, y: y + 16 });
  size.textContent = sizeText(Array.from({ length: rows }, () => Array(columns).fill(0)));
  const numbers = Array.from({ length: rows * columns }, (_, index) => {
    const [i, j] = [Math.floor(index / columns), index % columns];
    const text = svg("text", { class: "number", x: left + (j + 1) * cell - 6, y: y + HEAD + i * LINE + 14 });
    text.textContent = matrix ? print(matrix[i][j]) : "·";
    return text;
  });
  /** @type {Record<string, string | number>} */
  const attributes = { class: `block ${kind}${matrix ? "" : " is-waiting"}` };
  if (step !== undefined) attributes["data-step"] = step;
  return svg("g", attributes, [area, title, size, ...numbers]);
}
