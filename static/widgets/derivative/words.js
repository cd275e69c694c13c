/** The sentences of the calculator. */

/** @typedef {import("./source.js").Answer} Answer */
/** @typedef {(string | number)[]} Shape */

/**
 * Sizes as one writes them, `m × n`; several letters in one size are a product.
 *
 * @param {Shape} shape
 */
export function shapeText(shape) {
  return shape.map((size) => String(size).replaceAll("*", "")).join(" × ");
}

/**
 * What an expression is: “a scalar”, “a vector of length n”, “an m × n matrix”.
 *
 * @param {Shape} axes
 */
export function valueWords(axes) {
  if (axes.length === 0) return "a scalar";
  if (axes.length === 1) return `a vector of length ${shapeText(axes)}`;
  const text = shapeText(axes);
  return `${/^[8aefhilmnorsx]/.test(text) ? "an" : "a"} ${text} matrix`;
}

/** @type {Record<string, string>} */
const FORMS = {
  scalar: "a scalar", column: "a column", row: "a row", matrix: "a matrix", Hessian: "the Hessian",
  "vec/Kronecker": "the matrix of vec(F) by vec(X)",
};

/** @param {import("./source.js").Result} result */
export function resultWords({ form, shape }) {
  const what = FORMS[form] ?? form;
  return shape.length ? `${what}, ${shapeText(shape)}` : what;
}

/**
 * Said when a derivative is shown.
 *
 * @param {Answer} answer
 * @param {"numerator" | "denominator"} layout
 * @param {boolean} hidden
 */
export function sentence(answer, layout, hidden) {
  const order = answer.wrt.length === 2 ? "second derivative" : "derivative";
  const what = `The ${order} of ${answer.expression.text} by ${answer.wrt.join(" and ")}`;
  if (hidden) return `${what} is worked out in ${count(answer.steps.length, "step")}; it stays hidden until the last one.`;
  const result = answer[layout];
  return `${what} is ${result.text}: ${resultWords(result)}, in ${layout} layout, checked by numbers.`;
}

/**
 * @param {number} number
 * @param {string} thing
 */
export function count(number, thing) {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** @param {Answer["check"]} check */
export function checkWords({ samples, sizes }) {
  const each = sizes.map((one) => Object.entries(one).map(([name, size]) => `${name} = ${size}`).join(", "));
  const distinct = [...new Set(each.filter(Boolean))];
  const at = distinct.length ? `with ${distinct.join("; ")}` : "all of them scalars";
  return `Compared with central differences at ${count(samples, "random point")}, ${at}: the largest relative error is `;
}

/**
 * @param {number} error
 * @returns {[string, string | null]} the digits, and the power of ten
 */
export function errorParts(error) {
  if (!(error > 0)) return ["0", null];
  const [digits, power] = error.toExponential(0).split("e");
  return [`${digits} × 10`, power.replace("-", "−").replace("+", "")];
}
