/**
 * The layout switch: the whole book in numerator or denominator layout, at once.
 *
 * Markup: <form data-layout-switch> with buttons named "layout"; both layouts are in the page and
 * the style sheet shows the one that <html data-layout> names. The choice is kept in the browser
 * and stands in the address, so that a link shows what its sender saw. Whoever draws formulas
 * (widgets) listens for the event "nabla:layout" on the document.
 */
import { keep } from "./store.js";

export function start() {
  const form = document.querySelector("[data-layout-switch]");
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    choose(form, button.value);
  });
  addEventListener("storage", (event) => {
    if (event.key === "nabla.layout" && event.newValue) apply(form, event.newValue);
  });
  show(form);
  if (asked()) keep("layout", current());
  writeAddress();
}

function current() {
  return document.documentElement.dataset.layout ?? "numerator";
}

function asked() {
  return new URLSearchParams(location.search).has("layout");
}

/**
 * @param {HTMLFormElement} form
 * @param {string} layout
 */
function choose(form, layout) {
  const anchor = firstVisible();
  const before = anchor?.getBoundingClientRect().top ?? 0;
  apply(form, layout);
  keep("layout", layout);
  writeAddress();
  // Formulas of the other layout may be taller: what the reader looked at stays where it was.
  const after = anchor?.getBoundingClientRect().top ?? 0;
  if (after !== before) scrollBy({ top: after - before, behavior: "instant" });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} layout
 */
function apply(form, layout) {
  document.documentElement.dataset.layout = layout;
  show(form);
  document.dispatchEvent(new CustomEvent("nabla:layout", { detail: { layout } }));
}

/** @param {HTMLFormElement} form */
function show(form) {
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === current()));
  }
}

/** The address names the layout as soon as it differs from what the book shows by itself. */
function writeAddress() {
  const usual = document.documentElement.dataset.defaultLayout;
  const others = location.search
    .slice(1)
    .split("&")
    .filter((part) => part && part.split("=")[0] !== "layout");
  if (current() !== usual) others.push(`layout=${current()}`);
  const query = others.length ? `?${others.join("&")}` : "";
  if (query === location.search) return;
  history.replaceState(history.state, "", location.pathname + query + location.hash);
}

function firstVisible() {
  const blocks = document.querySelectorAll("main h2, main h3, main p, main li, main table");
  for (const block of blocks) {
    const box = block.getBoundingClientRect();
    if (box.height > 0 && box.top >= 60) return block;
  }
  return null;
}
