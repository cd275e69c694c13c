/**
 * The theme switch: as the system, light, dark.
 *
 * Markup: <button data-theme-switch>; the theme stands in <html data-theme>.
 */
import { keep } from "./store.js";

const ORDER = ["system", "light", "dark"];
/** @type {Record<string, string>} */
const NAMES = { system: "as the system", light: "light", dark: "dark" };

export function start() {
  const button = document.querySelector("[data-theme-switch]");
  if (!(button instanceof HTMLElement)) return;
  const show = () => button.setAttribute("aria-label", `Theme: ${NAMES[current()]}`);
  button.addEventListener("click", () => {
    choose(ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length]);
    show();
  });
  addEventListener("storage", (event) => {
    if (event.key !== "nabla.theme") return;
    document.documentElement.dataset.theme = event.newValue ?? "system";
    show();
  });
  show();
}

function current() {
  const theme = document.documentElement.dataset.theme ?? "system";
  return ORDER.includes(theme) ? theme : "system";
}

/** @param {string} theme */
function choose(theme) {
  document.documentElement.dataset.theme = theme;
  keep("theme", theme === "system" ? null : theme);
}
