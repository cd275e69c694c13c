/**
 * The second part of the widget: the factors of a gradient as blocks in a row, to be put in order.
 *
 * Markup made here: the network in words, fields for its sizes, `ol.factors` with a card for each
 * factor (its block, Transpose, two buttons to move it) and what meets between two cards, the verdict
 * in a word, and product and central differences side by side where there is a product.
 */

import { NumberField } from "../../controls/number-field.js";
import { Block } from "../../draw/block.js";
import { html, setText } from "../../draw/svg.js";
import { judge, matrixOf, MOST_UNITS, network } from "./backpropagation.js";
import { factorName, matrixSize, whole } from "./verdict.js";
import { sizeWords } from "./words.js";

const PITCH = 26;
const HEADLINES = {
  mismatch: "✗ does not fit",
  shape: "✗ wrong shape",
  wrong: "✗ fits, and is wrong",
  right: "✓ the gradient",
};

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./backpropagation.js").Matrix} Matrix
 * @typedef {import("./backpropagation.js").Verdict} Verdict
 */

export class BackpropagationView {
  /** @param {{change: (change: Partial<State>) => void}} actions */
  constructor({ change }) {
    this.change = change;
    /** @type {State | null} */
    this.state = null;
    this.units = {
      inputs: this.#unitField("inputs", "inputs x"),
      hidden: this.#unitField("hidden", "hidden h"),
      outputs: this.#unitField("outputs", "outputs y"),
    };
    this.cards = [0, 1, 2].map((index) => this.#card(index));
    this.joints = [0, 1].map(() => html("li", { class: "joint" }));
    this.headline = html("p", { class: "verdict" });
    this.product = new Labelled("your product");
    this.numeric = new Labelled("central differences");
    this.results = html("div", { class: "results" }, [this.product.element, this.numeric.element]);
    this.element = html("div", { class: "layouts-backpropagation" }, [
      html("p", { class: "network" }, ["h = W₁x,  y = W₂h,  e = y − t,  L = ½‖e‖².  Build the gradient of L by W₁:"]),
      html("div", { class: "widget-controls" }, Object.values(this.units).map(({ element }) => element)),
      html("ol", { class: "factors" }, [
        html("li", { class: "gradient-of" }, ["∇", html("sub", {}, ["W₁"]), "L ="]),
        this.cards[0].element, this.joints[0], this.cards[1].element, this.joints[1], this.cards[2].element,
      ]),
      this.headline,
      this.results,
    ]);
  }

  /** @param {State} state */
  show(state) {
    this.state = state;
    const { units, factors } = state;
    const numbers = network(units);
    const verdict = judge(factors, units);
    const matrices = factors.map((factor) => matrixOf(factor, numbers));
    for (const [name, field] of Object.entries(this.units)) {
      const size = units[/** @type {keyof typeof units} */ (name)];
      field.show(size, String(size));
    }
    this.cards.forEach((card, index) => card.show(factors[index], matrices[index]));
    this.joints.forEach((joint, index) => showJoint(joint, matrices[index], matrices[index + 1]));
    setText(this.headline, HEADLINES[verdict.kind]);
    this.headline.classList.toggle("is-right", verdict.kind === "right");
    this.#showResults(verdict, numbers.W1);
    return verdict;
  }

  /**
   * @param {Verdict} verdict
   * @param {Matrix} weights
   */
  #showResults(verdict, weights) {
    this.results.hidden = verdict.kind === "mismatch";
    if (verdict.kind === "mismatch") return;
    const wrong = verdict.kind === "wrong" ? verdict : null;
    this.product.show(verdict.product, (i, j) => wrong !== null && Math.abs(wrong.product[i][j] - wrong.numeric[i][j]) > 1e-6);
    this.numeric.element.hidden = false;
    if (verdict.kind === "shape") this.numeric.show(weights, () => false, "W₁");
    else this.numeric.show(verdict.numeric, () => false);
  }

  /**
   * @param {"inputs" | "hidden" | "outputs"} name
   * @param {string} label
   */
  #unitField(name, label) {
    return new NumberField({
      label,
      name: `Number of ${name === "hidden" ? "hidden units" : name}`,
      step: 1,
      min: 1,
      max: MOST_UNITS,
      whole: true,
      onChange: (size) => this.#resize(name, size),
    });
  }

  /**
   * @param {"inputs" | "hidden" | "outputs"} name
   * @param {number} size
   */
  #resize(name, size) {
    if (!this.state) return;
    this.state = { ...this.state, units: { ...this.state.units, [name]: size } }; // the next may come before it is shown
    this.change({ units: this.state.units });
  }

  /** @param {number} index  place in the product */
  #card(index) {
    const name = html("strong");
    const size = html("span", { class: "block-size" });
    const block = new Block();
    const turn = html("button", { type: "button", "aria-pressed": "false" }, ["Transpose"]);
    const left = html("button", { type: "button", class: "icon" }, ["←"]);
    const right = html("button", { type: "button", class: "icon" }, ["→"]);
    left.hidden = index === 0;
    right.hidden = index === 2;
    turn.addEventListener("click", () => this.#transpose(index));
    left.addEventListener("click", () => this.#swap(index, index - 1));
    right.addEventListener("click", () => this.#swap(index, index + 1));
    const element = html("li", { class: "factor-card" }, [
      html("p", { class: "block-caption" }, [name, " ", size]),
      block.element,
      html("div", { class: "factor-buttons" }, [left, turn, right]),
    ]);
    return {
      element,
      left,
      right,
      /** @type {(factor: import("./backpropagation.js").Factor, matrix: Matrix) => void} */
      show: (factor, matrix) => {
        setText(name, factorName(factor));
        setText(size, sizeWords(matrixSize(matrix)));
        drawMatrix(block, matrix);
        turn.setAttribute("aria-pressed", String(factor.transposed));
        turn.setAttribute("aria-label", `Transpose ${factorName({ ...factor, transposed: false })}`);
        left.setAttribute("aria-label", `Move ${factorName(factor)} to the left`);
        right.setAttribute("aria-label", `Move ${factorName(factor)} to the right`);
      },
    };
  }

  /** @param {number} index */
  #transpose(index) {
    if (!this.state) return;
    const { factors } = this.state;
    this.change({
      factors: factors.map((factor, at) => (at === index ? { ...factor, transposed: !factor.transposed } : factor)),
    });
  }

  /**
   * The focus goes with the factor, so that it can be moved on.
   *
   * @param {number} index
   * @param {number} other
   */
  #swap(index, other) {
    if (!this.state) return;
    const factors = [...this.state.factors];
    [factors[index], factors[other]] = [factors[other], factors[index]];
    this.change({ factors });
    const { left, right } = this.cards[other];
    const same = other < index ? left : right;
    (same.hidden ? (same === left ? right : left) : same).focus();
  }
}

/** A matrix of numbers with its name and size above it. */
class Labelled {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.title = html("strong");
    this.size = html("span", { class: "block-size" });
    this.block = new Block();
    this.words = html("p", { class: "visually-hidden" });
    const caption = html("p", { class: "block-caption" }, [this.title, " ", this.size]);
    this.element = html("div", { class: "result" }, [caption, this.block.element, this.words]);
  }

  /**
   * @param {Matrix} matrix
   * @param {(row: number, column: number) => boolean} isWrong
   * @param {string} [name]
   */
  show(matrix, isWrong, name = this.name) {
    setText(this.title, name);
    setText(this.size, sizeWords(matrixSize(matrix)));
    setText(this.words, `Rows: ${matrix.map((row) => row.map(whole).join(", ")).join("; ")}.`);
    drawMatrix(this.block, matrix, ({ row, column }) => (isWrong(row, column) ? "is-wrong" : ""));
  }
}

/**
 * @param {Block} block
 * @param {Matrix} matrix
 * @param {(place: import("./model.js").Place) => string} [mark]
 */
function drawMatrix(block, matrix, mark) {
  block.show({
    ...matrixSize(matrix),
    pitch: PITCH,
    text: ({ row, column }) => whole(matrix[row][column]),
    mark,
  });
}

/**
 * What meets between two factors: the columns of the left and the rows of the right.
 *
 * @param {HTMLElement} joint
 * @param {Matrix} left
 * @param {Matrix} right
 */
function showJoint(joint, left, right) {
  const [columns, rows] = [left[0].length, right.length];
  setText(joint, columns === rows ? `${columns} = ${rows}` : `${columns} ≠ ${rows}`);
  joint.classList.toggle("is-broken", columns !== rows);
}
