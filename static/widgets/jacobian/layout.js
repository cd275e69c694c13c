/**
 * The widget's parts and their order in the page.
 *
 *     figure.widget
 *       p.widget-title, div.widget-alternative     name; text alternative
 *       div.widget-toolbar                         example, expression
 *       div.widget-stage.two                       input plane, output plane
 *       ul.legend                                  what the lines mean
 *       div.widget-controls                        fields, size, zoom to the square, reset
 *       output.widget-status                       the live sentence
 *       div.widget-panel                           readout
 */

import { button } from "../../controls/button.js";
import { ExpressionField } from "../../controls/expression-field.js";
import { Handle } from "../../controls/handle.js";
import { addNavigation } from "../../controls/navigation.js";
import { NumberField } from "../../controls/number-field.js";
import { PresetChooser } from "../../controls/preset-chooser.js";
import { Slider } from "../../controls/slider.js";
import { Legend } from "../../draw/legend.js";
import { html } from "../../draw/svg.js";
import { adaptive } from "../../math/format.js";
import { LARGEST_POWER, POWER_STEP, SMALLEST_POWER } from "./state.js";

const TITLE = "Jacobian as linearization";

/**
 * @typedef {import("../../controls/preset-chooser.js").Preset & import("./state.js").Options} Preset
 * @typedef {{
 *   choose: (preset: Preset) => void,
 *   type: (f: string) => void,
 *   move: (x: number, y: number) => void,
 *   moveX: (x: number) => void,
 *   moveY: (y: number) => void,
 *   home: () => void,
 *   resize: (size: number) => void,
 *   zoomToSquare: () => void,
 *   reset: () => void,
 *   retry: () => void,
 *   describe: (x: number, y: number) => string,
 * }} Actions  what the reader can do
 */

/**
 * @param {import("./picture.js").Picture} picture
 * @param {Preset[]} presets
 * @param {Actions} actions
 */
export function makeControls(picture, presets, actions) {
  addNavigation(picture.input, { onPlace: actions.move });
  addNavigation(picture.output);
  return {
    presets: new PresetChooser({ label: "Example", own: "Your own function", presets, onChoose: actions.choose }),
    expression: new ExpressionField({ label: "f =", onInput: actions.type }),
    handle: new Handle(picture.input, {
      label: "Point in the input plane",
      describe: actions.describe,
      onMove: actions.move,
      onReset: actions.home,
    }),
    x: new NumberField({ label: "x", name: "x of the point", onChange: actions.moveX }),
    y: new NumberField({ label: "y", name: "y of the point", onChange: actions.moveY }),
    size: new Slider({
      label: "Half side h",
      min: SMALLEST_POWER,
      max: LARGEST_POWER,
      step: POWER_STEP,
      describe: (power) => adaptive(2 ** power),
      onChange: (power) => actions.resize(2 ** power),
    }),
    zoom: button("Zoom to the square", "", actions.zoomToSquare),
    reset: button("Reset", "quiet", actions.reset),
    retry: button("Try again", "retry", actions.retry),
  };
}

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof makeControls>} controls
 * @param {import("./picture.js").Picture} picture
 * @param {{element: HTMLElement}} readout
 * @param {{element: HTMLElement}} announcer
 */
export function assemble(root, controls, picture, readout, announcer) {
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  const { presets, expression, x, y, size, zoom, reset } = controls;
  const legend = new Legend({
    border: "small square and its image under f",
    linear: "linear approximation",
    fold: "det J = 0",
  });
  picture.onFold = (visible) => legend.toggle("fold", visible);
  root.replaceChildren(
    html("p", { class: "widget-title" }, [TITLE]),
    alternative,
    html("div", { class: "widget-toolbar" }, [presets.element, expression.element]),
    html("div", { class: "widget-stage two" }, [picture.input.element, picture.output.element]),
    legend.element,
    html("div", { class: "widget-controls" }, [x.element, y.element, size.element, zoom, reset]),
    announcer.element,
    readout.element,
  );
  if (!root.hasAttribute("aria-label")) root.setAttribute("aria-label", TITLE);
}
