/**
 * Which part of the mathematical plane a picture shows, and the way between both coordinates.
 *
 * A view is a value: panning and zooming return a new one.  `half` is half the shorter side of the
 * picture in units of the plane, so that a circle stays a circle in every shape of picture.
 */

const SMALLEST_HALF = 1e-6;
const LARGEST_HALF = 1e6;
const LARGEST_CENTRE = 1e9;
const PIXELS_PER_NUMBER = 62;

export class View {
  /**
   * @param {number} x  centre
   * @param {number} y  centre
   * @param {number} half
   * @param {number} [width]  of the picture in pixels
   * @param {number} [height]
   */
  constructor(x, y, half, width = 1, height = 1) {
    this.x = clamp(x, -LARGEST_CENTRE, LARGEST_CENTRE);
    this.y = clamp(y, -LARGEST_CENTRE, LARGEST_CENTRE);
    this.half = clamp(half, SMALLEST_HALF, LARGEST_HALF);
    this.width = width;
    this.height = height;
    /** Pixels per unit. */
    this.scale = Math.min(width, height) / (2 * this.half);
    Object.freeze(this);
  }

  get left() { return this.x - this.width / 2 / this.scale; }
  get right() { return this.x + this.width / 2 / this.scale; }
  get bottom() { return this.y - this.height / 2 / this.scale; }
  get top() { return this.y + this.height / 2 / this.scale; }

  /** The step in which coordinates are chosen and printed: 0.01, less in a close view. */
  get grain() { return 10 ** Math.min(-2, Math.floor(Math.log10(this.half / 100) + 1e-9)); }

  /** @param {number} x */
  toPixelX(x) { return this.width / 2 + (x - this.x) * this.scale; }
  /** @param {number} y */
  toPixelY(y) { return this.height / 2 - (y - this.y) * this.scale; }
  /** @param {number} pixel */
  fromPixelX(pixel) { return this.x + (pixel - this.width / 2) / this.scale; }
  /** @param {number} pixel */
  fromPixelY(pixel) { return this.y - (pixel - this.height / 2) / this.scale; }

  /**
   * @param {number} width
   * @param {number} height
   */
  resized(width, height) {
    return new View(this.x, this.y, this.half, width, height);
  }

  /**
   * The view after its contents were pushed by so many pixels.
   *
   * @param {number} right
   * @param {number} down
   */
  panned(right, down) {
    return this.centred(this.x - right / this.scale, this.y + down / this.scale);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  centred(x, y) {
    return new View(x, y, this.half, this.width, this.height);
  }

  /**
   * Magnified by `factor` about a pixel that stays where it is.
   *
   * @param {number} factor
   * @param {number} [pixelX]
   * @param {number} [pixelY]
   */
  zoomed(factor, pixelX = this.width / 2, pixelY = this.height / 2) {
    const half = clamp(this.half / factor, SMALLEST_HALF, LARGEST_HALF);
    const shrink = half / this.half;
    const x = this.fromPixelX(pixelX);
    const y = this.fromPixelY(pixelY);
    return new View(x + (this.x - x) * shrink, y + (this.y - y) * shrink, half, this.width, this.height);
  }

  /**
   * The same view, moved no further than needed for a point to lie inside the margin.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} [margin]  as a fraction of the picture
   */
  keeping(x, y, margin = 0.1) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return this;
    const reachX = (this.width / this.scale) * (0.5 - margin);
    const reachY = (this.height / this.scale) * (0.5 - margin);
    const centreX = clamp(this.x, x - reachX, x + reachX);
    const centreY = clamp(this.y, y - reachY, y + reachY);
    return centreX === this.x && centreY === this.y ? this : this.centred(centreX, centreY);
  }
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

/**
 * The largest of 1, 2, 5 times a power of ten that does not exceed `value`.
 *
 * @param {number} value  positive
 */
export function niceFloor(value) {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-12);
  const digit = value / power;
  const nice = digit >= 5 - 1e-9 ? 5 : digit >= 2 - 1e-9 ? 2 : 1;
  return power < 1 ? nice / Math.round(1 / power) : nice * power;
}

/**
 * The distance of two numbers on an axis.
 *
 * @param {View} view
 */
export function numberStep(view) {
  const wanted = PIXELS_PER_NUMBER / view.scale;
  const step = niceFloor(wanted);
  return step < wanted * 0.6 ? niceFloor(step * 2.5) : step;
}

/**
 * The multiples of `step` from `low` to `high`, without the noise of repeated addition.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} step
 * @returns {number[]}
 */
export function multiples(low, high, step) {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => roundTo((first + index) * step, step));
}

/**
 * `value` rounded to a multiple of `step`, printed without binary noise.
 *
 * @param {number} value
 * @param {number} step
 */
export function roundTo(value, step) {
  const rounded = Math.round(value / step) * step;
  // A negative zero would be printed with its sign.
  return Number(rounded.toPrecision(12)) + 0;
}
