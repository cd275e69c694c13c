/**
 * The sizes of the chain, from the input to the output, and the buttons that add and remove a link.
 *
 * Markup made here: `fieldset.chain-sizes` with the composition as its legend, a SizeControl for each
 * variable, and two buttons.
 */

import { html, setText } from "../../draw/svg.js";
import { composition, variableOrigin } from "./names.js";
import { SizeControl } from "./size-control.js";
import { FEWEST, MOST } from "./state.js";

/**
 * @typedef {{
 *   resize: (changes: Record<number, number>) => void, addLink: () => void, removeLink: () => void,
 * }} Actions
 */

export class SizesView {
  /** @param {Actions} actions */
  constructor({ resize, addLink, removeLink }) {
    this.legend = html("legend");
    this.controls = Array.from({ length: MOST + 1 }, (_, index) => new SizeControl((size) => resize({ [index]: size })));
    this.add = actionButton("Add a link", addLink);
    this.remove = actionButton("Remove a link", removeLink);
    this.element = html("fieldset", { class: "chain-sizes" }, [
      this.legend,
      html("div", { class: "size-controls" }, this.controls.map(({ element }) => element)),
      html("div", { class: "widget-controls" }, [this.add, this.remove]),
    ]);
  }

  /** @param {readonly number[]} sizes */
  show(sizes) {
    const factors = sizes.length - 1;
    setText(this.legend, composition(factors));
    this.controls.forEach((control, index) => {
      control.element.hidden = index > factors;
      if (index <= factors) control.show(sizes[index], variableOrigin(index, factors), roleOf(index, factors));
    });
    setDisabled(this.add, factors === MOST);
    setDisabled(this.remove, factors === FEWEST);
  }
}

/**
 * @param {number} index
 * @param {number} factors
 */
function roleOf(index, factors) {
  if (index === 0) return "inputs";
  return index === factors ? "outputs" : "";
}

/**
 * A button that stays in the order of the keys when there is nothing for it to do.
 *
 * @param {string} label
 * @param {() => void} action
 */
export function actionButton(label, action) {
  const button = html("button", { type: "button" }, [label]);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") !== "true") action();
  });
  return button;
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} disabled
 */
export function setDisabled(button, disabled) {
  if (disabled) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}
