/**
 * Which size fills the frame of a block, and what the scale is.
 *
 * Markup made here: `<div class="chain-scale"><p>…</p><div class="segmented">10 · 100 · 1,000</div></div>`.
 */

import { html } from "../../draw/svg.js";
import { grouped } from "./names.js";
import { REACHES, reachFor } from "./scale.js";
import { setDisabled, actionButton } from "./sizes-view.js";

const SCALE = "A side is as long as the square root of its size. The frame holds";

export class ReachChooser {
  /** @param {(reach: number) => void} onChoose */
  constructor(onChoose) {
    this.buttons = REACHES.map((reach) => actionButton(grouped(reach), () => onChoose(reach)));
    this.element = html("div", { class: "chain-scale" }, [
      html("span", {}, [SCALE]),
      html("span", { class: "segmented", role: "group", "aria-label": "Size that fills the frame" }, this.buttons),
    ]);
  }

  /** @param {import("./state.js").State} state */
  show({ sizes, reach }) {
    const least = reachFor(sizes);
    this.buttons.forEach((button, index) => {
      button.setAttribute("aria-pressed", String(REACHES[index] === reach));
      setDisabled(button, REACHES[index] < least);
    });
  }
}
