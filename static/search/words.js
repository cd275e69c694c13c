/**
 * Texts as words, and queries as what is looked for, as the book's server takes them
 * (app/lessons/search.py over SQLite's unicode61 and porter).  Pure, no page.
 *
 * @typedef {{stem: string, start: number, end: number}} Word  its place in the text
 * @typedef {{stems: string[], prefix: boolean}} Phrase  words that stand one behind the other; of the
 *   last one only the beginning where `prefix` says so
 */

import { stem } from "./porter.js";

export const LONGEST_QUERY = 200;
const MOST_WORDS = 12;
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const TYPED = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu;

/**
 * @param {string} text
 * @returns {Word[]}
 */
export function wordsOf(text) {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    stem: stem(folded(word)), start: index, end: index + word.length,
  }));
}

/** Without accents and capitals; a variant of a letter such as ϕ is that letter. @param {string} word */
function folded(word) {
  return [...word.normalize("NFD").replace(/\p{M}/gu, "")].map(lower).join("");
}

/** @param {string} letter */
function lower(letter) {
  const upper = letter.toUpperCase();
  return (upper.length === letter.length ? upper : letter).toLowerCase();
}

/**
 * The phrases that a query means; the last is a beginning unless a blank follows it or it is a single
 * letter, a name of mathematics.
 *
 * @param {string} query
 * @returns {Phrase[]}
 */
export function phrasesOf(query) {
  const text = query.slice(0, LONGEST_QUERY);
  const typed = [...text.matchAll(TYPED)].map(([word]) => word).slice(0, MOST_WORDS);
  const open = typed.length > 0 && [...typed[typed.length - 1]].length > 1 && !/\s$/.test(text);
  return typed.map((word, index) => ({
    stems: wordsOf(word).map((each) => each.stem), prefix: open && index === typed.length - 1,
  }));
}

/**
 * An expression with one way of writing transposes and products: `x^T A x` is `x'Ax`.
 *
 * @param {string} expression
 */
export function plainProduct(expression) {
  const transposed = expression.replace(/\s*(?:\^\s*(?:\{\s*)?(?:\\top|T\b)(?:\s*\})?|ᵀ)/g, "'");
  return squeezed(transposed).replaceAll("*", "");
}

/** @param {string} text */
export function squeezed(text) {
  return text.replace(/\s+/g, "");
}
