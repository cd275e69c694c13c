/**
 * Jacobian as linearization: drag a point and see a small square bent by f, and the parallelogram
 * that the Jacobian makes of it.
 *
 * Markup in the page: `<figure class="widget" data-widget="jacobian" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.  What is in
 * the figure stays there as the text alternative, for print and screen readers.
 *
 *     state.js    what can be set, and the address      model.js     the mathematics
 *     source.js   the function from the server          picture.js   the two planes
 *     words.js    sentences                             readout.js   the numbers
 *     layout.js   controls, and their order in the page
 */

import { oncePerFrame } from "../../draw/frame.js";
import { decimalsFor, fixed } from "../../math/format.js";
import { View } from "../../math/view.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { loadStyles } from "../../services/styles.js";
import { assemble, makeControls } from "./layout.js";
import { LinearizationModel } from "./model.js";
import { Picture } from "./picture.js";
import { Readout, readingElements } from "./readout.js";
import { FunctionSource, isRefusal } from "./source.js";
import { readers, sameFunction, stateFromOptions, toFields, VERSION } from "./state.js";
import { printed, sentence } from "./words.js";

const INPUT_HALF = 2.5;
const SQUARE_MARGIN = 1.6;
/** @type {[string, string]} */
const USUAL_NAMES = ["x", "y"];

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./layout.js").Preset} Preset
 * @typedef {import("./state.js").Options & {presets?: Preset[]}} Options
 */

/**
 * @param {HTMLElement} root
 * @param {Options} options
 */
export async function mount(root, options) {
  await loadStyles(
    new URL("../../draw/plane.css", import.meta.url),
    new URL("../../controls/controls.css", import.meta.url),
    new URL("./widget.css", import.meta.url),
  );
  await new JacobianWidget(root, options).begin();
}

class JacobianWidget {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    this.root = root;
    this.start = stateFromOptions(options);
    this.address = new AddressState(parameterFor(root), VERSION, readers(this.start));
    this.state = this.start;
    /** @type {State | Pick<State, "f" | "vars">} what was asked for last */
    this.wanted = this.start;
    /** @type {import("./source.js").Refusal | null} why that was not to be had */
    this.refusal = null;
    /** @type {LinearizationModel | null} the last good function; what is shown */
    this.model = null;
    this.source = new FunctionSource();
    this.announcer = new Announcer();
    this.readout = new Readout();
    this.picture = new Picture({ onViews: () => this.#update({}) });
    this.controls = makeControls(this.picture, options.presets ?? [], this.#actions());
    this.render = oncePerFrame(() => this.#renderNow());
    assemble(root, this.controls, this.picture, this.readout, this.announcer);
  }

  async begin() {
    this.address.onChange(() => this.#restore(this.address.read() ?? this.start));
    const asked = this.address.read() ?? this.start;
    await this.#restore(asked);
    // A link whose function is refused: the complaint stays, the page's own function is shown.
    const { f, vars } = this.start;
    if (this.refusal && !this.refusal.passing && asked.f !== f) await this.#load({ ...asked, f, vars });
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      choose: (preset) => this.#restore({ ...stateFromOptions(preset), size: this.state.size }),
      type: (f) => this.#type(f),
      move: (x, y) => this.#update({ x, y }),
      moveX: (x) => this.#update({ x }),
      moveY: (y) => this.#update({ y }),
      home: () => this.#update({ x: this.home.x, y: this.home.y }),
      resize: (size) => this.#update({ size }),
      zoomToSquare: () => this.#zoomToSquare(),
      reset: () => this.#restore(this.address.home ?? this.start),
      retry: () => this.#load(this.wanted),
      describe: (x, y) => this.#describe(x, y),
    };
  }

  /** Where the point returns to: the page's own place, or the example's. */
  get home() {
    if (sameFunction(this.start, this.state)) return this.start;
    const preset = this.#preset();
    return preset ? stateFromOptions(preset) : this.start;
  }

  /**
   * Take over a whole state: function, point and views.
   *
   * @param {State} state
   */
  #restore(state) {
    this.controls.expression.setValue(state.f);
    return this.#load(state);
  }

  /**
   * Show what the reader typed, in the variables of before or else in x and y.
   *
   * @param {string} f
   */
  #type(f) {
    const { vars } = this.state;
    const usual = vars.join() === USUAL_NAMES.join();
    return this.#load({ f, vars }, usual ? undefined : { f, vars: USUAL_NAMES });
  }

  /**
   * Ask for a function and show it; what is shown stays until the answer is good.
   *
   * @param {State | Pick<State, "f" | "vars">} wanted  a whole state, or only the function
   * @param {Pick<State, "f" | "vars">} [otherwise]  tried when a name is unknown
   * @returns {Promise<void>}
   */
  async #load(wanted, otherwise) {
    this.wanted = wanted;
    this.root.setAttribute("aria-busy", "true");
    if (!this.model) this.controls.expression.reading.textContent = "Loading the function …";
    try {
      const answer = await this.source.load(wanted.f, wanted.vars);
      if (answer) this.#show(answer, wanted);
    } catch (error) {
      this.root.removeAttribute("aria-busy");
      if (!isRefusal(error)) throw error;
      if (otherwise && error.code === "unknown-name") return this.#load(otherwise);
      this.#refused(error);
    }
  }

  /**
   * @param {import("./source.js").Answer} answer
   * @param {State | Pick<State, "f" | "vars">} wanted
   */
  #show(answer, wanted) {
    this.model = this.picture.model = new LinearizationModel(answer.tape);
    this.refusal = null;
    // A function that was typed leaves the point where the hand has put it meanwhile.
    this.state = { ...this.state, ...wanted };
    this.root.removeAttribute("aria-busy");
    this.#nameVariables(wanted.vars);
    this.#placeViews("x" in wanted ? wanted : null);
    const { expression, presets } = this.controls;
    if (expression.input.value === wanted.f) expression.showReading(readingElements(answer));
    this.readout.setFunction(answer);
    presets.show(this.#preset());
    this.#update({});
  }

  /** @param {import("./source.js").Refusal} refusal */
  #refused(refusal) {
    const { message, span, hint, passing } = refusal;
    this.refusal = refusal;
    const { expression, retry } = this.controls;
    if (!this.model) expression.reading.replaceChildren();
    expression.showProblem({ message, span, hint });
    if (passing) expression.problem.append(retry);
  }

  /** @param {[string, string]} vars */
  #nameVariables(vars) {
    const [first, second] = vars.map(printed);
    this.controls.expression.relabel(`f(${first}, ${second}) =`);
    this.controls.x.rename(first, `${first} of the point`);
    this.controls.y.rename(second, `${second} of the point`);
    this.picture.setNames(vars);
    this.readout.setNames(vars);
  }

  /**
   * A whole state brings its views; a function that was typed keeps the input plane as it is.
   *
   * @param {State | null} state
   */
  #placeViews(state) {
    const { input, output } = this.picture;
    const preset = this.#preset();
    const own = preset ? stateFromOptions(preset) : null;
    const start = sameFunction(this.start, this.state) ? this.start : null;
    if (state) input.setHome(viewOf(start?.input ?? own?.input ?? { x: 0, y: 0, half: INPUT_HALF }));
    output.setHome(viewOf(start?.output ?? own?.output ?? this.#usualWindow()));
    if (state?.input) input.setView(viewOf(state.input));
    if (state?.output) output.setView(viewOf(state.output));
  }

  /** A window of the output plane that suits the function. @returns {import("./state.js").Window} */
  #usualWindow() {
    const model = /** @type {LinearizationModel} */ (this.model);
    return model.outputWindow(this.picture.input.home, model.at(this.state.x, this.state.y));
  }

  /** The example that is shown, if it is one. @returns {Preset | undefined} */
  #preset() {
    return this.controls.presets.presets.find((preset) => sameFunction(stateFromOptions(preset), this.state));
  }

  /** @param {Partial<State>} change */
  #update(change) {
    this.state = { ...this.state, ...change };
    this.render();
  }

  #renderNow() {
    if (!this.model) return;
    const { x, y, size, vars } = this.state;
    const local = this.model.at(x, y);
    local.kink = this.model.hasKink(local, x, y);
    this.picture.show(x, y, size, local);
    this.#showControls(this.state);
    this.readout.showLocal(local);
    this.readout.showErrors(size, this.model.errorsAround(local, x, y));
    this.announcer.say(() => sentence(vars, this.#coordinates(x, y), local));
    this.#remember();
  }

  /** @param {State} state */
  #showControls({ x, y, size }) {
    const [textX, textY] = this.#coordinates(x, y);
    this.controls.handle.show(x, y);
    this.controls.x.show(x, textX);
    this.controls.y.show(y, textY);
    this.controls.size.show(Math.log2(size));
  }

  /** Keep in the address what differs from the start; the views only where the reader moved them. */
  #remember() {
    const { input, output } = this.picture;
    const state = { ...this.state, input: movedWindow(input), output: movedWindow(output) };
    this.address.write(toFields(state, { ...this.start, input: null, output: null }));
  }

  /**
   * The coordinates as text: two decimals, more where the view is so close that they matter.
   *
   * @param {number} x
   * @param {number} y
   * @returns {[string, string]}
   */
  #coordinates(x, y) {
    const decimals = decimalsFor(this.picture.input.view.grain);
    return [fixed(x, decimals), fixed(y, decimals)];
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #describe(x, y) {
    const [first, second] = this.state.vars.map(printed);
    const [textX, textY] = this.#coordinates(x, y);
    return `${first} = ${textX}, ${second} = ${textY}`;
  }

  /** Look so closely that the square fills the picture: the bent grid turns into the straight one. */
  #zoomToSquare() {
    if (!this.model) return;
    const { x, y, size } = this.state;
    const { value, singularValues } = this.model.at(x, y);
    const reach = Math.max(singularValues[0], 0.1) * size * SQUARE_MARGIN;
    this.picture.input.navigate(new View(x, y, size * SQUARE_MARGIN));
    if (Number.isFinite(value[0] + value[1] + reach)) this.picture.output.navigate(new View(...value, reach));
  }
}

/** @param {import("./state.js").Window} window */
function viewOf({ x, y, half }) {
  return new View(x, y, half);
}

/**
 * @param {import("../../draw/plane.js").Plane} plane
 * @returns {import("./state.js").Window | null}
 */
function movedWindow({ view, home }) {
  const same = view.x === home.x && view.y === home.y && view.half === home.half;
  return same ? null : { x: view.x, y: view.y, half: view.half };
}
