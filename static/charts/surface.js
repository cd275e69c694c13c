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
import { adaptive } from "../math/format.js";
import { fillLattice } from "../math/grid.js";
import { Mesh, heightRange } from "../math/mesh.js";
import { clamp } from "../math/view.js";
import { css, heightColour, mix, onPaletteChange, paletteAt } from "./theme.js";

const SIDE = 37;
const PATCH_SIDE = 15;
const TURN = Math.PI / 24;
const ZOOM = 1.2;
const TURN_PER_PIXEL = 0.009;
/** The part of the time that drawing may take, and the longest that a picture may wait. */
const SHARE = 0.35;
const LONGEST_WAIT = 80;
/** How far a patch is brought before or behind the surface that it touches: about two meshes. */
const NEARNESS = 0.45;
const HEIGHTS = 24;
const LIGHTS = 8;

/**
 * @typedef {import("../math/camera.js").Camera} Camera
 * @typedef {{x: number, y: number, half: number}} Window
 * @typedef {(side: number, box: {left: number, right: number, bottom: number, top: number}) => Float64Array} Sampler
 *   values of the function on a lattice
 * @typedef {"ink" | "accent" | "accent-2" | "accent-3"} Hue
 * @typedef {{points: [number, number, number][], hue: Hue, dashed?: boolean, arrow?: boolean, name?: string}} Curve
 * @typedef {{x: number, y: number, half: number, height: (right: number, up: number) => number}} Patch
 *   a second surface around a point; `height` takes the distance from it
 * @typedef {{patch: Patch | null, curves: Curve[], dots: [number, number, number][]}} Marks
 */

export class Surface {
  /**
   * @param {{title: string, help: string, camera: Camera, onTurn: () => void}} options
   *   `onTurn` is called when the reader has turned the surface
   */
  constructor({ title, help, camera, onTurn }) {
    this.camera = this.home = camera;
    this.onTurn = onTurn;
    /** @type {Window} */
    this.window = { x: 0, y: 0, half: 1 };
    /** @type {[number, number]} */
    this.range = [-1, 1];
    this.names = ["x", "y"];
    /** @type {Marks} */
    this.marks = { patch: null, curves: [], dots: [] };
    this.mesh = new Mesh(SIDE);
    this.patch = new Mesh(PATCH_SIDE);
    this.patchValues = new Float64Array(PATCH_SIDE ** 2);
    /** Whether the patch lies above the surface, corner by corner. */
    this.patchAbove = new Uint8Array(PATCH_SIDE ** 2);
    /** @type {Sampler | null} */
    this.sample = null;
    this.offsets = { x: new Float64Array(PATCH_SIDE ** 2), y: new Float64Array(PATCH_SIDE ** 2) };
    this.canvas = html("canvas", { "aria-hidden": "true" });
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.stage = html("div", { class: "surface-stage", tabindex: 0, role: "group", "aria-label": help }, [this.canvas]);
    const heading = html("p", { class: "plane-title" }, [title]);
    this.element = html("div", { class: "plane surface", role: "group", "aria-label": title }, [heading, this.stage]);
    this.element.append(this.#toolbar());
    this.size = { width: 0, height: 0, ratio: 1 };
    this.cost = 0;
    this.ended = 0;
    this.asked = false;
    /** @type {import("./theme.js").Palette | undefined} */
    this.palette = undefined;
    /** @type {{surface: string[], patch: string[], line: string, patchLine: string} | undefined} */
    this.colours = undefined;
    /** @type {string | undefined} */
    this.family = undefined;
    this.buffers = { x: new Float32Array(0), y: new Float32Array(0), depth: new Float32Array(0) };
    this.order = new Uint32Array(0);
    this.depths = new Float32Array(0);
    new ResizeObserver(([entry]) => this.#resize(entry.contentRect)).observe(this.stage);
    onPaletteChange(() => this.#repaint());
    this.#listen();
  }

  /**
   * Show a function over a window of the plane.
   *
   * @param {Sampler} sample
   * @param {Window} window
   * @param {string[]} names
   */
  setFunction(sample, window, names) {
    const { x, y, half } = (this.window = window);
    const values = sample(SIDE, { left: x - half, right: x + half, bottom: y - half, top: y + half }).slice(0, SIDE ** 2);
    this.sample = sample;
    this.names = names;
    this.range = heightRange(values);
    this.mesh.fill(values, { left: -1, right: 1, bottom: -1, top: 1 }, this.range);
    this.draw();
  }

  /** @param {Marks} marks  what is drawn on the surface */
  setMarks(marks) {
    this.marks = marks;
    this.draw();
  }

  /** @param {Camera} camera */
  setCamera(camera) {
    this.camera = camera;
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
    if (this.size.width < 2) return;
    const begin = performance.now();
    this.palette ??= paletteAt(this.stage);
    this.colours ??= this.#colourTable();
    const { pen, size } = this;
    pen.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    pen.clearRect(0, 0, size.width, size.height);
    pen.lineJoin = "round";
    this.#drawFloor();
    this.#drawMeshes();
    this.#drawFrame();
    for (const curve of this.marks.curves) this.#drawCurve(curve);
    for (const dot of this.marks.dots) this.#drawDot(dot);
    this.ended = performance.now();
    this.cost = this.ended - begin;
  }

  #repaint() {
    this.palette = undefined;
    this.colours = undefined;
    this.draw();
  }

  /** Colours of the surface by height and light, and those of the patch by light. */
  #colourTable() {
    const palette = /** @type {import("./theme.js").Palette} */ (this.palette);
    /** @type {import("./theme.js").Colour} */
    const shadow = palette.paper[0] > 128 ? palette.ink : [0, 0, 0];
    const surface = Array.from({ length: HEIGHTS * LIGHTS }, (_, k) => {
      const base = heightColour(palette, Math.floor(k / LIGHTS) / (HEIGHTS - 1));
      return css(mix(base, shadow, 0.34 * (1 - (k % LIGHTS) / (LIGHTS - 1))));
    });
    const patch = Array.from({ length: LIGHTS }, (_, k) =>
      css(mix(mix(palette.paper, palette["accent-3"], 0.72), shadow, 0.3 * (1 - k / (LIGHTS - 1)))),
    );
    return { surface, patch, line: css(mix(palette.edge, palette.ink, 0.25)), patchLine: css(palette["accent-3"]) };
  }

  #toPatch() {
    const { patch } = this.marks;
    this.patch.count = 0;
    if (!patch) return;
    const { x, y, half } = patch;
    const { offsets, patchValues } = this;
    fillLattice(offsets.x, offsets.y, PATCH_SIDE, { left: -half, right: half, bottom: -half, top: half });
    const below = this.sample?.(PATCH_SIDE, { left: x - half, right: x + half, bottom: y - half, top: y + half });
    for (let at = 0; at < patchValues.length; at++) {
      patchValues[at] = patch.height(offsets.x[at], offsets.y[at]);
      this.patchAbove[at] = below && patchValues[at] < below[at] ? 0 : 1;
    }
    const [left, bottom] = this.#toBlock(x - half, y - half);
    const [right, top] = this.#toBlock(x + half, y + half);
    this.patch.fill(patchValues, { left, right, bottom, top }, this.range);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} [z]
   * @returns {[number, number, number]}
   */
  #toBlock(x, y, z = 0) {
    const { window, range } = this;
    const height = (2 * (z - range[0])) / (range[1] - range[0]) - 1;
    return [(x - window.x) / window.half, (y - window.y) / window.half, clamp(height, -1.2, 1.2)];
  }

  /**
   * Pixels and depth of a point of the block; the block is a little lower than wide.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} z
   * @returns {[number, number, number]}
   */
  #project(x, y, z) {
    const [right, up, depth] = this.camera.see(x, y, 0.72 * z);
    const { width, height } = this.size;
    const scale = Math.min(width, height) * 0.31;
    return [width / 2 + right * scale, height * 0.46 - up * scale, depth];
  }

  #drawFloor() {
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => this.#project(x, y, -1));
    this.pen.strokeStyle = this.#hue("edge");
    this.pen.lineWidth = 1;
    this.#path(corners, true);
    this.pen.stroke();
  }

  /** Both surfaces, quadrilateral by quadrilateral from far to near. */
  #drawMeshes() {
    this.#toPatch();
    const { mesh, patch } = this;
    const points = mesh.x.length + patch.x.length;
    if (this.buffers.x.length < points) {
      this.buffers = { x: new Float32Array(points), y: new Float32Array(points), depth: new Float32Array(points) };
    }
    this.#see(mesh, 0);
    if (patch.count) this.#see(patch, mesh.x.length);
    this.#sort();
    const { pen, colours } = this;
    if (!colours) return;
    for (const index of this.order) {
      if (index < mesh.count) this.#quad(mesh, index, 0, colours.surface[this.#shade(index)], colours.line, 0.35);
      else this.#patchQuad(index - mesh.count, colours);
    }
    pen.globalAlpha = 1;
  }

  /** @param {number} index */
  #shade(index) {
    const { height, light } = this.mesh;
    return Math.round(height[index] * (HEIGHTS - 1)) * LIGHTS + Math.round(light[index] * (LIGHTS - 1));
  }

  /**
   * @param {number} index
   * @param {{patch: string[], patchLine: string}} colours
   */
  #patchQuad(index, { patch, patchLine }) {
    this.pen.globalAlpha = 0.8;
    const light = Math.round(this.patch.light[index] * (LIGHTS - 1));
    this.#quad(this.patch, index, this.mesh.x.length, patch[light], patchLine, 0.7);
    this.pen.globalAlpha = 1;
  }

  /**
   * @param {Mesh} mesh
   * @param {number} offset
   */
  #see(mesh, offset) {
    const { x, y, depth } = this.buffers;
    for (let at = 0; at < mesh.x.length; at++) {
      const seen = this.#project(mesh.x[at], mesh.y[at], mesh.z[at]);
      x[offset + at] = seen[0];
      y[offset + at] = seen[1];
      depth[offset + at] = seen[2];
    }
  }

  #sort() {
    const { mesh, patch, buffers } = this;
    const total = mesh.count + patch.count;
    if (this.order.length !== total) {
      this.order = new Uint32Array(total);
      this.depths = new Float32Array(total);
    }
    const { depth } = buffers;
    const depthOf = (/** @type {number} */ at, /** @type {number} */ n) => depth[at] + depth[at + 1] + depth[at + n] + depth[at + n + 1];
    for (let index = 0; index < mesh.count; index++) {
      this.order[index] = index;
      this.depths[index] = depthOf(mesh.quads[index], mesh.n);
    }
    // The two surfaces touch: which of them hides the other is told by the heights, not the depths.
    const lift = this.camera.elevation >= 0 ? NEARNESS : -NEARNESS;
    for (let index = 0; index < patch.count; index++) {
      const at = patch.quads[index];
      const above = this.patchAbove[at] + this.patchAbove[at + 1] + this.patchAbove[at + patch.n] + this.patchAbove[at + patch.n + 1];
      this.order[mesh.count + index] = mesh.count + index;
      this.depths[mesh.count + index] = depthOf(mesh.x.length + at, patch.n) + (above >= 2 ? -lift : lift);
    }
    const { depths } = this;
    this.order.sort((first, second) => depths[second] - depths[first]);
  }

  /**
   * @param {Mesh} mesh
   * @param {number} index
   * @param {number} offset
   * @param {string} fill
   * @param {string} line
   * @param {number} width
   */
  #quad(mesh, index, offset, fill, line, width) {
    const { pen } = this;
    const { x, y } = this.buffers;
    const at = offset + mesh.quads[index];
    pen.beginPath();
    pen.moveTo(x[at], y[at]);
    pen.lineTo(x[at + 1], y[at + 1]);
    pen.lineTo(x[at + mesh.n + 1], y[at + mesh.n + 1]);
    pen.lineTo(x[at + mesh.n], y[at + mesh.n]);
    pen.closePath();
    pen.fillStyle = fill;
    pen.fill();
    pen.strokeStyle = line;
    pen.lineWidth = width;
    pen.stroke();
  }

  /** The upright edge at the left, with the heights, and the names of the axes on the floor. */
  #drawFrame() {
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]];
    const [x, y] = corners.reduce((best, corner) =>
      this.#project(corner[0], corner[1], 0)[0] < this.#project(best[0], best[1], 0)[0] ? corner : best,
    );
    const foot = this.#project(x, y, -1);
    const head = this.#project(x, y, 1);
    this.pen.strokeStyle = this.#hue("edge");
    this.pen.lineWidth = 1;
    this.#path([foot, head], false);
    this.pen.stroke();
    this.#text(adaptive(this.range[0]), foot[0] - 4, foot[1] + 10, "muted", "left");
    this.#text(adaptive(this.range[1]), head[0] - 4, head[1] - 7, "muted", "left");
    this.#nameAxis(this.names[0], [0, -1], [0, 1], [1, 0]);
    this.#nameAxis(this.names[1], [-1, 0], [1, 0], [0, 1]);
  }

  /**
   * The name of an axis with its direction, beside the nearer of two edges of the floor.
   *
   * @param {string} name
   * @param {number[]} first
   * @param {number[]} second
   * @param {number[]} along
   */
  #nameAxis(name, first, second, along) {
    const depthOf = (/** @type {number[]} */ [x, y]) => this.#project(x, y, -1)[2];
    const [x, y] = depthOf(first) < depthOf(second) ? first : second;
    const from = this.#project(1.14 * x - 0.16 * along[0], 1.14 * y - 0.16 * along[1], -1);
    const to = this.#project(1.14 * x + 0.16 * along[0], 1.14 * y + 0.16 * along[1], -1);
    this.#arrow(from, to, "muted", 1.25);
    const middle = this.#project(1.3 * x, 1.3 * y, -1);
    this.#text(name, middle[0], middle[1], "ink", "center", "italic ");
  }

  /** @param {Curve} curve */
  #drawCurve({ points, hue, dashed = false, arrow = false, name }) {
    const seen = points.filter((point) => point.every(Number.isFinite)).map((point) => this.#project(...this.#toBlock(...point)));
    if (seen.length < 2) return;
    const { pen } = this;
    for (const [colour, width] of /** @type {const} */ ([["paper", 5.5], [hue, 2.75]])) {
      pen.strokeStyle = this.#hue(colour);
      pen.lineWidth = width;
      pen.setLineDash(dashed && colour !== "paper" ? [6, 4] : []);
      this.#path(seen, false);
      pen.stroke();
    }
    pen.setLineDash([]);
    const tip = seen[seen.length - 1];
    const before = seen[Math.max(0, seen.length - 3)];
    if (arrow) this.#head(before, tip, hue, 11);
    if (name) this.#text(name, tip[0] + Math.sign(tip[0] - before[0] || 1) * 12, tip[1] - 8, hue, "center", "650 ");
  }

  /** @param {[number, number, number]} dot */
  #drawDot(dot) {
    if (!dot.every(Number.isFinite)) return;
    const [x, y] = this.#project(...this.#toBlock(...dot));
    const { pen } = this;
    pen.beginPath();
    pen.arc(x, y, 5.5, 0, 2 * Math.PI);
    pen.fillStyle = this.#hue("ink");
    pen.fill();
    pen.strokeStyle = this.#hue("paper");
    pen.lineWidth = 2;
    pen.stroke();
  }

  /**
   * @param {number[]} from
   * @param {number[]} to
   * @param {keyof import("./theme.js").Palette} hue
   * @param {number} width
   */
  #arrow(from, to, hue, width) {
    this.pen.strokeStyle = this.#hue(hue);
    this.pen.lineWidth = width;
    this.#path([from, to], false);
    this.pen.stroke();
    this.#head(from, to, hue, 7);
  }

  /**
   * @param {number[]} from
   * @param {number[]} to
   * @param {keyof import("./theme.js").Palette} hue
   * @param {number} length
   */
  #head(from, to, hue, length) {
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const wings = [2.7, -2.7].map((turn) => [to[0] + length * Math.cos(angle + turn), to[1] + length * Math.sin(angle + turn)]);
    this.#path([[to[0] + 3 * Math.cos(angle), to[1] + 3 * Math.sin(angle)], ...wings], true);
    this.pen.fillStyle = this.#hue(hue);
    this.pen.fill();
  }

  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {keyof import("./theme.js").Palette} hue
   * @param {CanvasTextAlign} align
   * @param {string} [style]
   */
  #text(text, x, y, hue, align, style = "") {
    const { pen } = this;
    this.family ??= getComputedStyle(this.stage).fontFamily;
    pen.font = `${style}${style === "italic " ? 14 : 12}px ${this.family}`;
    pen.textAlign = align;
    pen.textBaseline = "middle";
    const width = pen.measureText(text).width;
    const left = align === "center" ? width / 2 : 0;
    const placed = clamp(x, 4 + left, this.size.width - 4 - width + left);
    pen.lineWidth = 4;
    pen.strokeStyle = this.#hue("paper");
    pen.strokeText(text, placed, y);
    pen.fillStyle = this.#hue(hue);
    pen.fillText(text, placed, y);
  }

  /** @param {keyof import("./theme.js").Palette} name */
  #hue(name) {
    return css(/** @type {import("./theme.js").Palette} */ (this.palette)[name]);
  }

  /**
   * @param {number[][]} points
   * @param {boolean} closed
   */
  #path(points, closed) {
    this.pen.beginPath();
    points.forEach(([x, y], index) => (index ? this.pen.lineTo(x, y) : this.pen.moveTo(x, y)));
    if (closed) this.pen.closePath();
  }

  /** @param {{width: number, height: number}} size */
  #resize({ width, height }) {
    if (width < 2 || height < 2) return;
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    this.size = { width, height, ratio };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
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
