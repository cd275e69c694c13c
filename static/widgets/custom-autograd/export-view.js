/** The layer as source for PyTorch and JAX, to be copied; only what is right is given out. */

import { copyButton } from "../../controls/copy-button.js";
import { html, setText } from "../../draw/svg.js";

const LIBRARIES = /** @type {const} */ ([["torch", "PyTorch", "torch.autograd.Function"], ["jax", "JAX", "jax.custom_vjp"]]);

export class ExportView {
  /** @param {{say: (sentence: string) => void}} options */
  constructor({ say }) {
    this.note = html("p", { class: "export-note" });
    this.codes = LIBRARIES.map(([key, label, what]) => {
      const code = html("code", {});
      const copy = copyButton("Copy", `Copy the source for ${label}`, () => code.textContent ?? "", say);
      const head = html("div", { class: "export-head" }, [html("span", {}, [html("code", {}, [what])]), copy]);
      const pre = html("pre", { class: "export-source", tabindex: "0", "aria-label": `Source for ${label}` }, [code]);
      const element = html("details", { class: "export" }, [html("summary", {}, [`Source for ${label}`]), head, pre]);
      return { key, code, element };
    });
    this.element = html("section", { class: "exports", "aria-label": "Source" }, [
      html("p", { class: "part-title" }, ["For PyTorch and JAX"]), this.note, ...this.codes.map(({ element }) => element),
    ]);
  }

  /** @param {import("./words.js").Answer} answer */
  show(answer) {
    setText(this.note, noteWords(answer));
    for (const { key, code, element } of this.codes) {
      setText(code, answer[key] ?? "");
      element.hidden = answer[key] === null;
    }
  }
}

/** What the source holds, or why there is none. @param {import("./words.js").Answer} answer */
function noteWords(answer) {
  if (answer.torch !== null && answer.jax !== null) return missingWords(answer);
  if (answer.correct) return "A name or a size in this layer cannot stand in a program, so there is no source.";
  return "The source is given when every backward pass that is written is right.";
}

/** @param {import("./words.js").Answer} answer */
function missingWords({ inputs, checks }) {
  const written = checks.filter(({ verdict }) => verdict === "right").map(({ name }) => name);
  const missing = inputs.filter((name) => !written.includes(name));
  if (!missing.length) return "Inputs and value are saved and nothing between them, so that second derivatives stay right.";
  return `Nothing is passed back to ${missing.join(" and ")}: None in PyTorch, NaN in JAX, so that it cannot be taken for zero.`;
}
