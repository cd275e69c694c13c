/**
 * The book's colours for what is drawn by scripts (Plotly, canvas), and word when they change.
 *
 * Colours are read from the custom properties where the chart stands, so that light, dark and forced
 * colours all arrive here, as [red, green, blue] from 0 to 255.
 */

import { html } from "../draw/svg.js";

/** @typedef {[number, number, number]} Colour */
/** @typedef {Record<"paper" | "ink" | "muted" | "edge" | "rule" | "accent" | "accent-2" | "accent-3", Colour>} Palette */

const NAMES = /** @type {(keyof Palette)[]} */ ([
  "paper", "ink", "muted", "edge", "rule", "accent", "accent-2", "accent-3",
]);

/**
 * @param {Element} place  whose colours are wanted
 * @returns {Palette}
 */
export function paletteAt(place) {
  const probe = html("span", { class: "palette-probe", hidden: true });
  place.append(probe);
  const style = getComputedStyle(probe);
  const read = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, numbersIn(style.color)];
  });
  probe.remove();
  return Object.fromEntries(read);
}

/**
 * The numbers of a computed colour, `rgb(1, 2, 3)`.
 *
 * @param {string} text
 * @returns {Colour}
 */
function numbersIn(text) {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/**
 * @param {Colour} from
 * @param {Colour} to
 * @param {number} share  of the second colour
 * @returns {Colour}
 */
export function mix(from, to, share) {
  return /** @type {Colour} */ (from.map((value, index) => value + (to[index] - value) * share));
}

/** @param {Colour} colour */
export function css(colour) {
  return `rgb(${colour.map(Math.round).join(",")})`;
}

/**
 * Colours for heights from low (0) to high (1): deep water, shallows, and a little warmth on top.
 *
 * @param {Palette} palette
 * @param {number} height
 */
export function heightColour({ paper, accent, "accent-2": warm }, height) {
  const deep = mix(paper, accent, 0.5);
  const shallow = mix(paper, accent, 0.08);
  const top = mix(paper, warm, 0.34);
  return height < 0.6 ? mix(deep, shallow, height / 0.6) : mix(shallow, top, (height - 0.6) / 0.4);
}

/**
 * Call back when the reader or the system has chosen other colours.
 *
 * @param {() => void} callback
 */
export function onPaletteChange(callback) {
  new MutationObserver(callback).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", callback);
  }
}
