/**
 * What was found, marked; and of a long text the stretch that shows most of it, chosen as SQLite's
 * `snippet` does: as many different words as fit, from the beginning of a sentence if that costs none.
 * Pure, no page.
 *
 * @typedef {{position: number, length: number, phrase: number}} Instance  of a phrase, counted in words
 */

import { wordsOf } from "./words.js";

const WORDS = 28;
const ANOTHER = 1000;
const SENTENCE = 100;
const FIRST_SENTENCE = 120;

/**
 * The whole text as HTML.
 *
 * @param {string} text
 * @param {Instance[]} instances  in the order of the text
 */
export function marked(text, instances) {
  return stretch(text, instances, 0, Infinity);
}

/**
 * @param {string} text
 * @param {Instance[]} instances
 */
export function excerpt(text, instances) {
  return stretch(text, instances, bestStart(text, instances), WORDS);
}

/**
 * @param {string} text
 * @param {Instance[]} instances
 */
function bestStart(text, instances) {
  const words = wordsOf(text);
  const sentences = sentenceStarts(text, words);
  let best = { score: 0, start: 0 };
  const offer = (/** @type {number} */ score, /** @type {number} */ start) => {
    if (score > best.score) best = { score, start };
  };
  for (const { position } of instances) {
    const { score, centred } = scoreOf(instances, position, words.length);
    offer(score, centred);
    const sentence = sentences.findLast((start) => start <= position) ?? 0;
    if (words.length > WORDS && sentences.length && sentence < position) {
      offer(scoreOf(instances, sentence, words.length).score + (sentence === 0 ? FIRST_SENTENCE : SENTENCE), sentence);
    }
  }
  return best.start;
}

/**
 * @param {Instance[]} instances
 * @param {number} start
 * @param {number} size  of the text in words
 */
function scoreOf(instances, start, size) {
  const inside = instances.filter(({ position }) => position >= start && position < start + WORDS);
  if (!inside.length) return { score: 0, centred: start };
  const different = new Set(inside.map(({ phrase }) => phrase)).size;
  const first = inside[0].position;
  const last = inside[inside.length - 1];
  const middle = first - Math.trunc((WORDS - (last.position + last.length - first)) / 2);
  const centred = Math.max(0, Math.min(middle, size - WORDS));
  return { score: different * ANOTHER + (inside.length - different), centred };
}

/**
 * @param {string} text
 * @param {import("./words.js").Word[]} words
 */
function sentenceStarts(text, words) {
  return [...words.keys()].filter((index) => index === 0 || /[.:][ \t\n\r]+$/.test(text.slice(0, words[index].start)));
}

/**
 * @param {string} text
 * @param {Instance[]} instances
 * @param {number} start  in words
 * @param {number} count
 */
function stretch(text, instances, start, count) {
  const words = wordsOf(text);
  const end = start + count;
  const from = start > 0 ? words[start].start : 0;
  const to = end >= words.length ? text.length : words[end - 1].end;
  let html = start > 0 ? "…" : "";
  let place = from;
  for (const [first, last] of merged(instances)) {
    if (first < start || first >= end) continue;
    const [begin, finish] = [words[first].start, words[Math.min(last, end - 1, words.length - 1)].end];
    html += `${escaped(text.slice(place, begin))}<mark>${escaped(text.slice(begin, finish))}</mark>`;
    place = finish;
  }
  return html + escaped(text.slice(place, to)) + (end >= words.length ? "" : "…");
}

/** First and last words of what is marked in one piece. @param {Instance[]} instances */
function merged(instances) {
  /** @type {[number, number][]} */
  const pieces = [];
  for (const { position, length } of instances) {
    const last = pieces[pieces.length - 1];
    if (last && position <= last[1]) last[1] = Math.max(last[1], position + length - 1);
    else pieces.push([position, position + length - 1]);
  }
  return pieces;
}

/** @param {string} text */
export function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
