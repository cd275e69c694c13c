/**
 * Gradient ascent with steps that find their own length.
 *
 * The step length is that of Barzilai and Borwein (IMA J. Numer. Anal. 8, 1988), halved until the
 * value rises enough (Armijo); no step is longer than the scale of the problem allows.
 */

import { clamp } from "./view.js";

const ENOUGH = 1e-4;
const HALVINGS = 40;
/** A rise that rounding hides. */
const NO_GAIN = 1e-12;

/**
 * @template {readonly number[]} Place
 * @typedef {{place: Place, value: number, gradient: Place}} Stop
 */
/**
 * `longest` bounds the length of a step, `first` is the length of the first one; a slope below `level`
 * is level ground; the ascent stays between `low` and `high`.
 *
 * @template {readonly number[]} Place
 * @typedef {{longest: number, first: number, level: number, low: Place, high: Place}} Terrain
 */

/**
 * The next stop uphill, or null where there is none: level ground, an edge, or rounding.
 *
 * @template {readonly number[]} Place
 * @param {(place: Place) => Stop<Place>} evaluate  a value that is not finite is none to step to
 * @param {{from: Stop<Place>, before: Stop<Place> | null}} climbed
 * @param {Terrain<Place>} terrain
 * @returns {Stop<Place> | null}
 */
export function nextStop(evaluate, { from, before }, { longest, first, level, low, high }) {
  const slope = Math.hypot(...from.gradient);
  if (!(slope > level)) return null;
  const wanted = before ? stepLength(from, before) : first / slope;
  for (let t = Math.min(wanted, longest / slope), k = 0; k < HALVINGS; k++, t /= 2) {
    const moved = from.place.map((at, which) => clamp(at + t * from.gradient[which], low[which], high[which]));
    const place = /** @type {Place} */ (/** @type {unknown} */ (moved));
    const gain = from.gradient.reduce((sum, g, which) => sum + g * (place[which] - from.place[which]), 0);
    if (!(gain > NO_GAIN)) return null;
    const next = evaluate(place);
    if (next.value >= from.value + ENOUGH * gain) return next;
  }
  return null;
}

/**
 * |s|²/|s·y| with the last step s and the change y of the gradient along it; where the ground is not
 * curved downwards along s, as far as is allowed.
 *
 * @param {Stop<readonly number[]>} from
 * @param {Stop<readonly number[]>} before
 */
function stepLength(from, before) {
  let square = 0, curved = 0;
  from.place.forEach((at, which) => {
    const moved = at - before.place[which];
    square += moved ** 2;
    curved -= moved * (from.gradient[which] - before.gradient[which]);
  });
  return curved > 0 ? square / curved : Infinity;
}
