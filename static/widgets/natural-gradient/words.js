/** What the widget says. Pure text, tested without a page. */

import { adaptive, fixed, parseNumber } from "../../math/format.js";
import { DEVIATIONS, MEANS, shares } from "../../math/natural-gradient/families.js";
import { significant } from "../../math/quantity.js";
import { dataOf, momentsOf, MOST_DATA } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Pair} Pair
 * @typedef {import("./model.js").Path} Path
 */

/** @param {readonly number[]} vector */
export function vectorText(vector) {
  return `(${vector.map((entry) => adaptive(entry, 2)).join(", ")})`;
}

/** Nats, with as many digits as tell something. @param {number} nats */
export function natsText(nats) {
  if (!Number.isFinite(nats)) return "beyond all bounds";
  return Math.abs(nats) < 1e-7 ? "0 nats" : `${significant(nats, 2)} nats`;
}

/**
 * “mean 0.00, standard deviation 2.00”.
 *
 * @param {import("./model.js").Coordinates} coordinates
 * @param {Pair} point
 */
export function placeWords({ words }, point) {
  return words.map((word, k) => `${word} ${adaptive(point[k], 2)}`).join(", ");
}

/**
 * The sentence that is announced.
 *
 * @param {State} state
 * @param {Fitted} fitted
 */
export function sentence(state, fitted) {
  const [first, second] = fitted.sides;
  const { coordinates, local, natural } = first;
  const place = placeWords(coordinates, state.at);
  return (
    `${place[0].toUpperCase()}${place.slice(1)}: the expected loss is ${fixed(local.value, 3)}, ${natsText(local.value - fitted.best)} above the least. ` +
    `The plain gradient is ${vectorText(local.gradient)}, the natural gradient ${vectorText(natural)}. ` +
    apartWords(fitted, [coordinates.signs[1], second.coordinates.signs[1]], state.rate)
  );
}

/**
 * How far the paths of both coordinates are from each other.
 *
 * @param {Fitted} fitted
 * @param {[string, string]} signs  of what differs between the coordinates
 * @param {number} rate
 */
export function apartWords({ apart }, [one, other], rate) {
  return `With the step size ${rate} the paths in ${one} and ${other} are up to ${natsText(apart.plain)} apart by the plain gradient, and ${natsText(apart.natural)} by the natural gradient.`;
}

/**
 * How a path ends.
 *
 * @param {Path} path
 */
export function outcomeWords({ outcome, points }) {
  const steps = points.length - 1;
  const count = steps === 1 ? "1 step" : `${steps} steps`;
  switch (outcome) {
    case "standing":
      return "starts at the minimum";
    case "arrived":
      return `arrives after ${count}`;
    case "left":
      return `leaves the family at step ${steps + 1}`;
    default:
      return `under way after ${count}`;
  }
}

/**
 * What is fitted.
 *
 * @param {State} state
 */
export function targetWords({ family, target, data }) {
  if (family === "categorical") return `Frequencies of the data: ${shares(target).map((share) => significant(share, 3)).join(", ")}.`;
  const from = data ? `${data.length} ${data.length === 1 ? "number" : "numbers"}` : "Data";
  return `${from} with mean ${significant(target[0], 4)} and standard deviation ${significant(target[1], 4)}.`;
}

/**
 * Numbers that a person typed or pasted, or what is wrong.
 *
 * @param {string} text
 * @returns {{numbers: number[]} | {message: string}}
 */
export function readData(text) {
  // Where other signs separate, a comma without a blank behind it is a decimal comma.
  const decimal = /[;\s]/.test(text.trim()) && !/,\s/.test(text);
  const parts = text.split(decimal ? /[;\s]+/ : /[,;\s]+/).filter(Boolean);
  const bad = parts.find((part) => !Number.isFinite(parseNumber(part)));
  if (bad !== undefined) return { message: `“${bad.slice(0, 40)}” is not a number.` };
  if (parts.length > MOST_DATA) return { message: `There are ${parts.length} numbers; up to ${MOST_DATA} are shown here.` };
  if (parts.length < 2) return { message: "Two numbers at least are needed, such as 1.2, 0.7, 2.1." };
  const numbers = parts.map(parseNumber);
  const [mean, deviation] = momentsOf(numbers);
  if (!(deviation > 0)) return { message: "All numbers are the same: the standard deviation would be 0, and the loss has no minimum." };
  if (dataOf(numbers)) return { numbers };
  return { message: `Their mean is ${significant(mean, 3)} and their standard deviation ${significant(deviation, 3)}: choose another unit or zero point. ${BOUNDS}` };
}

const BOUNDS = `Both parameters are drawn at one scale, for means from ${fixed(MEANS[0], 0)} to ${MEANS[1]} and standard deviations from ${DEVIATIONS[0]} to ${DEVIATIONS[1]}.`;
