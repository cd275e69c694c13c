/**
 * A direction that the reader turns around a point: by mouse, pen, finger and arrow keys.
 *
 * Markup made here, over a plane's drawing:
 *
 *     <div class="handle direction" data-handle role="slider" tabindex="0" aria-label="…"
 *          aria-valuenow="30" aria-valuemin="-180" aria-valuemax="180" aria-valuetext="30 degrees">
 *
 * It stands at a fixed distance from the point; up and left turn it counter-clockwise, Home points it
 * to the right, Escape takes a drag back.  Turning by hand always has an alternative: a slider
 * or a field (slider.js, number-field.js).
 */

import { html } from "../draw/svg.js";
import { Grip } from "./grip.js";

/** Degrees of a step, and how many steps are a large one. */
const STEP = 5;
const LARGE_STEP = 3;

export class DirectionHandle {
  /**
   * @param {import("../draw/plane.js").Plane} plane
   * @param {{label: string, describe: (degrees: number) => string, onTurn: (degrees: number) => void}} options
   */
  constructor(plane, { label, describe, onTurn }) {
    this.plane = plane;
    this.describe = describe;
    this.onTurn = onTurn;
    this.degrees = 0;
    this.centre = { x: 0, y: 0 };
    this.element = html("div", {
      class: "handle direction", "data-handle": true, role: "slider", tabindex: 0, "aria-label": label,
      "aria-valuemin": -180, "aria-valuemax": 180,
    });
    plane.stage.append(this.element);
    new Grip(this.element, {
      take: () => this.degrees,
      follow: (event) => this.#turnTowards(event),
      takeBack: (degrees) => this.#turn(degrees),
      step: (right, up) => this.#turn(normal(this.degrees + (up - right) * STEP)),
      reset: () => this.#turn(0),
      large: LARGE_STEP,
    });
  }

  /**
   * @param {number} x  of the point, in pixels of the picture
   * @param {number} y
   * @param {number} radius  in pixels
   * @param {number} degrees
   */
  show(x, y, radius, degrees) {
    this.centre = { x, y };
    this.degrees = degrees;
    const angle = (degrees * Math.PI) / 180;
    this.element.style.transform = `translate(${x + radius * Math.cos(angle)}px, ${y - radius * Math.sin(angle)}px)`;
    const words = this.describe(degrees);
    if (this.element.getAttribute("aria-valuetext") === words) return;
    this.element.setAttribute("aria-valuenow", String(degrees));
    this.element.setAttribute("aria-valuetext", words);
  }

  /** @param {number} degrees */
  #turn(degrees) {
    // Kept at once: the next key may come before the next frame.
    this.degrees = degrees;
    this.onTurn(degrees);
  }

  /** @param {PointerEvent} event */
  #turnTowards(event) {
    const { stage } = this.plane;
    const box = stage.getBoundingClientRect();
    const right = event.clientX - box.left - stage.clientLeft - this.centre.x;
    const up = this.centre.y - (event.clientY - box.top - stage.clientTop);
    if (right || up) this.#turn(normal(Math.round((Math.atan2(up, right) * 180) / Math.PI)));
  }
}

/** @param {number} degrees  brought between −179 and 180 */
function normal(degrees) {
  const turned = ((degrees % 360) + 360) % 360;
  return turned > 180 ? turned - 360 : turned;
}
