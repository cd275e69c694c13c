/**
 * Formulas in MathML, as the server typeset them, put into the page.
 *
 * @typedef {{text: string, tex: string, mathml: string}} Formula
 */

import { html } from "./svg.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * @param {Formula} formula
 * @returns {Element} a `<math>` element, or the formula's text when there is no MathML
 */
export function formulaElement(formula) {
  const parsed = new DOMParser().parseFromString(formula.mathml ?? "", "text/html");
  const math = parsed.querySelector("math");
  return math ? document.importNode(math, true) : html("code", {}, [formula.text]);
}

/**
 * A matrix of formulas in brackets, as one `<math>` element.
 *
 * @param {Formula[][]} rows
 */
export function matrixElement(rows) {
  const table = mathElement("mtable", rows.map((row) => mathElement("mtr", row.map(cell))));
  const parts = [bracket("["), table, bracket("]")];
  const math = mathElement("math", [mathElement("mrow", parts)]);
  math.setAttribute("displaystyle", "true");
  return math;
}

/** @param {Formula} formula */
function cell(formula) {
  return mathElement("mtd", contentOf(formula));
}

/** @param {string} text */
function mathText(text) {
  const element = mathElement("mtext", []);
  element.textContent = text;
  return element;
}

/** @param {string} sign */
function bracket(sign) {
  const element = mathElement("mo", []);
  element.setAttribute("stretchy", "true");
  element.textContent = sign;
  return element;
}

/**
 * @param {string} tag
 * @param {(Node | string)[]} children
 */
export function mathElement(tag, children) {
  const element = document.createElementNS(MATHML, tag);
  element.append(...children);
  return element;
}

/**
 * `left = formula` as one displayed `<math>` element.
 *
 * @param {Element[]} left  MathML; none: only the formula
 * @param {Formula} formula
 */
export function equationElement(left, formula) {
  const sign = left.length ? [...left, mathElement("mo", ["="])] : [];
  const math = mathElement("math", [mathElement("mrow", [...sign, ...contentOf(formula)])]);
  math.setAttribute("display", "block");
  return math;
}

/**
 * What stands in a formula's `<math>` element, without the annotation.
 *
 * @param {Formula} formula
 * @returns {Node[]}
 */
export function contentOf(formula) {
  const math = formulaElement(formula);
  for (const annotation of math.querySelectorAll("annotation")) annotation.remove();
  const content = math.querySelector("semantics") ?? math;
  return math.localName === "math" ? [...content.childNodes] : [mathText(formula.text)];
}
