/**
 * The derivative found in three ways, side by side: formula, numbers, and how the numbers were made.
 *
 * Markup made here:
 *
 *     <div class="ways"><section class="way" data-way="rule">
 *       <p class="part-title">By the rule</p> <div class="way-formula"><math>…</math></div>
 *       <div class="way-scroll"><table role="grid" class="numbers matrix">…</table></div>
 *       <p class="way-note">…</p></section> …</div>
 *
 * One entry is looked at: by a click on it in any of the three, or with the arrow keys.
 */

import { contentOf, formulaElement, mathElement } from "../../draw/formula.js";
import { html, setText } from "../../draw/svg.js";
import { fixed } from "../../math/format.js";
import { WAYS } from "./model.js";
import { partialName } from "./words.js";

/** @typedef {import("./model.js").Way} Way */
/** @typedef {import("./model.js").Cell} Cell */

const TITLES = { rule: "By the rule", differences: "By central differences", entries: "Entry by entry" };
const NOTES = {
  rule: "One formula for all entries at once.",
  differences: "Nothing but values of f at points nearby.",
  entries: "Each partial derivative by itself.",
};
/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Ways {
  /** @param {{onLook: (cell: Cell) => void}} options */
  constructor({ onLook }) {
    this.onLook = onLook;
    /** @type {Cell[][]} */
    this.cells = [];
    this.looked = { row: 0, column: 0 };
    this.parts = WAYS.map((way) => this.#part(way));
    this.element = html("div", { class: "ways" }, this.parts.map(({ element }) => element));
  }

  /** @param {Way} way */
  #part(way) {
    const formula = html("div", { class: "way-formula" });
    const body = html("tbody");
    const grid = html("table", { class: "numbers matrix", role: "grid", tabindex: 0, "aria-label": TITLES[way] }, [body]);
    grid.addEventListener("click", (event) => this.#click(event));
    grid.addEventListener("keydown", (event) => this.#key(event));
    const note = html("p", { class: "way-note" }, [NOTES[way]]);
    const element = html("section", { class: "way", "data-way": way, "aria-label": TITLES[way] }, [
      html("p", { class: "part-title" }, [TITLES[way]]),
      formula,
      html("div", { class: "way-scroll" }, [grid]),
      note,
    ]);
    /** @type {HTMLTableCellElement[][]} */
    const cells = [];
    return { way, element, formula, grid, body, cells };
  }

  /**
   * The formulas, and a place for every entry, of a derivative in one layout.
   *
   * @param {import("./model.js").DerivativeModel} model
   * @param {import("./model.js").Layout} layout
   */
  setDerivative(model, layout) {
    this.cells = model.cellsIn(layout);
    const formulas = {
      rule: formulaElement(model.answer[layout]),
      differences: quotient(model.variable),
      entries: formulaElement(model.answer.entries),
    };
    for (const part of this.parts) {
      const formula = formulas[part.way];
      formula.setAttribute("displaystyle", "true");
      part.formula.replaceChildren(formula);
      part.cells = this.cells.map((row) =>
        row.map((cell) => html("td", { role: "gridcell", title: partialName(cell, model) })),
      );
      part.body.replaceChildren(...part.cells.map((row) => html("tr", {}, row)));
    }
    this.element.classList.toggle("wide", this.cells[0].length > 4);
  }

  /**
   * @param {import("./model.js").Found} found
   * @param {boolean[][]} differs
   * @param {Cell} looked  the entry that is looked at
   */
  show(found, differs, looked) {
    for (const { way, cells, grid } of this.parts) {
      cells.forEach((row, r) =>
        row.forEach((element, c) => {
          const { i, j } = this.cells[r][c];
          const here = i === looked.i && j === looked.j;
          if (here) this.looked = { row: r, column: c };
          setText(element, fixed(found[way][r][c], 3));
          element.classList.toggle("differs", differs[r][c]);
          element.setAttribute("aria-selected", String(here));
          if (here) grid.setAttribute("aria-activedescendant", idOf(element));
        }),
      );
    }
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = event.target instanceof Element ? event.target.closest("td") : null;
    if (!target) return;
    for (const { cells } of this.parts) {
      const row = cells.findIndex((elements) => elements.includes(target));
      if (row >= 0) this.onLook(this.cells[row][cells[row].indexOf(target)]);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const direction = DIRECTIONS[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = this.looked.row + direction[0];
    const column = this.looked.column + direction[1];
    const cell = this.cells[row]?.[column];
    if (cell) this.onLook(cell);
  }
}

let made = 0;

/** @param {Element} element */
function idOf(element) {
  element.id ||= `derivative-entry-${(made += 1)}`;
  return element.id;
}

/**
 * (f(x + h e) − f(x − h e)) / 2h for the name that varies.
 *
 * @param {import("./model.js").Placed} variable
 */
function quotient(variable) {
  const sides = ["+", "−"].map((sign) => mathElement("mrow", side(variable, sign)));
  const above = mathElement("mrow", [sides[0], operator("−"), sides[1]]);
  const below = mathElement("mrow", [mathElement("mn", ["2"]), mathElement("mi", ["h"])]);
  return mathElement("math", [mathElement("mfrac", [above, below])]);
}

/**
 * f(x + h e), with the unit vector or matrix that belongs to the kind of x.
 *
 * @param {import("./model.js").Placed} variable
 * @param {string} sign
 */
function side(variable, sign) {
  const [letter, ...indices] = { scalar: [], vector: ["𝐞", "k"], matrix: ["E", "k", "l"] }[variable.kind];
  const index = mathElement("mrow", indices.map((name) => mathElement("mi", [name])));
  const unit = letter ? [mathElement("msub", [mathElement("mi", [letter]), index])] : [];
  const f = mathElement("mi", ["f"]);
  const h = mathElement("mi", ["h"]);
  return [f, fence("("), ...contentOf(variable), operator(sign), h, ...unit, fence(")")];
}

/** @param {string} text */
function operator(text) {
  return mathElement("mo", [text]);
}

/** A parenthesis, close to its neighbours. @param {string} text */
function fence(text) {
  const element = operator(text);
  for (const [name, value] of [["lspace", "0"], ["rspace", "0"], ["stretchy", "false"]]) element.setAttribute(name, value);
  return element;
}
