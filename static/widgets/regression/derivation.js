/** The derivation of the gradient by the book's engine, in both layouts. */

import { DerivationFold, inBothLayouts } from "../../landscape/derivation.js";

/** @param {import("./source.js").StudySource} source */
export function derivationFold(source) {
  return new DerivationFold({
    ask: () => source.derivation(),
    show: (answers) => inBothLayouts(answers, "ℓ", "𝐰", {
      numerator: "In numerator layout the derivative is a row:",
      denominator: "In denominator layout the derivative is a column, the gradient:",
    }),
  });
}
