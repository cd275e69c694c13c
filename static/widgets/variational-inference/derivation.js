/**
 * The gradient of the bound by the book's engine, in m and in L, in the reader's layout: for a Gaussian
 * target, with its log-determinant and traces; and of the terms that the bend of a banana adds.
 */

import { html } from "../../draw/svg.js";
import { DerivationFold, heading, inBothLayouts } from "../../landscape/derivation.js";
import { ask } from "../../services/api.js";

/** ℒ without its constants, in the language of the engine. */
const GAUSSIAN = {
  expr: "-1/2*(m - mu)'*P*(m - mu) - 1/2*tr(P*L*L') + logdet(L)",
  given: "m: n; mu: n; P: n,n symmetric; L: n,n nonsingular",
};
/** The terms with b of expectation.js; u and v are the unit vectors, c = s₁². */
const BEND = {
  expr:
    "b*((u'*(m - mu))^2 + norm2(L'*u)^2 - c)*(v'*P*(m - mu)) + 2*b*(u'*(m - mu))*(u'*L*L'*P*v)" +
    " - 1/2*b^2*(v'*P*v)*(((u'*(m - mu))^2 + norm2(L'*u)^2 - c)^2 + 4*(u'*(m - mu))^2*norm2(L'*u)^2 + 2*norm2(L'*u)^4)",
  given: "m: n; mu: n; P: n,n symmetric; L: n,n nonsingular; u: n; v: n; b: scalar; c: scalar",
};

/**
 * @typedef {import("../../landscape/derivation.js").Derivation} Derivation
 * @typedef {{numerator: Derivation, denominator: Derivation}} Both
 */

export function derivationFold() {
  return new DerivationFold({ ask: () => askAll(GAUSSIAN), show });
}

export function bendFold() {
  return new DerivationFold({ ask: () => askAll(BEND), show: showBend, title: "Derive what a bend adds to the gradient" });
}

/**
 * One question after the other: both layouts come from one derivation, which the server remembers.
 *
 * @param {{expr: string, given: string}} bound
 * @returns {Promise<{m: Both, L: Both}>}
 */
async function askAll(bound) {
  return { m: await askBoth({ ...bound, wrt: "m" }), L: await askBoth({ ...bound, wrt: "L" }) };
}

/** @param {{expr: string, given: string, wrt: string}} question @returns {Promise<Both>} */
async function askBoth(question) {
  const numerator = await ask("derivative", { ...question, layout: "numerator" });
  return { numerator, denominator: await ask("derivative", { ...question, layout: "denominator" }) };
}

/** @param {{m: Both, L: Both}} answers */
function show({ m, L }) {
  return [
    html("p", {}, ["For a Gaussian target, up to a constant: ℒ = −½(m − μ)ᵀP(m − μ) − ½ tr(PLLᵀ) + log det L."]),
    heading("By the mean m"),
    ...inBothLayouts(m, "ℒ", "m", { numerator: "In numerator layout, a row:", denominator: "In denominator layout, a column:" }),
    heading("By the Cholesky factor L"),
    ...inBothLayouts(L, "ℒ", "L", {
      numerator: "In numerator layout, where every entry of L is varied:", denominator: "In denominator layout, where every entry of L is varied:",
    }),
    html("div", { class: "layout-numerator" }, [html("p", {}, [
      "L is lower triangular: the entries above its diagonal are 0 and no parameters. In this layout the entry of ∂ℒ/∂Lᵢⱼ stands in row j, ",
      "column i, so of the result the upper triangle counts; there L⁻¹ has only its diagonal, 1/L₁₁ and 1/L₂₂.",
    ])]),
    html("div", { class: "layout-denominator" }, [html("p", {}, [
      "L is lower triangular: the entries above its diagonal are 0 and no parameters, so of the result the lower triangle counts; ",
      "there L⁻ᵀ has only its diagonal, 1/L₁₁ and 1/L₂₂.",
    ])]),
  ];
}

/** @param {{m: Both, L: Both}} answers */
function showBend({ m, L }) {
  const words = { numerator: "In numerator layout:", denominator: "In denominator layout:" };
  return [
    html("p", {}, [
      "The terms of ℒ that hold b, with the unit vectors u = (1, 0) and v = (0, 1), so that uᵀ(m − μ) = d₁, ‖Lᵀu‖² = S₁₁ and vᵀP = fᵀ, ",
      "and with c = s₁². What is derived here is added to the derivative for a Gaussian target.",
    ]),
    heading("By the mean m"),
    ...inBothLayouts(m, "ℒ", "m", words),
    heading("By the Cholesky factor L"),
    ...inBothLayouts(L, "ℒ", "L", words),
  ];
}
