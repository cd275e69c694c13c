/**
 * What the orders cost: forward and reverse mode and the best order as bars, all orders on demand, and
 * the task to find the border between the modes.  The hint draws the costs over the outputs
 * (costs-chart.js), and thereby gives the answer away.
 *
 * Markup made here: `table.numbers.chain-costs` (order with its brackets, number, bar), a `details` with
 * every bracketing, and `div.chain-task` with a hint behind a button.
 */

import { html, setText } from "../../draw/svg.js";
import { allOrders, brackets, costOf, forwardOrder, reverseOrder } from "../../math/matrix-chain.js";
import { CostsChart } from "./costs-chart.js";
import { bracketElements, grouped } from "./names.js";
import { found, hint, modeCosts, orderName } from "./words.js";

/**
 * @typedef {import("./names.js").Layout} Layout
 * @typedef {import("./state.js").State} State
 */

/** What the frame of the task takes from the width, in pixels. */
const FRAME = 30;
const TASK = "Find the border: change nothing but the number of outputs. Up to which number does reverse mode win?";

export class CostsView {
  constructor() {
    this.rows = {
      reverse: new CostRow("Reverse mode", "from the output", "✓ wins"),
      forward: new CostRow("Forward mode", "from the input", "✓ wins"),
      best: new CostRow("Best order", "matrix-chain problem", "✓ beats both"),
    };
    const body = html("tbody", {}, Object.values(this.rows).map(({ element }) => element));
    const table = html("table", { class: "numbers chain-costs" }, [
      html("caption", { class: "visually-hidden" }, ["Scalar multiplications of the whole product"]),
      html("thead", {}, [html("tr", {}, [heading("order"), heading("multiplications"), html("th", { "aria-hidden": "true" })])]),
      body,
    ]);
    this.every = new EveryOrder();
    this.task = new BorderTask();
    this.element = html("div", { class: "chain-prices" }, [table, this.every.element, this.task.element]);
  }

  /**
   * @param {State} state
   * @param {Layout} layout
   * @param {number} width  of the widget's inside, in pixels
   */
  show({ sizes }, layout, width) {
    const factors = sizes.length - 1;
    const { forward, reverse, best } = modeCosts(sizes);
    const most = Math.max(forward, reverse);
    const least = Math.min(forward, reverse);
    const differ = forward !== reverse;
    const show = (/** @type {CostRow} */ row, /** @type {readonly number[]} */ order, /** @type {number} */ cost, /** @type {boolean} */ wins) =>
      row.show({ tree: brackets(factors, order)[0], factors, layout, cost, part: cost / most, wins });
    show(this.rows.forward, forwardOrder(factors), forward, differ && forward === least);
    show(this.rows.reverse, reverseOrder(factors), reverse, differ && reverse === least);
    show(this.rows.best, best.order, best.cost, best.cost < least);
    this.every.show(sizes, layout);
    this.task.show(sizes, width);
  }
}

/** @param {string} text */
function heading(text) {
  return html("th", { scope: "col" }, [text]);
}

class CostRow {
  /**
   * @param {string} name
   * @param {string} note
   * @param {string} praise  shown where it wins
   */
  constructor(name, note, praise) {
    this.praise = praise;
    this.brackets = html("span", { class: "order-brackets" });
    this.cost = html("span", { class: "order-cost" });
    this.sign = html("span", { class: "order-sign" });
    this.bar = html("span", { class: "order-bar" });
    this.drawn = "";
    this.element = html("tr", {}, [
      html("th", { scope: "row" }, [html("span", { class: "order-name" }, [name]), " ", html("span", { class: "order-note" }, [note]), this.brackets]),
      html("td", {}, [this.cost, this.sign]),
      html("td", { class: "order-track", "aria-hidden": "true" }, [this.bar]),
    ]);
  }

  /**
   * @param {{
   *   tree: import("./names.js").Tree, factors: number, layout: Layout, cost: number, part: number, wins: boolean,
   * }} price  `part` of the dearest mode, from 0 to 1
   */
  show({ tree, factors, layout, cost, part, wins }) {
    const key = JSON.stringify([tree, layout, factors]);
    if (key !== this.drawn) this.brackets.replaceChildren(...bracketElements(tree, factors, layout));
    this.drawn = key;
    setText(this.cost, grouped(cost));
    setText(this.sign, wins ? this.praise : "");
    this.bar.style.width = `${100 * part}%`;
    this.element.classList.toggle("wins", wins);
  }
}

/** Every bracketing with its cost, the cheapest first; made only while it is open. */
class EveryOrder {
  constructor() {
    this.summary = html("summary");
    this.body = html("tbody");
    this.drawn = "";
    const head = html("thead", {}, [html("tr", {}, [heading("order"), heading("multiplications")])]);
    this.element = html("details", { class: "chain-every" }, [
      this.summary,
      html("table", { class: "numbers" }, [html("caption", { class: "visually-hidden" }, ["All orders"]), head, this.body]),
    ]);
    /** @type {readonly number[]} */
    this.sizes = [1, 1, 1];
    /** @type {Layout} */
    this.layout = "numerator";
    this.element.addEventListener("toggle", () => this.#draw());
  }

  /**
   * @param {readonly number[]} sizes
   * @param {Layout} layout
   */
  show(sizes, layout) {
    Object.assign(this, { sizes, layout });
    setText(this.summary, EVERY[sizes.length - 1]);
    this.#draw();
  }

  #draw() {
    const { sizes, layout } = this;
    const key = JSON.stringify([sizes, layout]);
    if (!this.element.open || key === this.drawn) return;
    this.drawn = key;
    const factors = sizes.length - 1;
    const orders = allOrders(factors).map((order) => ({ order, cost: costOf(sizes, order) }));
    orders.sort((one, other) => one.cost - other.cost);
    this.body.replaceChildren(...orders.map(({ order, cost }) => {
      const name = html("span", { class: "order-brackets" }, bracketElements(brackets(factors, order)[0], factors, layout));
      const note = html("span", { class: "order-note" }, [orderName(factors, order)]);
      return html("tr", {}, [html("th", { scope: "row" }, [name, " ", note]), html("td", {}, [grouped(cost)])]);
    }));
  }
}

/** The heading for so many factors; the numbers of bracketings are Catalan's. */
const EVERY = ["", "", "The only order", "Both orders", "All 5 orders", "All 14 orders", "All 42 orders"];

/** The task for the reader, with a hint for who asks for it. */
class BorderTask {
  constructor() {
    this.button = html("button", { type: "button", "aria-expanded": "false" }, ["Hint"]);
    this.words = html("p");
    this.chart = new CostsChart();
    this.hint = html("div", { class: "task-hint" }, [this.words, this.chart.element]);
    this.hint.hidden = true;
    this.width = 0;
    this.praise = html("p", { class: "task-found" });
    /** @type {readonly number[]} */
    this.sizes = [1, 1, 1];
    this.button.addEventListener("click", () => {
      this.hint.hidden = !this.hint.hidden;
      this.button.setAttribute("aria-expanded", String(!this.hint.hidden));
      this.show(this.sizes, this.width);
    });
    const words = html("p", {}, [TASK, " ", this.button]);
    this.element = html("div", { class: "chain-task" }, [words, this.praise, this.hint]);
  }

  /**
   * @param {readonly number[]} sizes
   * @param {number} width
   */
  show(sizes, width) {
    Object.assign(this, { sizes, width });
    if (!this.hint.hidden) {
      setText(this.words, hint(sizes));
      this.chart.show(sizes, width - FRAME);
    }
    const praise = found(sizes);
    setText(this.praise, praise);
    this.praise.hidden = !praise;
  }
}
