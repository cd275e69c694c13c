/** What the widget says: about costs and who wins, about steps, and about factors that do not fit. */

import { bestOrder, border, brackets, costOf, forwardOrder, reverseOrder, sameBrackets } from "../../math/matrix-chain.js";
import { isRight, rightArrangement } from "../../math/product.js";
import { bracketText, grouped, productText, shapeText } from "./names.js";

/**
 * @typedef {import("./names.js").Layout} Layout
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../math/product.js").Joint} Joint
 * @typedef {ReturnType<typeof import("../../math/product.js").carryOut>} Work
 */

/**
 * The costs of a chain in both modes and in the best order.
 *
 * @param {readonly number[]} sizes
 */
export function modeCosts(sizes) {
  const factors = sizes.length - 1;
  return {
    forward: costOf(sizes, forwardOrder(factors)),
    reverse: costOf(sizes, reverseOrder(factors)),
    best: bestOrder(sizes),
  };
}

/**
 * The live sentence.
 *
 * @param {State} state
 * @param {Work} work
 * @param {Layout} layout
 */
export function sentence(state, work, layout) {
  if (!isRight(state.arrangement)) return wrongOrder(state, work, layout);
  if (!work.joints.length) return `${finished(state, work, layout)} ${verdict(state.sizes)}`;
  return `${soFar(state, work, layout)}${verdict(state.sizes)}`;
}

/**
 * Which mode wins, and by how much.
 *
 * @param {readonly number[]} sizes
 */
export function verdict(sizes) {
  const { forward, reverse, best } = modeCosts(sizes);
  if (sizes.length === 3) return `Two factors make one product: ${counted(forward)}, in every mode.`;
  const both = `Forward mode needs ${counted(forward)}, reverse mode ${grouped(reverse)}: ${winner(forward, reverse)}.`;
  const least = Math.min(forward, reverse);
  if (best.cost === least) return both;
  return `${both} A mixed order is the best: ${grouped(best.cost)}, ${cheaper(least / best.cost)} than both.`;
}

/**
 * @param {number} forward
 * @param {number} reverse
 */
function winner(forward, reverse) {
  if (forward === reverse) return "they cost the same";
  const name = reverse < forward ? "reverse mode wins" : "forward mode wins";
  return `${name}, ${cheaper(Math.max(forward, reverse) / Math.min(forward, reverse))}`;
}

/**
 * How much cheaper, from the ratio of two costs: in percent, or from two on as a multiple.
 *
 * @param {number} ratio  above 1
 */
export function cheaper(ratio) {
  return `${ratio < 1.995 ? percent(1 - 1 / ratio) : multiple(ratio)} cheaper`;
}

/** @param {number} ratio  above 1 */
function dearer(ratio) {
  return ratio < 1.995 ? `${percent(ratio - 1)} more than the best order` : `${multiple(ratio)} the cost of the best order`;
}

/** @param {number} part */
function percent(part) {
  if (part < 0.001) return "less than 0.1 %";
  return `${(part * 100).toFixed(part < 0.0995 ? 1 : 0)} %`;
}

/** @param {number} ratio */
function multiple(ratio) {
  return `${ratio < 9.95 ? ratio.toFixed(1) : grouped(Math.round(ratio))} times`;
}

/** @param {number} number */
export function counted(number) {
  return `${grouped(number)} multiplication${number === 1 ? "" : "s"}`;
}

/**
 * @param {State} state
 * @param {Work} work
 * @param {Layout} layout
 */
function soFar({ sizes }, { steps, pieces, total }, layout) {
  const last = steps.at(-1);
  if (!last) return "";
  const name = productText(last.result.factors, sizes.length - 1, layout);
  return (
    `${name} is ${shapeText(last.result, layout)} and took ${counted(last.cost)}` +
    `${steps.length > 1 ? `, ${grouped(total)} so far` : ""}; ${pieces.length} blocks are left. `
  );
}

/**
 * @param {State} state
 * @param {Work} work
 * @param {Layout} layout
 */
function finished({ sizes }, { places, total }, layout) {
  const factors = sizes.length - 1;
  const order = places.map((place) => factors - place);
  const [tree] = brackets(factors, order);
  const name = bracketText(tree, factors, layout);
  const { best } = modeCosts(sizes);
  const grade = total === best.cost ? "no order needs fewer" : dearer(total / best.cost);
  return `Done: ${name}, ${orderName(factors, order)}, took ${counted(total)}; ${grade}.`;
}

/**
 * @param {number} factors
 * @param {readonly number[]} order
 */
export function orderName(factors, order) {
  if (factors === 2) return "the only order";
  if (sameBrackets(factors, order, forwardOrder(factors))) return "forward mode";
  return sameBrackets(factors, order, reverseOrder(factors)) ? "reverse mode" : "a mixed order";
}

/**
 * @param {State} state
 * @param {Work} work
 * @param {Layout} layout
 */
function wrongOrder({ sizes, arrangement }, work, layout) {
  const factors = sizes.length - 1;
  const product = productText(arrangement, factors, layout);
  const broken = work.joints.filter(({ fits }) => !fits);
  if (!broken.length) {
    return (
      `${product} fits, and is wrong: the shapes keep silent here, but the chain rule asks for ` +
      `${productText(rightArrangement(factors), factors, layout)}. Shapes are a help and not a proof.`
    );
  }
  const named = layout === "denominator" ? broken[broken.length - 1] : broken[0];
  return `${product} is no product: ${mismatch(named, layout)}.`;
}

/**
 * Why two neighbours do not fit: a 3×5 times a 4×3, the inner dimensions 5 and 4 differ.
 *
 * @param {Joint} joint
 * @param {Layout} layout
 */
export function mismatch({ left, right }, layout) {
  const [first, second] = layout === "denominator" ? [right, left] : [left, right];
  const inner = layout === "denominator" ? [right.rows, left.columns] : [left.columns, right.rows];
  return (
    `a ${shapeText(first, layout)} times a ${shapeText(second, layout)}, ` +
    `the inner dimensions ${grouped(inner[0])} and ${grouped(inner[1])} differ`
  );
}

/**
 * Where reverse mode begins to win when only the number of outputs changes.
 *
 * @param {readonly number[]} sizes
 */
export function hint(sizes) {
  if (sizes.length === 3) return "With two factors there is nothing to choose: add a link.";
  const first = border(sizes);
  if (first > 1000) return "With these other sizes reverse mode wins for every number of outputs up to 1,000: make x smaller, or the sizes in between larger.";
  const most = Math.ceil(first) - 1;
  if (most < 1) return "With these other sizes reverse mode never wins, not even with one output: give x more entries.";
  const even = Number.isInteger(first) ? ` At ${grouped(first)} they cost the same.` : "";
  return `The costs are linear in the number of outputs, and cross at ${Number.isInteger(first) ? grouped(first) : first.toFixed(2)}: reverse mode wins up to ${grouped(most)}.${even}`;
}

/**
 * Praise for who stands at the border itself; empty elsewhere.
 *
 * @param {readonly number[]} sizes
 */
export function found(sizes) {
  const outputs = sizes[sizes.length - 1];
  const first = border(sizes);
  if (!Number.isFinite(first) || sizes.length === 3) return "";
  if (outputs === Math.ceil(first) - 1) {
    return `Found: ${grouped(outputs)} is the largest number of outputs for which reverse mode wins.`;
  }
  if (outputs !== Math.ceil(first)) return "";
  return `Almost: with one output fewer reverse mode wins.`;
}
