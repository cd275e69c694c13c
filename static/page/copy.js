/**
 * Copy buttons: the text of a code block, the LaTeX of a formula on its own line.
 *
 * The buttons are made here, because they do nothing without scripts. A formula carries its LaTeX
 * in <annotation encoding="application/x-tex">; where both layouts are in the page, each formula
 * has its own button and is shown and hidden with it.
 *
 * Markup: .code > pre; .equation with a display formula in it.
 */

import { copyText } from "../services/clipboard.js";

const TEX = 'annotation[encoding="application/x-tex"]';
const SAID_MILLISECONDS = 1600;

export function start() {
  for (const block of document.querySelectorAll(".code > pre")) {
    attach(/** @type {HTMLElement} */ (block), "Copy", "Copy this code", () => block.textContent ?? "");
  }
  for (const formula of document.querySelectorAll('main math[display="block"]')) {
    if (formula.closest(".widget") || !formula.querySelector(TEX)) continue;
    const tex = formula.querySelector(TEX)?.textContent ?? "";
    attach(/** @type {HTMLElement} */ (formula), "LaTeX", "Copy this formula as LaTeX", () => withoutPunctuation(tex));
  }
}

/**
 * The comma or full stop at the end belongs to the sentence around the formula.
 *
 * @param {string} tex
 */
function withoutPunctuation(tex) {
  return tex.trim().replace(/(?<!\\|\\right\s*)(?:\s|\\[,;:!]|~)*[.,;]$/, "");
}

/**
 * @param {HTMLElement} content
 * @param {string} label
 * @param {string} name
 * @param {() => string} text
 */
function attach(content, label, name, text) {
  const frame = content.closest(".code, .equation");
  if (!frame) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = label;
  button.setAttribute("aria-label", name);
  button.addEventListener("click", () => copy(button, label, text()));
  frame.append(button);
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} label
 * @param {string} text
 */
async function copy(button, label, text) {
  const done = await copyText(text);
  button.textContent = done ? "Copied" : "Not copied";
  announce(done ? "Copied" : "The browser did not allow copying");
  setTimeout(() => {
    button.textContent = label;
  }, SAID_MILLISECONDS);
}

/** @param {string} words */
function announce(words) {
  let region = document.querySelector("#copied");
  if (!region) {
    region = document.createElement("p");
    region.id = "copied";
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    document.querySelector("main")?.append(region);
  }
  region.textContent = words;
}
