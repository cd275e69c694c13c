/**
 * The search of a copy of the book that has no server: the same places in the same order as the
 * server's, whose ranking is BM25 as SQLite's full-text search has it (k1 = 1.2, b = 0.75, a weight for
 * each column; S. Robertson and H. Zaragoza, “The Probabilistic Relevance Framework”, 2009).
 * Pure, no page.
 *
 * @typedef {{
 *   kind: string, address: string, title: string, place: string, body: string, aliases: string,
 *   formulas: string, expression: string, weight: number,
 * }} Place
 * @typedef {{column: number, position: number}} Spot  of the first word of a phrase
 * @typedef {{place: Place, title: string, excerpt: string}} Hit  title and excerpt as HTML
 */

import { excerpt, marked } from "./excerpt.js";
import { Spelling } from "./spelling.js";
import { LONGEST_QUERY, phrasesOf, plainProduct, squeezed, wordsOf } from "./words.js";

/** @typedef {import("./words.js").Phrase} Phrase */

const COLUMNS = /** @type {const} */ (["title", "aliases", "body", "formulas"]);
const WEIGHTS = [12, 10, 1, 2];
const BODY = 2;
const K1 = 1.2;
const B = 0.75;
const MOST_CANDIDATES = 200;
const SHORTEST_EXPRESSION = 2;

export class SearchIndex {
  /** @param {Place[]} places */
  constructor(places) {
    this.places = places;
    /** For each stem the places that have it, with its spots. @type {Map<string, Map<number, Spot[]>>} */
    this.stems = new Map();
    this.sizes = places.map((place, row) => this.#enter(place, row));
    /** Made with the first misspelling. @type {Spelling | null} */
    this.spelling = null;
    this.average = this.sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, places.length);
  }

  /**
   * @param {Place} place
   * @param {number} row
   * @returns {number} how many words it has
   */
  #enter(place, row) {
    let size = 0;
    COLUMNS.forEach((name, column) => {
      const words = wordsOf(place[name]);
      size += words.length;
      words.forEach(({ stem }, position) => {
        const rows = this.stems.get(stem) ?? new Map();
        this.stems.set(stem, rows.set(row, [...(rows.get(row) ?? []), { column, position }]));
      });
    });
    return size;
  }

  /**
   * The places that fit best; if none has all the words, those that have some.
   *
   * @param {string} query
   * @param {number} [limit]
   * @returns {Hit[]}
   */
  search(query, limit = 20) {
    const phrases = phrasesOf(query);
    if (!phrases.length) return [];
    const found = phrases.map((phrase) => this.#instances(phrase));
    let rows = this.#expressions(query);
    rows = [...rows, ...this.#ranked(found, true, query).filter((row) => !rows.includes(row))];
    if (!rows.length && phrases.length > 1) rows = this.#ranked(found, false, query);
    return rows.slice(0, limit).map((row) => this.#hit(row, phrases, found));
  }

  /**
   * The query without its misspellings, where as it stands it finds nothing and so it does.
   *
   * @param {string} query
   * @returns {string | null}
   */
  meant(query) {
    if (this.#finds(query)) return null;
    this.spelling ??= new Spelling(this.places.flatMap(({ title, aliases, body }) => [title, aliases, body]));
    const corrected = this.spelling.corrected(query.slice(0, LONGEST_QUERY));
    return corrected && this.#finds(corrected) ? corrected : null;
  }

  /** Whether some place has all the words, or what was typed as an expression. @param {string} query */
  #finds(query) {
    const found = phrasesOf(query).map((phrase) => this.#instances(phrase));
    return found.length > 0 && (this.#expressions(query).length > 0 || this.#ranked(found, true, query).length > 0);
  }

  /**
   * Where a phrase stands.
   *
   * @param {Phrase} phrase
   * @returns {Map<number, Spot[]>}
   */
  #instances({ stems, prefix }) {
    const lists = stems.map((stem, index) => this.#spots(stem, prefix && index === stems.length - 1));
    /** @type {Map<number, Spot[]>} */
    const found = new Map();
    for (const [row, spots] of lists[0] ?? []) {
      const follows = (/** @type {Spot} */ { column, position }, /** @type {number} */ offset) =>
        (lists[offset].get(row) ?? []).some((each) => each.column === column && each.position === position + offset);
      const whole = spots.filter((spot) => lists.every((_, offset) => offset === 0 || follows(spot, offset)));
      if (whole.length) found.set(row, whole);
    }
    return found;
  }

  /**
   * @param {string} stem
   * @param {boolean} prefix
   * @returns {Map<number, Spot[]>}
   */
  #spots(stem, prefix) {
    if (!prefix) return this.stems.get(stem) ?? new Map();
    /** @type {Map<number, Spot[]>} */
    const found = new Map();
    for (const [each, rows] of this.stems) {
      if (!each.startsWith(stem)) continue;
      for (const [row, spots] of rows) found.set(row, [...(found.get(row) ?? []), ...spots]);
    }
    return found;
  }

  /** The places whose expression holds what was typed, blanks aside. @param {string} query */
  #expressions(query) {
    const typed = plainProduct(query.slice(0, LONGEST_QUERY));
    if (!/[*'^+(ᵀ]/.test(query) || typed.length < SHORTEST_EXPRESSION) return [];
    return [...this.places.keys()].filter((row) => plainProduct(this.places[row].expression).includes(typed));
  }

  /**
   * The places that fit, best first.
   *
   * @param {Map<number, Spot[]>[]} found  for each phrase
   * @param {boolean} all  whether all phrases are wanted, or any
   * @param {string} query
   */
  #ranked(found, all, query) {
    const rows = [...this.places.keys()].filter((row) =>
      all ? found.every((each) => each.has(row)) : found.some((each) => each.has(row)),
    );
    const scored = rows.map((row) => ({ row, score: this.#score(row, found) }));
    const best = scored.sort((one, other) => other.score - one.score).slice(0, MOST_CANDIDATES);
    const wanted = squeezed(query).toLowerCase();
    for (const each of best) each.score *= this.#boost(each.row, wanted);
    return best.sort((one, other) => other.score - one.score).map(({ row }) => row);
  }

  /**
   * @param {number} row
   * @param {Map<number, Spot[]>[]} found
   */
  #score(row, found) {
    const length = K1 * (1 - B + (B * this.sizes[row]) / this.average);
    return found.reduce((sum, each) => {
      const frequency = (each.get(row) ?? []).reduce((total, { column }) => total + WEIGHTS[column], 0);
      const rarity = Math.log((this.places.length - each.size + 0.5) / (each.size + 0.5));
      return sum + (Math.max(rarity, 0) || 1e-6) * ((frequency * (K1 + 1)) / (frequency + length));
    }, 0);
  }

  /**
   * How much more a place counts: by its kind, and when it is called just so.
   *
   * @param {number} row
   * @param {string} wanted
   */
  #boost(row, wanted) {
    const { title, weight } = this.places[row];
    const name = squeezed(title).toLowerCase().replace(/^the/, "");
    return weight * (wanted === name || wanted === name.replace(/s$/, "") ? 3 : 1);
  }

  /**
   * @param {number} row
   * @param {Phrase[]} phrases
   * @param {Map<number, Spot[]>[]} found
   * @returns {Hit}
   */
  #hit(row, phrases, found) {
    const place = this.places[row];
    const instances = found.flatMap((each, phrase) =>
      (each.get(row) ?? []).map((spot) => ({ ...spot, phrase, length: phrases[phrase].stems.length })),
    );
    const inColumn = (/** @type {number} */ column) =>
      instances.filter((each) => each.column === column).sort((one, other) => one.position - other.position || one.phrase - other.phrase);
    if (!instances.length) return { place, title: marked(place.title, []), excerpt: marked(place.body, []) };
    return { place, title: marked(place.title, inColumn(0)), excerpt: excerpt(place.body, inColumn(BODY)) };
  }
}
