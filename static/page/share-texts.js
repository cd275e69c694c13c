/**
 * What the share dialog offers: a link, a frame for another page, a directive for a lesson.
 *
 * All three say the same: the widget's options, and its state on top of them (services/address.js).
 *
 * @typedef {{
 *   name: string, title: string, options: Record<string, unknown>, state: string | null, layout: string,
 * }} Shared  `options` without the state
 */

import { encodeReadable } from "../services/address.js";
import { directiveText, queryText } from "./option-text.js";

/** What the other page runs, once for all frames of the book in it. */
export const FRAME_SCRIPT = `<script>
addEventListener("message", ({ data, source }) => {
  if (data?.type !== "nabla:height") return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.style.height = \`\${data.height}px\`;
  }
});
</script>`;

/**
 * The address that shows the widget alone.
 *
 * @param {string} root  address of /embed/ with a slash at the end
 * @param {Shared} shared
 * @param {boolean} isFolder  whether pages are folders, as in a copy without a server: not every host
 *   leads from an address without the slash to the one with it and keeps the query
 */
export function embedAddress(root, { name, options, state, layout }, isFolder = false) {
  const given = Object.entries(options).map(([option, value]) => [option, queryText(value)]);
  const parts = given.length ? given : [["from", "defaults"]];
  if (state !== null) parts.push([name, state]);
  parts.push(["layout", layout]);
  return `${root}${name}${isFolder ? "/" : ""}?${parts.map(([key, text]) => `${key}=${encodeReadable(text)}`).join("&")}`;
}

/**
 * @param {string} address
 * @param {string} title
 * @param {number} height  in CSS pixels, until the frame is told better
 */
export function frameMarkup(address, title, height) {
  const [source, name] = [address, title].map(escapeAttribute);
  return `<iframe src="${source}" title="${name}" width="100%" height="${height}" loading="lazy" style="border: 0"></iframe>`;
}

/** @param {string} text */
function escapeAttribute(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/**
 * The directive that shows the widget as it is now, in a lesson.
 *
 * @param {Shared} shared
 * @param {string} body  the text alternative, in Markdown
 */
export function directive({ name, options, state }, body) {
  const lines = Object.entries(options).map(([option, value]) => `:${option}: ${directiveText(value)}`);
  if (state !== null) lines.push(`:state: ${JSON.stringify(state)}`);
  const words = body.trim().replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n");
  const content = [...lines, "", words].join("\n");
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}{widget} ${name}\n${content}\n${fence}`;
}

/**
 * The words of an element in the Markdown of lessons; of formulas the TeX.
 *
 * @param {Node} node
 * @returns {string}
 */
export function markdownOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return escapeMarkdown((node.textContent ?? "").replace(/\s+/g, " "));
  if (!(node instanceof Element)) return "";
  if (node.localName === "math") return mathOf(node);
  if (node.localName === "code") return codeOf(node.textContent ?? "");
  const layout = /\blayout-(numerator|denominator)\b/.exec(node.getAttribute("class") ?? "")?.[1];
  if (layout) return layoutOf(node, layout);
  return contentOf(node);
}

/**
 * Both layouts stand in the page: inline one after the other, as the role `layout` makes them, or as
 * blocks of their own.
 *
 * @param {Element} node
 * @param {string} layout
 */
function layoutOf(node, layout) {
  const words = contentOf(node).trim();
  if (node.localName === "div") return `:::{${layout}}\n${words}\n:::\n\n`;
  const other = node.nextElementSibling;
  if (layout === "numerator" && other?.classList.contains("layout-denominator")) {
    return `{layout}\`${words}|${contentOf(other).trim()}\``;
  }
  return node.previousElementSibling?.classList.contains("layout-numerator") ? "" : words;
}

/** @param {Element} node */
function contentOf(node) {
  const inside = [...node.childNodes].map(markdownOf).join("");
  return WRAPS[node.localName]?.(inside.trim()) ?? inside;
}

/** @type {Record<string, (inside: string) => string>} */
const WRAPS = {
  p: (inside) => `${inside}\n\n`,
  div: (inside) => `${inside}\n\n`,
  ul: (inside) => `${inside}\n\n`,
  ol: (inside) => `${inside}\n\n`,
  li: (inside) => `- ${inside}\n`,
  em: (inside) => `*${inside}*`,
  strong: (inside) => `**${inside}**`,
};

/** @param {Element} math */
function mathOf(math) {
  const tex = math.querySelector('annotation[encoding="application/x-tex"]')?.textContent?.trim() ?? "";
  if (!tex) return escapeMarkdown(math.textContent ?? "");
  return math.getAttribute("display") === "block" ? `\n\n$$${tex}$$\n\n` : `$${tex}$`;
}

/** @param {string} text */
function codeOf(text) {
  const fence = "`".repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** @param {string} text */
function escapeMarkdown(text) {
  return text.replace(/[\\`*_[\]{}<>$#|~]/g, "\\$&");
}
