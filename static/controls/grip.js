/**
 * What all handles have in common: they are taken by mouse, pen or finger and let go again, arrow keys
 * move them in small and large steps, Home sends them back, and Escape takes a drag back.
 *
 * The element needs `touch-action: none`, so that a finger on it drags instead of scrolling.
 */

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @template Held  what is known when the element is taken
 * @typedef {{
 *   take: (event: PointerEvent) => Held,
 *   follow: (event: PointerEvent, held: Held) => void,
 *   takeBack: (held: Held) => void,
 *   step: (right: number, up: number) => void,
 *   reset: () => void,
 *   large: number,
 * }} Grips  `step` gets whole steps to the right and upward, `large` of them with Shift
 */

/** @template Held */
export class Grip {
  /**
   * @param {HTMLElement} element
   * @param {Grips<Held>} grips
   */
  constructor(element, grips) {
    this.element = element;
    this.grips = grips;
    /** @type {{pointer: number, held: Held} | null} */
    this.drag = null;
    element.addEventListener("pointerdown", (event) => this.#begin(event));
    element.addEventListener("pointermove", (event) => this.#follow(event));
    element.addEventListener("pointerup", (event) => this.#end(event));
    element.addEventListener("lostpointercapture", () => this.#stop());
    element.addEventListener("keydown", (event) => this.#key(event));
    // A click that ends a drag is none on the picture below.
    element.addEventListener("click", (event) => event.stopPropagation());
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (this.drag || (event.pointerType === "mouse" && event.button !== 0)) return;
    event.stopPropagation();
    // Keeps the text of the page from being selected; the focus is then ours to set.
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    this.drag = { pointer: event.pointerId, held: this.grips.take(event) };
    this.element.classList.add("dragging");
  }

  /** @param {PointerEvent} event */
  #follow(event) {
    if (this.drag && event.pointerId === this.drag.pointer) this.grips.follow(event, this.drag.held);
  }

  /** @param {PointerEvent} event */
  #end(event) {
    if (event.pointerId === this.drag?.pointer) this.#stop();
  }

  #stop() {
    this.drag = null;
    this.element.classList.remove("dragging");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const [right, up] = DIRECTIONS[event.key] ?? [0, 0];
    const times = event.shiftKey ? this.grips.large : 1;
    if (right || up) this.grips.step(right * times, up * times);
    else if (event.key === "Home") this.grips.reset();
    else if (event.key === "Escape" && this.drag) this.#takeBack(this.drag.held);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Held} held */
  #takeBack(held) {
    this.#stop();
    this.grips.takeBack(held);
  }
}
