/**
 * The thread through the book: pointing at a lesson, or going to it with the keyboard, lights up
 * everything that it stands on and everything that builds on it.
 *
 * Markup: .thread holds lines and lanes with data-origin="slug" data-ends="slug …", which belong to
 * the dependences of those ends on the origin, and lessons with data-knot="slug"; lessons of the
 * list beside it have data-knot too. What is lit carries data-lit="here", "below" or "above".
 */

/** @typedef {{ origin: string, ends: string[] }} Strand */

export function start() {
  const thread = document.querySelector(".thread");
  const map = thread?.parentElement?.parentElement;
  if (!thread || !map) return;
  map.addEventListener("pointerover", (event) => light(thread, knotOf(event.target)));
  map.addEventListener("pointerleave", () => light(thread, knotOf(document.activeElement)));
  map.addEventListener("focusin", (event) => light(thread, knotOf(event.target)));
  map.addEventListener("focusout", () => light(thread, ""));
}

/**
 * The lesson that an element belongs to, or "".
 *
 * @param {EventTarget | null} target
 */
function knotOf(target) {
  const knot = target instanceof Element ? target.closest("[data-knot]") : null;
  return knot instanceof HTMLElement ? (knot.dataset.knot ?? "") : "";
}

/**
 * @param {Element} thread
 * @param {string} lesson
 */
function light(thread, lesson) {
  const strands = [...thread.querySelectorAll("[data-origin]")].map(strandOf);
  const below = reached(lesson, ({ origin, ends }, knot) => (ends.includes(knot) ? [origin] : []), strands);
  const above = reached(lesson, ({ origin, ends }, knot) => (origin === knot ? ends : []), strands);
  for (const element of thread.querySelectorAll("[data-knot]")) {
    const knot = element.getAttribute("data-knot") ?? "";
    set(element, knot === lesson ? "here" : below.has(knot) ? "below" : above.has(knot) ? "above" : "");
  }
  for (const element of thread.querySelectorAll("[data-origin]")) {
    const { origin, ends } = strandOf(element);
    const leadsHere = below.has(origin) && ends.some((end) => end === lesson || below.has(end));
    const comesFromHere = (origin === lesson || above.has(origin)) && ends.some((end) => above.has(end));
    set(element, leadsHere ? "below" : comesFromHere ? "above" : "");
  }
}

/**
 * All lessons that can be reached from one along the strands.
 *
 * @param {string} lesson
 * @param {(strand: Strand, knot: string) => string[]} next
 * @param {Strand[]} strands
 */
function reached(lesson, next, strands) {
  const found = new Set([lesson]);
  for (const knot of found) {
    for (const strand of strands) next(strand, knot).forEach((each) => found.add(each));
  }
  found.delete(lesson);
  return found;
}

/**
 * @param {Element} element
 * @returns {Strand}
 */
function strandOf(element) {
  const ends = element.getAttribute("data-ends") ?? "";
  return { origin: element.getAttribute("data-origin") ?? "", ends: ends.split(" ") };
}

/**
 * @param {Element} element
 * @param {string} lit
 */
function set(element, lit) {
  if (lit) element.setAttribute("data-lit", lit);
  else element.removeAttribute("data-lit");
}
