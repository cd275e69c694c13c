/**
 * The derivation of the gradient by the book's engine: first by the covariance matrix, in the reader's
 * layout, and then by a hyperparameter inside it.
 */

import { html } from "../../draw/svg.js";
import { DerivationFold, heading, inBothLayouts, stepsOf } from "../../landscape/derivation.js";
import { ask } from "../../services/api.js";
import { gradientFormula } from "./readout.js";

/** ℒ without its constant, and K moved along D = ∂K/∂θ, in the language of the engine. */
const BY_MATRIX = { expr: "-0.5*y'*inv(K)*y - 0.5*logdet(K)", wrt: "K", given: "K: n,n positive-definite; y: n" };
const BY_PARAMETER = {
  expr: "-0.5*y'*inv(K + t*D)*y - 0.5*logdet(K + t*D)", wrt: "t",
  given: "K: n,n positive-definite; D: n,n symmetric; y: n; t: scalar",
};

/** @typedef {import("../../landscape/derivation.js").Derivation} Derivation */

export function derivationFold() {
  return new DerivationFold({ ask: askAll, show });
}

async function askAll() {
  const questions = [{ ...BY_MATRIX, layout: "numerator" }, { ...BY_MATRIX, layout: "denominator" }, { ...BY_PARAMETER, layout: "denominator" }];
  const [numerator, denominator, parameter] = await Promise.all(questions.map((question) => ask("derivative", question)));
  return { numerator, denominator, parameter };
}

/** @param {{numerator: Derivation, denominator: Derivation, parameter: Derivation}} answers */
function show({ numerator, denominator, parameter }) {
  return [
    heading("By the covariance matrix K"),
    ...inBothLayouts({ numerator, denominator }, "ℒ", "K", {
      numerator: "In numerator layout (at a symmetric K the two layouts agree):",
      denominator: "In denominator layout (at a symmetric K the two layouts agree):",
    }),
    html("p", {}, ["With α = K⁻¹y this is ½(αα⊤ − K⁻¹), for K⁻¹ is symmetric."]),
    heading("The chain rule, to a hyperparameter"),
    html("p", {}, [
      "A small change of θ moves K along D = ∂K/∂θ. The engine differentiates by t, where K has become K + tD; ",
      "at t = 0 this is the derivative by θ.",
    ]),
    ...stepsOf(parameter, "ℒ", "t", "The derivative by t:"),
    html("p", {}, [
      "At t = 0 a scalar is its own trace and the trace is cyclic: y⊤K⁻¹DK⁻¹y = tr(αα⊤D). So every hyperparameter ",
      "is served by the same matrix, and ∂K/∂log θ = θ ∂K/∂θ:",
    ]),
    gradientFormula(),
  ];
}
