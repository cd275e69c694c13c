/**
 * The numbers of the graph as a table: every node with its value and its cotangent, as far as both
 * passes have come.
 *
 *     <details class="values-part"><summary>The graph as a table</summary> <table class="numbers">…
 */

import { html, setText } from "../../draw/svg.js";
import { stepsOf } from "./timeline.js";
import { entries, inLayout, operationText, sizeText, symbol } from "./words.js";

const HEADINGS = ["node", "computed as", "value", "derivative of ℓ"];
const LATER = "not yet";

export class ValuesView {
  constructor() {
    this.body = html("tbody");
    const head = html("tr", {}, HEADINGS.map((words) => html("th", { scope: "col" }, [words])));
    const table = html("table", { class: "numbers values-table", "aria-label": "The graph as a table" }, [html("thead", {}, [head]), this.body]);
    const frame = html("div", { class: "values-frame", tabindex: 0, role: "region", "aria-label": "Numbers of the graph" }, [table]);
    this.element = html("details", { class: "values-part" }, [html("summary", {}, ["The graph as a table"]), frame]);
    /** @type {import("./graph.js").Shown | null} */
    this.shown = null;
    this.element.addEventListener("toggle", () => this.#fill());
  }

  /** @param {import("./graph.js").Shown} shown */
  show(shown) {
    this.shown = shown;
    this.#fill();
  }

  #fill() {
    if (!this.element.open || !this.shown) return;
    const rows = this.shown.pass.nodes.map((node) => this.#row(node, /** @type {import("./graph.js").Shown} */ (this.shown)));
    const { children } = this.body;
    while (children.length > rows.length) children[children.length - 1].remove();
    rows.forEach((texts, index) => {
      const row = children[index] ?? this.body.appendChild(html("tr", {}, [html("th", { scope: "row" }), html("td"), html("td"), html("td")]));
      texts.forEach((text, at) => setText(row.children[at], text));
    });
  }

  /**
   * @param {import("../../math/networks/network.js").Node} node
   * @param {import("./graph.js").Shown} shown
   */
  #row(node, { steps, at, pass, layout }) {
    const own = stepsOf(steps, node);
    const cotangent = pass.cotangents.get(node.name);
    const arrived = cotangent && own.cotangent !== undefined && at >= own.cotangent;
    const matrix = cotangent && inLayout(cotangent, layout);
    return [
      symbol(node.name),
      node.operation ? operationText(node) : "given",
      at >= own.value ? `${entries(node.value)}, ${sizeText(node.value)}` : LATER,
      arrived && matrix ? `${entries(matrix)}, ${sizeText(matrix)}` : node.name === "y" ? "–" : LATER,
    ];
  }
}
