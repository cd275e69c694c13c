/**
 * Which shape a derivative has, and where each of its entries stands: sections 2 and 3 of lesson 2.
 *
 * Indices count from 0 here.  An entry of a matrix has one index, its place in vec, which stacks the
 * columns from left to right.  Two cases keep the matrix they come as: a scalar by a matrix, and a
 * matrix by a scalar.
 *
 * @typedef {"scalar" | "vector" | "matrix"} Kind
 * @typedef {{kind: Kind, rows: number, columns: number}} Shape  of a value or a variable
 * @typedef {{value: number, variable: number}} Entry  which entry of the value by which of the variable
 * @typedef {{row: number, column: number}} Place  in a block
 * @typedef {{rows: number, columns: number}} Size  of a block
 */

export const LONGEST_VECTOR = 6;
export const LONGEST_SIDE = 3;

/**
 * @param {number[]} sizes  none: a scalar; one: a vector; two: a matrix
 * @returns {Shape}
 */
export function shapeOf(sizes) {
  const [rows = 1, columns = 1] = sizes;
  /** @type {Kind[]} */
  const kinds = ["scalar", "vector", "matrix"];
  return { kind: kinds[sizes.length], rows, columns };
}

/** @param {Shape} shape */
export function sizesOf({ kind, rows, columns }) {
  return [rows, columns].slice(0, ["scalar", "vector", "matrix"].indexOf(kind));
}

/** @param {Size} shape */
export function count({ rows, columns }) {
  return rows * columns;
}

/**
 * Which of the two is not strung out by vec although it is a matrix, if any.
 *
 * @param {Shape} value
 * @param {Shape} variable
 * @returns {"value" | "variable" | null}
 */
export function exempt(value, variable) {
  if (value.kind === "scalar" && variable.kind === "matrix") return "variable";
  if (value.kind === "matrix" && variable.kind === "scalar") return "value";
  return null;
}

/**
 * The shape of the derivative in numerator layout; denominator layout is its transpose.
 *
 * @param {Shape} value
 * @param {Shape} variable
 * @returns {Size}
 */
export function numeratorSize(value, variable) {
  const kept = exempt(value, variable);
  if (kept === "variable") return transposed(variable);
  if (kept === "value") return { rows: value.rows, columns: value.columns };
  return { rows: count(value), columns: count(variable) };
}

/**
 * @param {Size} size
 * @returns {Size}
 */
export function transposed({ rows, columns }) {
  return { rows: columns, columns: rows };
}

/**
 * Where a partial derivative stands in numerator layout.
 *
 * @param {Shape} value
 * @param {Shape} variable
 * @param {Entry} entry
 * @returns {Place}
 */
export function placeOf(value, variable, entry) {
  const kept = exempt(value, variable);
  if (kept === "value") return placeIn(value, entry.value);
  if (kept === "variable") return swapped(placeIn(variable, entry.variable));
  return { row: entry.value, column: entry.variable };
}

/**
 * The partial derivative that stands at a place in numerator layout.
 *
 * @param {Shape} value
 * @param {Shape} variable
 * @param {Place} place
 * @returns {Entry}
 */
export function entryAt(value, variable, place) {
  const kept = exempt(value, variable);
  if (kept === "value") return { value: indexIn(value, place), variable: 0 };
  if (kept === "variable") return { value: 0, variable: indexIn(variable, swapped(place)) };
  return { value: place.row, variable: place.column };
}

/**
 * @param {Place} place
 * @returns {Place}
 */
export function swapped({ row, column }) {
  return { row: column, column: row };
}

/**
 * Row and column of an entry that has the given place in vec.
 *
 * @param {Size} shape
 * @param {number} index
 * @returns {Place}
 */
export function placeIn({ rows }, index) {
  return { row: index % rows, column: Math.floor(index / rows) };
}

/**
 * @param {Size} shape
 * @param {Place} place
 */
export function indexIn({ rows }, { row, column }) {
  return column * rows + row;
}

/**
 * The entry that is nearest when sizes have changed.
 *
 * @param {Shape} value
 * @param {Shape} variable
 * @param {Entry} entry
 * @returns {Entry}
 */
export function keepInside(value, variable, entry) {
  return {
    value: Math.max(0, Math.min(entry.value, count(value) - 1)),
    variable: Math.max(0, Math.min(entry.variable, count(variable) - 1)),
  };
}

/**
 * The corners of the numerator block, row by row: the entries that carry numbers.
 *
 * @param {Shape} value
 * @param {Shape} variable
 * @returns {Entry[]}
 */
export function corners(value, variable) {
  const { rows, columns } = numeratorSize(value, variable);
  const ends = (/** @type {number} */ length) => (length > 1 ? [0, length - 1] : [0]);
  return ends(rows).flatMap((row) => ends(columns).map((column) => entryAt(value, variable, { row, column })));
}
