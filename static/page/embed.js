/**
 * A widget alone in a page (/embed/<widget>), most often framed by another page.
 *
 * Options stand in the address, by the names in the widget's options.json: `?f=[x*y, x-y]&at=1,2`.
 * Where there is one, they all come from there; `?from=defaults` alone starts with none.  Without,
 * the widget is as its lesson shows it first.  `layout` is the layout of derivatives, and the widget's
 * own name (`?jacobian=1~x.2`) its state on top of the options.
 *
 * The frame cannot know how high its content is.  The widget tells it, whenever that changes:
 *
 *     { type: "nabla:height", widget: "jacobian", height: 812 }       height in CSS pixels
 *
 * The share dialog has the script with which a page listens (FRAME_SCRIPT in share-texts.js).
 */

import { showNote } from "../services/link-note.js";
import { readOption } from "./option-text.js";

const ASIDE = new Set(["layout", "from"]);

/**
 * Take over the options in the address, and leave them in `data-options`, where all look for them.
 *
 * @param {HTMLElement} root
 * @returns {Promise<string[]>} what could not be used, in sentences
 */
export async function takeOptions(root) {
  const name = root.dataset.widget ?? "";
  const query = new URLSearchParams(location.search);
  const asked = [...query].filter(([option]) => !ASIDE.has(option) && option !== name);
  if (!asked.length) {
    if (query.get("from") === "defaults") root.dataset.options = "{}";
    return [];
  }
  const answer = await fetch(new URL(`../widgets/${name}/options.json`, import.meta.url));
  const { options: schemas } = await answer.json();
  const { options, complaints } = read(asked, schemas);
  if (Object.keys(options).length) root.dataset.options = JSON.stringify(options);
  return complaints;
}

/**
 * @param {[string, string][]} asked
 * @param {Record<string, import("./option-text.js").Schema>} schemas
 */
function read(asked, schemas) {
  /** @type {Record<string, unknown>} */
  const options = {};
  const complaints = [];
  for (const [option, text] of asked) {
    if (!Object.hasOwn(schemas, option)) {
      complaints.push(`The address names “${option.slice(0, 24)}”, which is no option of this widget.`);
      continue;
    }
    const { value, mistake } = readOption(text, schemas[option]);
    if (mistake) complaints.push(`In the address “${option}” ${mistake}.`);
    else options[option] = value;
  }
  return { options, complaints };
}

/**
 * Tell beside the widget what could not be used, and the frame how high it has to be.
 *
 * @param {HTMLElement} root
 * @param {string[]} complaints
 */
export function settle(root, complaints) {
  if (complaints.length) showNote(root, complaints.join(" "));
  if (parent !== window) tellHeight(root.dataset.widget ?? "");
}

/** @param {string} widget */
function tellHeight(widget) {
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    // Whoever may frame the page is in its security policy, and a height is no secret.
    parent.postMessage({ type: "nabla:height", widget, height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
}
