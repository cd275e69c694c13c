/** The numbers of the network as fields: input, weights and biases, target. */

import { MatrixField } from "../../controls/matrix-field.js";
import { html } from "../../draw/svg.js";
import { parameters } from "../../math/networks/network.js";
import { FARTHEST, structureText } from "./structure.js";
import { entryName, fieldText, symbol } from "./words.js";

const STEP = 0.1;

/** @typedef {import("../../math/networks/network.js").Network} Network */
/** @typedef {(name: string, row: number, column: number, value: number) => void} OnChange */

export class Numbers {
  /** @param {{onChange: OnChange}} options */
  constructor({ onChange }) {
    this.onChange = onChange;
    this.structure = "";
    /** @type {Map<string, MatrixField>} */
    this.fields = new Map();
    this.list = html("div", { class: "numbers-list", role: "group", "aria-label": "Numbers of the network" });
    const help = html("p", { class: "numbers-help" }, ["Type a number, drag it sideways, or use the arrow keys."]);
    this.element = html("div", { class: "numbers-part" }, [this.list, help]);
  }

  /** @param {Network} network */
  show(network) {
    const matrices = editable(network);
    if (this.structure !== structureText(network)) {
      this.structure = structureText(network);
      this.fields = new Map([...matrices].map(([name, matrix]) => [name, this.#field(name, matrix)]));
      this.list.replaceChildren(...[...this.fields.values()].map(({ element }) => element));
    }
    for (const [name, matrix] of matrices) this.fields.get(name)?.show(matrix);
  }

  /**
   * @param {string} name
   * @param {import("../../math/networks/matrix.js").Matrix} matrix
   */
  #field(name, matrix) {
    return new MatrixField({
      label: symbol(name), rows: matrix.length, columns: matrix[0].length, step: STEP, limit: FARTHEST,
      entryName: (row, column) => entryName({ name, row, column }),
      print: fieldText,
      onChange: (row, column, value) => this.onChange(name, row, column, value),
    });
  }
}

/** What has fields; the target of cross-entropy is a class instead. @param {Network} network */
function editable(network) {
  const matrices = parameters(network);
  if (network.loss !== "cross-entropy") matrices.set("y", network.y);
  return matrices;
}
