/** What is seen at a state: both coordinates with loss, gradients and paths, worked out from the tapes. */

import { centralDifferences } from "../../math/dense.js";
import { FAMILIES } from "../../math/natural-gradient/families.js";
import { Field, solve } from "../../math/natural-gradient/field.js";
import { descend, largestDivergence } from "../../math/natural-gradient/paths.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("../../math/natural-gradient/families.js").Pair} Pair
 * @typedef {import("../../math/natural-gradient/families.js").Coordinates} Coordinates
 * @typedef {import("../../math/natural-gradient/field.js").Local} Local
 * @typedef {import("../../math/natural-gradient/paths.js").Path} Path
 * @typedef {{
 *   name: string, coordinates: Coordinates, field: Field, point: Pair, local: Local, natural: Pair,
 *   paths: {plain: Path, natural: Path},
 * }} Side  one of the two coordinates; `natural` is F⁻¹∇L
 * @typedef {{
 *   sides: [Side, Side], best: number, apart: {plain: number, natural: number}, last: number,
 *   carried: {plain: Pair, natural: Pair},
 * }} Fitted  `best` is the least loss; `apart` in nats; `carried` are the gradients of the second coordinates as steps
 *   in the first; `last` is the number of steps of the longest path
 */

export class Model {
  constructor() {
    /** By family and coordinates. @type {Map<string, Field>} */
    this.fields = new Map();
  }

  /** @param {string} family @param {string} name @param {import("../../math/tape.js").Tape} tape */
  learn(family, name, tape) {
    this.fields.set(`${family} ${name}`, new Field(tape));
  }

  /** @param {State} state @returns {Fitted | null}  null where a tape is still missing */
  fit(state) {
    const family = FAMILIES[state.family];
    const first = this.fields.get(`${state.family} ${family.base}`), second = this.fields.get(`${state.family} ${state.other}`);
    if (!first || !second) return null;
    for (const field of [first, second]) field.describe(family.data(state.target));
    const sides = /** @type {[Side, Side]} */ ([sideOf(state, family.base, first), sideOf(state, state.other, second)]);
    const { toBase } = sides[1].coordinates;
    const dataOf = (/** @type {Pair} */ point) => family.data(targetAt(state.family, point));
    const apart = (/** @type {"plain" | "natural"} */ kind) =>
      largestDivergence(first, dataOf, sides[0].paths[kind].points, sides[1].paths[kind].points.map(toBase));
    return {
      sides, best: first.at(family.best(state.target)).value, carried: carried(sides[1]),
      apart: { plain: apart("plain"), natural: apart("natural") },
      last: Math.max(...sides.flatMap(({ paths }) => [paths.plain.points.length, paths.natural.points.length])) - 1,
    };
  }
}

/**
 * A member of the family as the target of a fit.
 *
 * @param {string} family
 * @param {Pair} point  in base coordinates
 */
export function targetAt(family, point) {
  return family === "normal" ? point : [Math.exp(point[0]), Math.exp(point[1]), 1];
}

/** @param {State} state @param {string} name @param {Field} field @returns {Side} */
function sideOf(state, name, field) {
  const coordinates = FAMILIES[state.family].coordinates[name];
  const point = coordinates.fromBase(state.at);
  const local = field.at(point);
  const path = (/** @type {boolean} */ natural) => descend(field, point, { rate: state.rate, natural });
  return { name, coordinates, field, point, local, natural: solve(local.information, local.gradient), paths: { plain: path(false), natural: path(true) } };
}

/** The gradients of a side as steps in the base coordinates: J times them. @param {Side} side */
function carried({ coordinates, point, local, natural }) {
  const rows = centralDifferences((at) => coordinates.toBase(/** @type {Pair} */ (at)), point);
  const times = (/** @type {Pair} */ [u, v]) => /** @type {Pair} */ (rows.map(([a, b]) => a * u + b * v));
  return { plain: times(local.gradient), natural: times(natural) };
}
