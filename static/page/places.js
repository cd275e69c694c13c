/**
 * The search of a copy without a server, loaded with the first search: the places of the book with
 * their words, searched here, and shown as the book's own template has them (app/export/places.py).
 *
 * Markup: <meta name="nabla-places" content="…/search/places.json">; on the search page
 * <div data-search-page>.
 */
import { escaped } from "../search/excerpt.js";
import { SearchIndex } from "../search/index.js";

/**
 * @typedef {import("../search/index.js").Place & {shape: string}} Place
 * @typedef {{none: string, meant: string, shapes: Record<string, string>, places: Place[]}} Written
 *   HTML with signs in the place of what was found: for no result, for what a misspelt query may have
 *   meant, and for one result of each shape
 * @typedef {{written: Written, index: SearchIndex}} Loaded
 */

const SIGNS = { address: "\ue010", title: "\ue011", place: "\ue012", excerpt: "\ue013", query: "\ue014", meant: "\ue015" };

/** @type {Promise<Loaded> | null} */
let loading = null;

/**
 * @param {string} address
 * @returns {Promise<Loaded>}
 */
async function load(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    /** @type {Written} */
    const written = await answer.json();
    return { written, index: new SearchIndex(written.places) };
  } catch (error) {
    loading = null;
    throw error;
  }
}

/**
 * The results as HTML, made by the book's own template, with everything escaped.
 *
 * @param {string} address  of the places
 * @param {string} query
 */
export async function results(address, query) {
  const { written, index } = await (loading ??= load(address));
  const meant = index.meant(query);
  const hits = index.search(meant ?? query);
  if (!hits.length) return filled(written.none, { [SIGNS.query]: quoted(query) });
  const note = meant && filled(written.meant, { [SIGNS.query]: quoted(query), [SIGNS.meant]: quoted(meant) });
  return (note ?? "") + listed(hits, written);
}

/**
 * The list of results as HTML.
 *
 * @param {import("../search/index.js").Hit[]} hits
 * @param {Written} written
 */
function listed(hits, written) {
  const [first, ...others] = hits.map((hit) => page(shown(hit, written)));
  const list = first.querySelector(".results");
  for (const other of others) list?.append(...(other.querySelector(".results")?.children ?? []));
  return first.body.innerHTML;
}

/**
 * One result as HTML.
 *
 * @param {import("../search/index.js").Hit} hit
 * @param {Written} written
 */
function shown({ place, title, excerpt }, { shapes }) {
  const { address, place: where, shape } = /** @type {Place} */ (place);
  return filled(shapes[shape], {
    [SIGNS.address]: quoted(address), [SIGNS.title]: title, [SIGNS.place]: quoted(where), [SIGNS.excerpt]: excerpt,
  });
}

/** @param {string} html */
function page(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/**
 * Show on the search page what the address asks for.
 *
 * @param {string} address  of the places
 * @param {HTMLElement} root
 */
export async function showAsked(address, root) {
  const query = (new URLSearchParams(location.search).get("q") ?? "").split(/\s+/).filter(Boolean).join(" ");
  const field = document.querySelector(".search-page #q");
  if (!query || !(field instanceof HTMLInputElement)) return;
  field.value = query;
  const heading = document.createElement("h2");
  heading.className = "search-count";
  try {
    const part = page(await results(address, query));
    const count = part.querySelectorAll(".results > li").length;
    const meant = part.querySelector(".search-meant strong")?.textContent;
    heading.textContent = `${count || "No"} result${count === 1 ? "" : "s"} for “${meant ?? query}”`;
    root.replaceChildren(heading, ...part.body.childNodes);
    document.title = document.title.replace(/^[^·]*/, `Search: ${query} `);
  } catch {
    heading.textContent = "The book could not be searched. Is the connection there?";
    root.replaceChildren(heading);
  }
}

/**
 * @param {string} html
 * @param {Record<string, string>} parts  by their signs
 */
function filled(html, parts) {
  return html.replace(/[\ue010-\ue015]/g, (sign) => parts[sign] ?? "");
}

/** @param {string} text */
function quoted(text) {
  return escaped(text).replaceAll('"', "&quot;");
}
