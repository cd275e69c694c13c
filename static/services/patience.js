/**
 * Coming again as a busy server asks. Answers 429 and 503 say in `Retry-After` when there will be
 * room; a reader need not hear of a wait of a few seconds. Each page waits a little longer than it
 * was told, by chance, so that those who were sent away together do not come back together.
 */

/** Longest wait in seconds that a reader is not told of. */
const LONGEST = 5;

/** How often a question is asked again. */
const AGAIN = 2;

/**
 * The answer to a request, asked again where the server is busy for a moment.
 *
 * @param {() => Promise<Response>} request
 * @param {AbortSignal | null} [signal]  ends the wait
 * @param {typeof wait} [pause]
 * @returns {Promise<Response>}  the last answer, which may still be a refusal
 */
export async function patiently(request, signal, pause = wait) {
  for (let asked = 0; ; asked += 1) {
    const answer = await request();
    const seconds = comeAgainIn(answer);
    if (seconds === null || asked === AGAIN) return answer;
    await pause(1000 * seconds * (1 + Math.random() / 2), signal);
  }
}

/**
 * Seconds after which a busy server asks to come again; null where it does not, or not soon.
 *
 * @param {Response} answer
 */
function comeAgainIn(answer) {
  if (answer.status !== 429 && answer.status !== 503) return null;
  const told = answer.headers.get("Retry-After") ?? "";
  return /^\d+$/.test(told) && Number(told) <= LONGEST ? Number(told) : null;
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal | null} [signal]
 * @returns {Promise<void>}
 */
function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const over = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", leave, { once: true });
    function done() {
      signal?.removeEventListener("abort", leave);
      resolve();
    }
    function leave() {
      clearTimeout(over);
      reject(signal?.reason);
    }
  });
}
