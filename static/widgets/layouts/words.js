/** What the widget says about shapes and entries: names such as f₂ and X₁₃, and sentences. */

import { superscript } from "../../math/format.js";
import { count, exempt, numeratorSize, placeIn, placeOf, swapped, transposed } from "./model.js";

const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/**
 * @typedef {import("./model.js").Shape} Shape
 * @typedef {import("./model.js").Size} Size
 * @typedef {import("./model.js").Entry} Entry
 * @typedef {import("./model.js").Place} Place
 */

/** @param {number} number  counted from 0 */
export function lowered(number) {
  return [...String(number + 1)].map((digit) => LOWERED[Number(digit)]).join("");
}

/** @param {Shape} shape */
export function valueSymbol({ kind }) {
  return kind === "matrix" ? "F" : "f";
}

/** @param {Shape} shape */
export function variableSymbol({ kind }) {
  return kind === "matrix" ? "X" : "x";
}

/**
 * One entry: f, f₂ or F₂₁.
 *
 * @param {string} symbol
 * @param {Shape} shape
 * @param {number} index
 */
export function entryName(symbol, shape, index) {
  if (shape.kind === "scalar") return symbol;
  if (shape.kind === "vector") return symbol + lowered(index);
  const { row, column } = placeIn(shape, index);
  return symbol + lowered(row) + lowered(column);
}

/**
 * @param {Shape} value
 * @param {Shape} variable
 * @param {Entry} entry
 */
export function partial(value, variable, entry) {
  const above = entryName(valueSymbol(value), value, entry.value);
  const below = entryName(variableSymbol(variable), variable, entry.variable);
  return `∂${above}/∂${below}`;
}

/** @param {Size} size */
export function sizeWords({ rows, columns }) {
  return `${rows} × ${columns}`;
}

/** @param {Place} place */
export function placeWords({ row, column }) {
  return `row ${row + 1}, column ${column + 1}`;
}

/**
 * The labels along the rows and the columns of the numerator block: entries of value and variable, or
 * the rows (X₁·) and columns (X·₁) of the matrix that keeps its form.
 *
 * @param {Shape} value
 * @param {Shape} variable
 * @returns {{rows: string[], columns: string[]}}
 */
export function edgeNames(value, variable) {
  const [f, x] = [valueSymbol(value), variableSymbol(variable)];
  const kept = exempt(value, variable);
  if (kept === "variable") return { rows: columnNames(x, variable), columns: rowNames(x, variable) };
  if (kept === "value") return { rows: rowNames(f, value), columns: columnNames(f, value) };
  return {
    rows: numbers(count(value)).map((index) => entryName(f, value, index)),
    columns: numbers(count(variable)).map((index) => entryName(x, variable, index)),
  };
}

/**
 * @param {string} symbol
 * @param {Size} shape
 */
function rowNames(symbol, { rows }) {
  return numbers(rows).map((row) => `${symbol}${lowered(row)}·`);
}

/**
 * @param {string} symbol
 * @param {Size} shape
 */
function columnNames(symbol, { columns }) {
  return numbers(columns).map((column) => `${symbol}·${lowered(column)}`);
}

/** @param {number} length */
function numbers(length) {
  return Array.from({ length }, (_, index) => index);
}

/**
 * The live sentence: where the marked entry stands in both layouts.
 *
 * @param {Shape} value
 * @param {Shape} variable
 * @param {Entry} entry
 */
export function sentence(value, variable, entry) {
  const place = placeOf(value, variable, entry);
  const size = numeratorSize(value, variable);
  return (
    `${partial(value, variable, entry)} stands in ${placeWords(place)} in numerator layout and in ` +
    `${placeWords(swapped(place))} in denominator layout. The derivative is ${sizeWords(size)} in numerator ` +
    `and ${sizeWords(transposed(size))} in denominator layout${reason(value, variable)}.`
  );
}

/**
 * @param {Shape} value
 * @param {Shape} variable
 */
function reason(value, variable) {
  const kept = exempt(value, variable);
  if (kept === "variable") return ", the shapes of Xᵀ and X";
  if (kept === "value") return ", the shapes of F and Fᵀ";
  const stacked = [value.kind === "matrix" ? "F" : "", variable.kind === "matrix" ? "X" : ""].filter(Boolean);
  return stacked.length ? `; vec stacks the columns of ${stacked.join(" and of ")}` : "";
}

/**
 * Where a shape lives: "a number", ℝ⁴ or ℝ²ˣ³.
 *
 * @param {Shape} shape
 */
export function spaceName({ kind, rows, columns }) {
  if (kind === "scalar") return "ℝ";
  return kind === "vector" ? `ℝ${superscript(rows)}` : `ℝ${superscript(rows)}ˣ${superscript(columns)}`;
}
