/**
 * The process behind the pictures: kept from frame to frame, so that moving one observation costs n²
 * operations and only another hyperparameter costs n³.
 */

import { climb, differences, stopAt } from "../../math/gaussian-process/ascent.js";
import { KERNELS } from "../../math/gaussian-process/kernels.js";
import { Process } from "../../math/gaussian-process/process.js";
import { LENGTHS, MOST_POINTS, NOISES } from "./state.js";

/** Inputs at which the posterior is drawn: fewer where each costs more. */
const PLACES = 161;
const FEWER_PLACES = 91;
const MANY_POINTS = 60;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../math/gaussian-process/process.js").Slopes} Slopes
 * @typedef {import("../../math/gaussian-process/ascent.js").Stop} Stop
 * @typedef {{
 *   definite: boolean, failed: number, evidence: import("../../math/gaussian-process/process.js").Evidence,
 *   slopes: Slopes, condition: number, places: Float64Array, mean: Float64Array, variance: Float64Array,
 * }} Fitted  `failed` is the number of the point whose pivot vanishes, from 0; −1 where it is not known
 */

/** @param {State} state @returns {import("../../math/gaussian-process/process.js").Hyperparameters} */
export function hyperOf({ kernel, length, scale, noise, period, jitter }) {
  return { kernel, length, scale, noise, period, jitter };
}

/** @param {string} kernel @returns {(keyof Slopes)[]} */
export function namesOf(kernel) {
  return KERNELS[kernel].periodic ? ["length", "scale", "noise", "period"] : ["length", "scale", "noise"];
}

/**
 * The number of the point that an observation of the process is: the chosen point is observed last.
 *
 * @param {number} observation  from 0; −1 for none
 * @param {number} chosen
 * @param {number} last
 */
function pointOf(observation, chosen, last) {
  if (observation === last) return chosen;
  return observation < chosen ? observation : observation + 1;
}

export class Model {
  constructor() {
    /** @type {Process | null} */
    this.process = null;
    this.key = "";
    this.room = "";
  }

  /**
   * @param {State} state
   * @param {{left: number, right: number}} range  of inputs that are seen
   * @returns {Fitted}
   */
  fit(state, { left, right }) {
    const { points, chosen } = state;
    const others = points.filter((_, k) => k !== chosen);
    const key = `${JSON.stringify(hyperOf(state))} ${chosen} ${left} ${right} ${others.join()}`;
    const process = this.process && key === this.key ? this.process : this.#withOthers(state, others, left, right);
    this.key = key;
    process.rewind();
    process.append(...points[chosen]);
    const { definite, failed, places, mean, variance } = process;
    return {
      definite, places, mean, variance, failed: pointOf(failed, chosen, others.length),
      evidence: process.evidence(), slopes: process.slopes(), condition: process.condition(),
    };
  }

  /**
   * @param {State} state
   * @param {State["points"]} others
   * @param {number} left
   * @param {number} right
   */
  #withOthers(state, others, left, right) {
    const count = state.points.length > MANY_POINTS ? FEWER_PLACES : PLACES;
    const capacity = Math.min(MOST_POINTS, 16 * Math.ceil(state.points.length / 16));
    const room = `${capacity} ${count} ${left} ${right} ${KERNELS[state.kernel].periodic}`;
    if (!this.process || room !== this.room) {
      const places = Float64Array.from({ length: count }, (_, k) => left + ((right - left) * k) / (count - 1));
      this.process = new Process(hyperOf(state), capacity, places);
    } else this.process.begin(hyperOf(state));
    this.room = room;
    for (const [x, y] of others) this.process.append(x, y);
    this.process.mark();
    return this.process;
  }

  /** ∂ℒ/∂log θ by central differences. @param {State} state */
  differences(state) {
    return differences(hyperOf(state), state.points, namesOf(state.kernel));
  }

  /** Where the ascent begins. @param {State} state */
  stop(state) {
    return stopAt(hyperOf(state), state.points);
  }

  /**
   * The next stop of the ascent, or null at its end.
   *
   * @param {State} state
   * @param {Stop[]} stops  so far
   */
  next(state, stops) {
    const logarithms = (/** @type {0 | 1} */ end) => /** @type {[number, number]} */ ([Math.log(LENGTHS[end]), Math.log(NOISES[end])]);
    const climbed = { from: stops[stops.length - 1], before: stops[stops.length - 2] ?? null };
    return climb(hyperOf(state), state.points, climbed, { low: logarithms(0), high: logarithms(1) });
  }
}
