/**
 * The chain rule in motion: the Jacobians of y = f(g(h(x))) as blocks, multiplied in one order or
 * another, and what each order costs.
 *
 * Markup in the page: `<figure class="widget" data-widget="chain-rule" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.  Sizes and
 * costs are computed here; for the composition in numbers the server is asked once for each function.
 *
 *     state.js        what can be set, and the address      names.js, words.js   names and sentences
 *     scale.js        sizes and pixels                      sizes-view.js, size-control.js   the sizes
 *     blocks-view.js, corner-handle.js   the blocks         joints-view.js   multiplying, step by step
 *     costs-view.js, costs-chart.js   what the orders cost   numbers-view.js, -model, -source, -words
 *                                                           the second part: a composition in numbers
 *
 * The mathematics is in math/matrix-chain.js (orders and their costs) and math/product.js (blocks in
 * any arrangement).
 */

import { PresetChooser } from "../../controls/preset-chooser.js";
import { oncePerFrame } from "../../draw/frame.js";
import { html, setText } from "../../draw/svg.js";
import { carryOut, swapped } from "../../math/product.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { loadStyles } from "../../services/styles.js";
import { BlocksView } from "./blocks-view.js";
import { CostsView } from "./costs-view.js";
import { JointsView } from "./joints-view.js";
import { NumbersView } from "./numbers-view.js";
import { ReachChooser } from "./reach-chooser.js";
import { reachFor } from "./scale.js";
import { SizesView } from "./sizes-view.js";
import { showWords } from "./names.js";
import { readers, sameExample, startedOver, stateFromOptions, toFields, VERSION, withLink, withoutLink } from "./state.js";
import { sentence } from "./words.js";

const TITLE = "The chain rule in motion";

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
    new URL("../../controls/controls.css", import.meta.url),
    new URL("./widget.css", import.meta.url),
    new URL("./blocks.css", import.meta.url),
    new URL("./costs.css", import.meta.url),
    new URL("./numbers.css", import.meta.url),
  );
  new ChainRuleWidget(root, options).begin();
}

class ChainRuleWidget {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    this.root = root;
    this.start = this.state = this.home = stateFromOptions(options);
    this.address = new AddressState(parameterFor(root), VERSION, readers(this.start));
    this.announcer = new Announcer();
    const resize = (/** @type {Record<number, number>} */ changes) => this.#resize(changes);
    this.sizes = new SizesView({
      resize,
      addLink: () => this.#update(withLink(this.state)),
      removeLink: () => this.#update(withoutLink(this.state)),
    });
    this.blocks = new BlocksView({ resize, home: () => this.#takeSizesHome() });
    this.joints = new JointsView({
      multiply: (place) => this.#update({ places: [...this.work.places, place] }),
      swap: (place) => this.#update({ arrangement: swapped(this.state.arrangement, place), places: [] }),
      undo: () => this.#update({ places: this.work.places.slice(0, -1) }),
      startOver: () => this.#update(startedOver(this.state)),
    });
    this.costs = new CostsView();
    this.numbers = new NumbersView({ change: (change) => this.#update(change), loaded: () => this.render() });
    this.modes = this.#modeButtons();
    this.verdict = html("p", { class: "chain-verdict", "aria-hidden": "true" });
    this.parts = { costs: html("div", { class: "chain-part" }), numbers: html("div", { class: "chain-part" }) };
    this.reach = new ReachChooser((reach) => this.#update({ reach }));
    this.presets = new PresetChooser({
      label: "Example",
      own: "Your own sizes",
      presets: options.presets ?? [],
      onChoose: (preset) => this.#restore(stateFromOptions(preset)),
    });
    /** The examples as states, so that none is read again in every frame. */
    this.examples = this.presets.presets.map((preset) => ({ preset, state: stateFromOptions(preset) }));
    /** @type {{preset: Preset, state: State} | undefined | null} the example that is shown, if it is one */
    this.chosen = null;
    /** @type {{preset: Preset, state: State} | undefined} that whose words are shown */
    this.example = undefined;
    this.width = 0;
    this.render = oncePerFrame(() => this.#renderNow());
    this.#assemble();
  }

  begin() {
    this.address.onChange(() => this.#restore(this.address.read() ?? this.start));
    this.#restore(this.address.read() ?? this.start);
    this.width = this.blocks.element.clientWidth || this.root.clientWidth; // none where the numbers are shown first
    this.#renderNow();
    new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width)).observe(this.blocks.element);
    document.addEventListener("nabla:layout", () => this.render());
  }

  /**
   * The width is told, not asked for in each frame: to ask would have the page laid out twice.
   *
   * @param {number} width  0 while the blocks are hidden
   */
  #resized(width) {
    if (width) this.width = width;
    this.render();
  }

  /** @returns {import("./names.js").Layout} */
  get layout() {
    return document.documentElement.dataset.layout === "denominator" ? "denominator" : "numerator";
  }

  get work() {
    const { sizes, arrangement, places } = this.state;
    return carryOut(sizes, arrangement, places);
  }

  /** @param {State} state */
  #restore(state) {
    this.home = state;
    this.numbers.restore(state);
    this.#update(state);
  }

  /** Back to the sizes of the start or the example, as far as there are as many. */
  #takeSizesHome() {
    const { sizes, reach } = this.home;
    if (sizes.length === this.state.sizes.length) this.#update({ sizes, reach });
  }

  /** @param {Record<number, number>} changes  new sizes by index */
  #resize(changes) {
    const sizes = this.state.sizes.map((size, index) => changes[index] ?? size);
    this.#update({ sizes, reach: Math.max(this.state.reach, reachFor(sizes)) });
  }

  /** @param {Partial<State>} change */
  #update(change) {
    this.state = { ...this.state, ...change };
    this.render();
  }

  #renderNow() {
    const { state, layout } = this;
    const costs = state.mode === "costs";
    this.parts.costs.hidden = !costs;
    this.parts.numbers.hidden = costs;
    for (const button of this.modes) button.setAttribute("aria-pressed", String(button.value === state.mode));
    this.#showExample(state);
    if (costs) this.#showCosts(state, layout);
    else this.#showNumbers(state, layout);
    this.address.write(toFields(state, this.start));
  }

  /**
   * @param {State} state
   * @param {import("./names.js").Layout} layout
   */
  #showCosts(state, layout) {
    const { work } = this;
    this.sizes.show(state.sizes);
    this.blocks.show(state, work.pieces, layout, this.width);
    this.reach.show(state);
    this.joints.show(state, work, layout);
    this.costs.show(state, layout, this.width);
    const words = sentence(state, work, layout);
    showWords(this.verdict, words);
    this.announcer.say(() => words);
  }

  /**
   * @param {State} state
   * @param {import("./names.js").Layout} layout
   */
  #showNumbers(state, layout) {
    const words = this.numbers.show(state, layout);
    if (words) this.announcer.say(() => words);
  }

  /**
   * What to look for stays while sizes are changed: it says what to change, and the blocks below must
   * not move under the hand.
   *
   * @param {State} state
   */
  #showExample(state) {
    const { presets, examples } = this;
    const exact = examples.find((example) => sameExample(example.state, state));
    const kept = this.example?.state;
    const alike = kept?.mode === state.mode && kept.sizes.length === state.sizes.length;
    const before = [this.chosen, this.example];
    if (exact || !alike) this.example = exact;
    this.chosen = exact;
    if (before[0] === this.chosen && before[1] === this.example) return;
    presets.show(exact?.preset);
    setText(presets.look, this.example?.preset.look ?? "");
    presets.look.hidden = !this.example;
  }

  /** @returns {HTMLButtonElement[]} */
  #modeButtons() {
    const modes = /** @type {const} */ ([["costs", "Sizes and costs"], ["numbers", "With numbers"]]);
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
    this.parts.costs.append(
      this.sizes.element, this.blocks.element, this.reach.element, this.joints.element, this.verdict, this.costs.element,
    );
    this.parts.numbers.append(this.numbers.element);
    root.replaceChildren(
      html("p", { class: "widget-title" }, [TITLE]),
      alternative,
      html("div", { class: "widget-toolbar" }, [this.presets.element, modes, reset]),
      this.parts.costs,
      this.parts.numbers,
      this.announcer.element,
    );
    if (!root.hasAttribute("aria-label")) root.setAttribute("aria-label", TITLE);
  }
}
