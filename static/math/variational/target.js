/**
 * Two-dimensional targets of variational inference: a correlated Gaussian, straight or bent to a banana.
 *
 * The bend moves z₂ along a parabola, T(z) = (z₁, z₂ − b((z₁ − μ₁)² − s₁²)), after which the target is
 * the Gaussian: log p(x, z) = −½(T(z) − μ)'P(T(z) − μ) with P = Σ⁻¹.  T has the Jacobian determinant 1,
 * and z₁² − s₁² has the mean 0, so the bend changes neither the evidence nor the mean.
 * (Such targets: Haario, Saksman and Tamminen, Computational Statistics 14, 1999.)
 *
 * @typedef {[number, number]} Pair
 * @typedef {{mean: Pair, deviations: Pair, correlation: number, curvature: number}} Target
 *   of the Gaussian before it is bent, and b
 * @typedef {{xs: Float64Array, ys: Float64Array}} Curve
 */

const LOG_TWO_PI = Math.log(2 * Math.PI);
/** Of the integral that is a marginal density: nodes, and deviations to both ends. */
const NODES = 401;
const REACH = 6.5;

/**
 * The entries P₁₁, P₁₂, P₂₂ of the precision matrix.
 *
 * @param {Target} target
 * @returns {[number, number, number]}
 */
export function precisionOf({ deviations: [s1, s2], correlation }) {
  const rest = 1 - correlation ** 2;
  return [1 / (s1 * s1 * rest), -correlation / (s1 * s2 * rest), 1 / (s2 * s2 * rest)];
}

/**
 * The logarithm of the joint density of data and unknowns.
 *
 * @param {Target} target
 * @param {number} z1
 * @param {number} z2
 */
export function logJoint(target, z1, z2) {
  const { mean: [m1, m2], deviations: [s1], curvature } = target;
  const [p11, p12, p22] = precisionOf(target);
  const x = z1 - m1;
  const y = z2 - m2 - curvature * (x * x - s1 * s1);
  return -0.5 * (p11 * x * x + 2 * p12 * x * y + p22 * y * y);
}

/** log p(x) = log 2π + ½ log det Σ, whatever the bend. @param {Target} target */
export function logEvidence({ deviations: [s1, s2], correlation }) {
  return LOG_TWO_PI + Math.log(s1 * s2) + 0.5 * Math.log(1 - correlation ** 2);
}

/**
 * The variances and the covariance of the target itself.
 *
 * @param {Target} target
 * @returns {{variances: Pair, covariance: number}}
 */
export function momentsOf({ deviations: [s1, s2], correlation, curvature }) {
  return { variances: [s1 ** 2, s2 ** 2 + 2 * curvature ** 2 * s1 ** 4], covariance: correlation * s1 * s2 };
}

/**
 * The closed line where the Gaussian before the bend has so many standard deviations; the target's
 * joint density is exp(−½ radius²) on it.
 *
 * @param {Target} target
 * @param {number} radius
 * @param {number} count  of points
 * @returns {Curve}
 */
export function levelCurve({ mean, deviations: [s1, s2], correlation, curvature }, radius, count) {
  const lower = [s1, correlation * s2, s2 * Math.sqrt(1 - correlation ** 2)];
  const curve = ellipse(mean, lower, radius, count);
  curve.xs.forEach((z1, k) => (curve.ys[k] += curvature * ((z1 - mean[0]) ** 2 - s1 ** 2)));
  return curve;
}

/**
 * The points m + r L(cos t, sin t), a closed line.
 *
 * @param {readonly number[]} centre
 * @param {readonly number[]} factor  L₁₁, L₂₁, L₂₂
 * @param {number} radius
 * @param {number} count  of points, the last of which is the first
 * @returns {Curve}
 */
export function ellipse([m1, m2], [k, l, n], radius, count) {
  const xs = new Float64Array(count), ys = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const angle = (2 * Math.PI * at) / (count - 1);
    const right = radius * Math.cos(angle), up = radius * Math.sin(angle);
    xs[at] = m1 + k * right;
    ys[at] = m2 + l * right + n * up;
  }
  return { xs, ys };
}

/**
 * The density of the target's first or second unknown alone.
 *
 * That of z₁ is normal; that of z₂ is an integral over z₁ of normal densities, by the trapezoidal rule.
 *
 * @param {Target} target
 * @param {0 | 1} which
 * @returns {(z: number) => number}
 */
export function marginalOf({ mean, deviations: [s1, s2], correlation, curvature }, which) {
  if (which === 0) return (z) => normal(z - mean[0], s1);
  if (curvature === 0) return (z) => normal(z - mean[1], s2);
  const step = (2 * REACH) / (NODES - 1), rest = s2 * Math.sqrt(1 - correlation ** 2);
  const nodes = Array.from({ length: NODES }, (_, k) => {
    const t = -REACH + k * step;
    return { weight: step * normal(t, 1), centre: mean[1] + correlation * s2 * t + curvature * s1 ** 2 * (t * t - 1) };
  });
  return (z) => nodes.reduce((sum, { weight, centre }) => sum + weight * normal(z - centre, rest), 0);
}

/** @param {number} distance  from the mean @param {number} deviation */
export function normal(distance, deviation) {
  return Math.exp(-0.5 * (distance / deviation) ** 2 - 0.5 * LOG_TWO_PI) / deviation;
}
