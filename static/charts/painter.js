/**
 * Paints a surface on a canvas: quadrilaterals from far to near, with a second surface, curves and dots.
 *
 * It needs no graphics processor: some 1,500 quadrilaterals take 2 to 4 ms.
 */

import { fillLattice } from "../math/grid.js";
import { Mesh, heightRange } from "../math/mesh.js";
import { clamp } from "../math/view.js";
import { CORNERS, drawCurves, drawFrame } from "./annotations.js";
import { Pen } from "./pen.js";
import { css, heightColour, mix, paletteAt } from "./theme.js";

const SIDE = 37;
const PATCH_SIDE = 15;
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

export class Painter {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Camera} camera
   */
  constructor(canvas, camera) {
    this.canvas = canvas;
    this.camera = camera;
    this.pen = new Pen(canvas);
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
    this.offsets = { x: new Float64Array(PATCH_SIDE ** 2), y: new Float64Array(PATCH_SIDE ** 2) };
    /** @type {Sampler | null} */
    this.sample = null;
    /** @type {{surface: string[], patch: string[], line: string, patchLine: string} | undefined} */
    this.colours = undefined;
    this.buffers = { x: new Float32Array(0), y: new Float32Array(0), depth: new Float32Array(0) };
    this.order = new Uint32Array(0);
    this.depths = new Float32Array(0);
  }

  /**
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
  }

  /** The colours of the page are others now. */
  forgetColours() {
    this.colours = undefined;
  }

  paint() {
    this.pen.palette = this.colours ? this.pen.palette : paletteAt(/** @type {Element} */ (this.canvas.parentElement));
    this.colours ??= this.#colourTable();
    this.pen.clear();
    this.pen.stroke(CORNERS.map(([x, y]) => this.#project(x, y, -1)), "edge", { closed: true });
    this.#drawMeshes();
    drawFrame(this.pen, (x, y, z) => this.#project(x, y, z), this.range, this.names);
    const curves = this.marks.curves.map((curve) => ({ ...curve, points: this.#seen(curve.points) }));
    drawCurves(this.pen, curves, this.#seen(this.marks.dots));
  }

  /** Colours of the surface by height and light, and those of the patch by light. */
  #colourTable() {
    const { palette } = this.pen;
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
    // Where both are the same but for rounding, the patch is seen.
    const slack = 1e-9 * (this.range[1] - this.range[0]);
    for (let at = 0; at < patchValues.length; at++) {
      patchValues[at] = patch.height(offsets.x[at], offsets.y[at]);
      this.patchAbove[at] = below && patchValues[at] < below[at] - slack ? 0 : 1;
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
    const { width, height } = this.pen.size;
    const scale = Math.min(width, height) * 0.31;
    return [width / 2 + right * scale, height * 0.46 - up * scale, depth];
  }

  /**
   * Points over the window in pixels, without those that are not defined.
   *
   * @param {[number, number, number][]} points
   */
  #seen(points) {
    return points.filter((point) => point.every(Number.isFinite)).map((point) => this.#project(...this.#toBlock(...point)));
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
    const { colours } = this;
    if (!colours) return;
    for (const index of this.order) {
      if (index < mesh.count) this.#quad(mesh, index, 0, colours.surface[this.#shade(index)], colours.line, 0.35);
      else this.#patchQuad(index - mesh.count, colours);
    }
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
    this.pen.opacity(0.8);
    const light = Math.round(this.patch.light[index] * (LIGHTS - 1));
    this.#quad(this.patch, index, this.mesh.x.length, patch[light], patchLine, 0.7);
    this.pen.opacity(1);
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
    const { x, y } = this.buffers;
    const at = offset + mesh.quads[index];
    const up = at + mesh.n;
    this.pen.quad(x[at], y[at], x[at + 1], y[at + 1], x[up + 1], y[up + 1], x[up], y[up], fill, line, width);
  }
}
