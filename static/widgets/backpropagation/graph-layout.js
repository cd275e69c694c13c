/**
 * Where the nodes of the graph stand, and the edges between them.  Pure, no page.
 *
 * The chain x → z₁ → a₁ → … → ℓ runs from left to right; weights, biases and the target stand above
 * the nodes that they go into.  A node is as large as its value and its cotangent below it.
 *
 * @typedef {import("../../math/networks/network.js").Node} Node
 * @typedef {{rows: number, columns: number}} Size
 * @typedef {{
 *   name: string, x: number, y: number, width: number, height: number, value: Size, cotangent: Size | null,
 * }} Box  in pixels; `cotangent` is null for the target, which has none
 * @typedef {{head: string, tail: string, x1: number, y1: number, x2: number, y2: number}} Arrow  from tail to head
 * @typedef {{boxes: Box[], arrows: Arrow[], width: number, height: number, cell: number}} Placement
 */

export const LINE = 19;
/** Height of the line with the name of a value or a cotangent. */
export const HEAD = 22;
const CHARACTER = 7.2;
const PADDING = 12;
const GAP = 78;
const NEAR = 22;
const RISE = 46;
const MARGIN = 6;
const LEAST_WIDTH = 74;

/**
 * @param {readonly Node[]} nodes
 * @param {{turned: boolean, longest: number}} options  `turned`: cotangents are rows (numerator
 *   layout); `longest`: characters of the longest number
 * @returns {Placement}
 */
export function place(nodes, { turned, longest }) {
  const cell = Math.max(5, longest) * CHARACTER + 8;
  const boxes = new Map(nodes.map((node) => [node.name, boxOf(node, cell, turned)]));
  const chain = nodes.filter(({ name, operation }) => operation || name === "x");
  const above = (/** @type {Node} */ node) => node.arguments.filter((name) => !chain.some((each) => each.name === name));
  let [right, upperRight] = [MARGIN, MARGIN];
  for (const node of chain) {
    const box = /** @type {Box} */ (boxes.get(node.name));
    const group = above(node).map((name) => /** @type {Box} */ (boxes.get(name)));
    const wide = group.reduce((sum, each) => sum + each.width, 0) + NEAR * Math.max(0, group.length - 1);
    box.x = right === MARGIN ? right : right + GAP;
    if (group.length) box.x = Math.max(box.x, upperRight + wide / 2 - box.width / 2);
    let left = Math.max(upperRight, box.x + box.width / 2 - wide / 2);
    for (const each of group) {
      each.x = left;
      left += each.width + NEAR;
    }
    if (group.length) upperRight = left;
    right = box.x + box.width;
  }
  return arranged(nodes, chain, boxes, cell, Math.max(right, upperRight - NEAR));
}

/**
 * @param {Node} node
 * @param {number} cell
 * @param {boolean} turned
 * @returns {Box}
 */
function boxOf({ name, value }, cell, turned) {
  const size = { rows: value.length, columns: value[0].length };
  const cotangent = name === "y" ? null : turned ? { rows: size.columns, columns: size.rows } : size;
  const width = Math.max(LEAST_WIDTH, size.columns * cell + PADDING, (cotangent?.columns ?? 0) * cell + PADDING);
  const height = HEAD + size.rows * LINE + (cotangent ? HEAD + cotangent.rows * LINE + 4 : 0) + 8;
  return { name, x: 0, y: 0, width, height, value: size, cotangent };
}

/**
 * @param {readonly Node[]} nodes
 * @param {readonly Node[]} chain
 * @param {Map<string, Box>} boxes
 * @param {number} cell
 * @param {number} right
 * @returns {Placement}
 */
function arranged(nodes, chain, boxes, cell, right) {
  const inChain = new Set(chain.map(({ name }) => name));
  const all = [...boxes.values()];
  const tallest = (/** @type {Box[]} */ some) => Math.max(...some.map(({ height }) => height));
  const upper = tallest(all.filter(({ name }) => !inChain.has(name)));
  const lower = tallest(all.filter(({ name }) => inChain.has(name)));
  for (const box of all) {
    box.y = inChain.has(box.name) ? MARGIN + upper + RISE : MARGIN + upper - box.height;
  }
  const middle = MARGIN + upper + RISE + HEAD + LINE;
  const arrows = nodes.flatMap(({ name, arguments: names }) =>
    names.map((tail) => arrow(/** @type {Box} */ (boxes.get(tail)), /** @type {Box} */ (boxes.get(name)), inChain.has(tail), middle)),
  );
  return { boxes: all, arrows, width: right + MARGIN, height: MARGIN * 2 + upper + RISE + lower, cell };
}

/**
 * @param {Box} tail
 * @param {Box} head
 * @param {boolean} along  the chain; else from above
 * @param {number} middle
 * @returns {Arrow}
 */
function arrow(tail, head, along, middle) {
  const names = { head: head.name, tail: tail.name };
  if (along) return { ...names, x1: tail.x + tail.width, y1: middle, x2: head.x, y2: middle };
  const [from, to] = [tail.x + tail.width / 2, head.x + head.width / 2];
  // Arrows from above arrive side by side.
  const aim = to + Math.max(-0.35 * head.width, Math.min(0.35 * head.width, (from - to) / 2));
  return { ...names, x1: from, y1: tail.y + tail.height, x2: aim, y2: head.y };
}
