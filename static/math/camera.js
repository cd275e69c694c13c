/**
 * How a block of space is seen: from which side, from how high, from how near.
 *
 * The block is the cube from −1 to 1 in x, y and z.  A camera is a value; turning returns a new one.
 */

import { clamp } from "./view.js";

/** The distance of the eye from the middle; the block seems the flatter, the farther it is. */
const DISTANCE = 6;
const STEEPEST = Math.PI / 2 - 0.02;
const LOWEST = -0.3;
const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 4;

export class Camera {
  /**
   * @param {number} azimuth  radians by which the block is turned, to the left seen from above
   * @param {number} elevation  radians above the horizon
   * @param {number} [zoom]
   */
  constructor(azimuth, elevation, zoom = 1) {
    this.azimuth = Math.atan2(Math.sin(azimuth), Math.cos(azimuth));
    this.elevation = clamp(elevation, LOWEST, STEEPEST);
    this.zoom = clamp(zoom, LEAST_ZOOM, MOST_ZOOM);
    this.cosA = Math.cos(this.azimuth);
    this.sinA = Math.sin(this.azimuth);
    this.cosE = Math.cos(this.elevation);
    this.sinE = Math.sin(this.elevation);
    Object.freeze(this);
  }

  /**
   * @param {number} left  radians
   * @param {number} up  radians
   */
  turned(left, up) {
    return new Camera(this.azimuth + left, this.elevation + up, this.zoom);
  }

  /** @param {number} factor */
  zoomed(factor) {
    return new Camera(this.azimuth, this.elevation, this.zoom * factor);
  }

  /**
   * Right, up and depth (larger is farther) of a point of the block.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} z
   * @returns {[number, number, number]}
   */
  see(x, y, z) {
    const right = x * this.cosA - y * this.sinA;
    const away = x * this.sinA + y * this.cosA;
    const depth = away * this.cosE - z * this.sinE;
    const size = (this.zoom * DISTANCE) / (DISTANCE + depth);
    return [right * size, (z * this.cosE + away * this.sinE) * size, depth];
  }
}
