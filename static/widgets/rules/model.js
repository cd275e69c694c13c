/**
 * A derivative in numbers, found in three ways: the closed form, central differences, and every
 * partial derivative by itself.  Pure mathematics, no page.
 *
 * The server sends one tape for an expression (see app/entries/program.py): its inputs are the
 * entries of all names, row by row; its outputs `value`, `numerator`, `denominator` are rows of
 * slots, and `entries` is the matrix of vec(F) by vec(X), both stacked column by column.  Central
 * differences use `value` alone.
 *
 * @typedef {import("../../draw/formula.js").Formula} Formula
 * @typedef {"numerator" | "denominator"} Layout
 * @typedef {Formula & {
 *   name: string, kind: "scalar" | "vector" | "matrix", properties: string[], values: number[][],
 * }} SymbolAnswer  a name with the numbers to start from
 * @typedef {{
 *   expression: Formula, wrt: string, given: string, value_shape: string[], sizes: Record<string, number>,
 *   symbols: SymbolAnswer[], numerator: Formula, denominator: Formula, entries: Formula,
 *   tape: import("../../math/tape.js").Tape, notes: string[],
 * }} Answer
 * @typedef {{i: number, j: number}} Cell  entry i of vec(F), entry j of vec(X)
 * @typedef {"rule" | "differences" | "entries"} Way
 * @typedef {Record<Way, number[][]> & {value: number[][], steps: number[]}} Found
 *   the derivative in one layout in three ways, the value of F, and the step of each difference
 */

import { compile } from "../../math/tape.js";

/** Where truncation and rounding are about equally small for numbers of ordinary size. */
const STEP = 1e-5;
/** Beyond this the step grows with the number, whose own digits end sooner. */
const FAR = 10;
/** Differences below this fraction of the largest entry are those of rounding and truncation. */
const TOLERANCE = 1e-6;
/** @type {Way[]} */
export const WAYS = ["rule", "differences", "entries"];

export class DerivativeModel {
  /** @param {Answer} answer */
  constructor(answer) {
    this.answer = answer;
    this.symbols = placed(answer.symbols);
    const variable = this.symbols.find(({ name }) => name === answer.wrt);
    if (!variable) throw new Error(`The answer has no numbers for ${answer.wrt}.`);
    this.variable = variable;
    this.all = compile(answer.tape);
    this.valueOnly = compile(answer.tape, ["value"]);
    const rows = /** @type {number[][]} */ (answer.tape.outputs.value);
    this.valueSize = { rows: rows.length, columns: rows[0].length };
    /** Which partial derivative stands in which place, in numerator layout. */
    this.cells = cellsOf(this.valueSize, answer.value_shape.length, variable);
  }

  /** The numbers to start from, one for each input. @returns {number[]} */
  get start() {
    return this.answer.symbols.flatMap(({ values }) => values.flat());
  }

  /**
   * @param {Layout} layout
   * @returns {Cell[][]}
   */
  cellsIn(layout) {
    return layout === "numerator" ? this.cells : transposed(this.cells);
  }

  /**
   * The derivative at these numbers, in three ways.
   *
   * @param {readonly number[]} numbers
   * @param {Layout} layout
   * @returns {Found}
   */
  at(numbers, layout) {
    const { all } = this;
    all.reserve(1);
    numbers.forEach((number, index) => (all.buffer(index)[0] = number));
    all.run(1);
    const stacked = all.read(all.outputs.entries);
    const { quotients, steps } = this.#differences(numbers);
    const arranged = (/** @type {number[][]} */ matrix) =>
      this.cellsIn(layout).map((row) => row.map(({ i, j }) => matrix[i][j]));
    return {
      rule: all.read(all.outputs[layout]),
      differences: arranged(quotients),
      entries: arranged(stacked),
      value: all.read(all.outputs.value),
      steps,
    };
  }

  /**
   * (F(x + h e) − F(x − h e)) / 2h for every entry of the variable, all in one run of the program.
   *
   * @param {readonly number[]} numbers
   */
  #differences(numbers) {
    const { valueOnly: program, variable } = this;
    const places = stackedPlaces(variable);
    const count = 2 * places.length;
    program.reserve(count);
    numbers.forEach((number, index) => program.buffer(index).fill(number, 0, count));
    const steps = places.map((place) => STEP * Math.max(1, Math.abs(numbers[place]) / FAR));
    places.forEach((place, j) => {
      program.buffer(place)[2 * j] += steps[j];
      program.buffer(place)[2 * j + 1] -= steps[j];
    });
    program.run(count);
    const slots = transposed(/** @type {number[][]} */ (program.outputs.value)).flat();
    const quotients = slots.map((slot) => {
      const values = program.buffer(slot);
      return steps.map((step, j) => (values[2 * j] - values[2 * j + 1]) / (2 * step));
    });
    return { quotients, steps };
  }

  /**
   * The values of one entry of F on both sides of the point, from which its difference is made.
   * To be asked after {@link at}.
   *
   * @param {Cell} cell
   * @returns {[number, number]} after the step forwards, and backwards
   */
  sides({ i, j }) {
    const slots = transposed(/** @type {number[][]} */ (this.valueOnly.outputs.value)).flat();
    const values = this.valueOnly.buffer(slots[i]);
    return [values[2 * j], values[2 * j + 1]];
  }
}

/**
 * A name with its place among the inputs.
 *
 * @typedef {SymbolAnswer & {first: number, rows: number, columns: number}} Placed
 */

/**
 * @param {SymbolAnswer[]} symbols
 * @returns {Placed[]}
 */
export function placed(symbols) {
  let first = 0;
  return symbols.map((symbol) => {
    const rows = symbol.values.length;
    const columns = symbol.values[0].length;
    const found = { ...symbol, first, rows, columns };
    first += rows * columns;
    return found;
  });
}

/**
 * The inputs of a name in the order of vec: column by column.
 *
 * @param {{first: number, rows: number, columns: number}} symbol
 */
function stackedPlaces({ first, rows, columns }) {
  return Array.from({ length: rows * columns }, (_, j) => first + (j % rows) * columns + Math.floor(j / rows));
}

/**
 * Which partial derivative stands where, in numerator layout (DESIGN 4.6): a scalar by a matrix has
 * the shape of the transposed matrix, a matrix by a scalar its own, all else is vec(F) by vec(X).
 *
 * @param {{rows: number, columns: number}} value
 * @param {number} valueAxes
 * @param {{kind: string, rows: number, columns: number}} variable
 * @returns {Cell[][]}
 */
export function cellsOf(value, valueAxes, variable) {
  if (valueAxes === 0) {
    return table(variable.columns, variable.rows, (l, k) => ({ i: 0, j: k + variable.rows * l }));
  }
  if (variable.kind === "scalar") {
    return table(value.rows, value.columns, (a, b) => ({ i: a + value.rows * b, j: 0 }));
  }
  const [outer, inner] = [value, variable].map(({ rows, columns }) => rows * columns);
  return table(outer, inner, (i, j) => ({ i, j }));
}

/**
 * @template T
 * @param {number} rows
 * @param {number} columns
 * @param {(row: number, column: number) => T} entry
 * @returns {T[][]}
 */
function table(rows, columns, entry) {
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => entry(row, column)));
}

/**
 * @template T
 * @param {T[][]} rows
 * @returns {T[][]}
 */
export function transposed(rows) {
  return rows[0].map((_, column) => rows.map((row) => row[column]));
}

/**
 * How far the three ways lie apart.
 *
 * @typedef {{
 *   largest: number, row: number, column: number, defined: boolean, tolerance: number,
 *   agree: boolean, symbolic: boolean, differs: boolean[][],
 * }} Agreement  `largest` is the largest difference of two ways in one entry, and `row`, `column` say
 *   where; `symbolic`: the rule and the partial derivatives agree, whatever central differences say
 */

/**
 * @param {Record<Way, number[][]>} found
 * @returns {Agreement}
 */
export function agreement(found) {
  const { rule, differences, entries } = found;
  const scale = Math.max(1, ...entries.flat().filter(Number.isFinite).map(Math.abs));
  const tolerance = TOLERANCE * scale;
  const spread = rule.map((row, r) => row.map((_, c) => spreadOf(WAYS.map((way) => found[way][r][c]))));
  const all = spread.flat();
  const defined = all.every(Number.isFinite);
  const largest = all.reduce((most, value) => (value > most ? value : most), 0);
  const place = Math.max(0, all.indexOf(largest));
  const symbolic = rule.flat().every((value, index) => Math.abs(value - entries.flat()[index]) <= tolerance);
  const differs = spread.map((row) => row.map((value) => !(value <= tolerance)));
  const columns = differences[0].length;
  const at = { row: Math.floor(place / columns), column: place % columns };
  return { largest, ...at, defined, tolerance, agree: !differs.flat().includes(true), symbolic, differs };
}

/** @param {number[]} values */
function spreadOf(values) {
  return Math.max(...values) - Math.min(...values);
}
