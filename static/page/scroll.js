/**
 * What is wider than the column scrolls inside itself; whoever has no mouse reaches it with Tab.
 *
 * Markup: see SCROLLERS. An element becomes focusable, with a name, only while it overflows; what
 * the author named keeps its name.
 */

const SCROLLERS = ".formula, .long-formula, .code pre, .table-scroll, .figure-picture";

export function start() {
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) update(/** @type {HTMLElement} */ (entry.target));
  });
  for (const element of scrollers()) {
    observer.observe(element);
    element.addEventListener("scroll", () => tellWhere(element), { passive: true });
  }
  document.addEventListener("nabla:layout", () => scrollers().forEach(update));
}

function scrollers() {
  return [...document.querySelectorAll(SCROLLERS)].map((element) => /** @type {HTMLElement} */ (element));
}

/** @param {HTMLElement} element */
function update(element) {
  const scrolls = getComputedStyle(element).overflowX !== "visible";
  const overflows = scrolls && element.scrollWidth > element.clientWidth + 1;
  tellWhere(element, overflows);
  // Tables, and formulas that name the shapes of their factors, can always be focused.
  if (element.matches(".table-scroll, [data-stop]")) return;
  if (!overflows) {
    element.removeAttribute("tabindex");
    return;
  }
  element.tabIndex = 0;
  if (element.hasAttribute("aria-label")) return;
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", element.matches("pre") ? "Code, scrolls sideways" : "Formula, scrolls sideways");
}

/**
 * On which side there is more to see, for the style sheet.
 *
 * @param {HTMLElement} element
 * @param {boolean} overflows
 */
function tellWhere(element, overflows = element.scrollWidth > element.clientWidth + 1) {
  const before = overflows && element.scrollLeft > 1;
  const after = overflows && element.scrollLeft < element.scrollWidth - element.clientWidth - 1;
  const more = before && after ? "both" : before ? "before" : after ? "after" : "";
  if (more) element.dataset.more = more;
  else delete element.dataset.more;
}
