/**
 * The reader's place: which lesson, which section; kept in the browser and nowhere else.
 *
 * Markup: <article data-place="title" data-slug="slug"> on a lesson; on the cover
 * <a data-continue> and <p data-continue-place>; links to lessons carry data-lesson="slug".
 */
import { keepData, recallData } from "./store.js";

const PLACE = "place";
const READ = "read";
const SAVE_DELAY = 300;

/**
 * @typedef {object} Place
 * @property {string} slug lesson
 * @property {string} title title of the lesson
 * @property {string} path address of the lesson
 * @property {string} anchor id of the section, or empty at the beginning
 * @property {string} section words of the section's heading
 */

export function start() {
  const article = document.querySelector("[data-place]");
  if (article instanceof HTMLElement) follow(article);
  else offerToContinue();
  markRead();
}

/** @param {HTMLElement} article */
function follow(article) {
  let timer = 0;
  const save = () => {
    timer = 0;
    keepData(PLACE, placeIn(article));
    if (atTheEnd(article)) remember(article.dataset.slug ?? "");
  };
  const schedule = () => {
    if (!timer) timer = setTimeout(save, SAVE_DELAY);
  };
  addEventListener("scroll", schedule, { passive: true });
  addEventListener("pagehide", save);
  save();
}

/**
 * @param {HTMLElement} article
 * @returns {Place}
 */
function placeIn(article) {
  const line = innerHeight * 0.4;
  const passed = [...article.querySelectorAll(".prose h2[id], .prose h3[id], .prose section[id] > h2")]
    .filter((heading) => heading.getBoundingClientRect().top <= line);
  const heading = scrollY > 40 ? passed.at(-1) : undefined;
  return {
    slug: article.dataset.slug ?? "",
    title: article.dataset.place ?? "",
    path: location.pathname,
    anchor: heading ? heading.id || (heading.parentElement?.id ?? "") : "",
    section: heading ? words(heading) : "",
  };
}

/** @param {Element} heading */
function words(heading) {
  const copy = /** @type {Element} */ (heading.cloneNode(true));
  for (const extra of copy.querySelectorAll("annotation, .heading-anchor, .visually-hidden")) extra.remove();
  return copy.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

/** @param {HTMLElement} article */
function atTheEnd(article) {
  return article.getBoundingClientRect().bottom <= innerHeight * 1.15;
}

/** @returns {string[]} */
function lessonsRead() {
  const read = recallData(READ);
  return Array.isArray(read) ? read.filter((slug) => typeof slug === "string") : [];
}

/** @param {string} slug */
function remember(slug) {
  const read = lessonsRead();
  if (!slug || read.includes(slug)) return;
  keepData(READ, [...read, slug]);
  markRead();
}

function markRead() {
  const read = lessonsRead();
  for (const link of document.querySelectorAll("a[data-lesson]")) {
    const slug = /** @type {HTMLElement} */ (link).dataset.lesson ?? "";
    link.toggleAttribute("data-read", read.includes(slug));
  }
}

function offerToContinue() {
  const link = document.querySelector("a[data-continue]");
  const line = document.querySelector("[data-continue-place]");
  const place = /** @type {Partial<Place> | null} */ (recallData(PLACE));
  if (!(link instanceof HTMLAnchorElement) || !line || !place?.slug || !place.title) return;
  // The lesson may have been hidden or renamed since: only what the map shows is offered.
  const lesson = document.querySelector(`a[data-lesson="${CSS.escape(place.slug)}"]`);
  if (!(lesson instanceof HTMLAnchorElement)) return;
  link.href = lesson.href + (place.anchor ? `#${place.anchor}` : "");
  link.textContent = "Continue reading";
  line.textContent = place.section ? `${place.title}: ${place.section}` : place.title;
  line.toggleAttribute("hidden", false);
}
