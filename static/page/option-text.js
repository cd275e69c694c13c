/**
 * A widget's options as text: in the query of an embedded widget (`?f=[x*y, x-y]&at=1,2`) and as the
 * option lines of a directive.  What they may be is described in the widget's options.json.
 *
 * @typedef {{
 *   type?: string, enum?: unknown[], minimum?: number, maximum?: number,
 *   items?: Schema, minItems?: number, maxItems?: number,
 * }} Schema  the part of JSON Schema that options.json uses
 */

/**
 * An option's value as the query has it; {@link readOption} reads it back.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function queryText(value) {
  if (typeof value === "string") return value;
  const plain = Array.isArray(value) && value.length > 1 && value.every(isPlain);
  return plain ? value.join() : JSON.stringify(value);
}

/** @param {unknown} item  of a list that can be written with commas alone */
function isPlain(item) {
  return typeof item === "number" || (typeof item === "string" && /^[\p{L}_][\p{L}\d_]*$/u.test(item));
}

/**
 * The value that a text of the query stands for, or what is wrong with it.
 *
 * @param {string} text
 * @param {Schema} schema
 * @returns {{value?: unknown, mistake?: string}}
 */
export function readOption(text, schema) {
  const value = valueOf(text, schema);
  const mistake = mistakeIn(value, schema);
  return mistake ? { mistake } : { value };
}

/**
 * @param {string} text
 * @param {Schema} schema
 * @returns {unknown}
 */
function valueOf(text, schema) {
  if (schema.type === "string") return text;
  try {
    const value = JSON.parse(text);
    return schema.type === "array" && !Array.isArray(value) ? listOf(text, schema) : value;
  } catch {
    return schema.type === "array" ? listOf(text, schema) : text;
  }
}

/**
 * @param {string} text
 * @param {Schema} schema
 * @returns {unknown[]}
 */
function listOf(text, { items = {} }) {
  return text.split(",").map((part) => valueOf(part.trim(), items));
}

const TYPES = {
  string: (/** @type {unknown} */ value) => typeof value === "string",
  number: (/** @type {unknown} */ value) => typeof value === "number" && Number.isFinite(value),
  integer: Number.isInteger,
  boolean: (/** @type {unknown} */ value) => typeof value === "boolean",
  array: Array.isArray,
  object: (/** @type {unknown} */ value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/**
 * What does not fit, as the end of a sentence; null when all does.
 *
 * @param {unknown} value
 * @param {Schema} schema
 * @returns {string | null}
 */
export function mistakeIn(value, schema) {
  const fits = TYPES[/** @type {keyof typeof TYPES} */ (schema.type)];
  if (fits && !fits(value)) return `should be of type ${schema.type}`;
  if (schema.enum && !schema.enum.includes(value)) return `should be one of ${schema.enum.join(", ")}`;
  if (typeof value === "number") {
    if (schema.minimum !== undefined && value < schema.minimum) return `should be at least ${schema.minimum}`;
    if (schema.maximum !== undefined && value > schema.maximum) return `should be at most ${schema.maximum}`;
  }
  return Array.isArray(value) ? mistakeInList(value, schema) : null;
}

/**
 * @param {unknown[]} list
 * @param {Schema} schema
 */
function mistakeInList(list, { items, minItems: fewest = 0, maxItems: most }) {
  if (list.length < fewest || (most !== undefined && list.length > most)) {
    return `should have ${fewest === most ? fewest : `${fewest} to ${most ?? "any number of"}`} entries`;
  }
  const mistake = items && list.map((item) => mistakeIn(item, items)).find(Boolean);
  return mistake ? `has an entry that ${mistake}` : null;
}

/**
 * An option's value as a line of a directive has it: plain words, or else YAML.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function directiveText(value) {
  const isPlainText = typeof value === "string" && /^[^\s"'[{](?:[^\s]| (?! ))*$/.test(value) && !value.endsWith(" ");
  return isPlainText ? value : JSON.stringify(value);
}
