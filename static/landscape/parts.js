/**
 * What a widget over a landscape is made of: contour map with its point, surface, fields, buttons.
 */

import { ChartNumbers } from "../charts/numbers.js";
import { ContourMap } from "../charts/contour-map.js";
import { Surface } from "../charts/surface.js";
import { button } from "../controls/button.js";
import { ExpressionField } from "../controls/expression-field.js";
import { Handle } from "../controls/handle.js";
import { addNavigation } from "../controls/navigation.js";
import { NumberField } from "../controls/number-field.js";
import { PresetChooser } from "../controls/preset-chooser.js";
import { Plane } from "../draw/plane.js";
import { View } from "../math/view.js";
import { cameraOf } from "./views.js";

export const WINDOW_HALF = 2.5;

/**
 * @typedef {import("../controls/preset-chooser.js").Preset & import("./state.js").Options} Preset
 * @typedef {{
 *   choose: (preset: Preset) => void, type: (f: string) => void,
 *   moveX: (x: number) => void, moveY: (y: number) => void,
 *   move: (x: number, y: number) => void, place: (x: number, y: number) => void, home: () => void,
 *   describe: (x: number, y: number) => string,
 *   reset: () => void, retry: () => void, turn: () => void,
 * }} Actions  what the reader can do; `place` is a single click in the map
 */

/**
 * @param {import("./state.js").State["camera"]} camera  at the start
 * @param {Preset[]} presets
 * @param {Actions} actions
 */
export function makeParts(camera, presets, actions) {
  const plane = makePlane();
  const map = new ContourMap(plane);
  const parts = {
    plane,
    map,
    surface: makeSurface(camera, actions),
    numbers: new ChartNumbers("Numbers of the map and the surface"),
    presets: new PresetChooser({ label: "Example", own: "Your own function", presets, onChoose: actions.choose }),
    expression: new ExpressionField({ label: "f(x, y) =", onInput: (f) => actions.type(f) }),
    x: new NumberField({ label: "x", name: "x of the point", onChange: actions.moveX }),
    y: new NumberField({ label: "y", name: "y of the point", onChange: actions.moveY }),
    reset: button("Reset", "quiet", actions.reset),
    retry: button("Try again", "retry", actions.retry),
    handle: new Handle(plane, {
      label: "Point in the contour map",
      describe: actions.describe,
      onMove: actions.move,
      onReset: actions.home,
    }),
  };
  addNavigation(plane, { onPlace: actions.place });
  return parts;
}

function makePlane() {
  return new Plane({
    title: "Contour map",
    help: "Contour map. Arrow keys pan, plus and minus zoom, 0 resets the view.",
    axes: ["x", "y"],
    view: new View(0, 0, WINDOW_HALF),
  });
}

/**
 * @param {import("./state.js").State["camera"]} camera
 * @param {Actions} actions
 */
function makeSurface(camera, { turn }) {
  return new Surface({
    title: "Surface",
    help: "Surface. Arrow keys turn it, plus and minus zoom, 0 resets the view.",
    camera: cameraOf(camera),
    onTurn: turn,
  });
}
