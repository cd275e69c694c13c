/** The curve of errors as lines in a picture: both axes logarithmic, the step shrinks to the right. */

/** Decades that the picture shows; what is outside is cut off at its edge. */
const LOWEST = -17;
const HIGHEST = 2;

/**
 * @typedef {{left: number, right: number, top: number, bottom: number}} Box
 * @typedef {{x: (step: number) => number, y: (error: number) => number, exponents: number[]}} Axes
 */

/**
 * Axes that hold the errors, in whole decades.
 *
 * @param {readonly number[]} steps  falling
 * @param {readonly (number | null)[]} errors  of all curves together
 * @param {Box} box
 * @returns {Axes}
 */
export function axesFor(steps, errors, { left, right, top, bottom }) {
  const logs = errors.filter((error) => error !== null && error > 0).map((error) => Math.log10(/** @type {number} */ (error)));
  const lowest = Math.max(LOWEST, Math.floor(Math.min(-2, ...logs)));
  const highest = Math.min(HIGHEST, Math.max(lowest + 4, Math.ceil(Math.max(-2, ...logs))));
  const [first, last] = [Math.log10(steps[0]), Math.log10(steps[steps.length - 1])];
  const clamp = (/** @type {number} */ log) => Math.min(highest, Math.max(lowest, log));
  return {
    x: (step) => left + ((right - left) * (first - Math.log10(step))) / (first - last),
    y: (error) => top + ((bottom - top) * (highest - clamp(error > 0 ? Math.log10(error) : lowest))) / (highest - lowest),
    exponents: Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index),
  };
}

/**
 * The path through the errors that are numbers; it is broken where there is none.
 *
 * @param {readonly number[]} steps
 * @param {readonly (number | null)[]} errors
 * @param {Axes} axes
 */
export function curvePath(steps, errors, { x, y }) {
  let drawing = false;
  return errors.map((error, index) => {
    if (error === null) {
      drawing = false;
      return "";
    }
    const command = drawing ? "L" : "M";
    drawing = true;
    return `${command}${x(steps[index]).toFixed(1)} ${y(error).toFixed(1)}`;
  }).join("");
}

/**
 * The straight line of one branch, as far as it lies in the picture: null where it has none.
 *
 * @param {number | null} coefficient
 * @param {1 | -1 | 2} power  of the step
 * @param {readonly number[]} steps
 * @param {Axes} axes
 */
export function branchPath(coefficient, power, steps, axes) {
  if (!coefficient) return null;
  const [low, high] = [axes.exponents[0], axes.exponents[axes.exponents.length - 1]];
  const [largest, least] = [steps[0], steps[steps.length - 1]];
  const at = (/** @type {number} */ exponent) => (10 ** exponent / coefficient) ** (1 / power);
  const ends = [at(low), at(high)].map((step) => Math.min(largest, Math.max(least, step)));
  if (ends[0] === ends[1]) return null;
  const [from, to] = ends.map((step) => `${axes.x(step).toFixed(1)} ${axes.y(coefficient * step ** power).toFixed(1)}`);
  return `M${from}L${to}`;
}
