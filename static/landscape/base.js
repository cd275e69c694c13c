/**
 * What the widgets over a landscape have in common: a function that is asked for once, its contour map
 * with a point to drag, its surface beside it, the fields, the examples, the state in the address.
 *
 * A widget extends {@link LandscapeWidget} and says what is drawn and told at the point.  What does not
 * belong to a landscape is in exploration.js.
 *
 *     model.js    the mathematics            state.js     what can be set, and the address
 *     source.js   questions to the server    words.js     sentences
 *     readings.js parts of the page          parts.js     what it is made of
 *     views.js    camera and window          loader.js    asking for a function
 *     stage.js    map, surface and table over one window
 */

import { Exploration } from "./exploration.js";
import { FunctionLoader } from "./loader.js";
import { ScalarField } from "./model.js";
import { makeParts, WINDOW_HALF } from "./parts.js";
import { readingElements } from "./readings.js";
import { FieldSource } from "./source.js";
import { Stage } from "./stage.js";
import { readState, sameFunction, stateFromOptions, toFields } from "./state.js";
import { cameraOf, movedWindow, turnedCamera } from "./views.js";
import { place, printed, silence } from "./words.js";

export { loadLandscapeStyles } from "./styles.js";

const USUAL_WINDOW = { x: 0, y: 0, half: WINDOW_HALF };
/**
 * @typedef {import("./model.js").Local} Local
 * @typedef {import("./model.js").Box} Box
 * @typedef {import("./source.js").Answer} Answer
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Options & {presets?: Preset[]}} Options
 * @typedef {import("./parts.js").Preset} Preset
 * @typedef {{f: string, vars: [string, string], at: [number, number]}} Original
 */

/**
 * @template {State} S
 * @extends {Exploration<S, Options, import("./exploration.js").About & {original: Original}>}
 */
export class LandscapeWidget extends Exploration {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   * @param {{title: string, version: number, original: Original}} about
   */
  constructor(root, options, about) {
    super(root, options, about);
    /** @type {ScalarField | null} the last good function; what is shown */
    this.field = null;
    this.source = new FieldSource();
    const parts = makeParts(this.start.camera, this.examples, this.#actions());
    this.plane = parts.plane;
    this.map = parts.map;
    this.surface = parts.surface;
    this.numbers = parts.numbers;
    this.presets = parts.presets;
    this.expression = parts.expression;
    this.x = parts.x;
    this.y = parts.y;
    this.reset = parts.reset;
    this.retry = parts.retry;
    this.handle = parts.handle;
    /** @type {FunctionLoader<S>} */
    this.loader = new FunctionLoader({
      root, source: this.source, expression: this.expression, retry: this.retry,
      accept: (answer, wanted) => this.#accept(answer, wanted),
    });
    this.own = this.#ownWindow();
    /** What a widget asks of its own at the start. @type {Promise<unknown>} */
    this.settled = Promise.resolve();
    /** @type {Local | undefined} what is known at the point shown */
    this.local = undefined;
    this.plane.onNavigate = () => this.render();
    this.stage = new Stage(parts, { onView: () => this.#followView() });
  }

  /** @returns {import("./parts.js").Actions} */
  #actions() {
    const change = (/** @type {Partial<State>} */ part) => this.update(/** @type {Partial<S>} */ (part));
    return {
      choose: (preset) => this.restore({ ...this.state, ...this.stateOf(preset), camera: this.state.camera }),
      type: (f) => this.loader.type(f, this.state.vars),
      moveX: (x) => change({ x }),
      moveY: (y) => change({ y }),
      move: (x, y) => this.move(x, y),
      place: (x, y) => this.place(x, y),
      home: () => this.move(this.home.x, this.home.y),
      describe: (x, y) => place(this.state.vars, this.stage.coordinates(x, y)),
      reset: () => this.returnHome(),
      retry: () => this.loader.retry(),
      turn: () => this.remember(),
    };
  }

  // What a widget says itself.

  /**
   * The state that options ask for.
   *
   * @param {import("./state.js").Options} options
   * @returns {S}
   */
  stateOf(options) {
    return /** @type {S} */ (stateFromOptions(options, this.about.original));
  }

  /**
   * @param {import("../services/address.js").FieldReader} read
   * @returns {S}
   */
  readState(read) {
    return readState(read, this.start);
  }

  /**
   * @param {S} state
   * @returns {Record<string, string>}
   */
  toFields(state) {
    return toFields(state, this.start);
  }

  /** @param {Answer} answer  a function is to be shown */
  onFunction(answer) {
    void answer;
  }

  /** @param {Local} local  draw what belongs to the point, over map and surface, and its numbers */
  show(local) {
    void local;
  }

  /**
   * @param {Local} local
   * @returns {string} what is said about the point, after where it is
   */
  sentence(local) {
    return silence(local) ?? "";
  }

  /** The window is another one. */
  onWindow() {}

  // What all of them do.

  /** @param {S} asked */
  async open(asked) {
    await this.restore(asked);
    // A link whose function is refused: the complaint stays, the page's own function is shown.
    const { f, vars } = this.start;
    const { refusal } = this.loader;
    if (refusal && !refusal.passing && asked.f !== f) await this.loader.load({ ...asked, f, vars });
  }

  drawn() {
    return Promise.all([this.map.settled, this.settled]);
  }

  /**
   * Take over a whole state: function, point and views.
   *
   * @param {S} state
   */
  restore(state) {
    this.expression.setValue(state.f);
    this.surface.setCamera(cameraOf(state.camera ?? this.start.camera));
    return this.loader.load(state);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  move(x, y) {
    this.update(/** @type {any} */ ({ x, y }));
  }

  /**
   * A single click in the map.
   *
   * @param {number} x
   * @param {number} y
   */
  place(x, y) {
    this.move(x, y);
  }

  /** Where the point returns to: the page's own place, or the example's. */
  get home() {
    if (sameFunction(this.start, this.state)) return this.start;
    const preset = this.preset;
    return preset ? this.stateOf(preset) : this.start;
  }

  /** The example that is shown, if it is one. @returns {Preset | undefined} */
  get preset() {
    return this.examples.find((preset) => sameFunction(this.stateOf(preset), this.state));
  }

  /**
   * @param {Answer} answer
   * @param {S | Pick<State, "f" | "vars">} wanted
   */
  #accept(answer, wanted) {
    const field = (this.field = new ScalarField(answer.tape));
    // A function that was typed leaves the point where the hand has put it meanwhile.
    this.state = { ...this.state, ...wanted };
    this.#nameVariables(wanted.vars);
    this.own = this.#ownWindow();
    // A whole state brings its window; a function that was typed keeps the one shown.
    if ("x" in wanted) this.stage.frame(this.own, wanted.window);
    if (this.expression.input.value === wanted.f) this.expression.showReading(readingElements(answer));
    this.presets.show(this.preset);
    this.stage.show(field, this.state.vars);
    this.onFunction(answer);
    this.update({});
  }

  /** @param {[string, string]} vars */
  #nameVariables(vars) {
    const [first, second] = vars.map(printed);
    this.expression.relabel(`f(${first}, ${second}) =`);
    this.x.rename(first, `${first} of the point`);
    this.y.rename(second, `${second} of the point`);
    this.plane.renameAxes([first, second]);
  }

  /** The window that belongs to the function: the page's own, or the example's, or the usual one. */
  #ownWindow() {
    const start = sameFunction(this.start, this.state) ? this.start.window : null;
    const preset = this.preset;
    return start ?? (preset ? this.stateOf(preset).window : null) ?? USUAL_WINDOW;
  }

  #followView() {
    if (this.local && this.field) this.show(this.local);
    this.onWindow();
  }

  draw() {
    if (!this.field) return;
    const { x, y, vars } = this.state;
    this.plane.keepInSight(x, y, 0.02);
    const local = (this.local = this.field.at(x, y));
    const [textX, textY] = this.stage.coordinates(x, y);
    this.handle.show(x, y);
    this.x.show(x, textX);
    this.y.show(y, textY);
    this.show(local);
    this.tell(() => `At ${place(vars, this.stage.coordinates(x, y))}: ${this.sentence(local)}`);
  }

  /** The views only where the reader moved them. */
  remember() {
    this.state = { ...this.state, window: movedWindow(this.plane, this.own), camera: turnedCamera(this.surface) };
    super.remember();
  }
}
