/** Cameras and windows between the widget and its state: degrees there, radians here. */

import { Camera } from "../math/camera.js";

const DEGREE = Math.PI / 180;
/** From the left and from above. @type {[number, number, number]} */
const USUAL = [-30, 32, 1];

/** @param {import("./state.js").State["camera"]} camera  null: the usual one */
export function cameraOf(camera) {
  const [azimuth, elevation, zoom] = camera ?? USUAL;
  return new Camera(azimuth * DEGREE, elevation * DEGREE, zoom);
}

/**
 * The camera as a state keeps it; null where it is the one of the start.
 *
 * @param {import("../charts/surface.js").Surface} surface
 * @returns {import("./state.js").State["camera"]}
 */
export function turnedCamera({ camera, home }) {
  const same = /** @type {const} */ (["azimuth", "elevation", "zoom"]).every((key) => Math.abs(camera[key] - home[key]) < 1e-9);
  return same ? null : [camera.azimuth / DEGREE, camera.elevation / DEGREE, camera.zoom];
}

/**
 * The window as a state keeps it; null where it is the one that belongs to the function.
 *
 * @param {import("../draw/plane.js").Plane} plane
 * @param {import("./state.js").Window} own
 * @returns {import("./state.js").Window | null}
 */
export function movedWindow({ view }, own) {
  const same = view.x === own.x && view.y === own.y && view.half === own.half;
  return same ? null : { x: view.x, y: view.y, half: view.half };
}
