/** The Fisher information step by step, as the server has derived it from the log-density. */

import { DerivationFold, heading, stepList } from "../../landscape/derivation.js";

/** @typedef {import("./source.js").Answer} Answer */

/** @param {() => Promise<{title: string, answer: Answer}[]>} ask  for both coordinates */
export function derivationFold(ask) {
  return new DerivationFold({
    ask, title: "Derive the Fisher information, step by step",
    show: (answers) => answers.flatMap(({ title, answer }) => [heading(title), stepList(answer.steps)]),
  });
}
