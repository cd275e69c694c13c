/** How a function of two variables was read, as elements of the page. */

import { formulaElement } from "../draw/formula.js";
import { html } from "../draw/svg.js";

/** @param {import("./source.js").Answer} answer */
export function readingElements({ f, notes }) {
  const remarks = notes.map(({ message, hint }) =>
    html("p", { class: "reading-note" }, [hint ? `${message} ${hint}` : message]),
  );
  return [formulaElement(f), ...remarks];
}

/**
 * A part of a panel with its title.
 *
 * @param {string} title
 * @param {(Node | string)[]} content
 * @param {string} [className]
 */
export function panelPart(title, content, className = "") {
  return html("div", { class: `panel-part ${className}`, role: "group", "aria-label": title }, [
    html("p", { class: "part-title" }, [title]),
    ...content,
  ]);
}

/**
 * A table of numbers in brackets.
 *
 * @param {HTMLTableCellElement[][]} rows
 * @param {string} name
 */
export function bracketTable(rows, name) {
  const body = html("tbody", {}, rows.map((cells) => html("tr", {}, cells)));
  return html("table", { class: "numbers matrix", "aria-label": name }, [body]);
}

/**
 * Key figures: terms with their values.
 *
 * @param {[string, HTMLElement][]} entries
 */
export function figuresList(entries) {
  return html("dl", { class: "widget-readout" }, entries.map(([term, value]) => html("div", {}, [html("dt", {}, [term]), value])));
}

/**
 * Something wide that scrolls by itself, with keys too.
 *
 * @param {string} name
 * @param {HTMLElement} content
 */
export function scroller(name, content) {
  return html("div", { class: "scroller", tabindex: 0, role: "group", "aria-label": name }, [content]);
}
