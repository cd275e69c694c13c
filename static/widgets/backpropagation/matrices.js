/**
 * Matrices of numbers with their name and size above them, and products of them.
 *
 *     <div class="product"><div class="named-matrix"><p class="matrix-name"><math>…</math> <span>1×3</span></p>
 *       <div class="matrix-scroll"><table class="numbers matrix" aria-label="∂ℓ/∂a₁, 1×3">…
 */

import { mathElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { numberText, sizeText, symbol } from "./words.js";

/** @typedef {import("../../math/networks/matrix.js").Matrix} Matrix */

/** Letters of vectors, upright and bold. @type {Record<string, string>} */
const BOLD = { a: "𝐚", b: "𝐛", x: "𝐱", y: "𝐲", z: "𝐳" };

/**
 * A named matrix of a product.
 *
 * @typedef {{name: string, sign: Element, matrix: Matrix, kind?: string}} Factor
 *   `name` is spoken; `kind` tells the colour: cotangent, jacobian or value
 */

/** The MathML of a node's name. @param {string} name */
export function nameSign(name) {
  if (name === "loss") return mathElement("mi", ["ℓ"]);
  const letter = mathElement("mi", [BOLD[name[0]] ?? name[0]]);
  if (BOLD[name[0]]) letter.setAttribute("mathvariant", "normal");
  return name.length > 1 ? mathElement("msub", [letter, mathElement("mn", [name.slice(1)])]) : letter;
}

/** ∂ head / ∂ tail. @param {string} head @param {string} tail @param {boolean} [stacked] by vec of a matrix */
export function derivativeSign(head, tail, stacked = false) {
  const below = stacked && tail[0] === "W" ? [mathElement("mi", ["vec\u00a0"]), nameSign(tail)] : [nameSign(tail)];
  const half = (/** @type {Element[]} */ names) => mathElement("mrow", [mathElement("mo", ["∂"]), ...names]);
  return mathElement("mfrac", [half([nameSign(head)]), half(below)]);
}

/** @param {Element} sign */
export function transposed(sign) {
  return mathElement("msup", [mathElement("mrow", [bracket("("), sign, bracket(")")]), mathElement("mo", ["⊤"])]);
}

/** @param {string} sign */
function bracket(sign) {
  return mathElement("mo", [sign]);
}

/** The name of a derivative in words. @param {string} head @param {string} tail */
export function derivativeName(head, tail) {
  return `∂${symbol(head)}/∂${symbol(tail)}`;
}

/**
 * Factors in a row with signs between them: `[factor, "·", factor, "=", factor]`.
 *
 * @param {(Factor | string)[]} parts
 */
export function productElement(parts) {
  const shown = parts.map((part) =>
    typeof part === "string" ? html("span", { class: "product-sign" }, [part]) : factorElement(part),
  );
  return html("div", { class: "product" }, shown);
}

/** @param {Factor} factor */
function factorElement({ name, sign, matrix, kind = "value" }) {
  const math = mathElement("math", [sign]);
  const size = sizeText(matrix);
  const rows = matrix.map((row) => html("tr", {}, row.map((entry) => html("td", {}, [numberText(entry)]))));
  const single = matrix.length * matrix[0].length === 1;
  const table = html("table", { class: single ? "numbers" : "numbers matrix", "aria-label": `${name}, ${size}` }, [
    html("tbody", {}, rows),
  ]);
  const wide = matrix[0].length > 4;
  const scroll = html("div", wide ? { class: "matrix-scroll", tabindex: 0, role: "region", "aria-label": name } : { class: "matrix-scroll" }, [table]);
  return html("div", { class: `named-matrix is-${kind}` }, [
    html("p", { class: "matrix-name" }, [math, html("span", { class: "matrix-size" }, [size])]),
    scroll,
  ]);
}
