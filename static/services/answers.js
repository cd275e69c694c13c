/**
 * The answers that lie beside a copy of the book without a server: those to every question that a
 * widget asks for its examples.  `nabla export` writes them (app/export/answers.py); `api.js` comes
 * here when the page says so: <meta name="nabla-answers" content="…/answers/index.json">.
 *
 * @typedef {[subject: string, fields: Record<string, unknown>, file: string]} Entry
 */

import { ApiError } from "./api.js";

/** @type {Promise<Map<string, Entry>> | null} */
let index = null;

/**
 * @param {string} list  address of the list of answers
 * @param {string} subject
 * @param {object} fields
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {ApiError}  when the question is none of the book's own; and the signal's AbortError
 */
export async function recorded(list, subject, fields, signal) {
  const entries = await (index ??= readIndex(list));
  signal?.throwIfAborted();
  const entry = entries.get(keyOf(subject, fields));
  if (entry) return read(new URL(entry[2], new URL(list, location.href)).href, signal);
  if (subject === "critical-points") return within(list, entries, /** @type {any} */ (fields), signal);
  throw notWorkedOut(subject, fields);
}

/**
 * @param {string} subject
 * @param {object} fields
 */
function notWorkedOut(subject, fields) {
  // For whoever made the copy: an example that ends here is missing in app/export/questions.py.
  console.info("No answer lies beside this copy of the book for", subject, JSON.stringify(fields));
  return new ApiError({
    code: "needs-server",
    detail: "This is a copy of the book without a server, and nobody here can work this out.",
    hint: "The examples in the menu are ready. What you typed stays; a book with a server computes it, such as the one that “nabla serve” starts.",
  });
}

/** @param {string} list */
async function readIndex(list) {
  try {
    /** @type {{answers: Entry[]}} */
    const { answers } = await read(list);
    return new Map(answers.map((entry) => [keyOf(entry[0], entry[1]), entry]));
  } catch (error) {
    index = null;
    throw error;
  }
}

/**
 * @param {string} address
 * @param {AbortSignal} [signal]
 */
async function read(address, signal) {
  try {
    const answer = await fetch(address, { signal });
    if (answer.ok) return await answer.json();
  } catch (error) {
    if (signal?.aborted) throw error;
  }
  throw new ApiError({ detail: "The book’s own answer could not be loaded.", hint: "Check the connection, then try again." });
}

/**
 * The critical points in a part of a window whose points are known.
 *
 * @param {string} list
 * @param {Map<string, Entry>} entries
 * @param {{f: string, vars: string, box: string}} fields
 * @param {AbortSignal} [signal]
 */
async function within(list, entries, fields, signal) {
  const { f, vars, box } = fields;
  const wanted = box.split(",").map(Number);
  const holds = (/** @type {Entry} */ [subject, known]) =>
    subject === "critical-points" && known.f === f && known.vars === vars && covers(String(known.box).split(",").map(Number), wanted);
  const entry = [...entries.values()].find(holds);
  if (!entry) throw notWorkedOut("critical-points", fields);
  const answer = await read(new URL(entry[2], new URL(list, location.href)).href, signal);
  const names = vars.split(",");
  const inside = (/** @type {{point: Record<string, number>}} */ { point }) =>
    names.every((name, axis) => point[name] >= wanted[2 * axis] && point[name] <= wanted[2 * axis + 1]);
  return { ...answer, points: answer.points.filter(inside) };
}

/**
 * @param {number[]} outer  lower and upper bounds by turns
 * @param {number[]} inner
 */
function covers(outer, inner) {
  return outer.length === inner.length && inner.every((bound, at) => (at % 2 ? bound <= outer[at] : bound >= outer[at]));
}

/**
 * One text for a question, however its fields are ordered; fields that are empty say nothing.
 *
 * @param {string} subject
 * @param {object} fields
 */
function keyOf(subject, fields) {
  const said = Object.entries(fields).filter(([, value]) => value !== "");
  return `${subject} ${JSON.stringify(sorted(Object.fromEntries(said)))}`;
}

/** @param {unknown} value @returns {unknown} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const parts = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return parts.map(([name, part]) => [name, sorted(part)]);
}
