import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError } from "../../static/services/api.js";
import { Newest } from "../../static/services/newest.js";

/** A widget as far as it can be busy. */
function widget() {
  const attributes = new Map();
  return {
    attributes,
    setAttribute: (name, value) => attributes.set(name, value),
    removeAttribute: (name) => attributes.delete(name),
  };
}

/** A question whose answer comes when the test says so. */
function question() {
  const open = {};
  open.promise = new Promise((resolve, reject) => Object.assign(open, { resolve, reject }));
  open.ask = (signal) => ((open.signal = signal), open.promise);
  return open;
}

test("the answer to an older question is dropped, and the widget is busy until the newest is answered", async () => {
  const root = widget(), newest = new Newest(root), said = [];
  const outcome = { show: (answer) => said.push(answer), refused: () => said.push("refused") };
  const [first, second] = [question(), question()];
  const older = newest.ask(first.ask, outcome), newer = newest.ask(second.ask, outcome);
  assert.ok(first.signal.aborted && !second.signal.aborted);
  first.resolve("first");
  await older;
  assert.equal(root.attributes.get("aria-busy"), "true");
  second.resolve("second");
  await newer;
  assert.deepEqual(said, ["second"]);
  assert.ok(!root.attributes.has("aria-busy"));
});

test("a refusal is told, unless a newer question was asked; a mistake of the program surfaces", async () => {
  const root = widget(), newest = new Newest(root), said = [];
  const outcome = { show: () => {}, refused: (error) => said.push(error) };
  const refusal = new ApiError({ detail: "No." });
  const [first, second] = [question(), question()];
  const older = newest.ask(first.ask, outcome), newer = newest.ask(second.ask, outcome);
  first.reject(refusal);
  second.reject(refusal);
  await Promise.all([older, newer]);
  assert.deepEqual(said, [refusal]);
  await assert.rejects(newest.ask(async () => Promise.reject(new TypeError("a mistake")), outcome), TypeError);
  assert.ok(!root.attributes.has("aria-busy"));
});
