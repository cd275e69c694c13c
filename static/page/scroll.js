/**
 * What is wider than the column scrolls inside itself; whoever has no mouse reaches it with Tab.
 *
 * Markup: .scroll, pre, and formulas of their own line. An element becomes focusable, with a name,
 * only while it overflows.
 */

const SCROLLERS = ".scroll, .prose pre, .equation, .equation-body, .table, .math-display";

export function start() {
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) update(/** @type {HTMLElement} */ (entry.target));
  });
  for (const element of document.querySelectorAll(SCROLLERS)) observer.observe(element);
  document.addEventListener("nabla:layout", () => {
    for (const element of document.querySelectorAll(SCROLLERS)) {
      update(/** @type {HTMLElement} */ (element));
    }
  });
}

/** @param {HTMLElement} element */
function update(element) {
  const scrolls = getComputedStyle(element).overflowX !== "visible";
  const overflows = scrolls && element.scrollWidth > element.clientWidth + 1;
  if (overflows === element.hasAttribute("data-overflows")) return;
  element.toggleAttribute("data-overflows", overflows);
  if (overflows) {
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", nameOf(element));
  } else {
    element.removeAttribute("tabindex");
    element.removeAttribute("role");
    element.removeAttribute("aria-label");
  }
}

/** @param {HTMLElement} element */
function nameOf(element) {
  if (element.matches("pre")) return "Code, scrolls sideways";
  if (element.querySelector("table")) return "Table, scrolls sideways";
  return "Formula, scrolls sideways";
}
