/**
 * The shapes of the factors in a derived formula: one at a time on hover, focus and tap, or all of
 * them under braces.
 *
 * Markup: <figure class="derivative"> with formulas whose factors carry class "factor" and
 * data-shape="m×n". With the keyboard a formula is one stop of Tab; the arrow keys go from factor
 * to factor; Escape dismisses; the pointer may move onto the label (WCAG 1.4.13). What the arrow keys
 * reach is spoken; what the pointer shows is not, because the formula itself is read already. The
 * button that shows all shapes is made here.
 *
 * Formulas that a widget draws later are served too: it dispatches "nabla:formulas", bubbling, from
 * the element that holds them.
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const FACTOR = "math .factor[data-shape]";
const CLOSE_DELAY = 250;

/** @type {ShapeLabel | null} */
let label = null;

export function start() {
  document.addEventListener("nabla:formulas", (event) => {
    if (event.target instanceof Element) serve(event.target.querySelectorAll(".formula"));
  });
  const formulas = serve(document.querySelectorAll(".derivative .equation > .formula"));
  for (const figure of new Set(formulas.map((formula) => formula.closest(".derivative")))) {
    if (figure) addButton(/** @type {HTMLElement} */ (figure));
  }
}

/**
 * Those of the formulas that have shapes to tell; each is served once.
 *
 * @param {Iterable<Element>} formulas
 */
function serve(formulas) {
  const shaped = [...formulas].filter((formula) => formula.querySelector(FACTOR));
  for (const formula of shaped) {
    if (!(formula instanceof HTMLElement) || formula.dataset.stop) continue;
    label ??= new ShapeLabel();
    label.serve(formula);
  }
  return shaped;
}

/** The brace with a shape below one factor; there is one on the page. */
class ShapeLabel {
  constructor() {
    this.box = document.createElement("div");
    this.box.className = "shape-label";
    this.box.id = "shape-label";
    this.box.setAttribute("aria-hidden", "true");
    this.box.hidden = true;
    // A live region speaks reliably only when it has been there, empty, before.
    this.voice = document.createElement("p");
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
    document.body.append(this.box, this.voice);
    this.timer = 0;
    /** @type {Element | null} */
    this.factor = null;
    addEventListener("scroll", () => this.place(), { passive: true, capture: true });
    addEventListener("resize", () => this.hide());
    document.addEventListener("nabla:layout", () => this.hide());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.hide();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!factorOf(event.target) && event.target !== this.box) this.hide();
    });
    this.box.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.box.addEventListener("pointerleave", () => this.hideSoon());
  }

  /** @param {HTMLElement} formula */
  serve(formula) {
    formula.addEventListener("pointerover", (event) => {
      const factor = factorOf(event.target);
      if (factor) this.show(factor);
      else this.hideSoon();
    });
    formula.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") this.hideSoon();
    });
    formula.addEventListener("click", (event) => this.show(factorOf(event.target)));
    formula.addEventListener("focusin", (event) => {
      const first = event.target === formula ? formula.querySelector(FACTOR) : null;
      if (first && formula.matches(":focus-visible")) this.speak(first);
    });
    formula.addEventListener("focusout", () => this.hide());
    formula.addEventListener("keydown", (event) => this.step(formula, event));
    formula.tabIndex = 0;
    formula.dataset.stop = "shapes";
    if (!formula.hasAttribute("role")) formula.setAttribute("role", "group");
    formula.setAttribute("aria-label", "Formula; the arrow keys name the shapes of its factors");
  }

  /**
   * @param {HTMLElement} formula
   * @param {KeyboardEvent} event
   */
  step(formula, event) {
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    const factors = [...formula.querySelectorAll(FACTOR)];
    const here = this.factor ? factors.indexOf(this.factor) : -1;
    const next = Math.min(Math.max(here + direction, 0), factors.length - 1);
    event.preventDefault();
    factors[next].scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    this.speak(factors[next]);
  }

  /** Show and say what the keyboard has reached. @param {Element} factor */
  speak(factor) {
    this.show(factor);
    this.voice.textContent = `${nameOf(factor)}: ${spoken(factor).replace("×", "by")}`;
  }

  /** @param {Element | null} factor */
  show(factor) {
    clearTimeout(this.timer);
    if (factor === this.factor) return;
    this.hide();
    if (!factor) return;
    this.factor = factor;
    factor.classList.add("is-named");
    if (factor.closest(".all-shapes")) return;
    this.box.textContent = spoken(factor);
    this.box.hidden = false;
    this.place();
  }

  /** Below the factor, wherever it has been scrolled to. */
  place() {
    if (!this.factor) return;
    const bounds = this.factor.getBoundingClientRect();
    this.box.style.setProperty("--brace", `${Math.max(bounds.width, 16)}px`);
    this.box.style.top = `${bounds.bottom + 2}px`;
    const left = bounds.left + bounds.width / 2 - this.box.offsetWidth / 2;
    this.box.style.left = `${Math.max(4, Math.min(left, innerWidth - this.box.offsetWidth - 4))}px`;
  }

  /** Soon, so that the pointer can go from the factor to its label and from factor to factor. */
  hideSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), CLOSE_DELAY);
  }

  hide() {
    clearTimeout(this.timer);
    this.voice.textContent = "";
    this.factor?.classList.remove("is-named");
    this.factor = null;
    this.box.hidden = true;
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {Element | null}
 */
function factorOf(target) {
  return target instanceof Element ? target.closest(FACTOR) : null;
}

/** @param {Element} factor */
function spoken(factor) {
  return (factor.getAttribute("data-shape") ?? "").replace("×", " × ");
}

/**
 * A factor in words: without the braces below it, and its letters without their mathematical style,
 * which some screen readers spell out.
 *
 * @param {Element} factor
 */
function nameOf(factor) {
  const copy = /** @type {Element} */ (factor.cloneNode(true));
  for (const below of copy.querySelectorAll("munder > :last-child")) below.remove();
  return (copy.textContent ?? "").normalize("NFKC").replaceAll("⊤", " transposed").trim();
}

/** @param {HTMLElement} figure */
function addButton(figure) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "shapes-button";
  button.textContent = "Shapes";
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", "Shapes of all factors");
  /** @type {Map<Element, Node[]>} */
  const before = new Map();
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    figure.classList.toggle("all-shapes", on);
    for (const math of figure.querySelectorAll(".equation > .formula > math")) {
      if (on) before.set(math, brace(math));
      else math.replaceChildren(...(before.get(math) ?? math.childNodes));
    }
  });
  const details = figure.querySelector(".verification");
  if (details) details.before(button);
  else figure.append(button);
}

/**
 * Put every factor over a brace with its shape; returns what the formula held before.
 *
 * @param {Element} math
 * @returns {Node[]}
 */
function brace(math) {
  const before = [...math.childNodes];
  math.replaceChildren(...before.map((node) => node.cloneNode(true)));
  // The innermost first, so that a brace below a product spans the braces below its factors.
  for (const factor of [...math.querySelectorAll(".factor[data-shape]")].reverse()) {
    const place = document.createComment("");
    factor.replaceWith(place);
    // Thin spaces, which MathML keeps, hold the shapes of neighbours apart.
    const shape = `\u2009${factor.getAttribute("data-shape") ?? ""}\u2009`;
    place.replaceWith(under(under(factor, operator("⏟")), words(shape)));
  }
  return before;
}

/**
 * @param {Element} base
 * @param {Element} below
 */
function under(base, below) {
  const element = document.createElementNS(MATHML, "munder");
  element.append(base, below);
  return element;
}

/** @param {string} character */
function operator(character) {
  const element = document.createElementNS(MATHML, "mo");
  element.setAttribute("stretchy", "true");
  element.textContent = character;
  return element;
}

/** @param {string} text */
function words(text) {
  const element = document.createElementNS(MATHML, "mtext");
  element.setAttribute("class", "shape-below");
  element.textContent = text;
  return element;
}
