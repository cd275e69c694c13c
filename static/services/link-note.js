/**
 * What a link held that could not be read, told beside the widget instead of being passed over.
 *
 * Markup made here, below the title of the widget:
 *
 *     <p class="link-note" role="status"><span>The link held “abc” for x, which …</span><button>…</p>
 */

import { html } from "../draw/svg.js";

const LONGEST = 24;

/**
 * @typedef {{field: string, value: string}} Refusal  a field of the link, and what it said
 * @typedef {"spoilt" | "newer" | Refusal[]} Complaint
 *   the whole state cannot be read, or comes from a later edition of the book, or some fields
 */

/** @param {Complaint} complaint  not an empty list */
export function complaintWords(complaint) {
  if (complaint === "spoilt") return "The link held a state of this widget that cannot be read; the example is shown instead.";
  if (complaint === "newer") return "The link comes from another edition of the book, whose states this one cannot read; the example is shown instead.";
  const said = complaint.map(({ field, value }) => `“${shortened(value)}” for ${field}`);
  const list = said.length > 1 ? `${said.slice(0, -1).join(", ")} and ${said.at(-1)}` : said[0];
  return `The link held ${list}, which cannot be used; the example’s own is shown instead.`;
}

/** @param {string} value */
function shortened(value) {
  const letters = [...value];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("")}…` : value;
}

/**
 * Show or take away what is said about a widget's link.
 *
 * @param {HTMLElement} root  of the widget
 * @param {Complaint | null} complaint
 */
export function showComplaint(root, complaint) {
  root.querySelector(":scope > .link-note")?.remove();
  if (complaint) showNote(root, complaintWords(complaint));
}

/**
 * Say something about the address of a widget, below its title, until the reader closes it.
 *
 * @param {HTMLElement} root
 * @param {string} words
 */
export function showNote(root, words) {
  const close = html("button", { type: "button", class: "quiet" }, ["Close the note"]);
  const note = html("p", { class: "link-note", role: "status" }, [html("span", {}, [words]), close]);
  close.addEventListener("click", () => note.remove());
  const title = root.querySelector(":scope > .widget-title");
  if (title) title.after(note);
  else root.prepend(note);
}
