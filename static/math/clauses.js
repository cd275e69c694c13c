/**
 * Declarations as text, `A: m,n; S: n,n symmetric`, taken apart by name and put together again.
 *
 * Only the server reads what stands behind a colon; here it is passed on as it was written.
 *
 * @typedef {"scalar" | "vector" | "matrix"} Kind
 * @typedef {Map<string, string>} Clauses  what is said about each name
 */

export const PROPERTIES = [
  "symmetric", "positive-definite", "nonsingular", "diagonal", "orthogonal", "skew", "positive",
];

/**
 * @param {string} given
 * @returns {Clauses}
 */
export function parseClauses(given) {
  /** @type {Clauses} */
  const clauses = new Map();
  for (const clause of given.split(/[;\n]/)) {
    const colon = clause.indexOf(":");
    if (colon > 0) clauses.set(clause.slice(0, colon).trim(), clause.slice(colon + 1).trim());
  }
  return clauses;
}

/** @param {Clauses} clauses */
export function joinClauses(clauses) {
  return [...clauses].map(([name, said]) => `${name}: ${said}`).join("; ");
}

/**
 * Declarations without those of some names.
 *
 * @param {string} given
 * @param {Iterable<string>} names
 */
export function withoutNames(given, names) {
  const clauses = parseClauses(given);
  for (const name of names) clauses.delete(name);
  return joinClauses(clauses);
}

/**
 * Declarations with another clause for one name; null takes it away.
 *
 * @param {string} given
 * @param {string} name
 * @param {string | null} clause
 */
export function withClause(given, name, clause) {
  if (clause === null) return withoutNames(given, [name]);
  return joinClauses(parseClauses(given).set(name, clause));
}

/**
 * Declarations of some names only: those of an earlier expression are kept, but not asked about.
 *
 * @param {string} given
 * @param {readonly string[]} names
 */
export function onlyNames(given, names) {
  return joinClauses(new Map([...parseClauses(given)].filter(([name]) => names.includes(name))));
}

/**
 * Whether the sizes are said, not only the kind or properties.
 *
 * @param {string | undefined} clause
 */
export function saysSizes(clause) {
  return /(?:^|[\s,])(?:\d+|[A-Za-z])(?=[\s,]|$)/.test(clause ?? "");
}

/**
 * @param {Kind} kind
 * @param {string[]} sizes  as many as the kind has axes, or none
 * @param {string[]} properties
 */
export function clauseOf(kind, sizes, properties) {
  const count = { scalar: 0, vector: 1, matrix: 2 }[kind];
  const said = sizes.length === count && count > 0 && sizes.every(Boolean);
  const square = properties.some((property) => property !== "positive");
  const usable = said && !(square && sizes[0] !== sizes[1]);
  return [usable ? sizes.join(",") : kind, ...properties].join(" ");
}

/**
 * The names in a text, as far as they can be told without reading it: words that are no function.
 *
 * @param {string} text
 */
export function namesIn(text) {
  const words = text.matchAll(/(?<![\p{L}\d_])(\p{L}[\p{L}\d_]*)(?!\s*\(|[\p{L}\d_])/gu);
  const names = [...words].map(([, name]) => name).filter((name) => !["pi", "T"].includes(name));
  return [...new Set(names)];
}

/**
 * The kind of a name about which nothing is said: a to g scalars, h to z columns, A to Z matrices.
 *
 * @param {string} name
 * @returns {Kind}
 */
export function usualKind(name) {
  if (/^\p{Lu}/u.test(name)) return "matrix";
  return /^[h-z]/.test(name) && name.length <= 4 ? "vector" : "scalar";
}
