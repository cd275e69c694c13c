import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { directiveText, mistakeIn, queryText, readOption } from "../../static/page/option-text.js";
import { directive, embedAddress, frameMarkup } from "../../static/page/share-texts.js";

const WIDGETS = new URL("../../static/widgets/", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, WIDGETS), "utf8"));
const NAMES = readdirSync(WIDGETS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

test("the options of every example come back from the address", () => {
  for (const name of NAMES) {
    const schemas = read(`${name}/options.json`).options;
    for (const [option, value] of Object.entries(read(`${name}/example.json`).options)) {
      assert.deepEqual(readOption(queryText(value), schemas[option]), { value }, `${name}: ${option}`);
    }
  }
});

test("lists may be written with commas alone, also by hand", () => {
  const numbers = { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 };
  assert.deepEqual(readOption("1, -2.5", numbers), { value: [1, -2.5] });
  assert.deepEqual(readOption("[1, -2.5]", numbers), { value: [1, -2.5] });
  assert.equal(readOption("1", numbers).mistake, "should have 2 entries");
  assert.equal(readOption("1,two", numbers).mistake, "has an entry that should be of type number");
  assert.deepEqual(readOption("voltage", { type: "array", items: { type: "string" } }), { value: ["voltage"] });
  assert.equal(queryText(["a b", "c,d"]), '["a b","c,d"]');
});

test("a value that does not fit is told", () => {
  assert.equal(mistakeIn("1", { type: "number" }), "should be of type number");
  assert.equal(mistakeIn(true, { type: "integer" }), "should be of type integer");
  assert.equal(mistakeIn(3, { type: "integer", maximum: 2 }), "should be at most 2");
  assert.equal(mistakeIn("c", { enum: ["a", "b"] }), "should be one of a, b");
  assert.equal(readOption("yes", { type: "boolean" }).mistake, "should be of type boolean");
  assert.deepEqual(readOption("true", { type: "boolean" }), { value: true });
});

test("what YAML would read otherwise is quoted in a directive", () => {
  assert.equal(directiveText("x'*A*x"), "x'*A*x");
  assert.equal(directiveText("A: m,n; b: m"), "A: m,n; b: m");
  for (const text of ["[x, y]", "'x'", "", " a", "a  b", "a\nb", '{"a": 1}']) {
    assert.equal(directiveText(text), JSON.stringify(text));
  }
  assert.equal(directiveText([1, 2]), "[1,2]");
  assert.equal(directiveText(true), "true");
});

test("the fence of a directive is longer than any in it", () => {
  const text = directive({ name: "working", options: { expr: "x" }, state: "1~e.a!~b" }, "Say ``code``.\n \n\n\n```\nno\n```");
  assert.match(text, /^````\{widget\} working\n:expr: x\n:state: "1~e\.a!~b"\n\nSay ``code``\.\n\n```\nno\n```\n````$/);
});

test("the frame's address holds options, state and layout, and nothing breaks out of it", () => {
  const shared = { name: "jacobian", title: 'a "b" <c>', options: { f: '"><script>&', vars: ["x", "y"] }, state: "1~x.2", layout: "denominator" };
  const address = embedAddress("https://book.example/course/embed/", shared);
  assert.equal(address, "https://book.example/course/embed/jacobian?f=%22%3E%3Cscript%3E%26&vars=x,y&jacobian=1~x.2&layout=denominator");
  const frame = frameMarkup(address, shared.title, 700);
  assert.match(frame, /^<iframe src="[^"<]*&amp;vars=x,y[^"<]*" title="a &quot;b&quot; &lt;c>" width="100%" height="700" /);
  assert.match(embedAddress("/embed/", { ...shared, options: {}, state: null }), /^\/embed\/jacobian\?from=defaults&layout=denominator$/);
  assert.match(embedAddress("/embed/", { ...shared, options: {}, state: null }, true), /^\/embed\/jacobian\/\?from=/);
});
