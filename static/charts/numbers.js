/**
 * The numbers of a map as a table that folds out: values of the function on a small lattice over the
 * window shown, and the heights of the contour lines.
 *
 * Markup made here: `<details class="chart-numbers"><summary>…</summary><p>…</p><table class="numbers">`.
 * The table is made when it is opened, and again when the window changes while it is open.
 */

import { html, setText } from "../draw/svg.js";
import { adaptive } from "../math/format.js";

const SIDE = 7;

export class ChartNumbers {
  /** @param {string} title */
  constructor(title) {
    /** @type {(() => {values: Float64Array, box: import("../math/contour.js").Box, levels: number[], names: string[]}) | null} */
    this.read = null;
    this.lines = html("p");
    this.table = html("table", { class: "numbers" });
    this.element = html("details", { class: "chart-numbers" }, [
      html("summary", {}, [title]),
      html("div", { tabindex: 0, role: "group", "aria-label": title }, [this.table]),
      this.lines,
    ]);
    this.element.addEventListener("toggle", () => this.refresh());
  }

  /** How many points the table has along one side. */
  get side() {
    return SIDE;
  }

  refresh() {
    if (!this.element.open || !this.read) return;
    const { values, box, levels, names } = this.read();
    const heads = places(box.left, box.right).map((x) => html("th", { scope: "col" }, [adaptive(x)]));
    const corner = html("td", {}, [`${names[1]} \\ ${names[0]}`]);
    const rows = places(box.bottom, box.top).map((y, row) => {
      const cells = [...values.slice(row * SIDE, (row + 1) * SIDE)].map((value) => html("td", {}, [adaptive(value)]));
      return html("tr", {}, [html("th", { scope: "row" }, [adaptive(y)]), ...cells]);
    });
    this.table.replaceChildren(
      html("thead", {}, [html("tr", {}, [corner, ...heads])]),
      html("tbody", {}, rows.reverse()),
    );
    setText(this.lines, levels.length ? `The contour lines have the heights ${levels.map((z) => adaptive(z)).join(", ")}.` : "");
  }
}

/**
 * @param {number} low
 * @param {number} high
 */
function places(low, high) {
  return Array.from({ length: SIDE }, (_, k) => low + ((high - low) * k) / (SIDE - 1));
}
