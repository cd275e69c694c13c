/**
 * The contour map below a plane's drawing: bands and lines by Plotly, everything else of the plane
 * stays on top and follows the hand.
 *
 * Markup made here, as the first child of the plane's stage:
 * `<div class="contour-map" aria-hidden="true">…Plotly…</div>`, and in the plane's ground the same
 * lines as one SVG path, which is seen until Plotly has come, and if it never comes.
 *
 * While the reader pans and zooms, the map drawn last is moved along; it is drawn anew when the view
 * rests.
 */

import { segments } from "../draw/path.js";
import { html, svg } from "../draw/svg.js";
import { levelSegments, levelsOf, positionAmong } from "../math/contour.js";
import { CONFIG, loadPlotly } from "./plotly.js";
import { css, heightColour, onPaletteChange, paletteAt } from "./theme.js";

/** Points along one side of the sampled lattice. */
const SIDE = 71;
const LEVELS = 14;
const REST = 120;
const STOPS = 12;

/**
 * @typedef {import("../math/view.js").View} View
 * @typedef {(side: number, box: import("../math/contour.js").Box) => Float64Array} Sampler
 */

export class ContourMap {
  /** @param {import("../draw/plane.js").Plane} plane */
  constructor(plane) {
    this.plane = plane;
    /** @type {Sampler | null} */
    this.sample = null;
    /** @type {number[]} heights of the lines that are shown */
    this.levels = [];
    /** @type {() => void} called when the levels are others */
    this.onLevels = () => {};
    /** @type {View | undefined} */
    this.last = undefined;
    /** @type {View | null} the view for which Plotly has drawn */
    this.drawn = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {() => void} */
    this.settle = () => {};
    /** Kept when the first map has been drawn, or cannot be. @type {Promise<void>} */
    this.settled = new Promise((resolve) => (this.settle = resolve));
    this.lines = plane.ground("contour-lines").appendChild(svg("path"));
    this.element = html("div", { class: "contour-map", "aria-hidden": "true" });
    plane.stage.prepend(this.element);
    plane.follow((view) => this.#follow(view));
    onPaletteChange(() => this.#drawSoon());
  }

  /** @param {Sampler} sample  values of the function on a lattice */
  show(sample) {
    this.sample = sample;
    this.#draw();
  }

  /** @param {View} view */
  #follow(view) {
    if (!this.sample || view === this.last) return;
    this.last = view;
    if (this.drawn) this.#move(this.drawn, view);
    this.#drawSoon();
  }

  /**
   * Bring the map that was drawn for one view to where it belongs in another.
   *
   * @param {View} from
   * @param {View} to
   */
  #move(from, to) {
    const size = to.scale / from.scale;
    const left = to.toPixelX(from.left);
    const top = to.toPixelY(from.top);
    this.element.style.transform = `translate(${left}px, ${top}px) scale(${size})`;
  }

  #drawSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#draw(), this.drawn ? REST : 0);
  }

  #draw() {
    clearTimeout(this.timer);
    const { view } = this.plane;
    if (!this.sample || view.width <= 1) return;
    const box = { left: view.left, right: view.right, bottom: view.bottom, top: view.top };
    const values = this.sample(SIDE, box).slice(0, SIDE * SIDE);
    this.levels = levelsOf(values, LEVELS);
    this.onLevels();
    if (!this.drawn) this.lines.setAttribute("d", segments(levelSegments(values, SIDE, box, this.levels), view));
    this.#drawPlotly(values, view)
      .catch((error) => {
        // The lines drawn as SVG stay; the reader misses colours only.
        this.element.replaceChildren();
        this.drawn = null;
        console.warn(error.message);
      })
      .finally(this.settle);
  }

  /**
   * @param {Float64Array} values
   * @param {View} view
   */
  async #drawPlotly(values, view) {
    const plotly = await loadPlotly();
    if (view !== this.plane.view) return;
    await plotly.react(this.element, [this.#trace(values, view)], layoutOf(view), CONFIG);
    this.drawn = view;
    this.element.style.transform = "";
    this.element.dataset.state = "drawn";
    this.lines.setAttribute("d", "");
    if (this.plane.view !== view) this.#move(view, this.plane.view);
  }

  /**
   * Plotly's levels are evenly spaced, ours are not: it gets positions among our levels.
   *
   * @param {Float64Array} values
   * @param {View} view
   */
  #trace(values, view) {
    const palette = paletteAt(this.plane.stage);
    const last = Math.max(0, this.levels.length - 1);
    const positions = Array.from(values, positionAmong(this.levels));
    const rows = Array.from({ length: SIDE }, (_, row) => positions.slice(row * SIDE, (row + 1) * SIDE));
    const across = Array.from({ length: SIDE }, (_, k) => view.left + ((view.right - view.left) * k) / (SIDE - 1));
    const up = Array.from({ length: SIDE }, (_, k) => view.bottom + ((view.top - view.bottom) * k) / (SIDE - 1));
    const stops = Array.from({ length: STOPS + 1 }, (_, k) => [k / STOPS, css(heightColour(palette, k / STOPS))]);
    return {
      type: "contour", x: across, y: up, z: rows, hoverinfo: "skip", showscale: false,
      zmin: -1, zmax: last + 1, zauto: false, autocontour: false, colorscale: stops,
      contours: { coloring: "fill", start: 0, end: last, size: 1 },
      line: { color: css(palette.edge), width: 0.6, smoothing: 0.6 },
    };
  }
}

/** @param {View} view */
function layoutOf(view) {
  const axis = { visible: false, fixedrange: true };
  const clear = "rgba(0,0,0,0)";
  return {
    width: Math.round(view.width), height: Math.round(view.height), autosize: false,
    margin: { l: 0, r: 0, t: 0, b: 0, pad: 0 }, paper_bgcolor: clear, plot_bgcolor: clear,
    xaxis: { ...axis, range: [view.left, view.right] }, yaxis: { ...axis, range: [view.bottom, view.top] },
    showlegend: false, hovermode: false, dragmode: false,
  };
}
