/** The map of the marginal likelihood as it comes from the worker; asked for when the hand rests. */

import { between } from "../../math/gaussian-process/evidence-map.js";
import { onLattice } from "../../math/grid.js";

/** Along one side: a first sketch, and the map as it is drawn (charts/contour-map.js). */
const SIDES = [19, 71];
const REST = 140;

/**
 * @typedef {import("../../math/contour.js").Box} Box
 * @typedef {import("../../math/gaussian-process/evidence-map.js").Lattice} Lattice
 * @typedef {Omit<import("../../math/gaussian-process/evidence-map.js").Question, "id" | "sides">} Question
 */

export class EvidenceField {
  /** @param {{onLattice: (fine: boolean) => void, onStale: () => void, onFailure: () => void}} callbacks */
  constructor({ onLattice, onStale, onFailure }) {
    this.onStale = onStale;
    /** @type {Lattice | null} */
    this.lattice = null;
    this.asked = 0;
    this.key = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("error", onFailure);
    this.worker.addEventListener("message", ({ data }) => {
      if (data.id !== this.asked) return;
      this.lattice = data;
      onLattice(data.side === SIDES[SIDES.length - 1]);
    });
  }

  /**
   * Another map is wanted; the newest wish counts.
   *
   * @param {Question} question
   */
  want({ hyper, points, box }) {
    const { kernel, scale, period, jitter } = hyper;
    const key = JSON.stringify([kernel, scale, period, jitter, points, box]);
    if (key === this.key) return;
    this.key = key;
    this.onStale();
    clearTimeout(this.timer);
    const ask = () => {
      this.asked += 1;
      this.worker.postMessage({ id: this.asked, hyper, points, box, sides: SIDES });
    };
    if (this.asked === 0) ask();
    else this.timer = setTimeout(ask, REST);
  }

  /** Values on a square lattice of the plane. @param {number} side @param {Box} box */
  sample(side, box) {
    const { lattice } = this;
    return onLattice((u, v) => (lattice ? between(lattice, u, v) : NaN), side, box);
  }
}
