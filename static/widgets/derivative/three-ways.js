/**
 * A derivative with more than two axes in three ways that explain one another: what it does to dX,
 * the matrix that multiplies vec(dX), and the array with its indices.
 *
 * A small instance with numbers joins them: pointing at an entry, or going there with the arrow keys,
 * shows where the same number stands in the other views.  Indices count from 1, as in the formulas.
 */

import { equationElement, mathElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { functionName } from "./equations.js";
import { Explorer } from "./instance.js";

/** @typedef {import("./source.js").Answer} Answer */

export class ThreeWaysPart {
  /** @param {{say: (sentence: string) => void}} options */
  constructor({ say }) {
    this.say = say;
    this.element = html("section", {
      class: "calculator-part three-ways", "aria-label": "Three ways to see it", hidden: true,
    });
  }

  /** @param {Answer} answer */
  show(answer) {
    const views = answer.three_ways;
    const worth = views !== null && answer.numerator.form === "vec/Kronecker";
    this.element.hidden = !worth;
    if (!worth) return this.element.replaceChildren();
    const head = html("p", { class: "part-title" }, ["Three ways to see it"]);
    const explorer = views.instance ? [new Explorer(answer, views.instance, this.say).element] : [];
    return this.element.replaceChildren(head, formulas(answer, views), ...explorer);
  }
}

/**
 * @param {Answer} answer
 * @param {import("./source.js").ThreeWays} views
 */
function formulas(answer, views) {
  const d = mathElement("mi", ["d"]);
  d.setAttribute("mathvariant", "normal");
  const left = mathElement("mrow", [d, functionName(answer.value_shape)]);
  const array = views.array_shape.map(String).join(" × ");
  return html("dl", { class: "three-formulas" }, [
    ...pair("What it does to a small change", equationElement([left], views.action)),
    ...pair("As a matrix, columns stacked", equationElement([], views.matrix)),
    ...pair(`As an array, ${array}`, equationElement([], views.entries)),
  ]);
}

/**
 * @param {string} name
 * @param {Element} math
 */
function pair(name, math) {
  return [html("dt", {}, [name]), html("dd", { class: "formula" }, [math])];
}
