/**
 * Plays a gradient ascent (math/ascent.js): one step after the other, drawn as they come; where motion is reduced,
 * only its end is shown.  It can be stopped at any time, and whatever the hand does stops it.
 */

const STEPS_PER_SECOND = 7;
const MOST_STEPS = 300;
/** A long path is drawn faster and faster: for so many steps that there are, one more in a picture. */
const STEPS_FOR_ONE_MORE = 20;

/**
 * @template {readonly number[]} Place
 * @typedef {import("../math/ascent.js").Stop<Place>} Stop
 */

/** @template {readonly number[]} Place */
export class Ascent {
  /**
   * @param {{begin: () => Stop<Place>, next: (stops: Stop<Place>[]) => Stop<Place> | null, onStop: (stop: Stop<Place>) => void, onChange: () => void}} callbacks
   *   `onStop` is called with each place that is shown
   */
  constructor({ begin, next, onStop, onChange }) {
    this.begin = begin;
    this.next = next;
    this.onStop = onStop;
    this.onChange = onChange;
    /** @type {Stop<Place>[]} */
    this.stops = [];
    this.ended = false;
    /** What is under way; another object means another run, null none. @type {object | null} */
    this.run = null;
  }

  get playing() {
    return this.run !== null;
  }

  /** Forget the path: something else has changed. */
  clear() {
    this.run = null;
    this.stops = [];
    this.ended = false;
  }

  stop() {
    this.run = null;
    this.onChange();
  }

  /** What its buttons do. */
  get actions() {
    return {
      play: () => (this.playing ? this.stop() : void this.play()),
      climbOnce: () => void this.step(),
      back: () => this.back(),
    };
  }

  /** One step. @param {boolean} [shown] @returns {boolean} whether there was one */
  step(shown = true) {
    if (this.stops.length === 0) this.stops = [this.begin()];
    const next = this.stops.length > MOST_STEPS ? null : this.next(this.stops);
    if (next) this.stops.push(next);
    else this.ended = true;
    if (next && shown) this.onStop(next);
    else if (shown) this.onChange();
    return next !== null;
  }

  /** The steps up to the next picture. @param {boolean} still @returns {boolean} whether there may be more */
  #steps(still) {
    for (let unseen = Math.floor(this.stops.length / STEPS_FOR_ONE_MORE); unseen > 0 && !still; unseen--) {
      if (!this.step(false)) {
        this.onStop(this.stops[this.stops.length - 1]);
        return false;
      }
    }
    return this.step(!still);
  }

  back() {
    const [first] = this.stops;
    this.clear();
    if (first) this.onStop(first);
  }

  async play() {
    const run = (this.run = {});
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.onChange();
    while (this.run === run && this.#steps(still)) {
      await new Promise((resolve) => setTimeout(resolve, still ? 0 : 1000 / STEPS_PER_SECOND));
    }
    if (this.run !== run) return;
    this.run = null;
    if (still && this.stops.length > 1) this.onStop(this.stops[this.stops.length - 1]);
    else this.onChange();
  }
}

/**
 * The ascent of a widget, in the state that is shown.
 *
 * @template {object} S
 * @template {readonly number[]} Place
 * @param {{state: S, update: (change: Partial<S>) => void, render: () => void}} widget
 * @param {{stop: (state: S) => Stop<Place>, next: (state: S, stops: Stop<Place>[]) => Stop<Place> | null}} model
 *   where it begins, and how it goes on; null at its end
 * @param {(place: Place) => Partial<S>} stateAt  what a place makes of the state
 */
export function ascentOf(widget, model, stateAt) {
  return new Ascent({
    begin: () => model.stop(widget.state),
    next: (stops) => model.next(widget.state, stops),
    onStop: ({ place }) => widget.update(stateAt(place)),
    onChange: () => widget.render(),
  });
}
