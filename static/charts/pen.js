/** Lines, arrowheads, dots and words on a canvas, in the book's colours and in CSS pixels. */

import { clamp } from "../math/view.js";
import { css } from "./theme.js";

/** @typedef {keyof import("./theme.js").Palette} Hue */

const NO_PALETTE = /** @type {import("./theme.js").Palette} */ ({});

export class Pen {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.size = { width: 0, height: 0, ratio: 1 };
    this.palette = NO_PALETTE;
    /** @type {string | undefined} */
    this.family = undefined;
  }

  /**
   * @param {number} width
   * @param {number} height
   * @param {number} ratio  of device pixels to CSS pixels
   */
  resize(width, height, ratio) {
    this.size = { width, height, ratio };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
  }

  clear() {
    const { context, size } = this;
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    context.lineJoin = "round";
  }

  /** @param {number} share */
  opacity(share) {
    this.context.globalAlpha = share;
  }

  /**
   * A line through points.
   *
   * @param {number[][]} points
   * @param {Hue} hue
   * @param {{width?: number, closed?: boolean, dashed?: boolean}} [options]
   */
  stroke(points, hue, { width = 1, closed = false, dashed = false } = {}) {
    const { context } = this;
    context.strokeStyle = css(this.palette[hue]);
    context.lineWidth = width;
    context.setLineDash(dashed ? [6, 4] : []);
    this.#path(points, closed);
    context.stroke();
    context.setLineDash([]);
  }

  /**
   * A quadrilateral; its corners as eight numbers, for there are many of them in a frame.
   *
   * @param {number} x1
   * @param {number} y1
   * @param {number} x2
   * @param {number} y2
   * @param {number} x3
   * @param {number} y3
   * @param {number} x4
   * @param {number} y4
   * @param {string} fill
   * @param {string} line
   * @param {number} width
   */
  quad(x1, y1, x2, y2, x3, y3, x4, y4, fill, line, width) {
    const { context } = this;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.lineTo(x3, y3);
    context.lineTo(x4, y4);
    context.closePath();
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = line;
    context.lineWidth = width;
    context.stroke();
  }

  /**
   * The head of an arrow that comes from a point.
   *
   * @param {number[]} from
   * @param {number[]} to
   * @param {Hue} hue
   * @param {number} length
   */
  head(from, to, hue, length) {
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const corner = (/** @type {number} */ turn, /** @type {number} */ reach) => [
      to[0] + reach * Math.cos(angle + turn),
      to[1] + reach * Math.sin(angle + turn),
    ];
    this.#path([corner(0, 3), corner(2.7, length), corner(-2.7, length)], true);
    this.context.fillStyle = css(this.palette[hue]);
    this.context.fill();
  }

  /** @param {number[]} place */
  dot([x, y]) {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, 5.5, 0, 2 * Math.PI);
    context.fillStyle = css(this.palette.ink);
    context.fill();
    context.strokeStyle = css(this.palette.paper);
    context.lineWidth = 2;
    context.stroke();
  }

  /**
   * Words with a halo of paper, kept within the picture.
   *
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {Hue} hue
   * @param {{align?: "left" | "center", font?: string}} [options]
   */
  text(text, x, y, hue, { align = "center", font = "12px" } = {}) {
    const { context } = this;
    this.family ??= getComputedStyle(this.canvas).fontFamily;
    context.font = `${font} ${this.family}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    const width = context.measureText(text).width;
    const left = align === "center" ? width / 2 : 0;
    const placed = clamp(x, 4 + left, this.size.width - 4 - width + left);
    context.lineWidth = 4;
    context.strokeStyle = css(this.palette.paper);
    context.strokeText(text, placed, y);
    context.fillStyle = css(this.palette[hue]);
    context.fillText(text, placed, y);
  }

  /**
   * @param {number[][]} points
   * @param {boolean} closed
   */
  #path(points, closed) {
    this.context.beginPath();
    points.forEach(([x, y], index) => (index ? this.context.lineTo(x, y) : this.context.moveTo(x, y)));
    if (closed) this.context.closePath();
  }
}
