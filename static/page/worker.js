/**
 * The worker that keeps the book for reading offline.  The server, or `nabla export`, writes what is to
 * be kept in front of this text and hands it out as /sw.js (app/pages/offline.py).
 *
 * A copy without a server is kept as a whole, for its host may be out of reach tomorrow; of a book with
 * a server, what the reader has opened.  What is kept is named by its content: a new edition fetches
 * what has changed, and nothing else.  A page is always asked for first, so that nobody reads an old
 * edition while connected; what has its content's name in its address is taken from here.  Everything
 * else, such as an answer to what was typed, passes by untouched and is never kept.
 *
 * A classic script: not every browser has workers that are modules.
 */
(() => {
  /**
   * @typedef {{
   *   scope: string, whole: boolean,
   *   changing: Record<string, string>, unchanging: Record<string, string>,
   * }} KeptEdition  digests by address
   * @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} LifeEvent
   * @typedef {LifeEvent & {data: {keep?: string[]}}} NoteEvent  addresses that a page has opened
   * @typedef {LifeEvent & {request: Request, respondWith: (answer: Promise<Response>) => void}} FetchEvent
   */
  const worker = /** @type {any} */ (self);
  const { scope, whole, changing, unchanging } = /** @type {KeptEdition} */ (worker.nablaEdition);
  const CACHE = `nabla ${scope}`;
  const AT_A_TIME = 4;
  /** Milliseconds after which a page that is here is not waited for. */
  const PATIENCE = 5000;

  worker.addEventListener("install", (/** @type {LifeEvent} */ event) => {
    worker.skipWaiting(); // nothing here depends on the edition that a page came from
    if (whole) event.waitUntil(fill(Object.entries({ ...unchanging, ...changing })));
  });
  worker.addEventListener("activate", (/** @type {LifeEvent} */ event) => {
    event.waitUntil(Promise.all([clearUp(), worker.clients.claim()]));
  });
  worker.addEventListener("message", (/** @type {NoteEvent} */ event) => {
    const digests = { ...unchanging, ...changing };
    const opened = (event.data?.keep ?? []).filter((address) => digests[address]);
    event.waitUntil(fill(opened.map((address) => [address, digests[address]])).catch(() => {}));
  });
  worker.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    const forever = unchanging[pathname];
    const page = addressOf(pathname);
    if (forever) event.respondWith(lasting(event, pathname, forever));
    else if (page) event.respondWith(fresh(event, page));
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
   * What never changes: from here, or else from the network, and kept.
   *
   * @param {FetchEvent} event
   * @param {string} address
   * @param {string} digest
   */
  async function lasting(event, address, digest) {
    const here = await kept(address, digest);
    if (here) return here;
    const answer = await fetch(event.request);
    event.waitUntil(keep(address, digest, answer.clone()));
    return answer;
  }

  /**
   * The page from the network; what is kept if there is none, or if it does not come.
   *
   * @param {FetchEvent} event
   * @param {string} address
   */
  async function fresh(event, address) {
    const here = () => kept(address, changing[address]);
    // Hosts that say nothing of it let browsers keep pages for a while; an old page would name old files.
    const answer = fetch(event.request, { cache: "no-cache" });
    const keeping = answer.then((page) => keep(address, changing[address], page.clone()));
    event.waitUntil(keeping.catch(() => {}));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(here);
    try {
      return await Promise.race([answer, late.then((page) => page ?? answer)]);
    } catch (error) {
      const page = await here();
      if (page) return page;
      throw error;
    }
  }

  /**
   * Fetch what is not here yet; what has come stays, should the rest fail.
   *
   * @param {[address: string, digest: string][]} waiting
   */
  async function fill(waiting) {
    const line = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await take(...next);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, line));
  }

  /**
   * @param {string} address
   * @param {string} digest
   */
  async function take(address, digest) {
    if (await kept(address, digest)) return;
    const answer = await fetch(address, { cache: address in changing ? "no-cache" : "default" });
    if (!(await keep(address, digest, answer))) throw new Error(`${address} is not of this edition`);
  }

  /**
   * Keep an answer if it is what it should be: in the middle of an upgrade an address may already lead
   * to another edition, and a page in the other layout is another page.
   *
   * @param {string} address
   * @param {string} digest
   * @param {Response} answer
   */
  async function keep(address, digest, answer) {
    const body = await answer.arrayBuffer();
    if (!answer.ok || (await digestOf(body)) !== digest) return false;
    const type = answer.headers.get("Content-Type") ?? "application/octet-stream";
    const policy = answer.headers.get("Content-Security-Policy");
    /** @type {Record<string, string>} */
    const headers = policy ? { "Content-Type": type, "Content-Security-Policy": policy } : { "Content-Type": type };
    const cache = await caches.open(CACHE);
    await cache.put(nameOf(address, digest), new Response(body, { headers }));
    return true;
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
