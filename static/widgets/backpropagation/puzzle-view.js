/**
 * Finding a hidden fault: hide one, pick the rule where it is, be told.
 *
 *     <section class="puzzle-part" aria-label="Find the fault"> words, choice of a rule, buttons, verdict
 */

import { button } from "../../controls/button.js";
import { html, setText } from "../../draw/svg.js";
import { symbol } from "./words.js";

const INVITATION = "A typical mistake can be hidden in one rule of the backward pass. The forward pass stays right. Find it by the shapes and the gradient check.";
const TASK = "One rule on the way back is wrong. Step back, read the shapes and the gradient check, then pick the rule.";

/** @typedef {import("./puzzle.js").Place} Place */
/** @typedef {import("./puzzle.js").Judgement} Judgement */

export class PuzzleView {
  /**
   * @param {{onHide: () => void, onGuess: (place: Place) => void, onTell: () => void, onRepair: () => void}} actions
   */
  constructor({ onHide, onGuess, onTell, onRepair }) {
    /** @type {Place[]} */
    this.places = [];
    this.words = html("p", { class: "puzzle-words" });
    this.hide = button("Hide a fault", "", onHide);
    this.choice = html("select", { "aria-label": "The rule from" });
    this.guess = button("The fault is here", "primary", () => {
      const place = this.places[Number(this.choice.value)];
      if (this.choice.value !== "" && place) onGuess(place);
      else this.#say({ right: false, words: "Pick a rule first." });
    });
    this.tell = button("Tell me", "quiet", onTell);
    this.repair = button("Repair it", "quiet", onRepair);
    this.verdict = html("p", { class: "puzzle-verdict", role: "status" });
    const label = html("label", { class: "field" }, [html("span", { class: "field-label" }, ["The rule from"]), this.choice]);
    this.picking = html("div", { class: "widget-controls" }, [label, this.guess, this.tell]);
    this.element = html("section", { class: "puzzle-part", "aria-label": "Find the fault" }, [
      html("p", { class: "part-title" }, ["Find the fault"]),
      this.words,
      this.picking,
      this.verdict,
      html("div", { class: "widget-controls" }, [this.hide, this.repair]),
    ]);
  }

  /**
   * @param {Place[]} places
   * @param {boolean} hidden  whether a fault is
   * @param {Judgement | null} judgement  on the last guess
   */
  show(places, hidden, judgement) {
    this.#offer(places);
    setText(this.words, hidden ? TASK : INVITATION);
    setText(this.hide, hidden ? "Another fault" : "Hide a fault");
    this.picking.hidden = this.repair.hidden = !hidden;
    this.#say(judgement);
  }

  /** @param {Place[]} places */
  #offer(places) {
    if (JSON.stringify(places) === JSON.stringify(this.places)) return;
    this.places = places;
    const choices = places.map(({ head, tail }, index) => html("option", { value: index }, [`${symbol(head)} back to ${symbol(tail)}`]));
    this.choice.replaceChildren(html("option", { value: "" }, ["choose …"]), ...choices);
  }

  /** @param {Judgement | null} judgement */
  #say(judgement) {
    setText(this.verdict, judgement?.words ?? "");
    this.verdict.dataset.kind = judgement ? (judgement.right ? "right" : "wrong") : "";
  }
}
