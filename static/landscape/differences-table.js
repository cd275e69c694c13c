/**
 * The entries of a gradient by a formula beside central differences, and what to think of it.
 *
 * Markup made here: `<div class="scroller"><table class="numbers check">…</table></div>`, a row for each
 * entry, and `<p class="check-verdict">`.
 */

import { html, setText } from "../draw/svg.js";
import { adaptive, fixed } from "../math/format.js";
import { scroller } from "./readings.js";

const NAME = "Gradient and central differences";
const DECIMALS = 4;

/** @typedef {{name: string, words?: (Node | string)[]}} Row  an entry; words are for the column between */

export class DifferencesTable {
  /** @param {{between?: string}} [options]  head of a column of words between name and formula */
  constructor({ between } = {}) {
    this.between = between;
    const heads = ["by", ...(between ? [between] : []), "formula", "differences", "relative error"];
    this.body = html("tbody");
    /** @type {Record<"formula" | "difference" | "error", HTMLTableCellElement>[]} */
    this.cells = [];
    /** @type {number[]} */
    this.values = [];
    this.verdict = html("p", { class: "check-verdict" });
    this.element = scroller(NAME, html("table", { class: "numbers check", "aria-label": NAME }, [
      html("thead", {}, [html("tr", {}, heads.map((name) => html("th", { scope: "col" }, [name])))]), this.body,
    ]));
  }

  /** @param {Row[]} rows */
  setRows(rows) {
    this.cells = rows.map(() => ({ formula: html("td"), difference: html("td"), error: html("td") }));
    this.body.replaceChildren(...rows.map(({ name, words = [] }, k) => {
      const { formula, difference, error } = this.cells[k];
      const between = this.between ? [html("td", { class: "between" }, words)] : [];
      return html("tr", {}, [html("th", { scope: "row" }, [name]), ...between, formula, difference, error]);
    }));
  }

  /** While the hand moves; the differences follow. @param {number[]} values */
  showFormula(values) {
    this.values = values;
    this.cells.forEach(({ formula, difference, error }, k) => {
      setText(formula, entryText(values[k]));
      setText(difference, "…");
      setText(error, "…");
    });
    setText(this.verdict, "");
  }

  /** @param {number[]} differences @returns {number[]} relative errors */
  showDifferences(differences) {
    const errors = differences.map((difference, k) => relativeError(this.values[k], difference));
    this.cells.forEach(({ difference, error }, k) => {
      setText(difference, entryText(differences[k]));
      setText(error, adaptive(errors[k], 2));
    });
    return errors;
  }

  /** @param {string} words */
  conclude(words) {
    setText(this.verdict, words);
  }
}

/** An entry as it is printed in the table, and beside it. @param {number} value */
export function entryText(value) {
  const size = Math.abs(value);
  if (Number.isFinite(value) && size < 1e-9) return "0";
  return size < 1e-3 ? adaptive(value, DECIMALS) : fixed(value, size < 1000 ? DECIMALS : 2);
}

/** @param {number} one @param {number} other */
function relativeError(one, other) {
  return Math.abs(one - other) / Math.max(1, Math.abs(one), Math.abs(other));
}
