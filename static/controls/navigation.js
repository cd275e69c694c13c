/**
 * Pan and zoom of a plane, and the single click.
 *
 *   mouse     drag the background to pan; the wheel zooms with Ctrl, or when the plane has the focus
 *   touch     two fingers pan and zoom; one finger scrolls the page, a tap is a click
 *   keys      on the focused plane: arrows pan, + and − zoom, 0 or Home returns
 *   buttons   the same, below the plane: a drag is never the only way
 *
 * A click that was no drag is passed on as `onPlace(x, y)`.
 */

import { html, svg } from "../draw/svg.js";
import { roundTo } from "../math/view.js";

const ZOOM_STEP = 1.5;
const WHEEL_ZOOM = 1.0015;
const PAN_STEP = 0.125;
/** A mouse that moved less than this many pixels has clicked. */
const CLICK_SLACK = 4;

const ICONS = {
  left: "M10 3 5 8l5 5",
  right: "M6 3l5 5-5 5",
  up: "M3 10l5-5 5 5",
  down: "M3 6l5 5 5-5",
  in: "M8 3v10M3 8h10",
  out: "M3 8h10",
  home: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
};

/**
 * @param {import("../draw/plane.js").Plane} plane
 * @param {{onPlace?: (x: number, y: number) => void}} [options]
 */
export function addNavigation(plane, { onPlace } = {}) {
  addMouse(plane, onPlace);
  addWheel(plane);
  addPinch(plane);
  addKeys(plane);
  plane.element.append(toolbar(plane));
}

/**
 * @typedef {import("../draw/plane.js").Plane} Plane
 */

/**
 * @param {Plane} plane
 * @param {((x: number, y: number) => void) | undefined} onPlace
 */
function addMouse(plane, onPlace) {
  const { stage } = plane;
  /** @type {{x: number, y: number, view: import("../math/view.js").View} | null} */
  let start = null;
  let moved = false;
  stage.addEventListener("pointerdown", (event) => {
    moved = false;
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    start = { x: event.clientX, y: event.clientY, view: plane.view };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    if (!start) return;
    const right = event.clientX - start.x;
    const down = event.clientY - start.y;
    moved ||= Math.hypot(right, down) >= CLICK_SLACK;
    stage.classList.toggle("panning", moved);
    if (moved) plane.navigate(start.view.panned(right, down));
  });
  const stop = () => {
    start = null;
    stage.classList.remove("panning");
  };
  stage.addEventListener("pointerup", stop);
  stage.addEventListener("lostpointercapture", stop);
  stage.addEventListener("click", (event) => {
    if (moved || !onPlace) return;
    const [pixelX, pixelY] = inside(stage, event);
    const { view } = plane;
    onPlace(roundTo(view.fromPixelX(pixelX), view.grain), roundTo(view.fromPixelY(pixelY), view.grain));
  });
}

/** @param {Plane} plane */
function addWheel(plane) {
  plane.stage.addEventListener(
    "wheel",
    (event) => {
      const focused = plane.stage.contains(document.activeElement);
      if (!event.ctrlKey && !focused) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      // Browsers report a pinch on a touchpad as a wheel with Ctrl and small steps.
      const speed = event.ctrlKey && Math.abs(event.deltaY) < 20 ? 6 : 1;
      const [pixelX, pixelY] = inside(plane.stage, event);
      plane.navigate(plane.view.zoomed(WHEEL_ZOOM ** (-event.deltaY * lines * speed), pixelX, pixelY));
    },
    { passive: false },
  );
}

/** @param {Plane} plane */
function addPinch(plane) {
  /** @type {{x: number, y: number, spread: number, view: import("../math/view.js").View} | null} */
  let start = null;
  const { stage } = plane;
  stage.addEventListener(
    "touchstart",
    (event) => {
      if (event.touches.length !== 2 || event.targetTouches.length !== 2) return;
      event.preventDefault();
      start = { ...pinch(stage, event), view: plane.view };
    },
    { passive: false },
  );
  stage.addEventListener(
    "touchmove",
    (event) => {
      if (!start || event.touches.length !== 2) return;
      event.preventDefault();
      const now = pinch(stage, event);
      const zoomed = start.view.zoomed(now.spread / start.spread, start.x, start.y);
      plane.navigate(zoomed.panned(now.x - start.x, now.y - start.y));
    },
    { passive: false },
  );
  const stop = () => {
    start = null;
  };
  stage.addEventListener("touchend", stop);
  stage.addEventListener("touchcancel", stop);
}

/**
 * The middle of two fingers and their distance.
 *
 * @param {HTMLElement} stage
 * @param {TouchEvent} event
 */
function pinch(stage, { touches: [first, second] }) {
  const [x1, y1] = inside(stage, first);
  const [x2, y2] = inside(stage, second);
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, spread: Math.max(10, Math.hypot(x1 - x2, y1 - y2)) };
}

/**
 * @param {HTMLElement} stage
 * @param {{clientX: number, clientY: number}} position
 * @returns {[number, number]}
 */
function inside(stage, { clientX, clientY }) {
  const box = stage.getBoundingClientRect();
  return [clientX - box.left - stage.clientLeft, clientY - box.top - stage.clientTop];
}

/** @param {Plane} plane */
function addKeys(plane) {
  plane.stage.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const zooming = ["+", "=", "-", "_", "0"].includes(event.key);
    // A handle inside the plane has its own arrows; zooming makes sense for both.
    if (event.target !== plane.stage && !zooming) return;
    const action = KEYS[event.key];
    if (!action) return;
    event.preventDefault();
    ACTIONS[action](plane);
  });
}

/** @type {Record<string, (plane: Plane) => void>} */
const ACTIONS = {
  left: (plane) => plane.navigate(plane.view.panned(plane.view.width * PAN_STEP, 0)),
  right: (plane) => plane.navigate(plane.view.panned(-plane.view.width * PAN_STEP, 0)),
  up: (plane) => plane.navigate(plane.view.panned(0, plane.view.height * PAN_STEP)),
  down: (plane) => plane.navigate(plane.view.panned(0, -plane.view.height * PAN_STEP)),
  in: (plane) => plane.navigate(plane.view.zoomed(ZOOM_STEP)),
  out: (plane) => plane.navigate(plane.view.zoomed(1 / ZOOM_STEP)),
  home: (plane) => plane.navigate(plane.home),
};

/** @type {Record<string, string>} */
const KEYS = {
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down",
  "+": "in", "=": "in", "-": "out", _: "out", 0: "home", Home: "home",
};

/** @param {Plane} plane */
function toolbar(plane) {
  const title = (plane.title.textContent ?? "").toLowerCase();
  /** @type {[keyof typeof ICONS, string][]} */
  const buttons = [
    ["out", "Zoom out"],
    ["in", "Zoom in"],
    ["home", "Reset the view"],
    ["left", "Move left"],
    ["up", "Move up"],
    ["down", "Move down"],
    ["right", "Move right"],
  ];
  const made = buttons.map(([name, label]) => {
    const spoken = `${label}: ${title}`;
    const button = html("button", { type: "button", class: "icon", "aria-label": spoken, title: label });
    const icon = svg("path", { d: ICONS[name] });
    button.append(svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, [icon]));
    button.addEventListener("click", () => ACTIONS[name](plane));
    return button;
  });
  return html("div", { class: "plane-toolbar", role: "group", "aria-label": `View of the ${title}` }, made);
}
