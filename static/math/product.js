/**
 * A product of blocks in any arrangement: what fits, what does not, and what it comes to.
 *
 * Factors are known by number; factor k of a chain with sizes n₀ … n_L is the Jacobian J_k of shape
 * n_k × n_{k−1}.  An *arrangement* lists factors from left to right; only L, …, 2, 1 is the product of
 * the chain rule.  The *places* of an arrangement are the gaps between two neighbours, counted from 1;
 * to multiply at a place joins the two blocks beside it.
 *
 * @typedef {{factors: number[], rows: number, columns: number}} Piece  one block, its factors from left to right
 * @typedef {{left: Piece, right: Piece, result: Piece, cost: number}} Step
 * @typedef {{place: number, left: Piece, right: Piece, fits: boolean, cost: number}} Joint
 */

/**
 * The arrangement that the chain rule asks for, in numerator layout.
 *
 * @param {number} factors
 * @returns {number[]}
 */
export function rightArrangement(factors) {
  return Array.from({ length: factors }, (_, index) => factors - index);
}

/**
 * @param {readonly number[]} arrangement
 */
export function isRight(arrangement) {
  return arrangement.every((factor, index) => factor === arrangement.length - index);
}

/**
 * @param {readonly number[]} arrangement
 * @param {number} place  the neighbours beside it change sides
 */
export function swapped(arrangement, place) {
  const other = [...arrangement];
  [other[place - 1], other[place]] = [other[place], other[place - 1]];
  return other;
}

/**
 * Carry out the multiplications at the given places.
 *
 * @param {readonly number[]} sizes  n₀ … n_L
 * @param {readonly number[]} arrangement
 * @param {readonly number[]} places  a place that is gone, or where the blocks do not fit, ends the work
 * @returns {{pieces: Piece[], joints: Joint[], steps: Step[], places: number[], total: number}}
 *   what is left, where it could go on, and what was done
 */
export function carryOut(sizes, arrangement, places) {
  const pieces = arrangement.map((factor) => factorOf(sizes, factor));
  const open = pieces.slice(1).map((_, index) => index + 1);
  /** @type {Step[]} */
  const steps = [];
  for (const place of places) {
    const at = open.indexOf(place);
    if (at < 0 || !fits(pieces[at], pieces[at + 1])) break;
    const step = multiplied(pieces[at], pieces[at + 1]);
    steps.push(step);
    pieces.splice(at, 2, step.result);
    open.splice(at, 1);
  }
  const joints = open.map((place, at) => jointOf(place, pieces[at], pieces[at + 1]));
  const total = steps.reduce((sum, { cost }) => sum + cost, 0);
  return { pieces, joints, steps, places: places.slice(0, steps.length), total };
}

/**
 * @param {readonly number[]} sizes
 * @param {number} factor
 * @returns {Piece}
 */
function factorOf(sizes, factor) {
  return { factors: [factor], rows: sizes[factor], columns: sizes[factor - 1] };
}

/**
 * @param {Piece} left
 * @param {Piece} right
 */
function fits(left, right) {
  return left.columns === right.rows;
}

/**
 * @param {Piece} left
 * @param {Piece} right
 * @returns {Step}
 */
function multiplied(left, right) {
  const result = { factors: [...left.factors, ...right.factors], rows: left.rows, columns: right.columns };
  return { left, right, result, cost: left.rows * left.columns * right.columns };
}

/**
 * @param {number} place
 * @param {Piece} left
 * @param {Piece} right
 * @returns {Joint}
 */
function jointOf(place, left, right) {
  return { place, left, right, fits: fits(left, right), cost: left.rows * left.columns * right.columns };
}
