/**
 * Derivations of the cheat sheet, fetched when they are opened: all of them together would be three
 * quarters of the page.  Without scripts, or without a server, the link leads there.
 *
 * Markup: <details class="verification"> with <a data-derivation href="page#id"> inside; the page has
 * an element with that id and in it the derivation, <div class="verification-body">.
 */

/** @type {Map<string, Promise<Document>>} pages by their address */
const pages = new Map();

/** @param {HTMLElement} details that has been opened */
export async function fill(details) {
  const link = details.querySelector("a[data-derivation]");
  const body = link?.closest(".verification-body");
  if (!(link instanceof HTMLAnchorElement) || !body || body.getAttribute("aria-busy")) return;
  body.setAttribute("aria-busy", "true");
  try {
    const page = await pageAt(link.href.split("#")[0]);
    const found = page.getElementById(decodeURIComponent(link.hash.slice(1)))?.querySelector(".verification-body");
    if (found) body.replaceChildren(...found.childNodes);
  } catch (error) {
    // The link stays, and leads to the page with the derivation.
    console.warn("The derivation could not be fetched.", error);
  } finally {
    body.removeAttribute("aria-busy");
  }
}

/** @param {string} address */
function pageAt(address) {
  const found = pages.get(address) ?? fetched(address);
  pages.set(address, found);
  found.catch(() => pages.delete(address));
  return found;
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
