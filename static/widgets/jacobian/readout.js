/**
 * The numbers beside the picture: the Jacobian at the point, what its columns and its determinant
 * mean, how the error shrinks, and the symbolic Jacobian.
 */

import { matrixElement } from "../../draw/formula.js";
import { html, setText } from "../../draw/svg.js";
import { adaptive, fixed } from "../../math/format.js";
import { kindOf, meaning, printed, shrinking } from "./words.js";

/** The square and its halves. */
const HALVINGS = [1, 2, 4];

/** @typedef {import("./model.js").Local} Local */

export class Readout {
  constructor() {
    this.entries = [0, 1, 2, 3].map((index) => html("td", { class: index % 2 ? "second" : "first" }, ["–"]));
    this.columns = [html("span"), html("span")];
    this.determinant = html("dd");
    this.meaning = html("p", { class: "meaning" });
    this.singular = html("dd");
    this.symbolic = html("div", { class: "symbolic" });
    this.errors = HALVINGS.map(() => [html("td"), html("td"), html("td")]);
    this.shrinking = html("p", { class: "shrinking" });
    this.element = html("div", { class: "widget-panel jacobian-panel" }, [
      this.#matrixPart(),
      this.#errorPart(),
      this.#symbolicPart(),
    ]);
  }

  /** @param {[string, string]} names */
  setNames(names) {
    names.forEach((name, index) => {
      setText(this.columns[index], `how the output changes when ${printed(name)} moves`);
    });
  }

  /** @param {import("./source.js").Answer} answer */
  setFunction({ jacobian, note }) {
    const content = jacobian ? [matrixElement(jacobian)] : [];
    if (note) content.push(html("p", { class: "note" }, [note]));
    this.symbolic.replaceChildren(...content);
  }

  /** @param {Local} local */
  showLocal(local) {
    local.matrix.forEach((entry, index) => setText(this.entries[index], fixed(entry)));
    const [large, small] = local.singularValues;
    setText(this.determinant, adaptive(local.determinant));
    setText(this.singular, `${adaptive(large)} and ${adaptive(small)}`);
    setText(this.meaning, meaning(local));
    this.meaning.dataset.kind = kindOf(local);
  }

  /**
   * @param {number} size  half side of the square
   * @param {(half: number) => number} errorOf
   */
  showErrors(size, errorOf) {
    const errors = HALVINGS.map((parts) => errorOf(size / parts));
    errors.forEach((error, row) => {
      const half = size / HALVINGS[row];
      const [sizeCell, errorCell, ratioCell] = this.errors[row];
      setText(sizeCell, adaptive(half, 3));
      setText(errorCell, adaptive(error, 3));
      setText(ratioCell, adaptive(error / half, 3));
    });
    setText(this.shrinking, shrinking(errors[0], errors[1]));
  }

  #matrixPart() {
    const [a, b, c, d] = this.entries;
    const heads = ["Col 1", "Col 2"].map((name, index) =>
      html("th", { scope: "col", class: index ? "second" : "first" }, [name]),
    );
    const table = html("table", { class: "numbers matrix", "aria-label": "Jacobian matrix at the point" }, [
      html("thead", {}, [html("tr", {}, heads)]),
      html("tbody", {}, [html("tr", {}, [a, b]), html("tr", {}, [c, d])]),
    ]);
    const meanings = this.columns.map((text, index) => {
      const name = html("dt", { class: index ? "second" : "first" }, [`Col ${index + 1}:`]);
      return html("div", {}, [name, html("dd", {}, [text])]);
    });
    const legend = html("dl", { class: "column-legend" }, meanings);
    const figures = html("dl", { class: "widget-readout" }, [
      html("div", {}, [html("dt", {}, ["Determinant"]), this.determinant]),
      html("div", {}, [html("dt", {}, ["Singular values"]), this.singular]),
    ]);
    const transposed = html("p", { class: "layout-denominator" }, [
      "In denominator layout this matrix is written transposed: what are columns here are its rows.",
    ]);
    return part("Jacobian at the point", [table, legend, figures, this.meaning, transposed], "matrix-part");
  }

  #errorPart() {
    const heads = ["Half side h", "Largest error", "Error ÷ h"].map((text) => html("th", { scope: "col" }, [text]));
    const table = html("table", { class: "numbers error-table" }, [
      html("thead", {}, [html("tr", {}, heads)]),
      html("tbody", {}, this.errors.map((cells) => html("tr", {}, cells))),
    ]);
    return part("Error of the linear approximation", [table, this.shrinking], "error-part");
  }

  #symbolicPart() {
    return part("Jacobian as a formula", [this.symbolic], "symbolic-part");
  }
}

/**
 * @param {string} title
 * @param {Node[]} content
 * @param {string} className
 */
function part(title, content, className) {
  return html("div", { class: `panel-part ${className}`, role: "group", "aria-label": title }, [
    html("p", { class: "part-title" }, [title]),
    ...content,
  ]);
}

/**
 * How an expression was read: its entries, one under the other in brackets, and what to beware of.
 *
 * @param {import("./source.js").Answer} answer
 */
export function readingElements({ f, notes }) {
  const remarks = notes.map(({ message, hint }) =>
    html("p", { class: "reading-note" }, [hint ? `${message} ${hint}` : message]),
  );
  return [matrixElement(f.map((entry) => [entry])), ...remarks];
}
