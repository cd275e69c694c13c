/**
 * The second part of the widget: a composition with numbers.
 *
 * Markup made here: a field for each function (the outermost first), fields for the point, the Jacobians
 * as matrices of numbers in the order of the layout, and below them the product from the output, the
 * product from the input and the Jacobian by central differences.
 */

import { ExpressionField } from "../../controls/expression-field.js";
import { NumberField } from "../../controls/number-field.js";
import { html, setText } from "../../draw/svg.js";
import { transposed } from "../../math/dense.js";
import { brackets, costOf, forwardOrder, reverseOrder } from "../../math/matrix-chain.js";
import { bracketElements, bracketText, functionName, grouped, inLayout, productElements, showWords, variableName } from "./names.js";
import { Composition } from "./numbers-model.js";
import { CompositionSource, FunctionProblem } from "./numbers-source.js";
import { entryText, numbersSentence, valuesText } from "./numbers-words.js";
import { MOST_FUNCTIONS, MOST_INPUTS, pointFor } from "./state.js";

/**
 * @typedef {import("./names.js").Layout} Layout
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../math/dense.js").Matrix} Matrix
 */

export class NumbersView {
  /** @param {{change: (change: Partial<State>) => void, loaded: () => void}} actions  `loaded` asks to be shown again */
  constructor({ change, loaded }) {
    this.change = change;
    this.loaded = loaded;
    this.source = new CompositionSource();
    /** @type {Composition | null} the last good one; what is shown */
    this.composition = null;
    this.asked = "";
    /** @type {State | null} */
    this.state = null;
    this.fields = Array.from({ length: MOST_FUNCTIONS }, (_, index) => this.#functionField(index));
    this.point = Array.from({ length: MOST_INPUTS }, (_, index) => this.#coordinate(index));
    this.path = html("p", { class: "chain-values" });
    this.factors = html("div", { class: "chain-matrices" });
    this.products = html("div", { class: "chain-matrices" });
    this.retry = html("button", { type: "button" }, ["Try again"]);
    this.retry.addEventListener("click", () => this.loaded());
    this.verdict = html("p", { class: "chain-verdict", "aria-hidden": "true" });
    this.element = html("div", { class: "chain-numbers" }, [
      html("div", { class: "chain-functions" }, this.fields.map(({ element }) => element)),
      html("div", { class: "widget-controls", role: "group", "aria-label": "The point x" }, this.point.map(({ element }) => element)),
      this.path,
      this.factors,
      this.products,
      this.verdict,
    ]);
  }

  /** Another composition takes the place of what is being typed. @param {State} state */
  restore({ functions }) {
    functions.forEach((text, index) => this.fields[index].setValue(text));
  }

  /**
   * @param {State} state
   * @param {Layout} layout
   * @returns {string} the sentence; empty as long as nothing is known
   */
  show(state, layout) {
    this.state = state;
    this.#showFields(state);
    this.#ask(state);
    if (!this.composition || this.composition.sizes[0] !== state.at.length) return "";
    const { sizes } = this.composition;
    const numbers = this.composition.at(state.at);
    const factors = sizes.length - 1;
    const turned = (/** @type {Matrix} */ matrix) => (layout === "denominator" ? transposed(matrix) : matrix);
    const single = numbers.jacobians.map((matrix, index) => matrixElement(productElements([index + 1], factors, layout), turned(matrix), placeOf(index, factors)));
    this.factors.replaceChildren(...inLayout(single.reverse(), layout));
    this.products.replaceChildren(...this.#products(numbers, sizes, layout).map(([name, note, matrix]) => matrixElement(name, turned(matrix), note)));
    setText(this.path, valuesText(numbers.values));
    const words = numbersSentence(numbers, modeNames(factors, layout));
    showWords(this.verdict, words);
    return words;
  }

  /**
   * @param {import("./numbers-model.js").Numbers} numbers
   * @param {number[]} sizes
   * @param {Layout} layout
   * @returns {[Node[], string, Matrix][]}
   */
  #products({ forward, reverse, central }, sizes, layout) {
    const factors = sizes.length - 1;
    const price = (/** @type {number[]} */ order) => `${grouped(costOf(sizes, order))} multiplications`;
    const name = (/** @type {number[]} */ order) => bracketElements(brackets(factors, order)[0], factors, layout);
    const [from, to] = [reverseOrder(factors), forwardOrder(factors)];
    /** @type {[Node[], string, Matrix][]} */
    const modes = [[name(from), price(from), reverse]];
    if (factors > 2) modes.push([name(to), price(to), forward]);
    return [...modes, [[document.createTextNode("central differences")], "of the whole", central]];
  }

  /** @param {State} state */
  #showFields({ functions, at }) {
    const factors = functions.length;
    this.fields.forEach((field, index) => {
      field.element.hidden = index >= factors;
      const factor = factors - index;
      field.relabel(`${functionName(factor, factors)}(${variableName(factor - 1, factors)}) =`);
      if (index < factors && document.activeElement !== field.input) field.follow(functions[index]);
    });
    this.point.forEach((field, index) => {
      field.element.hidden = index >= at.length;
      if (index < at.length) field.show(at[index], entryText(at[index]));
    });
  }

  /** @param {State} state */
  async #ask({ functions, at }) {
    const key = JSON.stringify([functions, at.length]);
    if (key === this.asked) return;
    this.asked = key;
    const factors = functions.length;
    const names = functions.map((_, index) => entriesOf(variableName(index, factors)));
    try {
      const tapes = await this.source.load([...functions].reverse(), names, at.length);
      if (tapes) this.#accept(tapes);
    } catch (error) {
      if (!(error instanceof FunctionProblem)) throw error;
      if (error.passing) this.asked = "";
      this.#accept(null, error);
    }
  }

  /**
   * @param {import("../../math/tape.js").Tape[] | null} tapes
   * @param {FunctionProblem} [problem]
   */
  #accept(tapes, problem) {
    const count = this.state?.functions.length ?? 0;
    this.fields.forEach((field, index) => {
      if (problem && index === count - 1 - problem.index) field.showProblem(problem);
      else field.showReading([]);
    });
    if (problem?.passing) this.fields[count - 1 - problem.index].problem.append(this.retry);
    if (!tapes) return;
    this.composition = new Composition(tapes);
    this.loaded();
  }

  /** @param {number} index  0 for the outermost */
  #functionField(index) {
    return new ExpressionField({
      label: "",
      onInput: (text) => {
        if (!this.state) return;
        const functions = this.state.functions.map((old, place) => (place === index ? text : old));
        this.change({ functions, at: pointFor(functions[functions.length - 1], this.state.at) });
      },
    });
  }

  /** @param {number} index */
  #coordinate(index) {
    const [name] = entriesOf("x").slice(index, index + 1);
    return new NumberField({
      label: name,
      name: `${name} of the point`,
      onChange: (value) => this.state && this.change({ at: this.state.at.map((old, at) => (at === index ? value : old)) }),
    });
  }
}

/** @param {string} name */
function entriesOf(name) {
  return Array.from({ length: 6 }, (_, index) => `${name}${index + 1}`);
}

/**
 * Where the Jacobian of a function is taken: at x, at u = h(x) …
 *
 * @param {number} index
 * @param {number} factors
 */
function placeOf(index, factors) {
  return `at ${variableName(index, factors)}`;
}

/**
 * @param {number} factors
 * @param {Layout} layout
 */
function modeNames(factors, layout) {
  return [reverseOrder(factors), forwardOrder(factors)].map((order) => bracketText(brackets(factors, order)[0], factors, layout));
}

/**
 * A matrix of numbers with its name, its shape and a note.
 *
 * @param {Node[]} name
 * @param {Matrix} matrix
 * @param {string} note
 */
function matrixElement(name, matrix, note) {
  const rows = matrix.map((row) => html("tr", {}, row.map((entry) => html("td", {}, [entryText(entry)]))));
  const shape = `${matrix.length}×${matrix[0].length}`;
  const table = html("table", { class: "numbers matrix" }, [html("tbody", {}, rows)]);
  return html("figure", { class: "chain-matrix" }, [
    html("figcaption", {}, [html("strong", {}, name), " ", html("span", { class: "block-size" }, [shape]), html("span", { class: "order-note" }, [note])]),
    table,
  ]);
}
