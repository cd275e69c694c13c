/**
 * The state that the widgets over a landscape share, and its form in the address.
 *
 * Published fields (links out there use them; never change what one means):
 *   x, y  point · f  function · v  variables with a comma
 *   w     window of the map: centre x, centre y, half side
 *   c     how the surface is seen: azimuth and elevation in degrees, zoom
 * A widget adds fields of its own; see its own state.js.
 *
 * @typedef {{x: number, y: number, half: number}} Window
 * @typedef {{
 *   f: string, vars: [string, string], x: number, y: number,
 *   window: Window | null, camera: [number, number, number] | null,
 * }} State  a window or a camera that is null is chosen by the widget
 * @typedef {{f?: unknown, vars?: unknown, at?: unknown, window?: unknown, camera?: unknown}} Options
 */

import { parseNumber } from "../math/format.js";

const LONGEST_FUNCTION = 2000;
const FARTHEST = 1e6;

/**
 * @param {Options} options  what a page or an example asks for
 * @param {{f: string, vars: [string, string], at: [number, number]}} original
 * @returns {State}
 */
export function stateFromOptions(options, original) {
  const [x, y] = pair(options.at) ?? original.at;
  return {
    f: typeof options.f === "string" ? options.f : original.f,
    vars: variables(options.vars) ?? original.vars,
    x,
    y,
    window: windowOf(options.window),
    camera: cameraOf(options.camera),
  };
}

/**
 * What differs from the state that the page starts with.
 *
 * @param {State} state
 * @param {State} start
 * @returns {Record<string, string>}
 */
export function toFields(state, start) {
  /** @type {Record<string, string>} */
  const fields = {};
  if (state.x !== start.x || state.y !== start.y) Object.assign(fields, { x: String(state.x), y: String(state.y) });
  const window = listText(state.window && [state.window.x, state.window.y, state.window.half]);
  const camera = listText(state.camera);
  if (window) fields.w = window;
  if (camera) fields.c = camera;
  if (state.vars.join() !== start.vars.join()) fields.v = state.vars.join();
  if (state.f !== start.f) fields.f = state.f;
  return fields;
}

/**
 * What a field does not say, or says wrongly, is as at the start.
 *
 * @template {State} S
 * @param {import("../services/address.js").FieldReader} read
 * @param {S} start
 * @returns {S}
 */
export function readState(read, start) {
  const [x, y] = read.take(["x", "y"], (x, y) => pair([parseNumber(x), parseNumber(y)]), [start.x, start.y]);
  return {
    ...start,
    f: read.take(["f"], (text) => (text.length <= LONGEST_FUNCTION ? text : null), start.f),
    vars: read.take(["v"], (text) => variables(text.split(",")), start.vars),
    x,
    y,
    // Without it, the window is the one that belongs to the function.
    window: read.take(["w"], (text) => windowOf(numbers(text)), null),
    camera: read.take(["c"], (text) => cameraOf(numbers(text)), start.camera),
  };
}

/**
 * Whether two states show the same function, as far as it can be told without reading it.
 *
 * @param {Pick<State, "f" | "vars">} first
 * @param {Pick<State, "f" | "vars">} second
 */
export function sameFunction(first, second) {
  const bare = ({ f = "", vars = [""] }) => `${vars}:${f.replaceAll("**", "^").replace(/[\s*]/g, "")}`;
  return bare(first) === bare(second);
}

/** @param {string} text */
function numbers(text) {
  return text.split(",").map(parseNumber);
}

/**
 * @param {unknown} value
 * @returns {[number, number] | null}
 */
function pair(value) {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [x, y] = value.map(Number);
  return Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST ? [x, y] : null;
}

/**
 * @param {unknown} value
 * @returns {[string, string] | null}
 */
function variables(value) {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const good = value.every((name) => typeof name === "string" && /^\p{L}\w{0,23}$/u.test(name));
  return good && value[0] !== value[1] ? [value[0], value[1]] : null;
}

/**
 * @param {unknown} value  centre x, centre y, half side
 * @returns {Window | null}
 */
function windowOf(value) {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [x, y, half] = value.map(Number);
  const good = Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST && half >= 1e-6 && half <= FARTHEST;
  return good ? { x, y, half } : null;
}

/**
 * @param {unknown} value  azimuth and elevation in degrees, zoom
 * @returns {[number, number, number] | null}
 */
function cameraOf(value) {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [azimuth, elevation, zoom] = value.map(Number);
  return Math.abs(azimuth) <= 360 && Math.abs(elevation) <= 90 && zoom > 0.1 && zoom < 10 ? [azimuth, elevation, zoom] : null;
}

/** @param {readonly number[] | null} values */
function listText(values) {
  return values ? values.map((value) => String(Number(value.toPrecision(4)))).join() : "";
}
