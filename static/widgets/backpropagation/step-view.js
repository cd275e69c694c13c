/**
 * What the current step does: the product with its numbers and shapes.
 *
 *     <section class="step-part" aria-label="This step">
 *       <p class="step-words">…</p> <div class="product">…</div> <p class="step-note">…</p> <div class="product">…</div>
 */

import { stacked, transpose } from "../../math/networks/matrix.js";
import { html, setText } from "../../draw/svg.js";
import { derivativeName, derivativeSign, nameSign, productElement, transposed } from "./matrices.js";
import { inLayout, operationText, stepSentence, symbol } from "./words.js";

/**
 * @typedef {import("./words.js").Layout} Layout
 * @typedef {import("../../math/networks/matrix.js").Matrix} Matrix
 * @typedef {import("../../math/networks/network.js").Pass} Pass
 * @typedef {import("../../math/networks/network.js").Edge} Edge
 * @typedef {import("../../math/networks/network.js").Mismatch} Mismatch
 * @typedef {import("./timeline.js").Step} Step
 * @typedef {import("./matrices.js").Factor} Factor
 */

export class StepView {
  constructor() {
    this.words = html("p", { class: "step-words" });
    this.body = html("div", { class: "step-body" });
    this.element = html("div", { class: "step-view" }, [this.words, this.body]);
    this.shown = "";
  }

  /**
   * @param {Step} step
   * @param {Pass} pass
   * @param {Layout} layout
   * @param {boolean} faulty
   */
  show(step, pass, layout, faulty) {
    setText(this.words, stepSentence(step, pass, layout, faulty));
    this.element.classList.toggle("is-broken", step.kind === "mismatch");
    const key = JSON.stringify([step, layout, step.kind === "given" && pass.nodes]);
    if (key === this.shown) return;
    this.shown = key;
    this.body.replaceChildren(...contents(step, pass, layout));
  }
}

/**
 * @param {Step} step
 * @param {Pass} pass
 * @param {Layout} layout
 * @returns {Element[]}
 */
function contents(step, pass, layout) {
  switch (step.kind) {
    case "given": return [];
    case "forward": return forwardContents(step.node, pass);
    case "seed": return [productElement([cotangent("loss", [[1]], layout)])];
    default: return backwardContents(step.edge, pass, layout);
  }
}

/**
 * @param {import("../../math/networks/network.js").Node} node
 * @param {Pass} pass
 */
function forwardContents(node, { nodes }) {
  /** @type {Factor[]} */
  const values = node.arguments.map((name) => {
    const { value } = /** @type {import("../../math/networks/network.js").Node} */ (nodes.find((each) => each.name === name));
    return { name: symbol(name), sign: nameSign(name), matrix: value };
  });
  const result = { name: symbol(node.name), sign: nameSign(node.name), matrix: node.value };
  const formula = html("p", { class: "step-note" }, [`${symbol(node.name)} = ${operationText(node)}`]);
  if (node.operation?.name === "affine") {
    return [formula, productElement([values[0], "·", values[1], "+", values[2], "=", result])];
  }
  const arrow = `→ ${node.operation?.name} →`;
  return [formula, productElement([...values.flatMap((value, index) => (index ? [",", value] : [value])), arrow, result])];
}

/**
 * @param {Edge | Mismatch} edge
 * @param {Pass} pass
 * @param {Layout} layout
 */
function backwardContents(edge, pass, layout) {
  const { head, tail, jacobian, incoming, outgoing } = edge;
  const sign = derivativeSign(head, tail, true);
  const numerator = layout === "numerator";
  const local = {
    name: numerator ? `Jacobian ${derivativeName(head, tail)}` : `Transposed Jacobian ${derivativeName(head, tail)}`,
    sign: numerator ? sign : transposed(sign),
    matrix: numerator ? jacobian : transpose(jacobian),
    kind: "jacobian",
  };
  const arriving = cotangent(head, incoming, layout);
  const factors = numerator ? [arriving, "·", local] : [local, "·", arriving];
  const matrix = tail[0] === "W";
  const result = outgoing && resultOf(tail, matrix ? stacked(outgoing) : outgoing, layout);
  const parts = [productElement(result ? [...factors, "=", result] : [...factors, "does not exist"])];
  if (matrix && outgoing) parts.push(...collapsed(edge, outgoing, pass, layout));
  return parts;
}

/** @param {string} tail @param {Matrix} outgoing @param {Layout} layout */
function resultOf(tail, outgoing, layout) {
  return { name: derivativeName("loss", tail), sign: derivativeSign("loss", tail, true), matrix: inLayout(outgoing, layout), kind: "cotangent" };
}

/**
 * The gradient of a matrix, as a matrix: what programs compute instead of the large Jacobian.
 *
 * @param {Edge | Mismatch} edge
 * @param {Matrix} outgoing
 * @param {Pass} pass
 * @param {Layout} layout
 */
function collapsed({ tail }, outgoing, { nodes }, layout) {
  const { value } = /** @type {import("../../math/networks/network.js").Node} */ (nodes.find(({ name }) => name === tail));
  const fits = value.length === outgoing.length && value[0].length === outgoing[0].length;
  const note = layout === "numerator"
    ? `Most entries of that Jacobian are zero. As a matrix, in the shape of ${symbol(tail)} transposed:`
    : `Most entries of that Jacobian are zero. As a matrix, in the shape of ${symbol(tail)}:`;
  const wrong = `As a matrix it comes out with the wrong shape for ${symbol(tail)}:`;
  return [
    html("p", { class: "step-note" }, [fits ? note : wrong]),
    productElement([cotangent(tail, outgoing, layout)]),
  ];
}

/** @param {string} name @param {Matrix} matrix  in the shape of the node @param {Layout} layout @returns {Factor} */
function cotangent(name, matrix, layout) {
  return { name: derivativeName("loss", name), sign: derivativeSign("loss", name), matrix: inLayout(matrix, layout), kind: "cotangent" };
}
