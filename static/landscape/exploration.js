/**
 * What widgets have in common that are explored by hand: a state that begins somewhere, stands in the
 * address, is drawn once in a frame and told in a sentence when the hand rests.
 *
 *     Exploration          this: the state, and what becomes of it
 *     ExampleExploration   begun from an example that the state names (example-exploration.js)
 *     LandscapeWidget      over a function that the reader types (base.js)
 *
 * A widget says what a state is (`stateOf`, `readState`, `toFields`), how one is taken over (`restore`)
 * and how it is drawn (`draw`, which ends with `tell`).
 */

import { oncePerFrame } from "../draw/frame.js";
import { AddressState, parameterFor } from "../services/address.js";
import { Announcer } from "../services/announcer.js";

/** How long the page waits for pictures that are still being made. */
const PATIENCE = 4000;
/** After so many milliseconds without a change the hand rests. */
const REST = 250;

/**
 * @typedef {import("../controls/preset-chooser.js").Preset} Preset
 * @typedef {{title: string, version: number}} About  what the widget is called; the version of its address
 */

/**
 * @template {object} S  what can be set
 * @template {{presets?: Preset[]}} O  the options of a page
 * @template {About} [A=About]
 */
export class Exploration {
  /**
   * @param {HTMLElement} root
   * @param {O} options
   * @param {A} about
   */
  constructor(root, options, about) {
    this.root = root;
    this.about = about;
    this.examples = /** @type {(O & Preset)[]} */ (options.presets ?? []);
    this.start = this.stateOf(options);
    this.state = this.start;
    /** @type {AddressState<S>} */
    this.address = new AddressState(parameterFor(root), about.version, { [about.version]: (_, read) => this.readState(read) });
    this.announcer = new Announcer();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.render = oncePerFrame(() => this.draw());
  }

  // What a widget says itself.  `stateOf` is asked before its own constructor has run: it knows `about` and `examples`.

  /**
   * The state that options ask for.
   *
   * @param {O} options
   * @returns {S}
   */
  stateOf(options) {
    void options;
    throw unsaid("stateOf");
  }

  /**
   * @param {import("../services/address.js").FieldReader} read
   * @returns {S}
   */
  readState(read) {
    void read;
    throw unsaid("readState");
  }

  /**
   * What differs from the start.
   *
   * @param {S} state
   * @returns {Record<string, string>}
   */
  toFields(state) {
    void state;
    throw unsaid("toFields");
  }

  /**
   * Take over a whole state: an example, a link, the start.
   *
   * @param {S} state
   * @returns {void | Promise<void>}
   */
  restore(state) {
    this.update(state);
  }

  draw() {
    throw unsaid("draw");
  }

  /** What a page waits for, but not for long: the hand can begin already. @returns {Promise<unknown>} */
  drawn() {
    return Promise.resolve();
  }

  // What all of them do.

  get title() {
    return this.about.title;
  }

  async begin() {
    const { root } = this;
    root.setAttribute("aria-label", root.getAttribute("aria-label") ?? this.title);
    const asked = () => this.address.read() ?? this.start;
    this.address.onChange(() => void this.restore(asked()));
    await this.open(asked());
    await Promise.race([this.drawn(), pause(PATIENCE)]);
  }

  /**
   * The first state.
   *
   * @param {S} state
   * @returns {void | Promise<void>}
   */
  open(state) {
    return this.restore(state);
  }

  /** Reset: to what the page itself shows. */
  returnHome() {
    return this.restore(this.address.home ?? this.start);
  }

  /** @param {Partial<S>} change */
  update(change) {
    this.state = { ...this.state, ...change };
    this.render();
  }

  /** What was drawn is said, soon, and kept in the address. @param {() => string} sentence */
  tell(sentence) {
    this.announcer.say(sentence);
    this.remember();
  }

  /** Keep in the address what differs from the start. */
  remember() {
    const fields = this.toFields(this.state);
    this.address.write(Object.keys(fields).length ? fields : null);
  }

  /** What need not be done while the hand moves; only the last of them is done. @param {() => void} work */
  atRest(work) {
    clearTimeout(this.timer);
    this.timer = setTimeout(work, REST);
  }
}

/** @param {string} method */
function unsaid(method) {
  return new TypeError(`A widget says itself what ${method} does.`);
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
