/**
 * Names that do not cover each other: those of several arrows in one picture, moved up or down until
 * each is free, the first ones first.  No page, but for {@link spreadLabels}.
 */

import { tenth } from "./path.js";

/** Pixels of a letter of a name and of its line. */
const LETTER = 7.4;
const LINE = 16;

/** @typedef {{x: number, y: number, width: number}} Name  middle and width of a line of words, in pixels */

/**
 * The heights at which names are free of those before them, and of what else must be seen.
 *
 * @param {readonly Name[]} names
 * @param {number} height  of the picture
 * @param {readonly Name[]} [taken]
 * @returns {number[]}
 */
export function freeHeights(names, height, taken = []) {
  const placed = [...taken];
  return names.map((name) => {
    const free = (/** @type {number} */ y) => placed.every((other) => !overlap({ ...name, y }, other));
    const distance = (/** @type {number} */ y) => Math.abs(y - name.y);
    const beside = placed.flatMap((other) => [other.y - LINE, other.y + LINE]);
    const wanted = [name.y, ...beside.sort((one, other) => distance(one) - distance(other))];
    const y = wanted.find((y) => y >= LINE / 2 && y <= height - LINE / 2 && free(y)) ?? name.y;
    placed.push({ ...name, y });
    return y;
  });
}

/**
 * @param {Name} one
 * @param {Name} other
 */
function overlap(one, other) {
  return Math.abs(one.y - other.y) < LINE && Math.abs(one.x - other.x) < (one.width + other.width) / 2;
}

/**
 * @param {readonly import("./arrow.js").Arrow[]} arrows  the most important first
 * @param {number} height  of the picture
 * @param {...{x: number, y: number}} points  handles, which names keep clear of
 */
export function spreadLabels(arrows, height, ...points) {
  const shown = arrows.filter(({ group, label }) => !group.hasAttribute("hidden") && label.textContent);
  const names = shown.map(({ place, label }) => ({ ...place, width: LETTER * (label.textContent ?? "").length }));
  const ys = freeHeights(names, height, points.map((point) => ({ ...point, width: 1.5 * LINE })));
  shown.forEach(({ label }, index) => label.setAttribute("y", String(tenth(ys[index]))));
}
