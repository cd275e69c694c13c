/**
 * The numbers behind the three ways: the same entry in the change dF, in the matrix, in the array.
 *
 * Every entry of the derivative has a place (i, j) in F and a place (k, l) in X.  In the matrix it
 * stands in row i + (j−1)·rows(F) and column k + (l−1)·rows(X), for vec stacks columns; in the array
 * in block (i, j), there at (k, l); and it is entry (i, j) of dF when dX is 1 at (k, l) and 0 elsewhere.
 */

import { html, setText } from "../../draw/svg.js";
import { fixed } from "../../math/format.js";

/** @typedef {import("./source.js").Answer} Answer */
/** @typedef {import("./source.js").Instance} Instance */

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The places of one axis pair: how a row of the matrix and an entry of F (or X) belong together. */
export class Places {
  /** @param {number[]} axes  one or two sizes */
  constructor(axes) {
    this.axes = axes;
    this.rows = axes[0] ?? 1;
    this.columns = axes[1] ?? 1;
    this.count = this.rows * this.columns;
  }

  /** @param {number} index  in vec, from 0 @returns {[number, number]} row and column, from 0 */
  at(index) {
    return [index % this.rows, Math.floor(index / this.rows)];
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  index(row, column) {
    return row + column * this.rows;
  }

  /** @param {number} index @returns {string} as one writes it, from 1 */
  label(index) {
    return this.at(index).slice(0, this.axes.length).map((place) => place + 1).join();
  }
}

export class Explorer {
  /**
   * @param {Answer} answer
   * @param {Instance} instance
   * @param {(sentence: string) => void} say
   */
  constructor(answer, instance, say) {
    this.matrix = instance.matrix;
    this.of = new Places(instance.of);
    this.by = new Places(instance.by);
    this.say = say;
    this.variable = answer.wrt[0];
    this.function = instance.of.length === 2 ? "F" : "f";
    this.row = 0;
    this.column = 0;
    this.words = html("p", { class: "entry-words" });
    /** @type {HTMLElement[][]} cells by row and column of the matrix, in all views */
    this.cells = Array.from({ length: this.of.count * this.by.count }, () => []);
    const views = [this.#actionView(), ...this.#matrixViews(), this.#arrayView()];
    this.stage = html("div", { class: "instance-views" }, views);
    const numbers = givenNumbers(instance);
    this.element = html("div", { class: "instance" }, [...numbers, this.words, this.stage]);
    this.#listen();
    this.#choose(0, 0);
  }

  #listen() {
    this.stage.addEventListener("pointerover", (event) => this.#point(event));
    this.stage.addEventListener("click", (event) => this.#point(event));
    this.stage.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {Event} event */
  #point(event) {
    const cell = event.target instanceof Element ? event.target.closest("[data-row]") : null;
    if (!(cell instanceof HTMLElement)) return;
    const row = cell.dataset.row === "" ? this.row : Number(cell.dataset.row);
    const column = cell.dataset.column === "" ? this.column : Number(cell.dataset.column);
    this.#choose(row, column);
  }

  /** Arrow keys go through the matrix as it stands there. @param {KeyboardEvent} event */
  #key(event) {
    const direction = DIRECTIONS[event.key];
    const view = event.target instanceof Element ? event.target.closest("[data-view]") : null;
    if (!direction || !(view instanceof HTMLElement)) return;
    event.preventDefault();
    this.#choose(...this.#neighbour(view.dataset.view ?? "", direction));
    this.say(this.words.textContent ?? "");
  }

  /**
   * @param {string} view
   * @param {[number, number]} direction
   * @returns {[number, number]}
   */
  #neighbour(view, [down, right]) {
    if (view === "matrix") return [within(this.row + down, this.of.count), within(this.column + right, this.by.count)];
    if (view === "turned") return [within(this.row + right, this.of.count), within(this.column + down, this.by.count)];
    if (view === "change") return [this.row, moved(this.by, this.column, down, right)];
    return [moved(this.of, this.row, down, right), this.column];
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  #choose(row, column) {
    this.row = row;
    this.column = column;
    for (const cell of this.stage.querySelectorAll(".is-chosen, .is-related")) {
      cell.classList.remove("is-chosen", "is-related");
    }
    this.#showAction();
    for (const cell of this.cells[this.#slot(row, column)]) cell.classList.add("is-chosen");
    setText(this.words, this.#sentence());
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  #slot(row, column) {
    return row * this.by.count + column;
  }

  /** dX is 1 at the chosen place; dF is the chosen column of the matrix, unstacked. */
  #showAction() {
    this.change?.forEach((cell, index) => {
      const on = index === this.column;
      setText(cell, on ? "1" : "0");
      cell.classList.toggle("is-chosen", on);
    });
    this.effect?.forEach((cell, index) => {
      setText(cell, printed(this.matrix[index][this.column]));
      cell.classList.toggle("is-chosen", index === this.row);
    });
    const related = this.stage.querySelectorAll(`[data-view] td[data-column="${this.column}"]`);
    for (const cell of related) cell.classList.add("is-related");
  }

  #sentence() {
    const value = printed(this.matrix[this.row][this.column]);
    const [of, by] = [this.of.label(this.row), this.by.label(this.column)];
    return (
      `∂${this.function}[${of}]/∂${this.variable}[${by}] = ${value}: what ${this.function}[${of}] gains per unit of ` +
      `${this.variable}[${by}]; row ${this.row + 1}, column ${this.column + 1} of the numerator layout.`
    );
  }

  #actionView() {
    this.change = list(this.by.count, () => html("td", {}, ["0"]));
    this.effect = list(this.of.count, () => html("td", {}, [""]));
    this.change.forEach((cell, index) => place(cell, "", String(index)));
    this.effect.forEach((cell, index) => place(cell, String(index), ""));
    const change = table(this.by, this.change, "change", `Change d${this.variable}`);
    const effect = table(this.of, this.effect, "effect", `Its effect d${this.function}`);
    const arrow = html("span", { class: "gives", "aria-hidden": "true" }, ["→"]);
    const pair = html("div", { class: "action-pair" }, [
      labelled(`d${this.variable}`, change), arrow, labelled(`d${this.function}`, effect),
    ]);
    return view("The action on one unit of change", pair, "");
  }

  /** The matrix as numerator and, turned, as denominator layout; a style sheet shows one of them. */
  #matrixViews() {
    const straight = this.#matrixTable(false);
    const turned = this.#matrixTable(true);
    return [
      view("The matrix, numerator layout", straight, "layout-numerator"),
      view("The matrix, denominator layout", turned, "layout-denominator"),
    ];
  }

  /** @param {boolean} turned */
  #matrixTable(turned) {
    const [down, across] = turned ? [this.by, this.of] : [this.of, this.by];
    const head = html("tr", {}, [html("td", {}, []), ...list(across.count, (c) => html("th", {}, [across.label(c)]))]);
    const rows = list(down.count, (r) => {
      const cells = list(across.count, (c) => (turned ? this.#cell(c, r) : this.#cell(r, c)));
      return html("tr", {}, [html("th", {}, [down.label(r)]), ...cells]);
    });
    return grid([head, ...rows], turned ? "turned" : "matrix", "The matrix, entry by entry");
  }

  #arrayView() {
    const rows = list(this.of.rows, (i) => {
      const blocks = list(this.of.columns, (j) => html("td", { class: "block" }, [this.#block(this.of.index(i, j))]));
      return html("tr", {}, blocks);
    });
    const outer = grid(rows, "array", "The array, block by block");
    outer.classList.add("blocks");
    return view(`The array: block ${this.of.axes.length === 2 ? "(i, j)" : "i"} holds what belongs to one entry of ${this.function}`, outer, "");
  }

  /** @param {number} row */
  #block(row) {
    const rows = list(this.by.rows, (k) =>
      html("tr", {}, list(this.by.columns, (l) => this.#cell(row, this.by.index(k, l)))),
    );
    return html("table", { class: "numbers block-numbers" }, [html("tbody", {}, rows)]);
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  #cell(row, column) {
    const cell = place(html("td", {}, [printed(this.matrix[row][column])]), String(row), String(column));
    if (this.matrix[row][column] === 0) cell.classList.add("is-zero");
    this.cells[this.#slot(row, column)].push(cell);
    return cell;
  }
}

/**
 * @template T
 * @param {number} length
 * @param {(index: number) => T} make
 */
function list(length, make) {
  return Array.from({ length }, (_, index) => make(index));
}

/**
 * @param {HTMLElement} cell
 * @param {string} row
 * @param {string} column
 */
function place(cell, row, column) {
  cell.dataset.row = row;
  cell.dataset.column = column;
  return cell;
}

/**
 * @param {Places} places
 * @param {HTMLElement[]} cells  in the order of vec
 * @param {string} name
 * @param {string} label
 */
function table(places, cells, name, label) {
  const rows = list(places.rows, (r) => html("tr", {}, list(places.columns, (c) => cells[places.index(r, c)])));
  return grid(rows, name, label);
}

/**
 * @param {HTMLElement[]} rows
 * @param {string} name
 * @param {string} label
 */
function grid(rows, name, label) {
  return html("table", { class: "numbers", "data-view": name, tabindex: 0, "aria-label": `${label}; arrow keys go from entry to entry` }, [
    html("tbody", {}, rows),
  ]);
}

/**
 * @param {string} title
 * @param {HTMLElement} content
 * @param {string} className
 */
function view(title, content, className) {
  const scroll = html("div", { class: "view-scroll" }, [content]);
  return html("div", { class: `instance-view ${className}` }, [html("p", { class: "view-title" }, [title]), scroll]);
}

/**
 * @param {string} label
 * @param {HTMLElement} content
 */
function labelled(label, content) {
  return html("div", { class: "labelled" }, [html("span", {}, [label]), content]);
}

/** @param {Instance} instance */
function givenNumbers({ values }) {
  const parts = Object.entries(values).map(([name, rows]) => {
    const body = rows.map((row) => html("tr", {}, row.map((value) => html("td", {}, [printed(value)]))));
    return labelled(`${name} =`, html("table", { class: "numbers matrix" }, [html("tbody", {}, body)]));
  });
  const intro = html("p", { class: "instance-intro" }, ["With small numbers; point at an entry to see where it stands in the other views."]);
  return [intro, html("div", { class: "instance-given" }, parts)];
}

/** @param {number} value */
export function printed(value) {
  if (!Number.isFinite(value)) return "–";
  const decimals = Number.isInteger(value) ? 0 : 2;
  return fixed(value, decimals);
}

/**
 * @param {number} index
 * @param {number} count
 */
function within(index, count) {
  return Math.min(count - 1, Math.max(0, index));
}

/**
 * @param {Places} places
 * @param {number} index
 * @param {number} down
 * @param {number} right
 */
function moved(places, index, down, right) {
  const [row, column] = places.at(index);
  return places.index(within(row + down, places.rows), within(column + right, places.columns));
}
