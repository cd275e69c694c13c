/**
 * What is wrong with what stands in a field, told below it while the reader is writing.  It lies over what
 * stands there: nothing moves away under the hand.  One field is written in at a time, so one note is enough.
 *
 * Markup made here, at the end of the widget: `<p class="field-note" popover="manual" role="alert" id="…">…</p>`;
 * the field names it in `aria-describedby` as long as it is shown.
 */

import { html, uniqueId } from "../draw/svg.js";

const GAP = 4;
const MARGIN = 8;

/** @type {FieldNote | undefined} */
let only;

/** @param {HTMLInputElement} input @param {string} text */
export function showNote(input, text) {
  only ??= new FieldNote();
  only.show(input, text);
}

/** @param {HTMLInputElement} input  whose note, if there is one, has become needless */
export function hideNote(input) {
  only?.hide(input);
}

class FieldNote {
  constructor() {
    this.element = html("p", { class: "field-note", popover: "manual", role: "alert", id: uniqueId("field-note") });
    /** @type {HTMLInputElement | null} */
    this.input = null;
    // What scrolls may be the page or a part of it, and scrolling does not bubble.
    for (const event of ["scroll", "resize"]) addEventListener(event, () => this.#place(), { capture: true, passive: true });
  }

  /** @param {HTMLInputElement} input @param {string} text */
  show(input, text) {
    if (this.input && this.input !== input) this.hide(this.input);
    if (this.element.textContent !== text) this.element.textContent = text;
    if (this.input !== input || !this.element.isConnected) {
      this.input = input;
      describe(input, this.element.id, true);
      (input.closest(".widget") ?? document.body).append(this.element);
      this.element.showPopover();
    }
    this.#place();
  }

  /** @param {HTMLInputElement} input */
  hide(input) {
    if (this.input !== input) return;
    this.input = null;
    describe(input, this.element.id, false);
    this.element.remove();
    this.element.textContent = "";
  }

  /** Below the field, or above it where there is no room, and within the window. */
  #place() {
    const { input, element } = this;
    if (!input) return;
    if (!input.isConnected) return this.hide(input);
    const field = input.getBoundingClientRect(), note = element.getBoundingClientRect();
    const below = field.bottom + GAP;
    const fits = below + note.height <= (visualViewport?.height ?? innerHeight) || field.top < note.height + GAP;
    element.style.top = `${fits ? below : field.top - note.height - GAP}px`;
    element.style.left = `${Math.max(MARGIN, Math.min(field.left, document.documentElement.clientWidth - note.width - MARGIN))}px`;
  }
}

/**
 * A field may have descriptions of its own.
 *
 * @param {HTMLInputElement} input
 * @param {string} id
 * @param {boolean} described
 */
function describe(input, id, described) {
  const ids = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  if (described) ids.push(id);
  if (ids.length) input.setAttribute("aria-describedby", ids.join(" "));
  else input.removeAttribute("aria-describedby");
}
