/**
 * The evidence lower bound of a Gaussian approximation q = N(m, LL'), exactly, for the targets of
 * target.js: its parts, its gradient in m and in L, and where it is highest.
 *
 * The log joint is a polynomial of the unknowns, so its expectation is a polynomial of m and
 * S = LL'.  With v = z − μ, x = v₁, d = m − μ, c = s₁², f = (P₁₂, P₂₂):
 *
 *     log p = −½ v'Pv + b (x² − c) f'v − ½ b² P₂₂ (x² − c)²
 *     E[v'Pv] = d'Pd + tr(PS)
 *     E[(x² − c) f'v] = (d₁² + S₁₁ − c) f'd + 2 d₁ (S₁₁ P₁₂ + S₁₂ P₂₂)
 *     E[(x² − c)²] = (d₁² + S₁₁ − c)² + 4 d₁² S₁₁ + 2 S₁₁²
 *
 * The gradients are those of Bonnet and Price (Opper and Archambeau, Neural Computation 21, 2009):
 * by m it is E[∇log p], by S ½E[∇²log p]; hence by L the lower triangle of E[∇²log p] L + L⁻ᵀ.
 *
 * A place is m₁, m₂, L₁₁, L₂₁, L₂₂.  For a diagonal covariance L₂₁ = 0 is no parameter.
 *
 * @typedef {[number, number, number, number, number]} Place
 * @typedef {import("./target.js").Target} Target
 * @typedef {import("../ascent.js").Stop<Place>} Stop
 * @typedef {{value: number, expected: number, entropy: number}} Bound
 */

import { nextStop } from "../ascent.js";
import { precisionOf } from "./target.js";

const ENTROPY = 1 + Math.log(2 * Math.PI);
/** Bounds of means, and of the entries of L on the diagonal. */
export const FARTHEST = 100;
export const WIDTHS = /** @type {const} */ ([0.01, 50]);
export const STEP = 1e-5;
/** A slope below which an ascent has arrived. */
export const LEVEL = 1e-3;
/** How finely S₁₁ is searched for the best diagonal covariance: places, powers of ten, halvings. */
const SCAN = 241, SCAN_DECADES = 4, HALVINGS = 60;
/** @type {Place} */
const LOW = [-FARTHEST, -FARTHEST, WIDTHS[0], -WIDTHS[1], WIDTHS[0]];
/** @type {Place} */
const HIGH = [FARTHEST, FARTHEST, WIDTHS[1], WIDTHS[1], WIDTHS[1]];

/**
 * @param {Target} target
 * @param {Place} place
 * @returns {Bound}
 */
export function boundAt(target, [m1, m2, k, l, n]) {
  const { mean, deviations, curvature: b } = target;
  const [p11, p12, p22] = precisionOf(target);
  const a = m1 - mean[0], e = m2 - mean[1], c = deviations[0] ** 2;
  const s11 = k * k, s12 = k * l, s22 = l * l + n * n;
  const straight = p11 * (a * a + s11) + 2 * p12 * (a * e + s12) + p22 * (e * e + s22);
  const middle = a * a + s11 - c;
  const mixed = middle * (p12 * a + p22 * e) + 2 * a * (s11 * p12 + s12 * p22);
  const fourth = middle * middle + 4 * a * a * s11 + 2 * s11 * s11;
  const expected = -0.5 * straight + b * mixed - 0.5 * b * b * p22 * fourth;
  const entropy = ENTROPY + Math.log(k * n);
  return { value: expected + entropy, expected, entropy };
}

/**
 * E[∇log p] and the entries 11, 12, 22 of E[∇²log p] under q.
 *
 * @param {Target} target
 * @param {Place} place
 * @returns {{slope: [number, number], curvature: [number, number, number]}}
 */
export function expectedDerivatives(target, [m1, m2, k, l]) {
  const { mean, deviations, curvature: b } = target;
  const [p11, p12, p22] = precisionOf(target);
  const a = m1 - mean[0], e = m2 - mean[1], c = deviations[0] ** 2;
  const s11 = k * k, s12 = k * l, square = a * a + s11;
  const first =
    -(p11 * a + p12 * e) + 2 * b * (p12 * square + p22 * (a * e + s12)) + b * p12 * (square - c) -
    2 * b * b * p22 * a * (a * a + 3 * s11 - c);
  const second = -(p12 * a + p22 * e) + b * p22 * (square - c);
  const h11 = -p11 + 2 * b * (3 * p12 * a + p22 * e) - 2 * b * b * p22 * (3 * square - c);
  return { slope: [first, second], curvature: [h11, -p12 + 2 * b * p22 * a, -p22] };
}

/**
 * The gradient by the entries of a place.
 *
 * @param {Target} target
 * @param {Place} place
 * @param {boolean} diagonal  whether L₂₁ is held at 0
 * @returns {Place}
 */
export function gradientAt(target, place, diagonal) {
  const { slope, curvature: [h11, h12, h22] } = expectedDerivatives(target, place);
  const [, , k, l, n] = place;
  return [...slope, h11 * k + h12 * l + 1 / k, diagonal ? 0 : h12 * k + h22 * l, h22 * n + 1 / n];
}

/**
 * The same by central differences.
 *
 * @param {Target} target
 * @param {Place} place
 * @param {boolean} diagonal
 * @returns {Place}
 */
export function differencesAt(target, place, diagonal) {
  return /** @type {Place} */ (place.map((at, which) => {
    if (diagonal && which === 3) return 0;
    // In proportion on the diagonal of L, for its entries may be small and must stay positive.
    const step = which === 2 || which === 4 ? STEP * Math.min(1, at) : STEP;
    const [up, down] = [step, -step].map((move) => boundAt(target, /** @type {Place} */ (place.map((old, k) => (k === which ? old + move : old)))));
    return (up.value - down.value) / (2 * step);
  }));
}

/**
 * @param {Target} target
 * @param {Place} place
 * @param {boolean} diagonal
 * @returns {Stop}
 */
export function stopAt(target, place, diagonal) {
  return { place, value: boundAt(target, place).value, gradient: gradientAt(target, place, diagonal) };
}

/**
 * The next stop of the ascent in m and L, or null at its end; no step is longer than half the larger
 * deviation of the target.
 *
 * @param {Target} target
 * @param {boolean} diagonal
 * @param {{from: Stop, before: Stop | null}} climbed
 * @returns {Stop | null}
 */
export function climb(target, diagonal, climbed) {
  const longest = 0.5 * Math.max(...target.deviations);
  return nextStop((place) => stopAt(target, place, diagonal), climbed, { longest, first: longest / 2, level: LEVEL, low: LOW, high: HIGH });
}

/**
 * The best Gaussian, or the best one with a diagonal covariance.
 *
 * With c = s₁², k = 4b²P₂₂ and h = 2bP₁₂ the gradient vanishes where L₂₂ = 1/√P₂₂,
 * d₂ = b(d₁² + S₁₁ − c) − d₁P₁₂/P₂₂, and
 *
 *     full       d₁ = 0,   1/S₁₁ = 1/c + k S₁₁,   L₂₁ = −L₁₁P₁₂/P₂₂
 *     diagonal   d₁ = h S₁₁/(1/c + k S₁₁),   1/S₁₁ = P₁₁ − 2h d₁ + k(d₁² + S₁₁)
 *
 * For b = 0 this is S = P⁻¹, or Sᵢᵢ = 1/Pᵢᵢ.
 *
 * @param {Target} target
 * @param {boolean} diagonal
 * @returns {Stop}
 */
export function bestOf(target, diagonal) {
  const { mean: [m1, m2], deviations: [s1], curvature: b } = target;
  const [, p12, p22] = precisionOf(target);
  const c = s1 * s1, k = 4 * b * b * p22;
  const full = 2 / (1 / c + Math.sqrt(1 / (c * c) + 4 * k));
  const at = (/** @type {number} */ s11, /** @type {number} */ d1, /** @type {number} */ below) =>
    stopAt(target, [m1 + d1, m2 + b * (d1 * d1 + s11 - c) - (d1 * p12) / p22, Math.sqrt(s11), below, 1 / Math.sqrt(p22)], diagonal);
  if (!diagonal) return at(full, 0, (-Math.sqrt(full) * p12) / p22);
  const away = (/** @type {number} */ s11) => (2 * b * p12 * s11) / (1 / c + k * s11);
  const stops = flatPlaces(target, away, full).map((s11) => at(s11, away(s11), 0));
  return stops.reduce((best, stop) => (stop.value > best.value ? stop : best));
}

/**
 * Where S₁₁ solves its equation for a diagonal covariance: more than one place, where a target leans and
 * bends strongly.  None lies above that of the full covariance.
 *
 * @param {Target} target
 * @param {(s11: number) => number} away  d₁
 * @param {number} highest
 * @returns {number[]}
 */
function flatPlaces(target, away, highest) {
  const [p11, p12, p22] = precisionOf(target);
  const { curvature: b } = target;
  const surplus = (/** @type {number} */ s11) => {
    const d1 = away(s11);
    return 1 / s11 - p11 + 4 * b * p12 * d1 - 4 * b * b * p22 * (d1 * d1 + s11);
  };
  // A little above the highest place, so that rounding does not hide a root there.
  const grid = Array.from({ length: SCAN }, (_, k) => highest * 10 ** ((SCAN_DECADES * (k + 1 - SCAN)) / (SCAN - 1)) * (1 + 1e-9));
  return grid.slice(1).flatMap((above, k) => (surplus(grid[k]) > 0 !== surplus(above) > 0 ? [bisect(surplus, grid[k], above)] : []));
}

/** A zero between two places where the signs differ. @param {(x: number) => number} f @param {number} low @param {number} high */
function bisect(f, low, high) {
  const rising = f(high) > 0;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0 === rising) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
