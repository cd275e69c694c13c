/**
 * Multiplying step by step: at which joint, in which mode, what was done so far.
 *
 * Markup made here:
 *
 *     <div class="chain-work">
 *       <div class="widget-controls">Reverse mode · Forward mode · Best order · Undo · Start over</div>
 *       <ol class="chain-joints"><li>(300×400)(400×500) <button>Multiply</button> <button>Swap</button></li>…</ol>
 *       <ol class="chain-steps"><li>…</li></ol><p class="chain-total">…</p>
 *     </div>
 *
 * Factors can be swapped while nothing is multiplied.  When the button that has the focus goes, the
 * focus goes to the next one that there is.
 */

import { html, setText } from "../../draw/svg.js";
import { bestOrder } from "../../math/matrix-chain.js";
import { isRight } from "../../math/product.js";
import { grouped, inLayout, productElements, productText, shapeText } from "./names.js";
import { actionButton, setDisabled } from "./sizes-view.js";
import { mismatch } from "./words.js";

/**
 * @typedef {import("./names.js").Layout} Layout
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../math/product.js").Joint} Joint
 * @typedef {import("../../math/product.js").Step} Step
 * @typedef {import("./words.js").Work} Work
 * @typedef {{
 *   multiply: (place: number) => void, swap: (place: number) => void,
 *   undo: () => void, startOver: () => void,
 * }} Actions
 */

export class JointsView {
  /** @param {Actions} actions */
  constructor(actions) {
    this.actions = actions;
    /** @type {Work | null} */
    this.work = null;
    this.reverse = actionButton("", () => this.#multiply((joints) => joints[0]));
    this.forward = actionButton("", () => this.#multiply((joints) => joints[joints.length - 1]));
    this.best = actionButton("Best order: next", () => this.#multiply(bestJoint));
    this.undo = actionButton("Undo", actions.undo);
    this.startOver = actionButton("Start over", actions.startOver);
    /** @type {JointRow[]} */
    this.rows = [];
    this.list = html("ol", { class: "chain-joints", "aria-label": "Neighbours to multiply" });
    this.steps = html("ol", { class: "chain-steps", "aria-label": "Multiplied so far" });
    this.total = html("p", { class: "chain-total" });
    this.drawn = "";
    this.element = html("div", { class: "chain-work" }, [
      html("div", { class: "widget-controls", role: "group", "aria-label": "Multiply the next two" }, [
        this.reverse, this.forward, this.best, this.undo, this.startOver,
      ]),
      this.list,
      this.steps,
      this.total,
    ]);
  }

  /**
   * @param {State} state
   * @param {Work} work
   * @param {Layout} layout
   */
  show(state, work, layout) {
    this.work = work;
    const right = isRight(state.arrangement);
    const [output, input] = layout === "denominator" ? ["right", "left"] : ["left", "right"];
    setText(this.reverse, `Reverse mode: next from the ${output}`);
    setText(this.forward, `Forward mode: next from the ${input}`);
    for (const button of [this.reverse, this.forward, this.best]) setDisabled(button, !right || !work.joints.length);
    setDisabled(this.undo, !work.steps.length);
    setDisabled(this.startOver, !work.steps.length && right);
    this.#showJoints(state, work, layout);
    this.#showSteps(state, work, layout);
  }

  /**
   * @param {State} state
   * @param {Work} work
   * @param {Layout} layout
   */
  #showJoints({ sizes }, { joints, steps }, layout) {
    while (this.rows.length < joints.length) this.#addRow();
    const had = this.list.contains(document.activeElement);
    this.rows.forEach((row, index) => (row.element.hidden = index >= joints.length));
    const begun = steps.length > 0;
    inLayout(joints, layout).forEach((joint, index) => this.rows[index].show(joint, sizes.length - 1, layout, begun));
    if (had && !isVisible(document.activeElement)) (joints.length ? this.rows[0].multiply : this.undo).focus();
  }

  /**
   * @param {State} state
   * @param {Work} work
   * @param {Layout} layout
   */
  #showSteps({ sizes }, { steps, total, joints }, layout) {
    const key = JSON.stringify([layout, steps]);
    if (key === this.drawn) return;
    this.drawn = key;
    this.steps.replaceChildren(...steps.map((step) => stepElement(step, sizes.length - 1, layout)));
    this.steps.hidden = !steps.length;
    const words = joints.length ? "so far" : "in all";
    setText(this.total, steps.length > 1 ? `${grouped(total)} multiplications ${words}` : "");
  }

  #addRow() {
    const row = new JointRow(this.actions);
    this.rows.push(row);
    this.list.append(row.element);
  }

  /** @param {(joints: Joint[]) => Joint | undefined} choose */
  #multiply(choose) {
    const joint = this.work && choose(this.work.joints);
    if (joint) this.actions.multiply(joint.place);
  }
}

class JointRow {
  /** @param {Actions} actions */
  constructor({ multiply, swap }) {
    this.place = 0;
    this.title = "";
    this.name = html("span", { class: "joint-name" });
    this.shapes = html("span", { class: "joint-shapes" });
    this.multiply = actionButton("Multiply", () => multiply(this.place));
    this.swap = actionButton("Swap", () => swap(this.place));
    this.element = html("li", {}, [
      html("span", { class: "joint-words" }, [this.name, this.shapes]),
      html("span", { class: "joint-buttons" }, [this.multiply, this.swap]),
    ]);
  }

  /**
   * @param {Joint} joint
   * @param {number} factors
   * @param {Layout} layout
   * @param {boolean} begun  whether something is multiplied already
   */
  show(joint, factors, layout, begun) {
    this.place = joint.place;
    const [first, second] = inLayout([joint.left, joint.right], layout);
    const names = [first, second].map(({ factors: list }) => productText(list, factors, layout));
    this.#showName([...joint.left.factors, ...joint.right.factors], factors, layout);
    this.element.classList.toggle("is-broken", !joint.fits);
    setText(this.shapes, joint.fits ? `(${shapeText(first, layout)})(${shapeText(second, layout)})` : `✗ ${mismatch(joint, layout)}`);
    const shown = joint.fits ? `Multiply: ${grouped(joint.cost)}` : "Multiply";
    setText(this.multiply, shown);
    // Who speaks to the computer says what is shown, so the name begins with it.
    this.multiply.setAttribute("aria-label", `${shown} ${joint.fits ? "for " : ""}${names.join(" and ")}`);
    this.swap.setAttribute("aria-label", `Swap ${names.join(" and ")}`);
    setDisabled(this.multiply, !joint.fits);
    this.swap.hidden = begun;
  }

  /**
   * @param {number[]} list
   * @param {number} factors
   * @param {Layout} layout
   */
  #showName(list, factors, layout) {
    const title = productText(list, factors, layout);
    if (title !== this.title) this.name.replaceChildren(...productElements(list, factors, layout));
    this.title = title;
  }
}

/** @param {Element | null} element */
function isVisible(element) {
  return element instanceof HTMLElement && element.offsetParent !== null;
}

/**
 * The joint at which the cheapest order of what is left begins.
 *
 * @param {Joint[]} joints  from left to right in numerator layout, in the right arrangement
 */
function bestJoint(joints) {
  if (!joints.length) return undefined;
  const sizes = [joints[0].left.rows, ...joints.map(({ left }) => left.columns), joints[joints.length - 1].right.columns];
  const [first] = bestOrder(sizes.reverse()).order;
  return joints[joints.length - first];
}

/**
 * @param {Step} step
 * @param {number} factors
 * @param {Layout} layout
 */
function stepElement({ left, right, result, cost }, factors, layout) {
  const [first, second] = layout === "denominator" ? [right, left] : [left, right];
  return html("li", {}, [
    html("span", { class: "step-name" }, productElements(result.factors, factors, layout)),
    html("span", { class: "step-shapes" }, [
      `(${shapeText(first, layout)})(${shapeText(second, layout)}) → ${shapeText(result, layout)}`,
    ]),
    html("span", { class: "step-cost" }, [grouped(cost)]),
  ]);
}
