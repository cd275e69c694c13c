/**
 * The product as a row of blocks, drawn to one scale, each with a corner to drag.
 *
 * Markup made here:
 *
 *     <div class="chain-blocks">
 *       <div class="chain-block"><p class="block-caption">J_f <span>300×400</span></p>
 *         <div class="chain-area"><div class="chain-rectangle"></div><div data-handle …></div></div></div>
 *       … one for each block that is left …
 *     </div>
 *
 * Blocks share the line of their upper edge, so that a change of one moves no other.  The elements stay
 * while a corner is dragged: only their sizes and texts change.
 */

import { html, setText } from "../../draw/svg.js";
import { CornerHandle } from "./corner-handle.js";
import { inLayout, productElements, productText, shapeIn, shapeText } from "./names.js";
import { pixelsOf } from "./scale.js";

const LARGEST_FRAME = 200;
const GAP = 22;
/** Blocks that stand in one line at least, however narrow the page. */
const FEWEST_IN_LINE = 3;
const USUAL_WIDTH = 104;

/**
 * @typedef {import("./names.js").Layout} Layout
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../math/product.js").Piece} Piece
 * @typedef {{resize: (changes: Record<number, number>) => void, home: () => void}} Actions
 *   `resize` takes new sizes by their index in the chain
 */

export class BlocksView {
  /** @param {Actions} actions */
  constructor(actions) {
    this.actions = actions;
    /** @type {BlockView[]} */
    this.views = [];
    this.element = html("div", { class: "chain-blocks", role: "group", "aria-label": "Blocks of the product" });
  }

  /**
   * @param {State} state
   * @param {Piece[]} pieces
   * @param {Layout} layout
   * @param {number} width  of the widget, in pixels
   */
  show({ sizes, reach }, pieces, layout, width) {
    const factors = sizes.length - 1;
    const frame = frameFor(factors, width);
    while (this.views.length < pieces.length) this.#add();
    this.views.forEach((view, index) => {
      view.element.hidden = index >= pieces.length;
    });
    inLayout(pieces, layout).forEach((piece, index) => this.views[index].show(piece, factors, layout, { frame, reach }));
  }

  #add() {
    const view = new BlockView(this.actions);
    this.views.push(view);
    this.element.append(view.element);
  }
}

class BlockView {
  /** @param {Actions} actions */
  constructor(actions) {
    this.name = html("strong");
    this.shape = html("span", { class: "block-size" });
    this.rectangle = html("div", { class: "chain-rectangle" });
    this.area = html("div", { class: "chain-area" }, [this.rectangle]);
    /** @type {{down: {index: number}, across: {index: number}} | null} */
    this.shown = null;
    this.title = "";
    const move = (/** @type {import("./corner-handle.js").Size} */ size) => {
      if (this.shown) actions.resize(changes(this.shown, size));
    };
    this.handle = new CornerHandle(this.area, { onMove: move, onReset: actions.home });
    const ground = html("div", { class: "chain-ground" }, [this.area]);
    ground.addEventListener("click", (event) => move(this.handle.sizeAt(event.clientX, event.clientY)));
    this.element = html("div", { class: "chain-block" }, [
      html("p", { class: "block-caption" }, [this.name, " ", this.shape]),
      ground,
    ]);
  }

  /**
   * @param {Piece} piece
   * @param {number} factors
   * @param {Layout} layout
   * @param {import("./corner-handle.js").Scale} scale
   */
  show(piece, factors, layout, scale) {
    const { down, across } = (this.shown = shapeIn(piece, layout));
    const title = productText(piece.factors, factors, layout);
    if (title !== this.title) this.name.replaceChildren(...productElements(piece.factors, factors, layout));
    this.title = title;
    setText(this.shape, shapeText(piece, layout));
    const { frame, reach } = scale;
    this.element.style.setProperty("--frame", `${frame}px`);
    this.rectangle.style.width = `${pixelsOf(across.size, frame, reach)}px`;
    this.rectangle.style.height = `${pixelsOf(down.size, frame, reach)}px`;
    this.rectangle.dataset.hue = piece.factors.length > 1 ? "product" : String(piece.factors[0] % 3);
    this.handle.show({ rows: down.size, columns: across.size }, scale, title);
  }
}

/**
 * The sizes of the chain that a new shape asks for.
 *
 * @param {{down: {index: number}, across: {index: number}}} shown
 * @param {import("./corner-handle.js").Size} size
 */
function changes({ down, across }, { rows, columns }) {
  return { [down.index]: rows, [across.index]: columns };
}

/**
 * The side of a block's frame, so that the blocks of the whole product stand side by side where there
 * is room; it stays when blocks are multiplied.
 *
 * @param {number} factors
 * @param {number} width
 */
function frameFor(factors, width) {
  const inLine = Math.min(factors, Math.max(FEWEST_IN_LINE, Math.floor(width / USUAL_WIDTH)));
  return Math.min(LARGEST_FRAME, Math.floor(width / inLine) - GAP);
}
