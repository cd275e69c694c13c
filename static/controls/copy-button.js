/**
 * A button that copies a text and says so: `<button type="button" class="copy">LaTeX</button>`.
 */

import { html, setText } from "../draw/svg.js";
import { copyText } from "../services/clipboard.js";

const SAID_MILLISECONDS = 1600;

/**
 * @param {string} label
 * @param {string} name  what is copied, as it is spoken
 * @param {() => string} text
 * @param {(sentence: string) => void} say
 */
export function copyButton(label, name, text, say) {
  const button = html("button", { type: "button", class: "copy", "aria-label": name }, [label]);
  button.addEventListener("click", async () => {
    const done = await copyText(text());
    setText(button, done ? "Copied" : "Not copied");
    say(done ? `${label} copied.` : "The browser did not allow copying.");
    setTimeout(() => setText(button, label), SAID_MILLISECONDS);
  });
  return button;
}
