/**
 * Questions to the server, and its refusals as errors that can be shown.
 *
 * The book may be served below a prefix; the page tells where: `<meta name="nabla-api" content="/api">`.
 * A copy without a server has its answers beside it: `<meta name="nabla-answers" content="…">`.
 */

import { patiently } from "./patience.js";

/**
 * @typedef {{
 *   code: string, detail: string, span: [number, number] | null, hint: string | null, field: string | null,
 * }} Refusal  `field` names the field of the question that is meant, where it is not plain
 */

/** What the server refused (with code, span and hint), or that it could not be reached. */
export class ApiError extends Error {
  name = "ApiError";

  /** @param {Partial<Refusal>} refusal */
  constructor({ code = "unreachable", detail, span = null, hint = null, field = null }) {
    super(detail ?? "The server could not be reached.");
    this.code = code;
    this.span = span;
    this.hint = hint;
    this.field = field;
  }

  /** Whether asking the same again may succeed. */
  get passing() {
    return ["unreachable", "busy", "timeout"].includes(this.code);
  }
}

/**
 * The answer to a GET request as JSON.
 *
 * @param {string} subject  such as `jacobian` for `/api/jacobian`
 * @param {Record<string, string>} parameters
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {ApiError}  and the signal's AbortError
 */
export async function ask(subject, parameters, signal) {
  const list = answersBeside();
  if (list) return (await import("./answers.js")).recorded(list, subject, parameters, signal);
  const query = new URLSearchParams(parameters);
  return answerOf(await reach(`${root()}/${subject}?${query}`, { signal }));
}

/**
 * The answer to a POST request with a JSON body, as JSON.
 *
 * @param {string} subject  such as `backpropagation` for `/api/backpropagation`
 * @param {object} fields
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {ApiError}  and the signal's AbortError
 */
export async function send(subject, fields, signal) {
  const list = answersBeside();
  if (list) return (await import("./answers.js")).recorded(list, subject, fields, signal);
  const headers = { "Content-Type": "application/json" };
  return answerOf(await reach(`${root()}/${subject}`, { method: "POST", body: JSON.stringify(fields), headers, signal }));
}

/** @param {Response} answer */
async function answerOf(answer) {
  const body = await answer.json().catch((error) => {
    if (error instanceof SyntaxError) return null;
    throw error;
  });
  if (answer.ok && body !== null) return body;
  throw new ApiError(refusal(answer.status, body));
}

/** Where a copy without a server lists its answers; nothing where there is a server. */
export function answersBeside() {
  return document.querySelector("meta[name='nabla-answers']")?.getAttribute("content") ?? null;
}

/** The address below which all questions are asked. */
function root() {
  const meta = document.querySelector("meta[name='nabla-api']");
  return meta instanceof HTMLMetaElement ? meta.content : "/api";
}

/**
 * @param {string} address
 * @param {RequestInit} request
 */
async function reach(address, request) {
  try {
    const headers = { Accept: "application/json", ...request.headers };
    return await patiently(() => fetch(address, { ...request, headers }), request.signal);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiError({ hint: "Check the connection, then try again." });
  }
}

/**
 * @param {number} status
 * @param {any} body  problem details (RFC 9457), when the server sent them
 * @returns {Partial<Refusal>}
 */
function refusal(status, body) {
  if (status === 429 || status === 503) {
    const detail = body?.detail ?? "The server is busy.";
    return { code: "busy", detail, hint: body?.hint ?? "Try again in a moment." };
  }
  const detail = body?.detail ?? `The server answered with an error (${status}).`;
  const code = body?.code ?? (status >= 500 ? "unreachable" : "refused");
  return { code, detail, span: body?.span ?? null, hint: body?.hint ?? null, field: body?.field ?? null };
}
