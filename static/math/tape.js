/**
 * The tape in the browser: a straight-line program evaluated for many points at a time.
 *
 * The server differentiates once and sends a tape (inputs, constants, operations, outputs); this
 * module runs it over whole arrays, so that an animation frame costs a few loops and no request.
 * Slots are numbered inputs, constants, operations, in that order; an operation names only earlier
 * slots.  Outside the domain of a function the result is NaN, never an exception.
 *
 * @typedef {number | number[] | number[][]} NestedSlots  A slot number, or lists of them.
 * @typedef {{
 *   inputs: string[],
 *   constants: (number | null)[],
 *   operations: [string, ...number[]][],
 *   outputs: Record<string, NestedSlots>,
 * }} Tape
 */

import { OPERATIONS } from "./operations.js";

/** A tape that cannot be run: what is wrong with it stands in the message. */
export class TapeError extends Error {
  name = "TapeError";
}

/**
 * @typedef {{kernel: import("./operations.js").Kernel, target: number, first: number, second: number}} Step
 */

/**
 * Check a tape and make it ready to run.
 *
 * @param {Tape} tape
 * @param {string[]} [wanted] the outputs that will be read; what they do not need is left out
 * @returns {Program}
 * @throws {TapeError} for an unknown operation, a wrong number of operands or a forward reference
 */
export function compile(tape, wanted = Object.keys(tape.outputs)) {
  const base = tape.inputs.length + tape.constants.length;
  const steps = tape.operations.map((operation, index) => checkedStep(operation, base + index));
  const roots = wanted.map((name) => {
    const slots = tape.outputs[name];
    if (slots === undefined) throw new TapeError(`The tape has no output “${name}”.`);
    return slots;
  });
  const needed = reach(roots, steps, base);
  return new Program(tape, steps.filter((step) => needed[step.target] === 1), base);
}

/**
 * @param {[string, ...number[]]} operation
 * @param {number} target
 * @returns {Step}
 */
function checkedStep([name, ...operands], target) {
  const known = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (!known) throw new TapeError(`The tape uses an unknown operation “${name}”.`);
  if (operands.length !== known.arity) {
    throw new TapeError(`“${name}” takes ${known.arity} operands, the tape gives ${operands.length}.`);
  }
  for (const slot of operands) {
    if (!Number.isInteger(slot) || slot < 0 || slot >= target) {
      throw new TapeError(`“${name}” in slot ${target} refers to slot ${slot}, which is not earlier.`);
    }
  }
  return { kernel: known.kernel, target, first: operands[0], second: operands[1] ?? operands[0] };
}

/**
 * Mark every slot that the roots depend on.
 *
 * @param {NestedSlots[]} roots
 * @param {Step[]} steps
 * @param {number} base
 */
function reach(roots, steps, base) {
  const needed = new Uint8Array(base + steps.length);
  for (const slot of /** @type {number[]} */ (roots.flat(Infinity))) {
    if (!Number.isInteger(slot) || slot < 0 || slot >= needed.length) {
      throw new TapeError(`An output refers to slot ${slot}, which does not exist.`);
    }
    needed[slot] = 1;
  }
  for (let index = steps.length - 1; index >= 0; index--) {
    const { target, first, second } = steps[index];
    if (needed[target]) needed[first] = needed[second] = 1;
  }
  return needed;
}

/** A tape with its buffers; buffers are kept from run to run, so a frame allocates nothing. */
export class Program {
  /**
   * @param {Tape} tape
   * @param {Step[]} steps
   * @param {number} base
   */
  constructor(tape, steps, base) {
    this.tape = tape;
    this.steps = steps;
    /** The slots of the outputs, nested as in the tape. */
    this.outputs = tape.outputs;
    this.capacity = 0;
    /** @type {Float64Array[]} */
    this.slots = new Array(base + tape.operations.length);
  }

  /**
   * Make room for `count` points; earlier contents are lost when the buffers have to grow.
   *
   * @param {number} count
   */
  reserve(count) {
    if (count <= this.capacity) return;
    this.capacity = count;
    const { inputs, constants } = this.tape;
    inputs.forEach((_, index) => (this.slots[index] = new Float64Array(count)));
    constants.forEach((value, index) => {
      this.slots[inputs.length + index] = new Float64Array(count).fill(value ?? NaN);
    });
    for (const { target } of this.steps) this.slots[target] = new Float64Array(count);
  }

  /**
   * The buffer of one input or output slot; fill the inputs, run, read the outputs.
   *
   * @param {NestedSlots} slot
   * @returns {Float64Array}
   */
  buffer(slot) {
    const found = typeof slot === "number" ? this.slots[slot] : undefined;
    if (!found) throw new TapeError("This slot is not part of the program.");
    return found;
  }

  /**
   * Evaluate the first `count` points.
   *
   * @param {number} count
   */
  run(count) {
    const { slots } = this;
    for (const { kernel, target, first, second } of this.steps) {
      kernel(slots[target], slots[first], slots[second], count);
    }
  }

  /**
   * Evaluate one point and return the value of one output, nested as in the tape.
   *
   * @param {string} name
   * @param {readonly number[]} point
   * @returns {any}
   */
  evaluateAt(name, point) {
    this.reserve(1);
    point.forEach((value, index) => (this.slots[index][0] = value));
    this.run(1);
    return this.read(this.outputs[name]);
  }

  /**
   * @param {NestedSlots} slots
   * @param {number} [index] which of the points
   * @returns {any}
   */
  read(slots, index = 0) {
    if (Array.isArray(slots)) return slots.map((inner) => this.read(inner, index));
    return this.slots[slots][index];
  }
}
