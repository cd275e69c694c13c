/**
 * A fault hidden in the backward pass: which one, and what is told about a guess.  Pure, no page.
 *
 * The fault is chosen by a number, so that a link carries it without telling: the number counts
 * through sites(network).  Links live long, so a new fault in math/networks/faults.js needs a new
 * version of the address (state.js).
 *
 * @typedef {import("../../math/networks/network.js").Network} Network
 * @typedef {import("../../math/networks/network.js").Pass} Pass
 * @typedef {import("../../math/networks/faults.js").Site} Site
 * @typedef {{head: string, tail: string}} Place
 * @typedef {{right: boolean, words: string}} Judgement
 */

import { compare } from "../../math/networks/differences.js";
import { FAULTS, sites } from "../../math/networks/faults.js";
import { backward, forward } from "../../math/networks/network.js";
import { MOST_PUZZLES } from "./state.js";
import { symbol } from "./words.js";

const TRIES = 60;
/** Neighbouring numbers choose faults that are far apart. */
const SPREAD = 7919;

/**
 * The fault of that number.
 *
 * @param {Network} network
 * @param {number} number  0 for none
 * @returns {Site | null}
 */
export function faultOf(network, number) {
  if (!number) return null;
  const possible = sites(forward(network));
  return possible[(number * SPREAD) % possible.length];
}

/**
 * A number whose fault shows with these numbers: in a shape, or in the gradient check.
 *
 * @param {Network} network
 * @param {number} before  the number of the fault of before, which is not taken again
 * @param {() => number} [random]  between 0 and 1
 */
export function newPuzzle(network, before, random = Math.random) {
  const known = JSON.stringify(faultOf(network, before));
  let number = 1;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    number = 1 + Math.floor(random() * MOST_PUZZLES);
    const fault = faultOf(network, number);
    if (JSON.stringify(fault) !== known && shows(network, fault)) return number;
  }
  return number;
}

/** @param {Network} network @param {Site | null} fault */
function shows(network, fault) {
  const { mismatch, cotangents } = backward(forward(network), fault);
  return mismatch !== null || compare(network, cotangents).some(({ verdict }) => verdict === "differs");
}

/**
 * All rules of the backward pass in its order, among which the student looks for the fault.
 *
 * @param {Network} network
 * @returns {Place[]}
 */
export function places(network) {
  return backward(forward(network)).edges.map(({ head, tail }) => ({ head, tail }));
}

/**
 * What is told about a guess: where to look instead, or what the fault was.
 *
 * @param {Network} network
 * @param {Site} fault
 * @param {Place} guess
 * @returns {Judgement}
 */
export function judge(network, fault, guess) {
  if (guess.head === fault.head && guess.tail === fault.tail) return { right: true, words: `Right. ${solution(fault)}` };
  const order = places(network);
  const at = (/** @type {Place} */ { head, tail }) => order.findIndex((each) => each.head === head && each.tail === tail);
  return { right: false, words: `Not there: the rule from ${symbol(guess.head)} to ${symbol(guess.tail)} is right. ${advice(network, fault, guess, at(guess) < at(fault))}` };
}

/**
 * @param {Network} network
 * @param {Site} fault
 * @param {Place} guess
 * @param {boolean} early  the guess is nearer to the loss than the fault
 */
function advice(network, fault, guess, early) {
  const { mismatch, cotangents } = backward(forward(network), fault);
  if (early) return `What leaves it is as it should be, so the fault comes later on the way back.`;
  if (mismatch && !cotangents.has(guess.tail)) return "The way back never came so far: look for the product whose shapes do not fit.";
  if (guess.head === fault.head) return "But another rule of the same operation is not.";
  const honest = backward(forward(network)).cotangents.get(guess.head);
  const spoiled = JSON.stringify(honest) !== JSON.stringify(cotangents.get(guess.head));
  return spoiled
    ? "But what arrives there is already wrong, so the fault is nearer to the loss."
    : "What arrives there is right as well, so the fault is on a branch nearer to the loss.";
}

/** What the fault was. @param {Site} fault */
export function solution({ fault, head, tail }) {
  const explanation = FAULTS.find(({ name }) => name === fault)?.explanation ?? "";
  return `From ${symbol(head)} to ${symbol(tail)}, a ${fault}. ${explanation}`;
}
