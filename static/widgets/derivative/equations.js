/** Left-hand sides: ∂f/∂x, df, vec(dF). */

import { contentOf, mathElement } from "../../draw/formula.js";

/** @typedef {import("./source.js").Answer} Answer */

/**
 * f, a bold f or F: what the expression is called, by its axes.
 *
 * @param {(string | number)[]} axes
 */
export function functionName(axes) {
  const name = mathElement("mi", [axes.length === 2 ? "F" : axes.length === 1 ? "𝐟" : "f"]);
  if (axes.length === 1) name.setAttribute("mathvariant", "normal");
  return name;
}

/**
 * What is differentiated by what.
 *
 * @param {Answer} answer
 */
export function derivativeSign(answer) {
  const twice = answer.wrt.length === 2;
  const stacked = answer.numerator.form === "vec/Kronecker";
  const names = answer.wrt.map((name) => variable(answer, name, stacked));
  const d = () => mathElement("mo", ["∂"]);
  const power = twice ? mathElement("msup", [d(), mathElement("mn", ["2"])]) : d();
  const f = functionName(answer.value_shape);
  const above = mathElement("mrow", [power, stacked && answer.value_shape.length === 2 ? vec(f) : f]);
  const same = twice && answer.wrt[0] === answer.wrt[1] && answer.declarations.some(isScalar(answer.wrt[0]));
  const below = same
    ? [d(), mathElement("msup", [names[0], mathElement("mn", ["2"])])]
    : names.flatMap((name) => [d(), name]);
  return mathElement("mfrac", [above, mathElement("mrow", below)]);
}

/** @param {string} wanted @returns {(declaration: import("./source.js").Declaration) => boolean} */
function isScalar(wanted) {
  return ({ name, kind }) => name === wanted && kind === "scalar";
}

/**
 * @param {Answer} answer
 * @param {string} name
 * @param {boolean} stacked
 */
function variable(answer, name, stacked) {
  const declaration = answer.declarations.find((other) => other.name === name);
  const letter = mathElement("mrow", declaration ? contentOf(declaration) : [mathElement("mi", [name])]);
  return stacked && declaration?.kind === "matrix" ? vec(letter) : letter;
}

/** @param {Node} inner */
function vec(inner) {
  return mathElement("mrow", [mathElement("mi", ["vec"]), bracket("("), inner, bracket(")")]);
}

/** @param {string} sign */
function bracket(sign) {
  const element = mathElement("mo", [sign]);
  for (const side of ["lspace", "rspace"]) element.setAttribute(side, "0");
  element.setAttribute("stretchy", "false");
  return element;
}

/**
 * The differential that a line of the derivation equals.
 *
 * @param {string} of  f, gradient or derivative
 * @param {(string | number)[]} axes  of the expression
 */
export function differentialSign(of, axes) {
  const d = mathElement("mi", ["d"]);
  d.setAttribute("mathvariant", "normal");
  if (of === "f") return mathElement("mrow", [d, functionName(axes)]);
  const inner = of === "gradient" ? [mathElement("mo", ["∇"]), functionName([])] : [mathElement("mi", ["f′"])];
  return mathElement("mrow", [d, bracket("("), ...inner, bracket(")")]);
}
