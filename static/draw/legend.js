/**
 * What the lines of a picture mean: short samples with words.
 *
 * Markup made here: `<ul class="legend"><li><svg><path class="…"></svg>words</li>…</ul>`; a widget's
 * style sheet gives the classes of the samples the look of the lines.
 */

import { html, svg } from "./svg.js";

export class Legend {
  /** @param {Record<string, string>} entries  class of the sample and its words */
  constructor(entries) {
    /** @type {Map<string, HTMLElement>} */
    this.items = new Map();
    for (const [name, words] of Object.entries(entries)) {
      const line = svg("path", { class: `sample ${name}`, d: "M1 8H27" });
      const sample = svg("svg", { viewBox: "0 0 28 16", "aria-hidden": "true" }, [line]);
      const item = html("li", {}, []);
      item.append(sample, words);
      this.items.set(name, item);
    }
    this.element = html("ul", { class: "legend" }, [...this.items.values()]);
  }

  /**
   * @param {string} name
   * @param {boolean} visible
   */
  toggle(name, visible) {
    this.items.get(name)?.toggleAttribute("hidden", !visible);
  }
}
