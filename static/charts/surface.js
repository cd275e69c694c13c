/**
 * A surface over the plane, drawn on a canvas from far to near: it needs no graphics processor, and
 * is drawn within a frame.
 *
 * Markup made here:
 *
 *     <div class="plane surface" role="group" aria-label="Surface">
 *       <p class="plane-title">Surface</p>
 *       <div class="surface-stage" tabindex="0" role="group" aria-label="…"><canvas aria-hidden="true"></div>
 *       <div class="plane-toolbar">buttons</div>
 *     </div>
 *
 * Turning: drag with the mouse, sideways with a finger, arrow keys, or the buttons; + and − zoom,
 * 0 resets.  A drawing that takes long is made less often, so that it never delays the hand.
 */

import { html, svg } from "../draw/svg.js";
import { clamp } from "../math/view.js";
import { Painter } from "./painter.js";
import { onPaletteChange } from "./theme.js";

const TURN = Math.PI / 24;
const ZOOM = 1.2;
const TURN_PER_PIXEL = 0.009;
/** The part of the time that drawing may take, and the longest that a picture may wait. */
const SHARE = 0.35;
const LONGEST_WAIT = 80;

/**
 * @typedef {import("../math/camera.js").Camera} Camera
 * @typedef {import("./painter.js").Window} Window
 * @typedef {import("./painter.js").Marks} Marks
 * @typedef {import("./painter.js").Curve} Curve
 */

export class Surface {
  /**
   * @param {{title: string, help: string, camera: Camera, onTurn: () => void}} options
   *   `onTurn` is called when the reader has turned the surface
   */
  constructor({ title, help, camera, onTurn }) {
    this.home = camera;
    this.onTurn = onTurn;
    const canvas = html("canvas", { "aria-hidden": "true" });
    this.painter = new Painter(canvas, camera);
    this.stage = html("div", { class: "surface-stage", tabindex: 0, role: "group", "aria-label": help }, [canvas]);
    const heading = html("p", { class: "plane-title" }, [title]);
    this.element = html("div", { class: "plane surface", role: "group", "aria-label": title }, [heading, this.stage]);
    this.element.append(this.#toolbar());
    this.cost = 0;
    this.ended = 0;
    this.asked = false;
    new ResizeObserver(([entry]) => this.#resize(entry.contentRect)).observe(this.stage);
    onPaletteChange(() => {
      this.painter.forgetColours();
      this.draw();
    });
    this.#listen();
  }

  get camera() {
    return this.painter.camera;
  }

  get window() {
    return this.painter.window;
  }

  /**
   * Show a function over a window of the plane.
   *
   * @param {import("./painter.js").Sampler} sample
   * @param {Window} window
   * @param {string[]} names
   */
  setFunction(sample, window, names) {
    this.painter.setFunction(sample, window, names);
    this.draw();
  }

  /** @param {Marks} marks  what is drawn on the surface */
  setMarks(marks) {
    this.painter.marks = marks;
    this.draw();
  }

  /** @param {Camera} camera */
  setCamera(camera) {
    this.painter.camera = camera;
    this.draw();
  }

  /** Draw soon: in the next frame, or later where drawing takes long. */
  draw() {
    if (this.asked) return;
    this.asked = true;
    const rest = clamp(this.cost / SHARE - this.cost, 0, LONGEST_WAIT) - (performance.now() - this.ended);
    const paint = () => requestAnimationFrame(() => this.drawNow());
    if (rest > 4) setTimeout(paint, rest);
    else paint();
  }

  drawNow() {
    this.asked = false;
    if (this.painter.pen.size.width < 2) return;
    const begin = performance.now();
    this.painter.paint();
    this.ended = performance.now();
    this.cost = this.ended - begin;
  }

  /** @param {{width: number, height: number}} size */
  #resize({ width, height }) {
    if (width < 2 || height < 2) return;
    this.painter.pen.resize(width, height, Math.min(2, globalThis.devicePixelRatio || 1));
    // Observers run before painting: drawing now avoids a frame without a picture.
    this.drawNow();
  }

  #listen() {
    const { stage } = this;
    /** @type {{x: number, y: number, camera: Camera} | null} */
    let start = null;
    stage.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button !== 0) return;
      start = { x: event.clientX, y: event.clientY, camera: this.camera };
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener("pointermove", (event) => {
      if (!start) return;
      stage.classList.add("turning");
      const up = event.pointerType === "touch" ? 0 : (event.clientY - start.y) * TURN_PER_PIXEL;
      this.#turnTo(start.camera.turned((event.clientX - start.x) * TURN_PER_PIXEL, up));
    });
    const stop = () => {
      start = null;
      stage.classList.remove("turning");
    };
    for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) stage.addEventListener(type, stop);
    stage.addEventListener("keydown", (event) => {
      const action = KEYS[event.key];
      if (!action || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.#act(action);
    });
  }

  /** @param {string} action */
  #act(action) {
    this.#turnTo(action === "home" ? this.home : ACTIONS[action](this.camera));
  }

  /** @param {Camera} camera */
  #turnTo(camera) {
    this.setCamera(camera);
    this.onTurn();
  }

  #toolbar() {
    const made = BUTTONS.map(([action, label, path]) => {
      const button = html("button", { type: "button", class: "icon", "aria-label": `${label}: surface`, title: label });
      button.append(svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, [svg("path", { d: path })]));
      button.addEventListener("click", () => this.#act(action));
      return button;
    });
    return html("div", { class: "plane-toolbar", role: "group", "aria-label": "View of the surface" }, made);
  }
}

/** @type {Record<string, (camera: Camera) => Camera>} */
const ACTIONS = {
  left: (camera) => camera.turned(-TURN, 0),
  right: (camera) => camera.turned(TURN, 0),
  up: (camera) => camera.turned(0, TURN),
  down: (camera) => camera.turned(0, -TURN),
  in: (camera) => camera.zoomed(ZOOM),
  out: (camera) => camera.zoomed(1 / ZOOM),
};

/** @type {Record<string, string>} */
const KEYS = {
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down",
  "+": "in", "=": "in", "-": "out", _: "out", 0: "home", Home: "home",
};

/** @type {[string, string, string][]} */
const BUTTONS = [
  ["out", "Zoom out", "M3 8h10"],
  ["in", "Zoom in", "M8 3v10M3 8h10"],
  ["home", "Reset the view", "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"],
  ["left", "Turn left", "M3.5 9a4.5 4.5 0 1 1 4.5 4.5M1.2 6.8 3.5 9.3 6 6.9"],
  ["up", "Look from higher", "M3 10l5-5 5 5"],
  ["down", "Look from lower", "M3 6l5 5 5-5"],
  ["right", "Turn right", "M12.5 9A4.5 4.5 0 1 0 8 13.5M14.8 6.8 12.5 9.3 10 6.9"],
];
