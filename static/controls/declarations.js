/**
 * What the names of an expression stand for: a row for each with its kind, sizes and property.
 *
 * The rows are found by the server; each can be changed, and what was said can be taken back.
 * Markup made here:
 *
 *     <fieldset class="declarations"><legend>Names</legend>
 *       <div class="declaration" data-name="A">
 *         <span class="declaration-name"><math>A</math></span>
 *         <select aria-label="Kind of A">…</select>
 *         <span class="sizes"><input aria-label="Rows of A"> × <input aria-label="Columns of A"></span>
 *         <select aria-label="Property of A">…</select>
 *         <button class="quiet">automatic</button>
 *       </div>
 *     </fieldset>
 */

import { formulaElement } from "../draw/formula.js";
import { html, setText } from "../draw/svg.js";
import { clauseOf, PROPERTIES, saysSizes, usualKind } from "../math/clauses.js";

/** @typedef {import("../math/clauses.js").Kind} Kind */
/**
 * @typedef {import("../draw/formula.js").Formula & {
 *   name: string, kind: Kind, shape: (string | number)[], properties: string[], given: string,
 * }} Declaration  as the server tells it
 */

const TYPING_PAUSE = 350;
const LONGEST_SIZE = 4;
/** Properties that the named one brings along; they are not shown beside it. */
/** @type {Record<string, string[]>} */
const IMPLIED = {
  "positive-definite": ["symmetric", "nonsingular"], diagonal: ["symmetric"], orthogonal: ["nonsingular"],
};

export class Declarations {
  /** @param {{onChange: (name: string, clause: string | null) => void}} options  null takes it back */
  constructor({ onChange }) {
    this.onChange = onChange;
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    this.list = html("div", { class: "declaration-rows" });
    const legend = html("legend", { class: "field-label" }, ["Names"]);
    this.element = html("fieldset", { class: "declarations", hidden: true }, [legend, this.list]);
  }

  /**
   * @param {Declaration[]} declarations
   * @param {import("../math/clauses.js").Clauses} clauses  what the reader has said
   */
  show(declarations, clauses) {
    this.#keep(declarations.map(({ name }) => name));
    for (const declaration of declarations) {
      const clause = clauses.get(declaration.name);
      this.#row(declaration.name).show(declaration, clause);
    }
  }

  /**
   * Rows for names of a text that could not be read: what they stand for may be what is wrong.
   *
   * @param {string[]} names
   * @param {import("../math/clauses.js").Clauses} clauses
   */
  showUnread(names, clauses) {
    this.#keep(names);
    for (const name of names) {
      if (!this.rows.has(name)) this.#row(name).showUnread(clauses.get(name));
    }
  }

  /** Another state takes the place of what is being typed. */
  restore() {
    for (const row of this.rows.values()) row.stop();
  }

  /** @param {string[]} names  whose rows stay, in this order */
  #keep(names) {
    for (const [name, row] of this.rows) {
      if (names.includes(name)) continue;
      row.stop();
      row.element.remove();
      this.rows.delete(name);
    }
    const shown = [...this.list.children].map((row) => row.getAttribute("data-name")).filter(Boolean);
    const order = names.filter((name) => this.rows.has(name));
    // Rows that stand in the right order are left alone, so that a field keeps its focus.
    if (shown.join() !== order.join()) {
      this.list.append(...order.map((name) => /** @type {Row} */ (this.rows.get(name)).element));
    }
    this.element.hidden = names.length === 0;
  }

  /** @param {string} name */
  #row(name) {
    const known = this.rows.get(name);
    if (known) return known;
    const row = new Row(name, (clause) => this.onChange(name, clause));
    this.rows.set(name, row);
    this.list.append(row.element);
    return row;
  }
}

class Row {
  /**
   * @param {string} name
   * @param {(clause: string | null) => void} onChange
   */
  constructor(name, onChange) {
    this.name = name;
    this.onChange = onChange;
    this.pinned = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.label = html("span", { class: "declaration-name" }, [name]);
    this.kind = select(`Kind of ${name}`, ["scalar", "vector", "matrix"]);
    this.sizes = [sizeField(`Rows of ${name}`), sizeField(`Columns of ${name}`)];
    this.times = html("span", { class: "times", "aria-hidden": "true" }, ["×"]);
    this.property = select(`Property of ${name}`, []);
    this.forget = html(
      "button", { type: "button", class: "quiet", "aria-label": `automatic: find out by itself what ${name} is` }, ["automatic"],
    );
    const sizes = html("span", { class: "sizes" }, [this.sizes[0], this.times, this.sizes[1]]);
    const parts = [this.label, this.kind, sizes, this.property, this.forget];
    this.element = html("div", { class: "declaration", "data-name": name }, parts);
    this.#listen();
  }

  #listen() {
    this.kind.addEventListener("change", () => this.#kindChanged());
    this.property.addEventListener("change", () => this.#say(this.pinned));
    this.forget.addEventListener("click", () => this.#forget());
    for (const field of this.sizes) {
      field.addEventListener("input", () => {
        this.stop();
        this.timer = setTimeout(() => this.#say(true), TYPING_PAUSE);
      });
    }
  }

  /** What is being typed is not told any more. */
  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /**
   * @param {Declaration} declaration
   * @param {string | undefined} clause
   */
  show(declaration, clause) {
    const { kind, shape, properties } = declaration;
    this.label.replaceChildren(formulaElement(declaration));
    const implied = properties.flatMap((property) => IMPLIED[property] ?? []);
    this.#showKind(kind, properties.filter((property) => !implied.includes(property)));
    const typing = this.timer !== undefined; // what is typed stays, and is told soon
    this.sizes.forEach((field, index) => {
      if (!typing && field !== document.activeElement) field.value = String(shape[index] ?? "");
    });
    this.#showSaid(clause);
  }

  /** @param {string | undefined} clause */
  showUnread(clause) {
    this.#showKind(usualKind(this.name), []);
    this.#showSaid(clause);
  }

  /** @param {string | undefined} clause */
  #showSaid(clause) {
    this.pinned = saysSizes(clause);
    this.forget.classList.toggle("is-idle", clause === undefined);
    this.forget.disabled = clause === undefined;
  }

  /**
   * @param {Kind} kind
   * @param {string[]} properties
   */
  #showKind(kind, properties) {
    this.kind.value = kind;
    this.sizes[0].hidden = kind === "scalar";
    this.sizes[1].hidden = this.times.hidden = kind !== "matrix";
    this.sizes[0].setAttribute("aria-label", `${kind === "matrix" ? "Rows" : "Length"} of ${this.name}`);
    const chosen = properties.join(" ");
    const possible = kind === "matrix" ? PROPERTIES : ["positive"];
    const all = ["", ...possible, ...(possible.includes(chosen) || !chosen ? [] : [chosen])];
    if (all.join() !== [...this.property.options].map(({ value }) => value).join()) {
      this.property.replaceChildren(...all.map((value) => html("option", { value }, [value || "no property"])));
    }
    this.property.value = chosen;
  }

  #kindChanged() {
    for (const field of this.sizes) field.value = "";
    this.#showKind(/** @type {Kind} */ (this.kind.value), []);
    this.#say(false);
  }

  #forget() {
    this.stop();
    this.onChange(null);
  }

  /** @param {boolean} withSizes */
  #say(withSizes) {
    this.stop();
    const kind = /** @type {Kind} */ (this.kind.value);
    const fields = withSizes ? this.sizes.filter((field) => !field.hidden) : [];
    const properties = this.property.value.split(" ").filter(Boolean);
    this.onChange(clauseOf(kind, fields.map((field) => field.value.trim()), properties));
  }
}

/**
 * @param {string} name
 * @param {string[]} values
 */
function select(name, values) {
  return html("select", { "aria-label": name }, values.map((value) => html("option", { value }, [value])));
}

/** @param {string} name */
function sizeField(name) {
  return html("input", {
    type: "text", class: "size", "aria-label": name, size: 2, maxlength: LONGEST_SIZE, spellcheck: "false",
    autocapitalize: "off", autocomplete: "off", autocorrect: "off",
  });
}

/**
 * @param {HTMLSelectElement} element
 * @param {string[]} values
 * @param {string} chosen
 * @param {(value: string) => string} [label]
 */
export function fillSelect(element, values, chosen, label = (value) => value) {
  const known = [...element.options].map(({ value }) => value);
  if (known.join() !== values.join()) {
    element.replaceChildren(...values.map((value) => html("option", { value }, [label(value)])));
  }
  for (const option of element.options) setText(option, label(option.value));
  element.value = chosen;
}
