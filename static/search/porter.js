/**
 * Word stems by M. F. Porter, “An algorithm for suffix stripping”, Program 14 (1980), in the form in
 * which SQLite's full-text search has it: the book's server searches with that, and a copy without a
 * server should find the same.  Pure, no page.
 *
 * Lengths are counted in bytes of UTF-8, as SQLite does; a test compares the stems of all words of the
 * book.
 */

const SHORTEST = 3;
const LONGEST = 64;

/** Suffix and what takes its place, if the measure of what is left is above 0. @type {[string, string][]} */
const STEP_2 = [
  ["ational", "ate"], ["tional", "tion"], ["enci", "ence"], ["anci", "ance"], ["izer", "ize"], ["logi", "log"],
  ["bli", "ble"], ["alli", "al"], ["entli", "ent"], ["eli", "e"], ["ousli", "ous"], ["ization", "ize"],
  ["ation", "ate"], ["ator", "ate"], ["alism", "al"], ["iveness", "ive"], ["fulness", "ful"],
  ["ousness", "ous"], ["aliti", "al"], ["iviti", "ive"], ["biliti", "ble"],
];
/** @type {[string, string][]} */
const STEP_3 = [
  ["ical", "ic"], ["ness", ""], ["icate", "ic"], ["iciti", "ic"], ["ful", ""], ["ative", ""], ["alize", "al"],
];
const STEP_4 = [
  "al", "ance", "ence", "er", "ic", "able", "ible", "ement", "ment", "ant", "ent", "ion", "ou", "ism", "ate",
  "iti", "ous", "ive", "ize",
];

/** @type {Map<string, string>} */
const known = new Map();

/**
 * @param {string} word  in lower case, without accents
 * @returns {string}
 */
export function stem(word) {
  let found = known.get(word);
  if (found === undefined) known.set(word, (found = inBytes(word, stripped)));
  return found;
}

/**
 * Work on a word whose letters beyond ASCII are as many characters as they have bytes.
 *
 * @param {string} word
 * @param {(bytes: string) => string} work
 */
function inBytes(word, work) {
  if (/^[\x00-\x7f]*$/.test(word)) return work(word);
  const bytes = String.fromCharCode(...new TextEncoder().encode(word));
  return new TextDecoder().decode(Uint8Array.from(work(bytes), (letter) => letter.charCodeAt(0)));
}

/** @param {string} word */
function stripped(word) {
  if (word.length < SHORTEST || word.length > LONGEST) return word;
  let text = participle(plural(word));
  if (text.endsWith("y") && hasVowel(text.slice(0, -1))) text = `${text.slice(0, -1)}i`;
  text = replaced(replaced(text, STEP_2), STEP_3);
  return shortened(withoutSuffix(text));
}

/** @param {string} text */
function plural(text) {
  if (/(?:..ss|.i)es$/.test(text)) return text.slice(0, -2);
  return /[^s]s$/.test(text) ? text.slice(0, -1) : text;
}

/** @param {string} text */
function participle(text) {
  if (text.length > 3 && text.endsWith("eed")) return measure(text.slice(0, -3)) > 0 ? text.slice(0, -1) : text;
  const ending = text.length > 2 && text.endsWith("ed") ? 2 : text.length > 3 && text.endsWith("ing") ? 3 : 0;
  const left = text.slice(0, text.length - ending);
  return ending && hasVowel(left) ? mended(left) : text;
}

/** What is left when “ed” or “ing” has been taken away. @param {string} text */
function mended(text) {
  if (text.length > 2 && /(?:at|bl|iz)$/.test(text)) return `${text}e`;
  const last = text.at(-1) ?? "";
  if (!isVowel(last, false) && !"lsz".includes(last) && text.at(-2) === last) return text.slice(0, -1);
  return measure(text) === 1 && endsShort(text) ? `${text}e` : text;
}

/**
 * @param {string} text
 * @param {[string, string][]} rules
 */
function replaced(text, rules) {
  const rule = rules.find(([suffix]) => text.length > suffix.length && text.endsWith(suffix));
  if (!rule) return text;
  const left = text.slice(0, -rule[0].length);
  return measure(left) > 0 ? left + rule[1] : text;
}

/** @param {string} text */
function withoutSuffix(text) {
  const suffix = STEP_4.find((each) => text.length > each.length && text.endsWith(each));
  if (!suffix) return text;
  const left = text.slice(0, -suffix.length);
  const fits = suffix !== "ion" || /[st]$/.test(left);
  return fits && measure(left) > 1 ? left : text;
}

/** @param {string} text */
function shortened(text) {
  let short = text;
  if (short.endsWith("e")) {
    const left = short.slice(0, -1);
    if (measure(left) > 1 || (measure(left) === 1 && !endsShort(left))) short = left;
  }
  return short.endsWith("ll") && measure(short.slice(0, -1)) > 1 ? short.slice(0, -1) : short;
}

/**
 * @param {string} letter
 * @param {boolean} afterConsonant
 */
function isVowel(letter, afterConsonant) {
  return "aeiou".includes(letter) || (afterConsonant && letter === "y");
}

/** Which letters are consonants. @param {string} text */
function consonants(text) {
  let before = false;
  return [...text].map((letter) => (before = !isVowel(letter, before)));
}

/** How often a vowel is followed by a consonant. @param {string} text */
function measure(text) {
  const kinds = consonants(text);
  return kinds.filter((consonant, index) => consonant && index > 0 && !kinds[index - 1]).length;
}

/** @param {string} text */
function hasVowel(text) {
  return [...text].some((letter, index) => isVowel(letter, index > 0));
}

/** Whether it ends in consonant, vowel, consonant other than w, x, y. @param {string} text */
function endsShort(text) {
  if (/[wxy]$/.test(text)) return false;
  const [first, second, third] = [false, false, false, ...consonants(text)].slice(-3);
  return first && !second && third;
}
