/**
 * The scale of the blocks: a side grows with the square root of its size.
 *
 * On a plain scale a row of 1 beside a column of 1,000 could not be seen; on a logarithmic one
 * 1,000 would look like twice 30.  With square roots a thin row stays thin, everything can be seen, and
 * half the area still means fewer entries.  `reach` is the size that fills the frame.
 */

export const SMALLEST = 1;
export const LARGEST = 1000;
/** What may fill the frame. */
export const REACHES = [10, 100, LARGEST];

/**
 * @param {number} size
 * @param {number} frame  in pixels
 * @param {number} reach
 */
export function pixelsOf(size, frame, reach) {
  return frame * Math.sqrt(size / reach);
}

/**
 * The size whose side is the nearest to so many pixels; always one that the frame holds.
 *
 * @param {number} pixels
 * @param {number} frame
 * @param {number} reach
 */
export function sizeAt(pixels, frame, reach) {
  const size = Math.round(reach * (Math.max(0, pixels) / frame) ** 2);
  return Math.min(reach, Math.max(SMALLEST, size));
}

/**
 * The smallest reach that holds all sizes.
 *
 * @param {readonly number[]} sizes
 */
export function reachFor(sizes) {
  return REACHES.find((reach) => sizes.every((size) => size <= reach)) ?? LARGEST;
}
