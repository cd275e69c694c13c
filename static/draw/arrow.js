/**
 * An arrow with a name at its tip, inside an SVG group of the given class.
 *
 * Markup: `<g class="arrow …"><path class="arrow-shaft"><path class="arrow-head"><text></g>`.
 */

import { clamp } from "../math/view.js";
import { setText, svg } from "./svg.js";
import { tenth } from "./path.js";

const HEAD_LENGTH = 11;
const HEAD_WIDTH = 4.5;
const LABEL_DISTANCE = 14;

export class Arrow {
  /**
   * @param {Element} layer
   * @param {string} className
   */
  constructor(layer, className) {
    this.shaft = svg("path", { class: "arrow-shaft" });
    this.head = svg("path", { class: "arrow-head" });
    this.label = svg("text", { class: "arrow-label" });
    this.group = svg("g", { class: `arrow ${className}` }, [this.shaft, this.head, this.label]);
    layer.append(this.group);
    /** Where the name stands, in pixels. */
    this.place = { x: 0, y: 0 };
  }

  /**
   * Draw from one point of the plane along a vector; nothing is drawn when either is not finite.
   *
   * @param {import("../math/view.js").View} view
   * @param {number} x
   * @param {number} y
   * @param {number} alongX
   * @param {number} alongY
   * @param {string} name
   * @param {number} [aside]  pixels by which the name stands to the right of the tip
   */
  draw(view, x, y, alongX, alongY, name, aside = 0) {
    const startX = view.toPixelX(x);
    const startY = view.toPixelY(y);
    const length = Math.hypot(alongX, alongY) * view.scale;
    const visible = Number.isFinite(length + startX + startY) && length < 1e5;
    this.group.toggleAttribute("hidden", !visible);
    if (!visible) return;
    const unitX = length > 0 ? (alongX * view.scale) / length : 1;
    const unitY = length > 0 ? (-alongY * view.scale) / length : 0;
    this.#drawLine(startX, startY, unitX, unitY, length);
    const tipX = startX + unitX * length - unitY * aside;
    const tipY = startY + unitY * length + unitX * aside;
    this.#drawLabel(view, tipX, tipY, unitX, unitY, name);
  }

  /**
   * @param {number} startX
   * @param {number} startY
   * @param {number} unitX
   * @param {number} unitY
   * @param {number} length
   */
  #drawLine(startX, startY, unitX, unitY, length) {
    const head = Math.min(HEAD_LENGTH, length);
    const width = (HEAD_WIDTH * head) / HEAD_LENGTH;
    const neckX = startX + unitX * (length - head);
    const neckY = startY + unitY * (length - head);
    const tip = `${tenth(startX + unitX * length)} ${tenth(startY + unitY * length)}`;
    this.shaft.setAttribute("d", `M${tenth(startX)} ${tenth(startY)}L${tenth(neckX)} ${tenth(neckY)}`);
    this.head.setAttribute(
      "d",
      `M${tip}L${tenth(neckX - unitY * width)} ${tenth(neckY + unitX * width)}` +
        `L${tenth(neckX + unitY * width)} ${tenth(neckY - unitX * width)}Z`,
    );
  }

  /**
   * @param {import("../math/view.js").View} view
   * @param {number} tipX
   * @param {number} tipY
   * @param {number} unitX
   * @param {number} unitY
   * @param {string} name
   */
  #drawLabel(view, tipX, tipY, unitX, unitY, name) {
    setText(this.label, name);
    const reach = 4.5 * name.length;
    const wantedX = tipX + unitX * (LABEL_DISTANCE + reach * 0.8);
    const x = clamp(wantedX, reach + 3, view.width - reach - 3);
    // Pushed back by the edge of the picture the name would cover its arrow: it then stands above.
    const lift = x === wantedX ? 0 : LABEL_DISTANCE;
    const y = clamp(tipY + unitY * LABEL_DISTANCE - lift, 10, view.height - 10);
    this.place = { x, y };
    this.label.setAttribute("x", String(tenth(x)));
    this.label.setAttribute("y", String(tenth(y)));
  }
}
