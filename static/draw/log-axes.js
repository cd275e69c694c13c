/**
 * Axes of a plane whose coordinates are decimal logarithms: the numbers are those of the quantities,
 * at powers of ten, and where there is room at 3 times, or 2 and 5 times, a power.
 */

import { superscript } from "../math/format.js";
import { Axes } from "./axes.js";
import { tenth } from "./path.js";
import { setText, svg } from "./svg.js";

/** Pixels from one number to the next: beside and above each other. */
const APART = [52, 34];

export class LogAxes extends Axes {
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
    plane.axes = this;
  }

  /** @param {import("../math/view.js").View} view */
  draw(view) {
    let used = 0, data = "";
    for (const exponent of places(view.left, view.right, APART[0] / view.scale)) {
      const x = tenth(view.toPixelX(exponent));
      data += `M${x} ${view.height}v-5`;
      if (x > 34 && x < view.width - 18) this.#text(used++, textOf(exponent), x, view.height - 9, "middle");
    }
    for (const exponent of places(view.bottom, view.top, APART[1] / view.scale)) {
      const y = tenth(view.toPixelY(exponent));
      data += `M0 ${y}h5`;
      if (y > 30 && y < view.height - 26) this.#text(used++, textOf(exponent), 8, y + 4, "start");
    }
    this.lines.setAttribute("d", data);
    while (this.numbers.childNodes.length > used) this.numbers.lastChild?.remove();
    put(this.names[0], view.width - 6, view.height - 24);
    put(this.names[1], 8, 16);
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
    put(element, x, y);
  }
}

/**
 * Exponents at which numbers stand, at least `apart` from each other.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} apart
 */
export function places(low, high, apart) {
  const digits = apart <= Math.log10(2) ? [1, 2, 5] : apart <= 0.5 ? [1, 3] : [1];
  const step = digits.length > 1 ? 1 : Math.max(1, Math.ceil(apart));
  const found = [];
  for (let power = Math.ceil((low - 1) / step) * step; power <= high; power += step) {
    for (const digit of digits) found.push(power + Math.log10(digit));
  }
  return found.filter((exponent) => exponent >= low && exponent <= high);
}

/**
 * The number at a place: 0.02, or 2×10⁻⁶ where decimals would take the room.
 *
 * @param {number} exponent  one of {@link places}
 */
export function textOf(exponent) {
  const value = Number((10 ** exponent).toPrecision(6));
  if (value >= 1e-4 && value < 1e7) return String(value);
  const power = Math.floor(exponent + 1e-9);
  const digit = Math.round(10 ** (exponent - power));
  return `${digit === 1 ? "" : `${digit}×`}10${superscript(power)}`;
}

/** @param {Element} element @param {number} x @param {number} y */
function put(element, x, y) {
  element.setAttribute("x", String(tenth(x)));
  element.setAttribute("y", String(tenth(y)));
}
