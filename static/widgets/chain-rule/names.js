/**
 * Names of what stands in the chain: y = f(g(h(x))) with u = h(x), v = g(u), and the Jacobians
 * J_f, J_g, J_h with their transposes.
 *
 * Functions are named from the outside, variables from the inside, so that a link that is added at the
 * input changes no function's name.  Factor k maps the variable k − 1 to the variable k.
 *
 * @typedef {"numerator" | "denominator"} Layout
 * @typedef {import("../../math/matrix-chain.js").Tree} Tree
 * @typedef {import("../../math/product.js").Piece} Piece
 */

import { html } from "../../draw/svg.js";

const FUNCTIONS = "fghkpq";
const BETWEEN = "uvwst";

/**
 * @param {number} factor  from 1, the innermost
 * @param {number} factors  how many there are
 */
export function functionName(factor, factors) {
  return FUNCTIONS[factors - factor];
}

/**
 * @param {string} letter
 * @param {number} factors
 * @returns {number} 0 when there is no such function
 */
export function factorNamed(letter, factors) {
  const index = letter ? FUNCTIONS.indexOf(letter) : -1;
  return index >= 0 && index < factors ? factors - index : 0;
}

/**
 * @param {number} index  0 for the input
 * @param {number} factors
 */
export function variableName(index, factors) {
  if (index === 0) return "x";
  return index === factors ? "y" : BETWEEN[index - 1];
}

/**
 * How a variable comes about: x, or u = h(x).
 *
 * @param {number} index
 * @param {number} factors
 */
export function variableOrigin(index, factors) {
  const name = variableName(index, factors);
  return index === 0 ? name : `${name} = ${functionName(index, factors)}(${variableName(index - 1, factors)})`;
}

/** The whole composition: y = f(g(h(x))). @param {number} factors */
export function composition(factors) {
  const letters = [...FUNCTIONS.slice(0, factors)];
  return `y = ${letters.join("(")}(x${")".repeat(factors)}`;
}

/**
 * @param {number} factor
 * @param {number} factors
 * @param {Layout} layout
 */
export function jacobianText(factor, factors, layout) {
  return `J_${functionName(factor, factors)}${layout === "denominator" ? "ᵀ" : ""}`;
}

/**
 * Factors or blocks as the layout writes them: the transposed ones in the opposite order.
 *
 * @template Item
 * @param {readonly Item[]} list  from left to right in numerator layout
 * @param {Layout} layout
 */
export function inLayout(list, layout) {
  return layout === "denominator" ? [...list].reverse() : [...list];
}

/**
 * @param {readonly number[]} list
 * @param {number} factors
 * @param {Layout} layout
 */
export function productText(list, factors, layout) {
  return inLayout(list, layout).map((factor) => jacobianText(factor, factors, layout)).join(" ");
}

/**
 * @param {readonly number[]} list
 * @param {number} factors
 * @param {Layout} layout
 * @returns {Node[]}
 */
export function productElements(list, factors, layout) {
  return inLayout(list, layout).flatMap((factor, index) => {
    const name = sign(functionName(factor, factors), layout === "denominator");
    return index ? [document.createTextNode(" "), name] : [name];
  });
}

/**
 * @param {string} letter
 * @param {boolean} turned
 */
function sign(letter, turned) {
  const parts = [html("i", {}, ["J"]), html("sub", {}, [letter])];
  return html("span", { class: "jacobian-name" }, turned ? [...parts, html("sup", {}, ["⊤"])] : parts);
}

/**
 * Blocks with their brackets, such as J_f(J_g J_h); the outermost ones are left out.
 *
 * @param {Tree} tree
 * @param {number} factors
 * @param {Layout} layout
 * @param {boolean} [outermost]
 * @returns {string}
 */
export function bracketText(tree, factors, layout, outermost = true) {
  if (typeof tree === "number") return jacobianText(tree, factors, layout);
  const inside = inTreeLayout(tree, layout).map((part) => bracketText(part, factors, layout, false)).join(" ");
  return outermost ? inside : `(${inside})`;
}

/**
 * @param {Tree} tree
 * @param {number} factors
 * @param {Layout} layout
 * @param {boolean} [outermost]
 * @returns {Node[]}
 */
export function bracketElements(tree, factors, layout, outermost = true) {
  if (typeof tree === "number") return productElements([tree], factors, layout);
  const [left, right] = inTreeLayout(tree, layout).map((part) => bracketElements(part, factors, layout, false));
  const space = document.createTextNode(" ");
  if (outermost) return [...left, space, ...right];
  return [document.createTextNode("("), ...left, space, ...right, document.createTextNode(")")];
}

/**
 * @param {[Tree, Tree]} pair
 * @param {Layout} layout
 */
function inTreeLayout([left, right], layout) {
  return layout === "denominator" ? [right, left] : [left, right];
}

/**
 * Rows and columns of a block in the layout, as numbers and as indices of the sizes they are.
 *
 * @param {Piece} piece
 * @param {Layout} layout
 */
export function shapeIn({ factors, rows, columns }, layout) {
  const upper = { size: rows, index: factors[0] };
  const lower = { size: columns, index: factors[factors.length - 1] - 1 };
  return layout === "denominator" ? { down: lower, across: upper } : { down: upper, across: lower };
}

/**
 * @param {Piece} piece
 * @param {Layout} layout
 */
export function shapeText(piece, layout) {
  const { down, across } = shapeIn(piece, layout);
  return `${grouped(down.size)}×${grouped(across.size)}`;
}

/**
 * A sentence with the names of Jacobians set as such.
 *
 * @param {HTMLElement} element
 * @param {string} words
 */
export function showWords(element, words) {
  if (element.dataset.words === words) return;
  element.dataset.words = words;
  element.replaceChildren(...words.split(/(J_[a-z]ᵀ?)/).map((part, index) => (index % 2 ? sign(part[2], part.length > 3) : part)));
}

const THOUSANDS = new Intl.NumberFormat("en");

/** A whole number with its thousands set apart. @param {number} number */
export function grouped(number) {
  return THOUSANDS.format(number);
}
