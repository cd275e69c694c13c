/**
 * The gradient: drag a point over a landscape, turn a direction, and see slope, steepest ascent and
 * the path of gradient descent.
 *
 * Markup in the page: `<figure class="widget" data-widget="gradient" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.  What the
 * widgets over a landscape share is in ../../landscape/.
 *
 *     state.js   what can be set      picture.js   over map and surface
 *     words.js   sentences            readout.js   the numbers
 */

import { DirectionHandle } from "../../controls/direction-handle.js";
import { Legend } from "../../draw/legend.js";
import { html } from "../../draw/svg.js";
import { LandscapeWidget, loadLandscapeStyles } from "../../landscape/base.js";
import { descend } from "../../landscape/descent.js";
import { Playback } from "../../landscape/playback.js";
import { Picture } from "./picture.js";
import { Readout } from "./readout.js";
import { ORIGINAL, readState, stateFromOptions, toFields, VERSION } from "./state.js";
import { sentence, silence } from "./words.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../landscape/model.js").Local} Local
 */

/**
 * @param {HTMLElement} root
 * @param {import("../../landscape/base.js").Options} options
 */
export async function mount(root, options) {
  await loadLandscapeStyles(new URL("./widget.css", import.meta.url));
  await new GradientWidget(root, options).begin();
}

/** @extends {LandscapeWidget<State>} */
class GradientWidget extends LandscapeWidget {
  /**
   * @param {HTMLElement} root
   * @param {import("../../landscape/base.js").Options} options
   */
  constructor(root, options) {
    super(root, options, { title: "Gradient: slope in every direction", version: VERSION, original: ORIGINAL });
    this.turning = new DirectionHandle(this.plane, {
      label: "Direction u",
      describe: (degrees) => `${degrees} degrees`,
      onTurn: (angle) => this.update({ angle }),
    });
    this.picture = new Picture(this.plane, this.surface, this.turning);
    this.readout = new Readout({
      setRate: (rate) => this.update({ rate }),
      setMomentum: (momentum) => this.update({ momentum }),
      turn: (angle) => this.update({ angle }),
      along: (sign) => this.#turnAlong(sign),
      play: () => (this.playback.playing ? this.playback.stop() : this.playback.play()),
      step: () => this.playback.goTo(this.playback.step + 1),
      back: () => this.playback.goTo(0),
    });
    this.playback = new Playback(() => this.render());
    /** What the descent was made for; another makes the ball return to the start. */
    this.descentKey = "";
    /** @type {import("../../landscape/descent.js").Descent} */
    this.descent = { points: [[0, 0]], values: [NaN], outcome: "undefined" };
    this.#assemble();
  }

  #assemble() {
    const legend = new Legend({
      first: "gradient ∇f, drawn at reduced length", second: "direction u: turn it",
      tangent: "tangent of the contour line", path: "gradient descent",
    });
    const alternative = html("div", { class: "widget-alternative" }, [...this.root.childNodes]);
    this.root.replaceChildren(
      html("p", { class: "widget-title" }, [this.title]),
      alternative,
      html("div", { class: "widget-toolbar" }, [this.presets.element, this.expression.element]),
      html("div", { class: "widget-stage two" }, [this.plane.element, this.surface.element]),
      legend.element,
      html("p", { class: "chart-caption" }, [
        "Map and surface show the same window: the deeper the colour, the lower f, and between two contour ",
        "lines lies about the same area. On the surface the steepest path and the path along u begin at ",
        "the point; the dashed line has the slope of the latter.",
      ]),
      html("div", { class: "widget-controls" }, [this.x.element, this.y.element, this.reset]),
      this.announcer.element,
      this.readout.element,
      this.numbers.element,
    );
  }

  /**
   * @param {import("./state.js").Options} options
   * @returns {State}
   */
  stateOf(options) {
    return stateFromOptions(options);
  }

  /**
   * @param {import("../../services/address.js").FieldReader} read
   * @returns {State}
   */
  readState(read) {
    return readState(read, this.start);
  }

  /** @param {State} state */
  toFields(state) {
    return toFields(state, this.start);
  }

  /** @param {import("../../landscape/source.js").Answer} answer */
  onFunction(answer) {
    this.descentKey = "";
    this.readout.setFunction(answer);
    if (this.field) this.picture.measure(this.field);
  }

  onWindow() {
    if (this.field) this.picture.measure(this.field);
  }

  /** @param {Local} local */
  show(local) {
    if (!this.field) return;
    const differentiable = this.field.isDifferentiable(local);
    this.#makeDescent();
    const visible = silence(local, differentiable) === null;
    const { step, playing } = this.playback;
    this.picture.show(local, this.field, this.state.angle, this.descent, step, visible);
    this.readout.showLocal(local, this.state, differentiable);
    this.readout.showDescent(this.descent, step, playing);
  }

  /** @param {Local} local */
  sentence(local) {
    return sentence(local, this.state.angle, Boolean(this.field?.isDifferentiable(local)));
  }

  #makeDescent() {
    const { x, y, rate, momentum } = this.state;
    const { half } = this.plane.home;
    const key = [x, y, rate, momentum, half].join();
    if (key === this.descentKey || !this.field) return;
    this.descentKey = key;
    this.descent = descend(this.field, [x, y], { rate, momentum, half });
    this.playback.begin(this.descent.points.length - 1);
  }

  /** @param {number} sign  1: to the gradient; 0: to the contour line */
  #turnAlong(sign) {
    if (!this.local) return;
    const [p, q] = this.local.gradient;
    if (!Number.isFinite(p + q) || (p === 0 && q === 0)) return;
    const degrees = Math.round((Math.atan2(q, p) * 180) / Math.PI) - (sign ? 0 : 90);
    this.update({ angle: degrees <= -180 ? degrees + 360 : degrees });
  }
}
