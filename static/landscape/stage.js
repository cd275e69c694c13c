/**
 * Contour map, surface and table of one function over one window: they show the same square, and keep
 * together when the reader pans, zooms and resizes.
 */

import { decimalsFor, fixed } from "../math/format.js";
import { View } from "../math/view.js";
import { printed } from "./words.js";

/** How long the surface may lag behind a view that is being moved. */
const SURFACE_REST = 60;

/**
 * @typedef {import("./state.js").Window} Window
 * @typedef {import("./model.js").Box} Box
 */

export class Stage {
  /**
   * @param {Pick<ReturnType<typeof import("./parts.js").makeParts>, "plane" | "map" | "surface" | "numbers">} parts
   * @param {{onView: () => void}} options  `onView` is called when the window is another one
   */
  constructor({ plane, map, surface, numbers }, { onView }) {
    this.plane = plane;
    this.map = map;
    this.surface = surface;
    this.numbers = numbers;
    this.onView = onView;
    /** @type {import("./model.js").ScalarField | null} */
    this.field = null;
    this.names = ["x", "y"];
    /** @type {View | undefined} */
    this.followed = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    map.onLevels = () => numbers.refresh();
    numbers.read = () => this.#table();
    plane.follow((view) => this.#follow(view));
  }

  /** The square that map and surface show alike. @returns {Box} */
  get box() {
    const { x, y, half } = this.plane.view;
    return { left: x - half, right: x + half, bottom: y - half, top: y + half };
  }

  /**
   * Show another function, in the window chosen before.
   *
   * @param {import("./model.js").ScalarField} field
   * @param {[string, string]} vars
   */
  show(field, vars) {
    this.field = field;
    this.names = vars.map(printed);
    this.map.show((side, box) => field.lattice(side, box));
    this.#showSurface();
  }

  /**
   * Choose the window: the one that belongs to a function, and the one that was asked for.
   *
   * @param {Window} own
   * @param {Window | null} asked
   */
  frame(own, asked) {
    this.plane.setHome(new View(own.x, own.y, own.half));
    if (asked) this.plane.setView(new View(asked.x, asked.y, asked.half));
  }

  /**
   * The coordinates as text: two decimals, more where the view is so close that they matter.
   *
   * @param {number} x
   * @param {number} y
   * @returns {[string, string]}
   */
  coordinates(x, y) {
    const decimals = decimalsFor(this.plane.view.grain);
    return [fixed(x, decimals), fixed(y, decimals)];
  }

  /** @param {View} view */
  #follow(view) {
    if (view === this.followed) return;
    this.followed = view;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#showSurface(), SURFACE_REST);
    this.onView();
  }

  #showSurface() {
    const { field, plane } = this;
    if (!field) return;
    const { x, y, half } = plane.view;
    this.surface.setFunction((side, box) => field.lattice(side, box), { x, y, half }, this.names);
  }

  #table() {
    const { side } = this.numbers;
    const values = this.field ? this.field.lattice(side, this.box) : new Float64Array(side * side).fill(NaN);
    return { values, box: this.box, levels: this.map.levels, names: this.names };
  }
}
