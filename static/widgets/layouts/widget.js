/**
 * Shapes in both layouts: choose a value and a variable, and see where each partial derivative stands;
 * then put the factors of a gradient in order, and see which mistakes the shapes tell.
 *
 * Markup in the page: `<figure class="widget" data-widget="layouts" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.  Everything is
 * computed here; nothing is asked of the server.
 *
 *     state.js   what can be set, and the address     model.js, backpropagation.js   the mathematics
 *     shapes-view.js, shape-control.js   first part   backpropagation-view.js        second part
 *     words.js, verdict.js   sentences
 */

import { PresetChooser } from "../../controls/preset-chooser.js";
import { oncePerFrame } from "../../draw/frame.js";
import { html } from "../../draw/svg.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { loadStyles } from "../../services/styles.js";
import { BackpropagationView } from "./backpropagation-view.js";
import { keepInside } from "./model.js";
import { ShapesView } from "./shapes-view.js";
import { readers, sameExample, stateFromOptions, toFields, VERSION } from "./state.js";
import { verdictSentence } from "./verdict.js";
import { sentence } from "./words.js";

const TITLE = "Shapes in both layouts";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../controls/preset-chooser.js").Preset & import("./state.js").Options} Preset
 * @typedef {import("./state.js").Options & {presets?: Preset[]}} Options
 */

/**
 * @param {HTMLElement} root
 * @param {Options} options
 */
export async function mount(root, options) {
  await loadStyles(
    new URL("../../draw/block.css", import.meta.url),
    new URL("../../controls/controls.css", import.meta.url),
    new URL("./widget.css", import.meta.url),
  );
  new LayoutsWidget(root, options).begin();
}

class LayoutsWidget {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    this.root = root;
    this.start = this.state = stateFromOptions(options);
    this.home = this.start.entry;
    this.address = new AddressState(parameterFor(root), VERSION, readers(this.start));
    this.announcer = new Announcer({ seen: true });
    const change = (/** @type {Partial<State>} */ part) => this.#update(part);
    this.shapes = new ShapesView({ change, home: () => this.#update({ entry: this.home }) });
    this.backpropagation = new BackpropagationView({ change });
    this.presets = new PresetChooser({
      label: "Example",
      own: "Your own choice",
      presets: options.presets ?? [],
      onChoose: (preset) => this.#restore(stateFromOptions(preset)),
    });
    this.modes = this.#modeButtons();
    this.render = oncePerFrame(() => this.#renderNow());
    this.#assemble();
  }

  begin() {
    this.address.onChange(() => this.#restore(this.address.read() ?? this.start));
    this.#restore(this.address.read() ?? this.start);
    this.#renderNow();
    new ResizeObserver(() => this.render()).observe(this.root);
  }

  /** @param {State} state */
  #restore(state) {
    this.home = state.entry;
    this.#update(state);
  }

  /** @param {Partial<State>} change */
  #update(change) {
    const state = { ...this.state, ...change };
    this.state = { ...state, entry: keepInside(state.value, state.variable, state.entry) };
    this.render();
  }

  #renderNow() {
    const { state } = this;
    const first = state.mode === "shapes";
    this.shapes.element.hidden = !first;
    this.backpropagation.element.hidden = first;
    for (const button of this.modes) button.setAttribute("aria-pressed", String(button.value === state.mode));
    this.presets.show(this.presets.presets.find((preset) => sameExample(stateFromOptions(preset), state)));
    if (first) this.#showShapes(state);
    else this.#showBackpropagation(state);
    this.address.write(toFields(state, this.start));
  }

  /** @param {State} state */
  #showShapes(state) {
    this.shapes.show(state, this.shapes.element.clientWidth);
    this.announcer.say(() => sentence(state.value, state.variable, state.entry));
  }

  /** @param {State} state */
  #showBackpropagation(state) {
    const verdict = this.backpropagation.show(state);
    this.announcer.say(() => verdictSentence(state.factors, state.units, verdict));
  }

  /** @returns {HTMLButtonElement[]} */
  #modeButtons() {
    const modes = /** @type {const} */ ([["shapes", "Where entries stand"], ["backpropagation", "Order of factors"]]);
    return modes.map(([mode, label]) => {
      const button = html("button", { type: "button", value: mode, "aria-pressed": "false" }, [label]);
      button.addEventListener("click", () => this.#update({ mode }));
      return button;
    });
  }

  #assemble() {
    const { root } = this;
    const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
    const reset = html("button", { type: "button", class: "quiet" }, ["Reset"]);
    reset.addEventListener("click", () => this.#restore(this.address.home ?? this.start));
    const modes = html("div", { class: "segmented", role: "group", "aria-label": "What is shown" }, this.modes);
    root.replaceChildren(
      html("p", { class: "widget-title" }, [TITLE]),
      alternative,
      html("div", { class: "widget-toolbar" }, [this.presets.element, modes, reset]),
      this.shapes.element,
      this.backpropagation.element,
      this.announcer.element,
    );
    if (!root.hasAttribute("aria-label")) root.setAttribute("aria-label", TITLE);
  }
}
