/**
 * The first part of the widget: value and variable above, their derivative in both layouts below.
 *
 * Markup made here: two fieldsets (shape-control.js), `.layout-block.of-numerator` and
 * `.layout-block.of-denominator` with a marker each, and the table of numbered entries.  Which of the
 * two is the reader's, the style sheet tells from `html[data-layout]`.
 */

import { CellHandle } from "../../controls/cell-handle.js";
import { Block } from "../../draw/block.js";
import { html, setText } from "../../draw/svg.js";
import { corners, entryAt, numeratorSize, placeOf, swapped, transposed } from "./model.js";
import { ShapeControl } from "./shape-control.js";
import { edgeNames, partial, placeWords, sizeWords, valueSymbol, variableSymbol } from "./words.js";

const SMALLEST_PITCH = 24;
const LARGEST_PITCH = 40;
const ROW_LABELS = 34;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Place} Place
 * @typedef {{change: (change: Partial<State>) => void, home: () => void}} Actions
 */

export class ShapesView {
  /** @param {Actions} actions */
  constructor({ change, home }) {
    this.change = change;
    this.home = home;
    /** @type {State | null} */
    this.state = null;
    this.value = new ShapeControl({
      name: "value",
      symbol: valueSymbol,
      onShape: (value) => change({ value }),
      onEntry: (index) => this.#mark({ value: index }),
    });
    this.variable = new ShapeControl({
      name: "variable",
      symbol: variableSymbol,
      onShape: (variable) => change({ variable }),
      onEntry: (index) => this.#mark({ variable: index }),
    });
    this.numerator = this.#layoutBlock("numerator", (place) => place);
    this.denominator = this.#layoutBlock("denominator", swapped);
    this.entries = html("tbody");
    this.inputs = html("div", { class: "layouts-inputs" }, [this.value.element, this.variable.element]);
    this.blocks = html("div", { class: "layouts-blocks" }, [
      this.numerator.element,
      this.denominator.element,
      html("div", { class: "layouts-entries" }, [entryTable(this.entries)]),
    ]);
    this.element = html("div", { class: "layouts-shapes" }, [this.inputs, this.blocks]);
  }

  /**
   * @param {State} state
   * @param {number} width  there is for the blocks, in pixels
   */
  show(state, width) {
    this.state = state;
    const { value, variable, entry } = state;
    const size = numeratorSize(value, variable);
    const pitch = pitchFor(Math.max(size.rows, size.columns), size.rows + size.columns, width);
    this.value.show(value, entry.value, Math.min(pitch, 34));
    this.variable.show(variable, entry.variable, Math.min(pitch, 34));
    const names = edgeNames(value, variable);
    this.numerator.show(size, pitch, names.rows, names.columns);
    this.denominator.show(transposed(size), pitch, names.columns, names.rows);
    this.#showEntries(state);
  }

  /** @param {{value?: number, variable?: number}} change */
  #mark(change) {
    if (this.state) this.change({ entry: { ...this.state.entry, ...change } });
  }

  /**
   * One of the two blocks with its marker; `turn` takes its places to those of numerator layout.
   *
   * @param {"numerator" | "denominator"} layout
   * @param {(place: Place) => Place} turn
   */
  #layoutBlock(layout, turn) {
    const onMove = (/** @type {Place} */ place) => {
      if (this.state) this.change({ entry: entryAt(this.state.value, this.state.variable, turn(place)) });
    };
    const block = new Block({ onPlace: onMove });
    const handle = new CellHandle(block, {
      label: `Entry in ${layout} layout`,
      describe: (place) => this.#describe(place, turn),
      onMove,
      onReset: this.home,
    });
    const size = html("span", { class: "block-size" });
    const yours = html("span", { class: `yours layout-${layout}` }, ["your layout"]);
    const title = `${layout[0].toUpperCase()}${layout.slice(1)} layout `;
    const caption = html("p", { class: "block-caption" }, [html("strong", {}, [title]), size, yours]);
    const element = html("div", { class: `layout-block of-${layout}` }, [caption, block.element]);
    return { element, show: this.#shower(block, handle, size, turn) };
  }

  /**
   * @param {Block} block
   * @param {CellHandle} handle
   * @param {HTMLElement} caption
   * @param {(place: Place) => Place} turn
   * @returns {(size: import("./model.js").Size, pitch: number, rowLabels: string[], columnLabels: string[]) => void}
   */
  #shower(block, handle, caption, turn) {
    return (size, pitch, rowLabels, columnLabels) => {
      const { value, variable, entry } = /** @type {State} */ (this.state);
      const here = turn(placeOf(value, variable, entry));
      const numbered = corners(value, variable).map((corner) => turn(placeOf(value, variable, corner)));
      const number = (/** @type {Place} */ place) => numbered.findIndex((other) => same(place, other)) + 1;
      setText(caption, sizeWords(size));
      block.show({
        ...size,
        pitch,
        rowLabels,
        columnLabels,
        text: (place) => String(number(place) || ""),
        mark: (place) => `${lit(place, here)} ${number(place) ? "is-numbered" : ""}`.trim(),
      });
      handle.show(here);
    };
  }

  /**
   * @param {Place} place
   * @param {(place: Place) => Place} turn
   */
  #describe(place, turn) {
    const { value, variable } = /** @type {State} */ (this.state);
    return `${partial(value, variable, entryAt(value, variable, turn(place)))}, ${placeWords(place)}`;
  }

  /** @param {State} state */
  #showEntries({ value, variable, entry }) {
    const rows = [
      entryRow("marked", value, variable, entry),
      ...corners(value, variable).map((corner, index) => entryRow(String(index + 1), value, variable, corner)),
    ];
    this.entries.replaceChildren(...rows);
  }
}

/**
 * Cells as large as both blocks side by side allow, or one below the other where that is too narrow.
 *
 * @param {number} longest
 * @param {number} both
 * @param {number} width
 */
export function pitchFor(longest, both, width) {
  const beside = Math.floor((width - 2 * ROW_LABELS - 48) / both);
  const below = Math.floor((width - ROW_LABELS) / longest);
  const pitch = beside >= 30 ? beside : below;
  return Math.max(SMALLEST_PITCH, Math.min(LARGEST_PITCH, pitch));
}

/** @param {HTMLElement} body */
function entryTable(body) {
  const heads = ["number", "entry", "numerator", "denominator"];
  const head = html("tr", {}, heads.map((text) => html("th", { scope: "col" }, [text])));
  const caption = html("caption", { class: "visually-hidden" }, ["Row and column of the numbered entries in both layouts"]);
  return html("table", { class: "numbers" }, [caption, html("thead", {}, [head]), body]);
}

/**
 * @param {string} number
 * @param {import("./model.js").Shape} value
 * @param {import("./model.js").Shape} variable
 * @param {import("./model.js").Entry} entry
 */
function entryRow(number, value, variable, entry) {
  const place = placeOf(value, variable, entry);
  const cells = [partial(value, variable, entry), pair(place), pair(swapped(place))];
  return html("tr", {}, [
    html("th", { scope: "row", class: "entry-number" }, [number]),
    ...cells.map((text) => html("td", {}, [text])),
  ]);
}

/** @param {Place} place */
function pair({ row, column }) {
  return `(${row + 1}, ${column + 1})`;
}

/**
 * @param {Place} first
 * @param {Place} second
 */
function same(first, second) {
  return first.row === second.row && first.column === second.column;
}

/**
 * The row and the column of the marked entry are lit.
 *
 * @param {Place} place
 * @param {Place} here
 */
function lit(place, here) {
  return place.row === here.row || place.column === here.column ? "is-lit" : "";
}
