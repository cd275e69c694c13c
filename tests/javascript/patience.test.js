import assert from "node:assert/strict";
import test from "node:test";

import { patiently } from "../../static/services/patience.js";

/** A server that gives these answers in turn, and what it saw. */
function server(...answers) {
  const seen = { asked: 0, waits: [] };
  const request = async () => answers[Math.min(seen.asked++, answers.length - 1)];
  const pause = async (milliseconds) => void seen.waits.push(milliseconds);
  return { seen, ask: (signal) => patiently(request, signal, pause) };
}

function answer(status, retryAfter) {
  return new Response("{}", { status, headers: retryAfter === undefined ? {} : { "Retry-After": retryAfter } });
}

test("a question is asked again when a busy server said so, a little later than it said", async () => {
  for (const status of [429, 503]) {
    const { seen, ask } = server(answer(status, "2"), answer(200));
    assert.equal((await ask()).status, 200);
    assert.equal(seen.asked, 2);
    assert.ok(seen.waits[0] >= 2000 && seen.waits[0] <= 3000);
  }
});

test("whoever is sent away three times is told", async () => {
  const { seen, ask } = server(answer(503, "1"));
  assert.equal((await ask()).status, 503);
  assert.equal(seen.asked, 3);
});

test("long waits, other refusals and waits without a number are told at once", async () => {
  for (const told of [answer(503, "60"), answer(429), answer(503, "tomorrow"), answer(400, "1"), answer(500, "1"), answer(504, "1")]) {
    const { seen, ask } = server(told);
    assert.equal(await ask(), told);
    assert.equal(seen.asked, 1);
  }
});

test("a question that is no longer wanted is not asked again", async () => {
  const controller = new AbortController();
  let asked = 0;
  const request = async () => ((asked += 1), answer(503, "5"));
  const waiting = patiently(request, controller.signal);
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(waiting, { name: "AbortError" });
  assert.equal(asked, 1);
});
