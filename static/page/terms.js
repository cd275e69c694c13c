/**
 * Definitions beside their terms: on hover, on focus, on tap (WCAG 1.4.13: Escape dismisses, the
 * pointer may move into the definition, it stays until the reader leaves).
 *
 * Markup: <a class="term" href="…/glossary#anchor"> and, once for the page,
 * <template data-definition="anchor">. Without scripts the term is a link to the glossary.
 */

const OPEN_DELAY = 150;
const CLOSE_DELAY = 250;

export function start() {
  if (document.querySelector("template[data-definition]")) new Definitions().listen();
}

class Definitions {
  constructor() {
    /** @type {HTMLAnchorElement | null} */
    this.term = null;
    this.timer = 0;
    this.touched = false;
    this.box = document.createElement("div");
    this.box.className = "definition-box";
    this.box.id = "definition";
    this.box.popover = "manual";
    this.box.setAttribute("role", "note");
  }

  listen() {
    document.body.append(this.box);
    document.addEventListener("pointerdown", (event) => {
      this.touched = event.pointerType === "touch";
      if (this.term && !this.isInside(event.target)) this.hide();
    });
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      const term = termOf(event.target);
      if (term) this.soon(() => this.show(term), OPEN_DELAY);
      else if (this.isInside(event.target)) clearTimeout(this.timer);
      else if (this.term !== document.activeElement) this.soon(() => this.hide(), CLOSE_DELAY);
    });
    document.addEventListener("focusin", (event) => {
      const term = termOf(event.target);
      if (term && !this.touched) this.show(term);
      else if (!this.isInside(event.target)) this.hide();
    });
    document.addEventListener("click", (event) => this.tap(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.term) this.hide();
    });
    addEventListener("resize", () => this.hide());
    addEventListener("scroll", () => this.term && this.place(this.term), { passive: true });
  }

  /** A first tap shows the definition; the link to the glossary stands inside it. @param {MouseEvent} event */
  tap(event) {
    const term = termOf(event.target);
    if (!term || !this.touched || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (this.term === term) this.hide();
    else this.show(term);
  }

  /** @param {EventTarget | null} target */
  isInside(target) {
    return target instanceof Node && (this.box.contains(target) || (this.term?.contains(target) ?? false));
  }

  /**
   * @param {() => void} action
   * @param {number} delay
   */
  soon(action, delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(action, delay);
  }

  /** @param {HTMLAnchorElement} term */
  show(term) {
    clearTimeout(this.timer);
    if (this.term === term) return;
    const definition = definitionOf(term);
    if (!definition) return;
    this.hide();
    this.term = term;
    const more = document.createElement("a");
    more.href = term.href;
    more.className = "definition-more";
    more.textContent = "In the glossary";
    this.box.replaceChildren(definition.content.cloneNode(true), more);
    term.setAttribute("aria-describedby", this.box.id);
    // The definition follows its term in the order of the keyboard as well.
    term.after(this.box);
    this.box.showPopover();
    this.place(term);
  }

  hide() {
    clearTimeout(this.timer);
    if (!this.term) return;
    this.term.removeAttribute("aria-describedby");
    this.term = null;
    if (this.box.matches(":popover-open")) this.box.hidePopover();
    document.body.append(this.box);
  }

  /** Below the term, or above it where there is more room. @param {HTMLElement} term */
  place(term) {
    const margin = 8;
    const line = term.getClientRects()[0] ?? term.getBoundingClientRect();
    const box = this.box.getBoundingClientRect();
    const left = Math.max(margin, Math.min(line.left - 12, innerWidth - box.width - margin));
    const below = line.bottom + 4;
    const fits = below + box.height <= innerHeight - margin || line.top < box.height + margin;
    this.box.style.left = `${left}px`;
    this.box.style.top = `${fits ? below : line.top - box.height - 4}px`;
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLAnchorElement | null}
 */
function termOf(target) {
  const term = target instanceof Element ? target.closest("a.term") : null;
  return term instanceof HTMLAnchorElement ? term : null;
}

/**
 * @param {HTMLAnchorElement} term
 * @returns {HTMLTemplateElement | null}
 */
function definitionOf(term) {
  const anchor = decodeURIComponent(term.hash.slice(1));
  return document.querySelector(`template[data-definition="${CSS.escape(anchor)}"]`);
}
