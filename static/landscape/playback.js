/**
 * Walks along a path that has been worked out, step by step; where motion is reduced it is at the end
 * at once.  It can be stopped at any time.
 */

/** Steps that are shown in a second, and the longest that it may take. */
const STEPS_PER_SECOND = 8;
const LONGEST_SECONDS = 8;

export class Playback {
  /** @param {() => void} onChange  called when another step is shown, or playing begins or ends */
  constructor(onChange) {
    this.onChange = onChange;
    /** The step that is shown, and the last one. */
    this.step = 0;
    this.last = 0;
    this.playing = false;
    /** What is under way; another object means another run. @type {object | null} */
    this.run = null;
  }

  /** Another path. @param {number} last  its last step */
  begin(last) {
    this.last = last;
    this.step = 0;
    this.playing = false;
    this.run = null;
  }

  /** @param {number} step */
  goTo(step) {
    this.playing = false;
    this.run = null;
    this.step = Math.min(step, this.last);
    this.onChange();
  }

  stop() {
    this.goTo(this.step);
  }

  /** Play, or stop what is played. */
  toggle() {
    if (this.playing) this.stop();
    else this.play();
  }

  play() {
    const { last } = this;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.goTo(last);
    const from = this.step >= last ? 0 : this.step;
    const pace = Math.max(STEPS_PER_SECOND, last / LONGEST_SECONDS);
    const run = (this.run = {});
    const begin = performance.now();
    this.playing = true;
    const advance = () => {
      if (this.run !== run) return;
      this.step = Math.min(last, from + Math.floor(((performance.now() - begin) / 1000) * pace));
      if (this.step >= last) this.playing = false;
      this.onChange();
      if (this.playing) requestAnimationFrame(advance);
    };
    advance();
  }
}
