/** How the expectation under q is computed: closed forms, no samples; as a fold with the formulas. */

import { html } from "../../draw/svg.js";

const LINES = [
  "v = z − μ,   x = v₁,   d = m − μ,   S = LLᵀ,   c = s₁²,   f = (P₁₂, P₂₂)",
  "log p(x, z) = −½ vᵀPv + b (x² − c) fᵀv − ½ b² P₂₂ (x² − c)²",
  "E[vᵀPv] = dᵀPd + tr(PS)",
  "E[(x² − c) fᵀv] = (d₁² + S₁₁ − c) fᵀd + 2 d₁ (S₁₁P₁₂ + S₁₂P₂₂)",
  "E[(x² − c)²] = (d₁² + S₁₁ − c)² + 4 d₁²S₁₁ + 2 S₁₁²",
];

export function expectationFold() {
  return html("details", { class: "chart-numbers expectation" }, [
    html("summary", {}, ["How the expectation is computed, without samples"]),
    html("p", {}, [
      "The target is a Gaussian with precision P that the map T(z) = (z₁, z₂ − b((z₁ − μ₁)² − s₁²)) straightens, so log p(x, z) is a ",
      "polynomial of degree four, and its expectation under q a polynomial of moments of a Gaussian:",
    ]),
    html("ul", { class: "scroller formula-lines" }, LINES.map((line) => html("li", {}, [line]))),
    html("p", {}, [
      "T has the Jacobian determinant 1: the evidence is that of the Gaussian, log p(x) = log 2π + ½ log det Σ, whatever b. ",
      "The gradients are E[∇log p] by m and, by S, ½ E[∇²log p], again polynomials.",
    ]),
  ]);
}
