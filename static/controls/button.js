/** A button with a word or two on it: `<button type="button">`. */

import { html } from "../draw/svg.js";

/**
 * While it has `aria-disabled`, which leaves the focus on it, a click does nothing.
 *
 * @param {string} label
 * @param {string} className  may be empty
 * @param {() => void} onClick
 */
export function button(label, className, onClick) {
  const element = html("button", { type: "button", class: className }, [label]);
  element.addEventListener("click", () => {
    if (element.getAttribute("aria-disabled") !== "true") onClick();
  });
  return element;
}
