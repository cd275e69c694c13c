/**
 * Orders of multiplication for a chain of matrices, and what they cost.
 *
 * A chain has sizes n₀, n₁, …, n_L; its factor J_k has n_k rows and n_{k−1} columns, and the product is
 * J_L ⋯ J₂ J₁.  Two neighbours meet at a *joint*, the inner size n_j with 0 < j < L, and to multiply
 * them takes it away: where the sizes next to it are n_a and n_b (a < j < b), this costs n_b·n_j·n_a
 * scalar multiplications by the usual method.  An order is therefore a sequence of all joints; orders
 * that multiply the same blocks in another sequence are one bracketing.
 *
 * Source of the recurrence: the matrix-chain problem, Godbole (1973); Cormen, Leiserson, Rivest and
 * Stein, Introduction to Algorithms, section on matrix-chain multiplication.
 *
 * @typedef {readonly number[]} Sizes  n₀ … n_L, whole numbers from 1; inputs first
 * @typedef {readonly number[]} Order  joints in the sequence in which they are taken away
 * @typedef {{below: number, joint: number, above: number, cost: number}} Multiplication
 *   (J_above ⋯ J_{joint+1}) times (J_joint ⋯ J_{below+1})
 */

/**
 * From the input side: J_L(⋯(J₃(J₂J₁))).
 *
 * @param {number} factors
 * @returns {number[]}
 */
export function forwardOrder(factors) {
  return Array.from({ length: factors - 1 }, (_, index) => index + 1);
}

/**
 * From the output side: (((J_L J_{L−1}) J_{L−2})⋯)J₁.
 *
 * @param {number} factors
 * @returns {number[]}
 */
export function reverseOrder(factors) {
  return forwardOrder(factors).reverse();
}

/**
 * The multiplications of an order; one that stops early gives those made so far.
 *
 * @param {Sizes} sizes
 * @param {Order} order
 * @returns {Multiplication[]}
 * @throws {RangeError} for a joint that does not exist or has been taken away before
 */
export function multiplications(sizes, order) {
  const standing = sizes.map((_, index) => index);
  return order.map((joint) => {
    const at = standing.indexOf(joint);
    if (at <= 0 || at === standing.length - 1) throw new RangeError(`There is no joint ${joint} to multiply at.`);
    const [below, above] = [standing[at - 1], standing[at + 1]];
    standing.splice(at, 1);
    return { below, joint, above, cost: sizes[above] * sizes[joint] * sizes[below] };
  });
}

/**
 * How many scalar multiplications an order takes.
 *
 * @param {Sizes} sizes
 * @param {Order} order
 */
export function costOf(sizes, order) {
  return multiplications(sizes, order).reduce((sum, { cost }) => sum + cost, 0);
}

/**
 * The cheapest order, by dynamic programming over the blocks J_k ⋯ J_{i+1}: O(L³) steps.
 *
 * Where several orders are the cheapest, that which is closest to reverse mode is returned.
 *
 * @param {Sizes} sizes
 * @returns {{cost: number, order: number[]}}
 */
export function bestOrder(sizes) {
  const last = sizes.length - 1;
  /** @type {{cost: number, order: number[]}[][]} by below and above */
  const best = sizes.map(() => []);
  for (let below = 0; below < last; below += 1) best[below][below + 1] = { cost: 0, order: [] };
  for (let length = 2; length <= last; length += 1) {
    for (let below = 0; below + length <= last; below += 1) {
      best[below][below + length] = cheapestSplit(sizes, best, below, below + length);
    }
  }
  return best[0][last];
}

/**
 * @param {Sizes} sizes
 * @param {{cost: number, order: number[]}[][]} best  of all shorter blocks
 * @param {number} below
 * @param {number} above
 */
function cheapestSplit(sizes, best, below, above) {
  let found = { cost: Infinity, order: /** @type {number[]} */ ([]) };
  for (let joint = below + 1; joint < above; joint += 1) {
    const [outer, inner] = [best[joint][above], best[below][joint]];
    const cost = outer.cost + inner.cost + sizes[above] * sizes[joint] * sizes[below];
    if (cost < found.cost) found = { cost, order: [...outer.order, ...inner.order, joint] };
  }
  return found;
}

/**
 * One order for each bracketing: 1, 2, 5, 14, 42 for 2 to 6 factors (Catalan's numbers).
 *
 * @param {number} factors
 * @returns {number[][]}
 */
export function allOrders(factors) {
  return ordersBetween(0, factors);
}

/**
 * @param {number} below
 * @param {number} above
 * @returns {number[][]}
 */
function ordersBetween(below, above) {
  if (above - below === 1) return [[]];
  const joints = Array.from({ length: above - below - 1 }, (_, index) => below + 1 + index);
  return joints.flatMap((joint) =>
    ordersBetween(joint, above).flatMap((outer) =>
      ordersBetween(below, joint).map((inner) => [...outer, ...inner, joint]),
    ),
  );
}

/**
 * @typedef {number | Pair} Tree  a factor's number, or the left and the right block
 * @typedef {[left: Tree, right: Tree]} Pair
 */

/**
 * How an order puts the brackets, as a tree; for an order that stops early, one tree for each block
 * that is left, the output side first.
 *
 * @param {number} factors
 * @param {Order} order
 * @returns {Tree[]}
 */
export function brackets(factors, order) {
  const standing = Array.from({ length: factors + 1 }, (_, index) => index);
  /** @type {Tree[]} blocks from the input side */
  const blocks = Array.from({ length: factors }, (_, index) => index + 1);
  for (const joint of order) {
    const at = standing.indexOf(joint);
    blocks.splice(at - 1, 2, [blocks[at], blocks[at - 1]]);
    standing.splice(at, 1);
  }
  return blocks.reverse();
}

/**
 * Whether two complete orders make the same products.
 *
 * @param {number} factors
 * @param {Order} one
 * @param {Order} other
 */
export function sameBrackets(factors, one, other) {
  return JSON.stringify(brackets(factors, one)) === JSON.stringify(brackets(factors, other));
}

/**
 * For how many outputs reverse mode needs fewer multiplications than forward mode, the other sizes
 * kept: for all numbers below `border`.
 *
 * Both costs are linear in the number of outputs m: forward n₀·(S + m·n_{L−1}), where S is the sum of
 * n_k·n_{k−1} for 1 < k < L, and reverse m·(S + n₁n₀).  With two factors there is one order only, and
 * the border is 0.
 *
 * @param {Sizes} sizes
 * @returns {number} Infinity where reverse mode wins for every number of outputs
 */
export function border(sizes) {
  const last = sizes.length - 1;
  if (last < 3) return 0;
  let inner = 0;
  for (let k = 2; k < last; k += 1) inner += sizes[k] * sizes[k - 1];
  const slope = inner + sizes[1] * sizes[0] - sizes[0] * sizes[last - 1];
  return slope > 0 ? (sizes[0] * inner) / slope : Infinity;
}

/**
 * The costs of both modes and of the best order when only the number of outputs changes.
 *
 * @param {Sizes} sizes
 * @param {readonly number[]} outputs
 * @returns {{forward: number[], reverse: number[], best: number[]}} a cost for each of the outputs
 */
export function costsOverOutputs(sizes, outputs) {
  const factors = sizes.length - 1;
  const chains = outputs.map((number) => [...sizes.slice(0, -1), number]);
  const [forward, reverse] = [forwardOrder(factors), reverseOrder(factors)];
  return {
    forward: chains.map((chain) => costOf(chain, forward)),
    reverse: chains.map((chain) => costOf(chain, reverse)),
    best: chains.map((chain) => bestOrder(chain).cost),
  };
}
