/**
 * Points in space and a plane through them, painted as a Surface paints its function: the parts of
 * the cloud below the plane first, then the plane, then what lies above it.
 */

import { Painter } from "../../charts/painter.js";
import { css, mix, paletteAt } from "../../charts/theme.js";
import { clamp } from "../../math/view.js";

const SIDE = 9;
const LOW = 0.72;
/** With more points than this, the residuals as sticks would hide the plane. */
const MOST_STICKS = 300;
/** Higher or lower than this, the plane is not drawn. */
const FARTHEST = 1.6;

/**
 * @typedef {[number, number, number]} Point  in the block from −1 to 1
 * @typedef {{points: Point[], height: (x: number, y: number) => number, names: [string, string, string], bounds: string[][]}} Cloud
 */

export class ScatterPainter extends Painter {
  /** @type {Cloud | null} */
  cloud = null;
  /** @type {{fill: string, line: string} | undefined} */
  shades = undefined;

  paint() {
    const { pen, cloud } = this;
    this.shades ??= this.#shades();
    pen.clear();
    if (!cloud) return;
    this.#drawFloor();
    const above = cloud.points.map(([x, y, z]) => z >= cloud.height(x, y));
    const fromAbove = this.camera.elevation > 0;
    this.#drawPoints(cloud, (k) => above[k] !== fromAbove);
    this.#drawPlane(cloud);
    this.#drawPoints(cloud, (k) => above[k] === fromAbove);
    this.#drawNames(cloud);
    this.#tellAway(cloud);
  }

  /** Where the plane has gone when it cannot be seen. @param {Cloud} cloud */
  #tellAway({ height }) {
    const heights = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => height(x, y));
    const higher = heights.every((z) => z >= FARTHEST);
    if (!higher && !heights.every((z) => z <= -FARTHEST)) return;
    const words = higher ? "↑ the plane lies higher" : "↓ the plane lies lower";
    this.pen.text(words, this.pen.size.width / 2, 14, "accent", { font: "600 13px" });
  }

  forgetColours() {
    super.forgetColours();
    this.shades = undefined;
  }

  #shades() {
    this.pen.palette = paletteAt(/** @type {Element} */ (this.canvas.parentElement));
    const { paper, accent } = this.pen.palette;
    return { fill: css(mix(paper, accent, 0.3)), line: css(mix(paper, accent, 0.75)) };
  }

  /** @param {number} x @param {number} y @param {number} z */
  #seen(x, y, z) {
    const [right, up] = this.camera.see(x, y, LOW * clamp(z, -FARTHEST, FARTHEST));
    const { width, height } = this.pen.size;
    const scale = Math.min(width, height) * 0.31;
    return [width / 2 + right * scale, height * 0.47 - up * scale];
  }

  #drawFloor() {
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]];
    this.pen.stroke(corners.map(([x, y]) => this.#seen(x, y, -1)), "edge", { closed: true });
    for (const [x, y] of corners) this.pen.stroke([this.#seen(x, y, -1), this.#seen(x, y, 1)], "rule");
    this.pen.stroke(corners.map(([x, y]) => this.#seen(x, y, 1)), "rule", { closed: true });
  }

  /** @param {Cloud} cloud */
  #drawPlane({ height }) {
    const at = (/** @type {number} */ k) => (2 * k) / (SIDE - 1) - 1;
    const shades = this.shades;
    if (!shades) return;
    this.pen.opacity(0.72);
    for (let row = 0; row + 1 < SIDE; row++) {
      for (let column = 0; column + 1 < SIDE; column++) {
        const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]].map(([x, y]) => [at(x), at(y)]);
        const heights = corners.map(([x, y]) => height(x, y));
        if (!heights.every((z) => Math.abs(z) < FARTHEST)) continue;
        const [p, q, r, s] = corners.map(([x, y], k) => this.#seen(x, y, heights[k]));
        this.pen.quad(p[0], p[1], q[0], q[1], r[0], r[1], s[0], s[1], shades.fill, shades.line, 0.6);
      }
    }
    this.pen.opacity(1);
  }

  /**
   * @param {Cloud} cloud
   * @param {(index: number) => boolean} wanted
   */
  #drawPoints({ points, height }, wanted) {
    const { context, palette } = this.pen;
    const sticks = points.length <= MOST_STICKS;
    points.forEach(([x, y, z], index) => {
      if (!wanted(index)) return;
      const [column, row] = this.#seen(x, y, z);
      if (sticks) {
        context.globalAlpha = 0.45;
        this.pen.stroke([[column, row], this.#seen(x, y, height(x, y))], "accent-2", { width: 1 });
        context.globalAlpha = 1;
      }
      context.beginPath();
      context.arc(column, row, 2.6, 0, 2 * Math.PI);
      context.fillStyle = css(palette.ink);
      context.fill();
    });
  }

  /** @param {Cloud} cloud */
  #drawNames({ names, bounds }) {
    const nearer = (/** @type {number[]} */ first, /** @type {number[]} */ second) =>
      this.camera.see(first[0], first[1], -1)[2] < this.camera.see(second[0], second[1], -1)[2] ? first : second;
    const [, below] = nearer([0, -1], [0, 1]);
    const [beside] = nearer([-1, 0], [1, 0]);
    this.#name(names[0], bounds[0], [-1, 1.12 * below], [1, 1.12 * below]);
    this.#name(names[1], bounds[1], [1.12 * beside, -1], [1.12 * beside, 1]);
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]];
    const [x, y] = corners.reduce((best, corner) => (this.#seen(corner[0], corner[1], 0)[0] < this.#seen(best[0], best[1], 0)[0] ? corner : best));
    const foot = this.#seen(x, y, -1), head = this.#seen(x, y, 1);
    this.pen.text(bounds[2][0], foot[0] - 6, foot[1] - 10, "muted", { align: "left" });
    this.pen.text(bounds[2][1], head[0] - 6, head[1] + 4, "muted", { align: "left" });
    this.pen.text(names[2], head[0] - 10, head[1] - 13, "ink", { align: "left", font: "italic 13px" });
  }

  /**
   * @param {string} name
   * @param {string[]} bounds
   * @param {number[]} from
   * @param {number[]} to
   */
  #name(name, [low, high], from, to) {
    const place = (/** @type {number} */ share, /** @type {number} */ out) =>
      this.#seen(out * (from[0] + share * (to[0] - from[0])), out * (from[1] + share * (to[1] - from[1])), -1);
    const ends = [place(0.06, 1), place(0.94, 1)];
    this.pen.text(low, ends[0][0], ends[0][1] + 4, "muted");
    this.pen.text(high, ends[1][0], ends[1][1] + 4, "muted");
    const middle = place(0.5, 1.16);
    this.pen.text(name, middle[0], middle[1] + 4, "ink", { font: "italic 13px" });
  }
}
