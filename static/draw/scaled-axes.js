/**
 * Axes of a plane whose two directions have scales, and units, of their own.
 *
 * The plane itself is square: what it calls u stands for `centre + scale·u`.  The numbers are those of
 * the quantity; they stand at the lower and the left edge, with a line where the quantity is zero.
 */

import { decimalsFor, fixed } from "../math/format.js";
import { grouped } from "../math/quantity.js";
import { clamp, multiples, niceFloor } from "../math/view.js";
import { Axes } from "./axes.js";
import { tenth } from "./path.js";
import { setText, svg } from "./svg.js";

/** Numbers beside and above each other. */
const PIXELS_BETWEEN = 58;
const PIXELS_ABOVE = 40;
/** Room that numbers take side by side. */
const PIXELS_PER_SIGN = 6.2;
const PIXELS_BESIDE = 14;

/** @typedef {{centre: number, scale: number}} Scale */

/** What a scale makes of a coordinate of the plane. @param {Scale} scale @param {number} u */
export function toQuantity({ centre, scale }, u) {
  return centre + scale * u;
}

/** @param {Scale} scale @param {number} quantity */
export function toPlane({ centre, scale }, quantity) {
  return (quantity - centre) / scale;
}

export class ScaledAxes extends Axes {
  /**
   * Take the place of a plane's own axes.
   *
   * @param {import("./plane.js").Plane} plane
   * @param {[string, string]} names
   */
  constructor(plane, names) {
    const layer = /** @type {Element} */ (plane.axes.lines.parentElement);
    layer.replaceChildren();
    super(layer, names);
    this.plane = plane;
    /** @type {[Scale, Scale]} */
    this.scales = [{ centre: 0, scale: 1 }, { centre: 0, scale: 1 }];
    plane.axes = this;
  }

  /**
   * @param {[Scale, Scale]} scales
   * @param {[string, string]} names
   */
  rescale(scales, names) {
    this.scales = scales;
    this.rename(names);
    this.plane.redraw();
  }

  /** @param {import("../math/view.js").View} view */
  draw(view) {
    const [across, up] = this.scales;
    const left = places(toQuantity(across, view.left), toQuantity(across, view.right), across.scale / view.scale, true);
    const upward = places(toQuantity(up, view.bottom), toQuantity(up, view.top), up.scale / view.scale);
    let used = 0, data = "";
    for (const { value, text } of left) {
      const x = tenth(view.toPixelX(toPlane(across, value)));
      data += value === 0 ? `M${x} 0V${view.height}` : `M${x} ${view.height}v-5`;
      if (x > 34 && x < view.width - 18) this.#text(used++, text, x, view.height - 9, "middle");
    }
    for (const { value, text } of upward) {
      const y = tenth(view.toPixelY(toPlane(up, value)));
      data += value === 0 ? `M0 ${y}H${view.width}` : `M0 ${y}h5`;
      if (y > 30 && y < view.height - 26) this.#text(used++, text, 8, y + 4, "start");
    }
    this.lines.setAttribute("d", data);
    while (this.numbers.childNodes.length > used) this.numbers.lastChild?.remove();
    this.#place(this.names[0], view.width - 6, view.height - 24);
    this.#place(this.names[1], 8, 16);
  }

  /**
   * @param {number} index
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {string} anchor
   */
  #text(index, text, x, y, anchor) {
    const element = /** @type {SVGTextElement} */ (this.numbers.childNodes[index] ?? this.numbers.appendChild(svg("text")));
    setText(element, text);
    element.setAttribute("text-anchor", anchor);
    this.#place(element, x, y);
  }

  /**
   * @param {Element} element
   * @param {number} x
   * @param {number} y
   */
  #place(element, x, y) {
    element.setAttribute("x", String(tenth(x)));
    element.setAttribute("y", String(tenth(y)));
  }
}

/**
 * Round places between two quantities with their numbers.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} perPixel
 * @param {boolean} [roomy]  whether the numbers stand side by side
 */
function places(low, high, perPixel, roomy = false) {
  const found = placesApart(low, high, (roomy ? PIXELS_BETWEEN : PIXELS_ABOVE) * perPixel);
  const longest = Math.max(0, ...found.map(({ text }) => text.length));
  const needed = PIXELS_PER_SIGN * longest + PIXELS_BESIDE;
  return roomy && needed > PIXELS_BETWEEN ? placesApart(low, high, needed * perPixel) : found;
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} wanted  distance
 */
function placesApart(low, high, wanted) {
  const least = niceFloor(wanted);
  const step = least < wanted ? niceFloor(least * 2.5) : least;
  const decimals = decimalsFor(step);
  return multiples(low, high, clamp(step, 1e-300, 1e300)).map((value) => ({ value, text: grouped(fixed(value, decimals)) }));
}
