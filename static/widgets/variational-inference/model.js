/** The approximation in numbers: what every frame shows, and what is worked out once for a target. */

import { bestOf, boundAt, climb, differencesAt, gradientAt, stopAt } from "../../math/variational/bound.js";
import { logEvidence, momentsOf } from "../../math/variational/target.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../math/variational/target.js").Target} Target
 * @typedef {import("../../math/variational/target.js").Pair} Pair
 * @typedef {import("../../math/variational/bound.js").Place} Place
 * @typedef {import("../../math/variational/bound.js").Stop} Stop
 * @typedef {import("../../math/variational/bound.js").Bound} Bound
 * @typedef {{
 *   bound: Bound, evidence: number, gap: number, gradient: Place, variances: Pair, correlation: number,
 *   target: Pair, best: {full: Best, diagonal: Best},
 * }} Fitted  `variances` of q, `target` those of the target; gap: KL(q‖p) = log p(x) − ℒ
 * @typedef {{place: Place, variances: Pair, gap: number}} Best
 */

/** The diagonal of S = LL'. @param {Place} place @returns {Pair} */
export function variancesOf([, , k, l, n]) {
  return [k * k, l * l + n * n];
}

export class Model {
  constructor() {
    this.key = "";
    /** @type {Pick<Fitted, "evidence" | "target" | "best"> | null} */
    this.known = null;
  }

  /** @param {State} state @returns {Fitted} */
  fit({ target, place, diagonal }) {
    const known = this.#ofTarget(target);
    const bound = boundAt(target, place);
    const variances = variancesOf(place);
    return {
      ...known, bound, variances, gap: Math.max(0, known.evidence - bound.value),
      gradient: gradientAt(target, place, diagonal), correlation: place[3] / Math.sqrt(variances[1]),
    };
  }

  /** What no drag changes. @param {Target} target */
  #ofTarget(target) {
    const key = JSON.stringify(target);
    if (this.known && key === this.key) return this.known;
    const evidence = logEvidence(target);
    const best = (/** @type {boolean} */ diagonal) => {
      const { place, value } = bestOf(target, diagonal);
      return { place, variances: variancesOf(place), gap: Math.max(0, evidence - value) };
    };
    this.key = key;
    this.known = { evidence, target: momentsOf(target).variances, best: { full: best(false), diagonal: best(true) } };
    return this.known;
  }

  /** @param {State} state */
  differences({ target, place, diagonal }) {
    return differencesAt(target, place, diagonal);
  }

  /** Where the ascent begins. @param {State} state */
  stop({ target, place, diagonal }) {
    return stopAt(target, place, diagonal);
  }

  /** @param {State} state @param {Stop[]} stops  so far */
  next({ target, diagonal }, stops) {
    return climb(target, diagonal, { from: stops[stops.length - 1], before: stops[stops.length - 2] ?? null });
  }
}
