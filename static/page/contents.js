/**
 * The contents of the page mark the section that is being read; an open drawer closes when the
 * reader goes somewhere.
 *
 * Markup: <nav data-page-contents> with links to headings; popovers #book-contents, #page-contents.
 */

export function start() {
  const nav = document.querySelector("[data-page-contents]");
  if (nav instanceof HTMLElement) markCurrent(nav);
  for (const drawer of document.querySelectorAll("nav[popover]")) {
    drawer.addEventListener("click", (event) => {
      const inLink = event.target instanceof Element && event.target.closest("a");
      if (inLink && drawer instanceof HTMLElement && drawer.matches(":popover-open")) {
        drawer.hidePopover();
      }
    });
  }
  revealCurrentLesson();
  addEventListener("click", arriveAtTarget);
}

const INTERRUPTIONS = ["wheel", "touchstart", "pointerdown", "keydown"];

/**
 * A widget that appears on the way moves what lies below it, and a smooth scroll then ends beside
 * its target.  When it ends, and nobody has taken over meanwhile, go the rest of the way.
 *
 * @param {MouseEvent} event
 */
function arriveAtTarget(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.hash || link.pathname !== location.pathname) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const journey = new AbortController();
  const { signal } = journey;
  const arrive = () => {
    journey.abort();
    target?.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("scrollend", arrive, { signal });
  for (const name of INTERRUPTIONS) addEventListener(name, () => journey.abort(), { signal, passive: true });
}

/** @param {HTMLElement} nav */
function markCurrent(nav) {
  const links = [...nav.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let scheduled = false;
  const update = () => {
    scheduled = false;
    const line = innerHeight * 0.25;
    let last = -1;
    headings.forEach((heading, index) => {
      if (heading && heading.getBoundingClientRect().top <= line) last = index;
    });
    links.forEach((link, index) => {
      if (index === last) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (last >= 0) reveal(links[last], nav);
  };
  const schedule = () => {
    if (!scheduled) requestAnimationFrame(update);
    scheduled = true;
  };
  addEventListener("scroll", schedule, { passive: true });
  addEventListener("resize", schedule, { passive: true });
  update();
}

function revealCurrentLesson() {
  const nav = document.getElementById("book-contents");
  const link = nav?.querySelector('a[aria-current="page"]');
  if (nav && link instanceof HTMLElement) reveal(link, nav);
}

/**
 * Scroll a list, and only the list, until a link of it can be seen.
 *
 * @param {HTMLElement} link
 * @param {HTMLElement} list
 */
function reveal(link, list) {
  const box = link.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (box.top < frame.top + 24) list.scrollTop -= frame.top + 24 - box.top;
  if (box.bottom > frame.bottom - 24) list.scrollTop += box.bottom - frame.bottom + 24;
}
