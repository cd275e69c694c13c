/**
 * The worker that keeps the book for reading offline.  The server, or `nabla export`, writes what is to
 * be kept in front of this text and hands it out as /sw.js (app/pages/offline.py).
 *
 * What is kept is named by its content: a new edition fetches what has changed, and nothing else.  A
 * page is always asked for first, so that nobody reads an old edition while connected; what has its
 * content's name in its address is taken from here.  Everything else, such as an answer to what
 * was typed, passes by untouched and is never kept.
 *
 * A classic script: not every browser has workers that are modules.
 */
(() => {
  /**
   * @typedef {{
   *   scope: string, changing: Record<string, string>, unchanging: Record<string, string>,
   * }} KeptEdition  digests by address
   * @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} LifeEvent
   * @typedef {Event & {request: Request, respondWith: (answer: Promise<Response>) => void}} FetchEvent
   */
  const worker = /** @type {any} */ (self);
  const { scope, changing, unchanging } = /** @type {KeptEdition} */ (worker.nablaEdition);
  const CACHE = `nabla ${scope}`;
  const AT_A_TIME = 4;
  /** Milliseconds after which a page that is here is not waited for. */
  const PATIENCE = 5000;

  worker.addEventListener("install", (/** @type {LifeEvent} */ event) => {
    worker.skipWaiting(); // nothing here depends on the edition that a page came from
    event.waitUntil(fill());
  });
  worker.addEventListener("activate", (/** @type {LifeEvent} */ event) => {
    event.waitUntil(Promise.all([clearUp(), worker.clients.claim()]));
  });
  worker.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    const forever = unchanging[pathname];
    const page = addressOf(pathname);
    if (forever) event.respondWith(kept(pathname, forever).then((answer) => answer ?? fetch(request)));
    else if (page) event.respondWith(fresh(request, page));
  });

  /** A page may have been asked for without the slash at its end. @param {string} pathname */
  function addressOf(pathname) {
    return [pathname, `${pathname}/`].find((address) => address in changing);
  }

  /**
   * @param {string} address
   * @param {string} digest
   */
  function nameOf(address, digest) {
    return `${address}?${digest}`;
  }

  /**
   * @param {string} address
   * @param {string} digest
   * @returns {Promise<Response | undefined>}
   */
  async function kept(address, digest) {
    const cache = await caches.open(CACHE);
    return cache.match(nameOf(address, digest));
  }

  /**
   * The page from the network; what is kept if there is none, or if it does not come.
   *
   * @param {Request} request
   * @param {string} address
   */
  async function fresh(request, address) {
    const here = () => kept(address, changing[address]);
    const answer = fetch(request);
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(here);
    try {
      return await Promise.race([answer, late.then((page) => page ?? answer)]);
    } catch (error) {
      const page = await here();
      if (page) return page;
      throw error;
    }
  }

  /** Fetch what is not here yet; what has come stays, should the rest fail. */
  async function fill() {
    const cache = await caches.open(CACHE);
    const waiting = Object.entries({ ...unchanging, ...changing });
    const line = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await take(cache, ...next);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, line));
  }

  /**
   * @param {Cache} cache
   * @param {string} address
   * @param {string} digest
   */
  async function take(cache, address, digest) {
    const name = nameOf(address, digest);
    if (await cache.match(name)) return;
    const answer = await fetch(address, { cache: address in changing ? "no-cache" : "default" });
    const body = await answer.arrayBuffer();
    // In the middle of an upgrade the address may already lead to another edition.
    if (!answer.ok || (await digestOf(body)) !== digest) throw new Error(`${address} is not of this edition`);
    const type = answer.headers.get("Content-Type") ?? "application/octet-stream";
    const policy = answer.headers.get("Content-Security-Policy");
    /** @type {Record<string, string>} */
    const headers = policy ? { "Content-Type": type, "Content-Security-Policy": policy } : { "Content-Type": type };
    await cache.put(name, new Response(body, { headers }));
  }

  /** @param {ArrayBuffer} body */
  async function digestOf(body) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 20);
  }

  /** Forget what belongs to no page of this edition. */
  async function clearUp() {
    const cache = await caches.open(CACHE);
    const names = new Set(Object.entries({ ...unchanging, ...changing }).map(([address, digest]) => nameOf(address, digest)));
    for (const request of await cache.keys()) {
      const { pathname, search } = new URL(request.url);
      if (!names.has(pathname + search)) await cache.delete(request);
    }
  }
})();
