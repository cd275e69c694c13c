/**
 * The gradient check: every entry of the gradient beside its central difference, in a table.
 *
 *     <details class="check-part"><summary>Gradient check …</summary>
 *       <p class="check-words">…</p> <div class="check-frame"><table class="numbers">…
 *       <button>Compare with NumPy</button> <p class="numpy-words">…
 */

import { html, setText } from "../../draw/svg.js";
import { checkSentence, entryName, errorText, numberText, VERDICTS } from "./words.js";

/** @typedef {import("../../math/networks/differences.js").Compared} Compared */

const HEADINGS = ["Derivative of ℓ by", "backpropagation", "central difference", "relative error", "verdict"];

export class CheckView {
  /** @param {{onCompare: () => void}} options  the reader asks for the server's numbers */
  constructor({ onCompare }) {
    this.words = html("p", { class: "check-words" });
    this.body = html("tbody");
    const head = html("tr", {}, HEADINGS.map((words) => html("th", { scope: "col" }, [words])));
    const table = html("table", { class: "numbers check-table", "aria-label": "Gradient check" }, [html("thead", {}, [head]), this.body]);
    this.button = html("button", { type: "button" }, ["Compare with NumPy"]);
    this.numpy = html("p", { class: "numpy-words", role: "status" });
    this.button.addEventListener("click", onCompare);
    this.element = html("details", { class: "check-part", open: true }, [
      html("summary", {}, ["Gradient check, entry by entry"]),
      this.words,
      html("div", { class: "check-frame", tabindex: 0, role: "region", "aria-label": "Table of the gradient check" }, [table]),
      html("div", { class: "widget-controls numpy" }, [this.button, this.numpy]),
    ]);
    /** @type {HTMLTableCellElement[][]} */
    this.cells = [];
    this.names = "";
  }

  /** @param {readonly Compared[]} compared */
  show(compared) {
    const names = compared.map(entryName);
    if (this.names !== names.join()) this.#makeRows(names);
    this.names = names.join();
    setText(this.words, checkSentence(compared));
    this.words.dataset.kind = compared.some(({ verdict }) => verdict === "differs" || verdict === "undefined") ? "differs" : "agrees";
    compared.forEach((each, index) => {
      const { gradient, difference, error, verdict } = each;
      const texts = [Number.isNaN(gradient) ? "–" : numberText(gradient), numberText(difference), Number.isFinite(error) ? errorText(error) : "–", VERDICTS[verdict]];
      this.cells[index].forEach((cell, at) => setText(cell, texts[at]));
      const row = this.cells[index][0].parentElement;
      if (row && row.dataset.verdict !== verdict) row.dataset.verdict = verdict;
    });
  }

  /** @param {string} words */
  showNumpy(words) {
    setText(this.numpy, words);
  }

  /** @param {string[]} names */
  #makeRows(names) {
    this.cells = names.map(() => HEADINGS.slice(1).map(() => html("td")));
    this.body.replaceChildren(
      ...names.map((name, index) => html("tr", {}, [html("th", { scope: "row" }, [name]), ...this.cells[index]])),
    );
  }
}
