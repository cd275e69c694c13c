/**
 * Reading offline: a worker keeps what a reader who stays a while has opened; of a copy without a
 * server all of it.
 *
 * Markup: <meta name="nabla-offline" content="/sw.js">; without it, and while files are watched, a
 * worker of an earlier visit is sent away.  A widget alone in a frame neither calls one nor sends it
 * away.  Where a browser has no workers, or storage is blocked, or the reader saves data, the book is
 * as it was.
 */

const SETTLED = 20_000;

export function start() {
  const address = document.querySelector("meta[name='nabla-offline']")?.getAttribute("content");
  if (!("serviceWorker" in navigator)) return;
  if (!address) {
    if (!document.body.classList.contains("embedded")) sendAway();
    return;
  }
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (/** @type {unknown} */ (navigator));
  if (connection?.saveData) return;
  const isCopy = document.querySelector("meta[name='nabla-answers']") !== null;
  // Passers-by need no worker.
  setTimeout(() => register(address), isCopy || navigator.serviceWorker.controller ? 0 : SETTLED);
}

/** @param {string} address */
async function register(address) {
  try {
    await navigator.serviceWorker.register(address, { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ keep: opened() });
  } catch {
    // Nothing is lost but reading offline.
  }
}

/** What this page consists of: it came before the worker was there. */
function opened() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  return [location.pathname, ...loaded.filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname)];
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
