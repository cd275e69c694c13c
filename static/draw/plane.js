/**
 * A plane of the book: an SVG with axes and layers, and the view that it shows.
 *
 * Markup made here:
 *
 *     <div class="plane" role="group" aria-label="Input plane">
 *       <p class="plane-title">Input plane</p>
 *       <div class="plane-stage" tabindex="0" role="group" aria-label="…">   focus: pan and zoom keys
 *         <svg aria-hidden="true"><g class="axes">…</g><g class="…">layers</g></svg>
 *         handles (controls/handle.js)
 *       </div>
 *       toolbar (controls/navigation.js)
 *     </div>
 *
 * The picture itself is hidden from screen readers: what it says is said in words by the widget.
 */

import { View } from "../math/view.js";
import { Axes } from "./axes.js";
import { oncePerFrame } from "./frame.js";
import { html, setText, svg } from "./svg.js";

export class Plane {
  /**
   * @param {{
   *   title: string,
   *   help: string,
   *   axes: [string, string],
   *   view: View,
   * }} options
   */
  constructor({ title, help, axes, view }) {
    this.view = view;
    this.home = view;
    /** @type {((view: View) => void)[]} called whenever the view has changed or is drawn again */
    this.followers = [];
    /** @type {() => void} called when the reader, not the program, has moved the view */
    this.onNavigate = () => {};
    const frame = svg("g", { class: "axes" });
    this.drawing = svg("svg", { "aria-hidden": "true", focusable: "false" }, [frame]);
    this.axes = new Axes(frame, axes);
    this.title = html("p", { class: "plane-title" }, [title]);
    const stage = { class: "plane-stage", tabindex: 0, role: "group", "aria-label": help };
    this.stage = html("div", stage, [this.drawing]);
    this.element = html("div", { class: "plane", role: "group", "aria-label": title }, [this.title, this.stage]);
    this.redraw = oncePerFrame(() => this.drawNow());
    this.observer = new ResizeObserver(([entry]) => this.#resize(entry.contentRect));
    this.observer.observe(this.stage);
  }

  /**
   * A new layer below the axes and their numbers.
   *
   * @param {string} className
   */
  ground(className) {
    const layer = svg("g", { class: className });
    this.drawing.prepend(layer);
    return layer;
  }

  /**
   * A new layer above the ones before.
   *
   * @param {string} className
   */
  layer(className) {
    return this.drawing.appendChild(svg("g", { class: className }));
  }

  /** @param {(view: View) => void} follower  draws what depends on the view */
  follow(follower) {
    this.followers.push(follower);
  }

  /** @param {View} view  its size is ignored: the picture keeps its own */
  setView(view) {
    if (view === this.view) return;
    this.view = view.resized(this.view.width, this.view.height);
    this.redraw();
  }

  /**
   * Pan no further than needed for a point to be in sight, and draw at once if that moved anything.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} margin  as a fraction of the picture
   */
  keepInSight(x, y, margin) {
    const view = this.view.keeping(x, y, margin);
    if (view === this.view) return;
    this.view = view;
    this.drawNow();
  }

  /**
   * Go to a view and remember it as the one that the reset button returns to.
   *
   * @param {View} home
   */
  setHome(home) {
    this.home = home;
    this.setView(home);
  }

  /** @param {View} view  chosen by the reader */
  navigate(view) {
    this.setView(view);
    this.onNavigate();
  }

  /** @param {[string, string]} names */
  renameAxes(names) {
    this.axes.rename(names);
  }

  /** @param {string} title */
  retitle(title) {
    setText(this.title, title);
  }

  drawNow() {
    if (this.view.width <= 1) return;
    this.axes.draw(this.view);
    for (const follower of this.followers) follower(this.view);
  }

  /** @param {{width: number, height: number}} size */
  #resize({ width, height }) {
    if (width < 2 || height < 2) return;
    this.view = this.view.resized(width, height);
    // Observers run after layout and before painting: drawing now avoids a frame of the old size.
    this.drawNow();
  }
}
