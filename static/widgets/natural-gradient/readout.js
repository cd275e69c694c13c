/** The numbers below the pictures: loss, gradients in both coordinates, Fisher information, the four paths. */

import { button } from "../../controls/button.js";
import { matrixElement } from "../../draw/formula.js";
import { html, setText } from "../../draw/svg.js";
import { bracketTable, figuresList, panelPart, scroller } from "../../landscape/readings.js";
import { adaptive, fixed } from "../../math/format.js";
import { significant } from "../../math/quantity.js";
import { apartWords, natsText, outcomeWords, vectorText } from "./words.js";

/** Relative differences up to which two vectors are called the same. */
const SAME = 1e-6;
const KINDS = /** @type {const} */ (["plain", "natural"]);
const NAMES = { plain: "plain gradient", natural: "natural gradient" };

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./model.js").Fitted} Fitted
 * @typedef {import("./model.js").Side} Side
 * @typedef {import("./model.js").Pair} Pair
 * @typedef {import("./source.js").Answer} Answer
 */

export class Readout {
  /** @param {{play: () => void, once: () => void, back: () => void}} actions */
  constructor({ play, once, back }) {
    this.loss = html("dd");
    this.above = html("dd");
    this.sides = [new SideReadout(), new SideReadout()];
    this.invariance = html("p", { class: "invariance" });
    this.head = html("tr");
    this.body = html("tbody");
    /** @type {HTMLTableCellElement[][]} */
    this.rows = [];
    this.play = button("Play both descents", "primary", play);
    this.once = button("One step", "", once);
    this.back = button("Back to the start", "quiet", back);
    this.now = html("p", { class: "step-now" });
    this.apart = html("p", { class: "apart" });
    this.radius = html("p");
    this.element = html("div", { class: "widget-panel landscape-panel" }, [this.#pointPart(), this.#pathsPart(), ...this.sides.map(({ element }) => element)]);
  }

  /** @param {[Answer, Answer]} answers */
  setFormulas(answers) {
    this.sides.forEach((side, k) => side.setFormula(answers[k]));
  }

  /** @param {State} state @param {Fitted} fitted @param {number} radius */
  show(state, fitted, radius) {
    const [first] = fitted.sides;
    setText(this.loss, fixed(first.local.value, 4));
    setText(this.above, natsText(first.local.value - fitted.best));
    this.sides.forEach((side, k) => side.show(fitted.sides[k]));
    setText(this.invariance, invarianceWords(fitted));
    setText(this.radius, Number.isFinite(radius) ? `Each small ellipse holds the steps δ with ½ δᵀFδ up to ${significant(radius ** 2 / 2, 1)} nats, about the divergence between the distributions before and after a step.` : "");
    setText(this.apart, apartWords(fitted, /** @type {[string, string]} */ (fitted.sides.map(({ coordinates }) => coordinates.signs.join(", "))), state.rate));
  }

  /** @param {Fitted} fitted @param {number} step @param {boolean} playing */
  showPaths({ sides, last }, step, playing) {
    setText(this.play, playing ? "Stop" : "Play both descents");
    this.play.disabled = last === 0;
    this.once.disabled = playing || step >= last;
    this.back.disabled = step === 0;
    setText(this.now, last ? `Step ${step} of ${last}.` : "The point is the minimum: there is nowhere to descend.");
    const shown = Math.max(1, step);
    const { signs } = sides[0].coordinates;
    this.#heads(["direction", "steps in", `${signs[0]} after ${shown === 1 ? "1 step" : `${shown} steps`}`, signs[1], "loss", "in the end"]);
    KINDS.flatMap((kind) => sides.map((side) => ({ kind, side }))).forEach(({ kind, side }, row) => {
      const { points, values } = side.paths[kind];
      const at = Math.min(shown, points.length - 1);
      const [u, v] = side.coordinates.toBase(points[at]);
      const texts = [NAMES[kind], side.coordinates.signs.join(", "), fixed(u, 3), fixed(v, 3), fixed(values[at], 3), outcomeWords(side.paths[kind])];
      this.#row(row).forEach((cell, k) => setText(cell, texts[k]));
    });
  }

  /** @param {string[]} names */
  #heads(names) {
    while (this.head.children.length < names.length) this.head.append(html("th", { scope: "col" }));
    names.forEach((name, k) => setText(this.head.children[k], name));
  }

  /** @param {number} index */
  #row(index) {
    if (!this.rows[index]) {
      const kind = KINDS[index >> 1];
      const cells = Array.from({ length: 6 }, (_, k) => (k ? html("td") : html("th", { scope: "row" })));
      cells[0].className = kind;
      this.rows[index] = cells;
      this.body.append(html("tr", {}, cells));
    }
    return this.rows[index];
  }

  #pathsPart() {
    const table = html("table", { class: "numbers paths-table", "aria-label": "The four paths" }, [html("thead", {}, [this.head]), this.body]);
    return panelPart("Descent from the point", [
      html("div", { class: "buttons" }, [this.play, this.once, this.back]), this.now, scroller("The four paths", table), this.apart,
    ], "symbolic-part");
  }

  #pointPart() {
    return panelPart("At the point", [
      figuresList([["expected loss", this.loss], ["above the least", this.above]]), this.invariance, this.radius,
    ], "symbolic-part");
  }
}

/** Gradient, information and natural gradient in one of the coordinates. */
class SideReadout {
  constructor() {
    const cells = (/** @type {number} */ count) => Array.from({ length: count }, () => html("td"));
    this.row = cells(2);
    this.column = cells(2);
    this.natural = cells(2);
    this.information = [cells(2), cells(2)];
    this.formula = html("div");
    this.heading = html("p", { class: "part-title" });
    this.element = panelPart("", [
      html("div", { class: "layout-numerator" }, [bracketTable([this.row], "Derivative as a row"), html("p", {}, ["∂L/∂θ as a row (numerator layout); ∇L is its transpose."])]),
      html("div", { class: "layout-denominator" }, [bracketTable(this.column.map((cell) => [cell]), "Derivative as a column"), html("p", {}, ["∂L/∂θ as a column (denominator layout): the gradient ∇L itself."])]),
      this.heading,
      scroller("Fisher information as a formula", this.formula),
      bracketTable(this.information, "Fisher information at the point"),
      html("p", { class: "part-title" }, ["Natural gradient F⁻¹∇L"]),
      bracketTable(this.natural.map((cell) => [cell]), "Natural gradient"),
    ], "side-part");
    this.title = /** @type {HTMLElement} */ (this.element.querySelector(".part-title"));
  }

  /** @param {Answer} answer */
  setFormula({ information }) {
    this.formula.replaceChildren(matrixElement(information));
  }

  /** @param {Side} side */
  show({ coordinates, local, natural }) {
    const title = `Gradient in ${coordinates.signs.join(", ")}`;
    setText(this.title, title);
    this.element.setAttribute("aria-label", title);
    setText(this.heading, `Fisher information F${coordinates.letter ? `, with ${coordinates.letter}` : ""}`);
    const [a, b, c] = local.information;
    [this.row, this.column].forEach((cells) => write(cells, local.gradient));
    write(this.information[0], [a, b]);
    write(this.information[1], [b, c]);
    write(this.natural, natural);
  }
}

/** @param {HTMLElement[]} cells @param {readonly number[]} values */
function write(cells, values) {
  cells.forEach((cell, k) => setText(cell, adaptive(values[k], 3)));
}

/**
 * What becomes of both gradients of the second coordinates when they are carried to the first.
 *
 * @param {Fitted} fitted
 */
export function invarianceWords({ sides: [first, second], carried }) {
  const from = second.coordinates.signs.join(", ");
  const natural = alike(first.natural, carried.natural), plain = alike(first.local.gradient, carried.plain);
  return (
    `Carried from ${from} by the Jacobian J of the change of coordinates, the natural gradient is ${vectorText(carried.natural)}: ` +
    `${natural ? "the same step" : "not the same step"}. The plain gradient becomes ${vectorText(carried.plain)}: ${plain ? "the same step here" : "another step"}.`
  );
}

/** @param {Pair} one @param {Pair} other */
function alike(one, other) {
  const size = Math.max(1e-9, ...one.map(Math.abs), ...other.map(Math.abs));
  return one.every((entry, k) => Math.abs(entry - other[k]) <= SAME * size);
}
