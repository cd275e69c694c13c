/**
 * A worker that makes the map of the marginal likelihood: the newest question is answered, and an
 * older one is given up at its next column.
 */

import { evidenceMap } from "../../math/gaussian-process/evidence-map.js";

/** How long it may work before it looks for a newer question, in milliseconds. */
const SLICE = 30;

/** @typedef {import("../../math/gaussian-process/evidence-map.js").Question} Question */

/** @type {Question | null} */
let newest = null;

addEventListener("message", ({ data }) => {
  newest = data;
  answer(data);
});

/** @param {Question} question */
async function answer(question) {
  let begin = performance.now();
  for (const lattice of evidenceMap(question)) {
    if (lattice) globalThis.postMessage(lattice, { transfer: [lattice.values.buffer] });
    if (performance.now() - begin < SLICE) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (newest !== question) return;
    begin = performance.now();
  }
}
