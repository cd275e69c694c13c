/**
 * Building the network: width of the input, width and activation of each layer, the loss.
 *
 *     <div class="builder"><ol class="layers">
 *       <li class="layer"><span class="layer-name">Input</span> width field
 *       <li class="layer"><span class="layer-name">Layer 1</span> affine or not, width field, activation,
 *         Remove …
 *     </ol> <button>Add a layer</button> loss, right class</div>
 */

import { NumberField } from "../../controls/number-field.js";
import { html, setText } from "../../draw/svg.js";
import { LOSSES } from "../../math/networks/operations.js";
import {
  endings, MOST_LAYERS, MOST_UNITS, rightClass, widths, withActivation, withAffine, withClass, withLayer, withLoss,
  withoutLayer, withWidths,
} from "./structure.js";

/** @typedef {import("../../math/networks/network.js").Network} Network */

export class Builder {
  /** @param {{onBuild: (network: Network) => void}} options */
  constructor({ onBuild }) {
    this.onBuild = onBuild;
    /** @type {Network | null} */
    this.network = null;
    /** @type {{width: NumberField, own: {affine: HTMLInputElement, activation: HTMLSelectElement} | null}[]} */
    this.rows = [];
    this.list = html("ol", { class: "layers" });
    this.add = html("button", { type: "button" }, ["Add a layer"]);
    this.loss = select("Loss", LOSSES.map((name) => [name, name]), (value) => this.#chooseLoss(value));
    this.target = select("Right class", [], (value) => this.#change((network) => withClass(network, Number(value))));
    this.note = html("p", { class: "builder-note", role: "status" });
    this.add.addEventListener("click", () => this.#change(withLayer));
    this.element = html("div", { class: "builder" }, [
      this.list,
      html("div", { class: "widget-controls" }, [this.add, this.loss.element, this.target.element]),
      this.note,
    ]);
  }

  /** @param {Network} network */
  show(network) {
    this.network = network;
    const sizes = widths(network);
    if (this.rows.length !== sizes.length) this.#makeRows(sizes.length);
    this.rows.forEach(({ width, own }, index) => {
      width.show(sizes[index], String(sizes[index]));
      if (own) this.#showLayer(width, own, network, index - 1);
    });
    this.add.disabled = network.layers.length >= MOST_LAYERS;
    this.loss.select.value = network.loss;
    this.target.element.hidden = network.loss !== "cross-entropy";
    if (network.loss === "cross-entropy") {
      fill(this.target.select, network.y.map((_, index) => [String(index), String(index + 1)]), String(rightClass(network)));
    }
  }

  /**
   * @param {NumberField} width
   * @param {{affine: HTMLInputElement, activation: HTMLSelectElement}} own
   * @param {Network} network
   * @param {number} index
   */
  #showLayer(width, { affine, activation }, { layers, loss }, index) {
    const isAffine = layers[index].W !== null;
    affine.checked = isAffine;
    width.element.hidden = !isAffine;
    const names = index === layers.length - 1 ? endings(loss) : endings("squared error");
    const possible = names.filter((name) => name !== null || isAffine);
    fill(activation, possible.map((name) => [name ?? "", name ?? "no activation"]), layers[index].activation ?? "");
  }

  /** @param {number} count  with the input */
  #makeRows(count) {
    this.rows = Array.from({ length: count }, (_, index) => ({
      width: this.#widthField(index),
      own: index ? { affine: this.#affineBox(index), activation: this.#activationField(index) } : null,
    }));
    const items = this.rows.map(({ width, own }, index) => {
      const name = html("span", { class: "layer-name" }, [index ? `Layer ${index}` : "Input"]);
      const parts = own
        ? [name, html("label", { class: "check" }, [own.affine, "affine"]), width.element, own.activation]
        : [name, width.element];
      if (index && index < count - 1) parts.push(this.#removeButton(index));
      return html("li", { class: "layer" }, parts);
    });
    this.list.replaceChildren(...items);
  }

  /** @param {number} index */
  #widthField(index) {
    return new NumberField({
      label: "width", name: index ? `Width of layer ${index}` : "Width of the input", step: 1, min: 1, max: MOST_UNITS, whole: true,
      onChange: (size) => this.#change((network) => withWidths(network, widths(network).map((width, at) => (at === index ? size : width)))),
    });
  }

  /** @param {number} index */
  #affineBox(index) {
    const element = html("input", { type: "checkbox", "aria-label": `Layer ${index} is affine` });
    element.addEventListener("change", () => this.#change((network) => withAffine(network, index - 1, element.checked)));
    return element;
  }

  /** @param {number} index */
  #activationField(index) {
    const element = html("select", { "aria-label": `Activation of layer ${index}` });
    element.addEventListener("change", () => this.#change((network) => withActivation(network, index - 1, element.value || null)));
    return element;
  }

  /** @param {number} index */
  #removeButton(index) {
    const element = html("button", { type: "button", class: "quiet icon", "aria-label": `Remove layer ${index}` }, ["×"]);
    element.addEventListener("click", () => {
      this.#change((network) => withoutLayer(network, index - 1));
      this.add.focus();
    });
    return element;
  }

  /** @param {string} value */
  #chooseLoss(value) {
    const { network } = this;
    if (!network) return;
    const next = withLoss(network, /** @type {import("../../math/networks/operations.js").LossName} */ (value));
    const ending = (/** @type {Network} */ each) => each.layers[each.layers.length - 1].activation;
    const changed = ending(next) !== ending(network);
    this.#build(next);
    setText(this.note, changed ? "Cross-entropy compares probabilities, so the last layer now ends in softmax." : "");
  }

  /** @param {(network: Network) => Network} change */
  #change(change) {
    if (!this.network) return;
    setText(this.note, "");
    this.#build(change(this.network));
  }

  /** @param {Network} network  what the next change starts from, which may come before this is shown */
  #build(network) {
    this.network = network;
    this.onBuild(network);
  }
}

/**
 * @param {string} label
 * @param {[string, string][]} choices
 * @param {(value: string) => void} onChoose
 */
function select(label, choices, onChoose) {
  const element = html("select", { "aria-label": label });
  fill(element, choices, choices[0]?.[0] ?? "");
  element.addEventListener("change", () => onChoose(element.value));
  const caption = html("span", { class: "field-label" }, [label]);
  return { select: element, element: html("label", { class: "field" }, [caption, element]) };
}

/**
 * @param {HTMLSelectElement} element
 * @param {[string, string][]} choices  value and words
 * @param {string} value
 */
function fill(element, choices, value) {
  const key = choices.join(";");
  if (element.dataset.choices !== key) {
    element.dataset.choices = key;
    element.replaceChildren(...choices.map(([each, words]) => html("option", { value: each }, [words])));
  }
  element.value = value;
}
