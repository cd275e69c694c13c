/**
 * An exploration whose state names the example from which it was begun: what it does not change is as in
 * the example, and what it does makes the example the reader's own.
 */

import { Exploration } from "./exploration.js";

/**
 * @typedef {import("./exploration.js").Preset} Preset
 * @typedef {import("../services/address.js").FieldReader} FieldReader
 */

/**
 * @template {{example: string}} S
 * @template {{presets?: Preset[]}} O
 * @typedef {import("./exploration.js").About & {
 *   stateFromOptions: (options: O | {example: string}, presets: (O & Preset)[]) => S,
 *   readState: (read: FieldReader, start: S, presets: (O & Preset)[]) => S,
 *   toFields: (state: S, start: S, presets: (O & Preset)[]) => Record<string, string>,
 *   subject: (state: S) => unknown,
 * }} About  the functions of the widget's state.js; `subject` is what makes an example this one and no other
 */

/**
 * @template {{example: string}} S
 * @template {{presets?: Preset[]}} O
 * @extends {Exploration<S, O, About<S, O>>}
 */
export class ExampleExploration extends Exploration {
  /** @param {O | {example: string}} options */
  stateOf(options) {
    return this.about.stateFromOptions(options, this.examples);
  }

  /** @param {FieldReader} read */
  readState(read) {
    return this.about.readState(read, this.start, this.examples);
  }

  /** @param {S} state */
  toFields(state) {
    return this.about.toFields(state, this.start, this.examples);
  }

  /** The example from which the state was begun, if it was one. */
  get example() {
    return this.examples.find(({ id }) => id === this.state.example);
  }

  /** That example as it was prepared, or the start. @returns {S} */
  get base() {
    const { example } = this;
    return example && example.id !== this.start.example ? this.stateOf({ example: example.id }) : this.start;
  }

  /** What can be done in every one of them. */
  get actions() {
    return {
      choosePreset: (/** @type {Preset} */ { id }) => void this.restore(this.stateOf({ example: id })),
      redraw: () => this.render(),
      reset: () => void this.returnHome(),
    };
  }

  /** The example, or that the reader has put another subject in its place. @param {import("../controls/preset-chooser.js").PresetChooser<any>} chooser */
  showExample(chooser) {
    const { example } = this;
    const subject = (/** @type {S} */ state) => JSON.stringify(this.about.subject(state));
    const own = example && subject(this.state) !== subject(this.stateOf({ example: example.id }));
    if (own) chooser.showOwn(example);
    else chooser.show(example);
  }
}
