/**
 * Axes with numbers at round places, inside a group of an SVG; they follow the view.
 *
 * The numbers stay visible when an axis leaves the picture: they then stand at the nearest edge.
 */

import { decimalsFor, fixed } from "../math/format.js";
import { clamp, multiples, numberStep } from "../math/view.js";
import { tenth } from "./path.js";
import { setText, svg } from "./svg.js";

export class Axes {
  /**
   * @param {Element} layer
   * @param {[string, string]} names  of the horizontal and the vertical axis
   */
  constructor(layer, names) {
    this.lines = svg("path", { class: "axis" });
    this.numbers = svg("g", { class: "axis-numbers" });
    this.names = names.map((name) => svg("text", { class: "axis-name" }, [document.createTextNode(name)]));
    layer.append(this.lines, this.numbers, ...this.names);
  }

  /** @param {[string, string]} names */
  rename(names) {
    this.names.forEach((element, index) => setText(element, names[index]));
  }

  /** @param {import("../math/view.js").View} view */
  draw(view) {
    const originX = tenth(clamp(view.toPixelX(0), -10, view.width + 10));
    const originY = tenth(clamp(view.toPixelY(0), -10, view.height + 10));
    this.lines.setAttribute("d", `M${originX} 0V${view.height}M0 ${originY}H${view.width}`);
    this.#drawNumbers(view, clamp(originX, 2, view.width - 30), clamp(originY, 2, view.height - 16));
    place(this.names[0], view.width - 5, clamp(originY - 6, 14, view.height - 6));
    place(this.names[1], clamp(originX + 7, 8, view.width - 14), 14);
  }

  /**
   * @param {import("../math/view.js").View} view
   * @param {number} axisX
   * @param {number} axisY
   */
  #drawNumbers(view, axisX, axisY) {
    const step = numberStep(view);
    const decimals = decimalsFor(step);
    let used = 0;
    for (const x of multiples(view.left, view.right, step)) {
      const pixel = view.toPixelX(x);
      if (x === 0 || pixel < 14 || pixel > view.width - 22) continue;
      this.#number(used++, fixed(x, decimals), pixel, axisY + 13, "middle");
    }
    for (const y of multiples(view.bottom, view.top, step)) {
      const pixel = view.toPixelY(y);
      if (y === 0 || pixel < 22 || pixel > view.height - 8) continue;
      this.#number(used++, fixed(y, decimals), axisX + 5, pixel + 4, "start");
    }
    while (this.numbers.childNodes.length > used) this.numbers.lastChild?.remove();
  }

  /**
   * @param {number} index
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {string} anchor
   */
  #number(index, text, x, y, anchor) {
    const existing = /** @type {SVGTextElement | undefined} */ (this.numbers.childNodes[index]);
    const element = existing ?? this.numbers.appendChild(svg("text"));
    setText(element, text);
    element.setAttribute("text-anchor", anchor);
    place(element, x, y);
  }
}

/**
 * @param {Element} element
 * @param {number} x
 * @param {number} y
 */
function place(element, x, y) {
  element.setAttribute("x", String(tenth(x)));
  element.setAttribute("y", String(tenth(y)));
}
