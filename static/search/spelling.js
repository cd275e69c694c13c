/**
 * What a misspelt query may have meant: the nearest words that the book itself uses, as the book's
 * server finds them (app/lessons/spelling.py).  Pure, no page.
 */

const SHORTEST = 4; // letters; what is shorter is rather a name of mathematics than a misspelling
const LONGEST = 30;
const TWO_MISTAKES = 6; // letters from which on two mistakes are forgiven instead of one
const MOST_UNKNOWN = 3; // words; more of them are no misspelling
const LETTERS = /\p{L}+/gu;

export class Spelling {
  /** @param {Iterable<string>} texts */
  constructor(texts) {
    /** How often each word stands in the book. @type {Map<string, number>} */
    this.counts = new Map();
    for (const text of texts) {
      for (const [word] of folded(text).matchAll(LETTERS)) {
        if (word.length >= SHORTEST) this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
      }
    }
  }

  /**
   * The query with every unknown word replaced by the nearest known one; null where all words are
   * known, where one is like nothing, or where too many are unknown.
   *
   * @param {string} query
   * @returns {string | null}
   */
  corrected(query) {
    const typed = [...query.matchAll(LETTERS)].map(([word]) => word);
    const unknown = [...new Set(typed)].filter((word) => this.#isUnknown(folded(word)));
    if (!unknown.length || unknown.length > MOST_UNKNOWN) return null;
    const meant = new Map(unknown.map((word) => [word, this.#nearest(folded(word))]));
    if ([...meant.values()].includes(null)) return null;
    return query.replace(LETTERS, (word) => meant.get(word) ?? word);
  }

  /** Whether no word of the book begins like this. @param {string} word */
  #isUnknown(word) {
    if (word.length < SHORTEST || this.counts.has(word)) return false;
    return ![...this.counts.keys()].some((known) => known.startsWith(word));
  }

  /**
   * @param {string} word
   * @returns {string | null}
   */
  #nearest(word) {
    if (word.length > LONGEST) return null;
    const limit = word.length >= TWO_MISTAKES ? 2 : 1;
    const near = [...this.counts]
      .filter(([known]) => Math.abs(known.length - word.length) <= limit)
      .map(([known, count]) => ({ known, count, mistakes: distance(word, known) }))
      .filter(({ mistakes }) => mistakes <= limit)
      .sort((one, other) => one.mistakes - other.mistakes || other.count - one.count || (one.known < other.known ? -1 : 1));
    return near[0]?.known ?? null;
  }
}

/** Without capitals and accents. @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * How many mistakes lie between two words: letters that are missing, superfluous, wrong, or swapped
 * with their neighbour.
 *
 * @param {string} one
 * @param {string} other
 */
export function distance(one, other) {
  /** @type {number[]} */
  let older = [];
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    [older, before, row] = [before, row, [i]];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let best = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) best = Math.min(best, older[j - 2] + 1);
      row.push(best);
    }
  }
  return row[other.length];
}
