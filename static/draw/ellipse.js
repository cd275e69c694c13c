/** Ellipses of a metric, as path data. */

import { symmetricEigen } from "../math/linear.js";
import { tenth } from "./path.js";

const FAR = 20000;

/**
 * All δ with δ'Fδ = radius², put at a point; nothing where F is not positive definite or the ellipse is
 * far larger than a picture.
 *
 * @param {readonly [number, number, number]} metric  the symmetric F = [[a, b], [b, c]] as a, b, c
 * @param {number} radius
 * @param {number} x
 * @param {number} y
 * @param {import("../math/view.js").View} view
 */
export function ellipse([a, b, c], radius, x, y, view) {
  const { values, vectors: [[right, up]] } = symmetricEigen(a, b, c);
  const [long, short] = values.map((value) => (radius * view.scale) / Math.sqrt(value));
  const left = view.toPixelX(x) - right * long, top = view.toPixelY(y) + up * long;
  const far = view.toPixelX(x) + right * long, bottom = view.toPixelY(y) - up * long;
  if (!(values[0] > 0 && Math.max(long, Math.abs(left), Math.abs(top)) < FAR)) return "";
  const arc = `A${tenth(long)} ${tenth(short)} ${tenth((-Math.atan2(up, right) * 180) / Math.PI)} 1 0 `;
  return `M${tenth(left)} ${tenth(top)}${arc}${tenth(far)} ${tenth(bottom)}${arc}${tenth(left)} ${tenth(top)}Z`;
}
