/**
 * The steps of both passes, one after the other.  Pure, no page.
 *
 * @typedef {import("../../math/networks/network.js").Pass} Pass
 * @typedef {import("../../math/networks/network.js").Node} Node
 * @typedef {import("../../math/networks/network.js").Edge} Edge
 * @typedef {import("../../math/networks/network.js").Mismatch} Mismatch
 * @typedef {{kind: "given"} | {kind: "forward", node: Node} | {kind: "seed"}
 *   | {kind: "backward", edge: Edge} | {kind: "mismatch", edge: Mismatch}} Step
 */

/**
 * @param {Pass} pass
 * @returns {Step[]}
 */
export function timeline({ nodes, edges, mismatch }) {
  const computed = nodes.filter(({ operation }) => operation);
  return [
    { kind: "given" },
    ...computed.map((node) => /** @type {const} */ ({ kind: "forward", node })),
    { kind: "seed" },
    ...edges.map((edge) => /** @type {const} */ ({ kind: "backward", edge })),
    ...(mismatch ? [/** @type {const} */ ({ kind: "mismatch", edge: mismatch })] : []),
  ];
}

/**
 * Where a reader begins: all values are there, and the way back is about to start.
 *
 * @param {readonly Step[]} steps
 */
export function home(steps) {
  return steps.findIndex(({ kind }) => kind === "seed");
}

/**
 * The step at which a node gets its value (0 for what is given), and the one at which it gets its
 * cotangent (undefined where it gets none).
 *
 * @param {readonly Step[]} steps
 * @param {Node} node
 * @returns {{value: number, cotangent: number | undefined}}
 */
export function stepsOf(steps, { name, operation }) {
  const value = operation ? steps.findIndex((step) => step.kind === "forward" && step.node.name === name) : 0;
  const cotangent = steps.findIndex((step) =>
    step.kind === "seed" ? name === "loss" : step.kind === "backward" && step.edge.tail === name,
  );
  return { value, cotangent: cotangent < 0 ? undefined : cotangent };
}
