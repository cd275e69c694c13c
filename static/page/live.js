/**
 * While an author writes (`nabla serve --watch`), the page reloads when its source was saved, and
 * the reader's eye stays where it was.
 *
 * Markup: <meta name="nabla-changes" content="address of the events">, in watch mode only.
 */

const SCROLL = "nabla.scroll";

export function start() {
  const address = document.querySelector('meta[name="nabla-changes"]')?.getAttribute("content");
  if (!address) return;
  restoreScroll();
  listen(address);
}

/** @param {string} address */
function listen(address) {
  const events = new EventSource(address);
  /** @type {string | null} */
  let version = null;
  events.addEventListener("version", (event) => {
    const news = /** @type {MessageEvent<string>} */ (event).data;
    if (version !== null && news !== version) reload();
    version = news;
  });
  addEventListener("pagehide", () => events.close());
}

function reload() {
  sessionStorage.setItem(SCROLL, JSON.stringify({ path: location.pathname, top: scrollY }));
  location.reload();
}

function restoreScroll() {
  const text = sessionStorage.getItem(SCROLL);
  sessionStorage.removeItem(SCROLL);
  const place = text ? JSON.parse(text) : null;
  if (place?.path === location.pathname) scrollTo({ top: place.top, behavior: "instant" });
}
