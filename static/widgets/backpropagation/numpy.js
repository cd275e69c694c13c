/**
 * The answer of /api/backpropagation beside what the browser found.  Pure, no page.
 *
 * @typedef {import("../../math/networks/network.js").Pass} Pass
 * @typedef {number | null | (number | null)[] | (number | null)[][]} Written
 * @typedef {{nodes: {name: string, value: Written, cotangent: Written}[], edges: {jacobian: Written, outgoing: Written}[]}} Answer
 */

import { adaptive } from "../../math/format.js";

/** More than rounding would make of it. */
const ALIKE = 1e-10;

/**
 * How far the two are apart, in a sentence.
 *
 * @param {Answer} answer
 * @param {Pass} pass
 */
export function comparedWithNumpy(answer, pass) {
  const own = numbersOf(pass);
  const theirs = [
    ...answer.nodes.flatMap(({ value, cotangent }) => [...flat(value), ...(cotangent === null ? [] : flat(cotangent))]),
    ...answer.edges.flatMap(({ jacobian, outgoing }) => [...flat(jacobian), ...flat(outgoing)]),
  ];
  const errors = own.map((number, index) => apart(number, theirs[index]));
  if (own.length !== theirs.length || errors.some(Number.isNaN)) return "The server's numbers are not those of the browser.";
  const largest = Math.max(...errors);
  if (largest > ALIKE) return `The server's numbers are not those of the browser: the largest relative difference is ${adaptive(largest, 1)}.`;
  const words = largest ? `the largest relative difference is ${adaptive(largest, 1)}` : "to the last digit";
  return `NumPy on the server finds the same ${own.length} numbers: ${words}.`;
}

/** @param {Pass} pass */
function numbersOf({ nodes, edges, cotangents }) {
  return [
    ...nodes.flatMap(({ name, value }) => [...value.flat(), ...(cotangents.get(name) ?? []).flat()]),
    ...edges.flatMap(({ jacobian, outgoing }) => [...jacobian.flat(), ...outgoing.flat()]),
  ];
}

/** @param {Written} written @returns {(number | null)[]} */
function flat(written) {
  return /** @type {(number | null)[]} */ ([written].flat(2));
}

/**
 * Relative to the larger of the number and 1; the server writes what is not finite as null.
 *
 * @param {number} own
 * @param {number | null | undefined} other
 */
function apart(own, other) {
  if (other === null) return Number.isFinite(own) ? NaN : 0;
  return Math.abs(own - (other ?? NaN)) / Math.max(1, Math.abs(own));
}
