/**
 * Reading offline: a worker keeps the book in the browser of a reader who stays a while.
 *
 * Markup: <meta name="nabla-offline" content="/sw.js">; without it, and while files are watched, a
 * worker of an earlier visit is sent away.  Where a browser has no workers, or storage is blocked, or
 * the reader saves data, the book is as it was.
 */

const SETTLED = 20_000;

export function start() {
  const address = document.querySelector("meta[name='nabla-offline']")?.getAttribute("content");
  if (!("serviceWorker" in navigator)) return;
  if (!address) {
    sendAway();
    return;
  }
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (/** @type {unknown} */ (navigator));
  if (connection?.saveData) return;
  // A copy without a server may be out of reach tomorrow; a server need not serve passers-by the whole book.
  const pause = document.querySelector("meta[name='nabla-answers']") || navigator.serviceWorker.controller ? 0 : SETTLED;
  setTimeout(() => register(address), pause);
}

/** @param {string} address */
async function register(address) {
  try {
    await navigator.serviceWorker.register(address, { updateViaCache: "none" });
  } catch {
    // Nothing is lost but reading offline.
  }
}

/** Only this book's own worker: the host may have others. */
async function sendAway() {
  const worker = navigator.serviceWorker.controller;
  const registration = worker && (await navigator.serviceWorker.getRegistration());
  if (!registration?.active?.scriptURL.endsWith("/sw.js")) return;
  const { pathname } = new URL(registration.scope);
  const names = await caches.keys();
  if (!names.includes(`nabla ${pathname}`)) return;
  await caches.delete(`nabla ${pathname}`);
  await registration.unregister();
}
