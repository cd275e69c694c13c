import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeFields, encodeFields, interpret, readParameter, withParameter } from "../../static/services/address.js";
import { complaintWords } from "../../static/services/link-note.js";
import * as backpropagation from "../../static/widgets/backpropagation/state.js";
import * as chainRule from "../../static/widgets/chain-rule/state.js";
import * as derivative from "../../static/widgets/derivative/state.js";
import * as layouts from "../../static/widgets/layouts/state.js";
import * as regression from "../../static/widgets/regression/state.js";
import * as rules from "../../static/widgets/rules/state.js";
import * as working from "../../static/widgets/working/state.js";
import { readers, sameFunction, stateFromOptions, toFields, VERSION } from "../../static/widgets/jacobian/state.js";

const START = stateFromOptions({});

/** The state after a round trip through an address. */
function through(state) {
  const fields = toFields(state, START);
  const query = withParameter("", "jacobian", fields && encodeFields(VERSION, fields));
  const decoded = decodeFields(readParameter(query, "jacobian") ?? "");
  return decoded ? readers(START)[decoded.version](decoded.fields) : START;
}

test("the state of the start leaves the address clean", () => {
  assert.equal(toFields({ ...START }, START), null);
  assert.equal(withParameter("?jacobian=1~x.2", "jacobian", null), "");
});

test("every state comes back from its address", () => {
  const states = [
    { x: -1.25, y: 0.5 },
    { size: 0.125 },
    { f: "[exp(x)~y, x!~!y]" },
    { f: "[sin(x) + 100%, \"y\" & <b>]", x: 0, y: -0.01 },
    { f: "[r*cos(theta), r*sin(theta)]", vars: ["r", "theta"] },
    { input: { x: 0.5, y: -2, half: 0.01 }, output: { x: 1, y: 1, half: 300 } },
  ];
  for (const change of states) assert.deepEqual(through({ ...START, ...change }), { ...START, ...change });
});

test("links of version 1 keep their meaning", () => {
  const published = "?theme=dark&jacobian=1~x.0.75~y.-1.5~h.0.25~i.0,0,1~o.2,0,4~v.u,v~f.[u*v,%20u%2Bv]";
  const { version, fields } = decodeFields(readParameter(published, "jacobian"));
  assert.deepEqual(readers(START)[version](fields), {
    x: 0.75, y: -1.5, size: 0.25, vars: ["u", "v"], f: "[u*v, u+v]",
    input: { x: 0, y: 0, half: 1 }, output: { x: 2, y: 0, half: 4 },
  });
});

test("a damaged link falls back field by field", () => {
  const read = (text) => readers(START)[1](decodeFields(text).fields);
  assert.deepEqual(read("1~x.abc~y.2"), START);
  assert.deepEqual(read("1~x.1e99~y.2"), START);
  assert.deepEqual(read("1~h.-3~i.1,2~v.x,x~zz.1~~."), START);
  assert.equal(read("1~h.1000").size, 2);
  assert.equal(read(`1~f.${"x".repeat(3000)}`).f, START.f);
  assert.equal(decodeFields("hello"), null);
  assert.equal(decodeFields(""), null);
  assert.equal(readers(START)[99], undefined);
});

test("what a link says in vain is told, field by field", () => {
  const refused = (text, widget = { readers, stateFromOptions }) => {
    const { complaint } = interpret(text, widget.readers(widget.stateFromOptions({}, [{ expr: "x'*x", wrt: "x", given: "", id: "square" }])));
    return Array.isArray(complaint) ? complaint.map(({ field }) => field).join() : complaint;
  };
  assert.equal(refused(null), null);
  assert.equal(refused("1~x.0.5~y.2~h.0.25"), null);
  assert.equal(refused("1~x.0.5~y.2~h.1000"), null, "a size beyond the slider is brought to its end");
  assert.equal(refused("1~x.abc~y.2~h.0.25"), "x,y");
  assert.equal(refused("1~h.-3~i.1,2~v.x,x~zz.1"), "h,i,v,zz");
  assert.equal(refused("hello"), "spoilt");
  assert.equal(refused("99~x.1"), "newer");
  assert.equal(refused("1~m.q~f.0,1~i.1~p.W2", layouts), "m,f,p");
  assert.equal(refused("1~e.x'*x~n.1,two~c.0", rules), "n,c");
  assert.equal(refused("1~e.x'*x~w.3~p.yes", derivative), "w,p");
  assert.equal(refused("1~w.3~l.dx", working), "w");
});

test("what the widgets write themselves is never refused", () => {
  const cases = [
    [layouts, { mode: "backpropagation" }], [rules, { numbers: [1, 2.5] }],
    [derivative, { expr: "tr(A*X)", wrt: [], given: "" }], [working, { expr: "x'*x", wrt: "", lines: [""] }],
  ];
  for (const [widget, change] of cases) {
    const start = widget.stateFromOptions({}, [{ expr: "x'*x", wrt: "x", given: "", id: "square" }]);
    const text = encodeFields(widget.VERSION, widget.toFields({ ...start, ...change }, start));
    const { state, complaint } = interpret(text, widget.readers(start));
    assert.equal(complaint, null, text);
    assert.deepEqual(state, { ...start, ...change });
  }
});

test("the widgets of the chain rule and of regression name their fields, too", () => {
  const refused = (text, widget) => {
    const { complaint } = interpret(text, widget.readers(widget.stateFromOptions({}, []), []));
    return complaint && complaint.map(({ field }) => field).join();
  };
  assert.equal(refused("1~n.1,2000,3~p.ghf~s.1,9~r.7~m.z~f.x~a.1,two", chainRule), "n,s,r,m,f,a");
  assert.equal(refused("1~n.2,3,4~r.1000~p.fg~s.1~m.n~a.1,-2", chainRule), null);
  assert.equal(refused("1~e.nothing~s.999~q.1e9", backpropagation), "e,s,q");
  assert.equal(refused("1~n.2,3t,2n,q~s.2", backpropagation), "n", "a structure without numbers is none");
  assert.equal(refused("1~w.0*0.25,1*1e6", backpropagation), "w");
  assert.equal(refused("1~n.1,1n,q~w.1,2,3,4~s.2~q.5", backpropagation), null);
  assert.equal(refused("1~e.no~d.9~r.1.5~w.one~a.1~b.~h.fast~s.constructor~p.1,x", regression), "e,d,r,w,a,b,h,s,p");
  assert.equal(refused("1~t.~f.~s.1~c.voltage~d.4~r.3~w.offset|voltage~a.1~b.-2e3~h.1~p.1,2", regression), null);
});

test("what those widgets write themselves is never refused", () => {
  const changes = [
    [chainRule, { mode: "numbers", functions: ["u1^2", "x1"], at: [0.1] }],
    [chainRule, { sizes: [2, 1, 1000], arrangement: [1, 2], places: [1], reach: 1000 }],
    [backpropagation, { step: 0, puzzle: 9999 }],
    [regression, { target: "life", standardize: true, copy: "voltage", deviation: 0, ridge: 21 }],
    [regression, { features: ["a", "b"], pair: ["a", "b"], at: [1e-9, -2], step: 0, fresh: [1, 2] }],
  ];
  for (const [widget, change] of changes) {
    const start = widget.stateFromOptions({}, []);
    const text = encodeFields(widget.VERSION, widget.toFields({ ...start, ...change }, start, []));
    const { state, complaint } = interpret(text, widget.readers(start, []));
    assert.equal(complaint, null, text);
    assert.deepEqual(state, { ...start, ...change });
  }
});

test("the complaint names what was said", () => {
  const field = { field: "x", value: "abc" };
  assert.equal(complaintWords([field]), "The link held “abc” for x, which cannot be used; the example’s own is shown instead.");
  assert.match(complaintWords([field, { field: "w", value: "1".repeat(99) }]), /“abc” for x and “1{24}…” for w, which/);
  assert.match(complaintWords("spoilt"), /cannot be read; the example is shown instead/);
  assert.match(complaintWords("newer"), /another edition/);
});

test("other parameters stay as they are", () => {
  assert.equal(withParameter("?q=a%20b&jacobian=1~x.1&z", "jacobian", "1~x.2"), "?q=a%20b&z&jacobian=1~x.2");
});

test("field names cannot reach the prototype", () => {
  const { fields } = decodeFields("1~__proto__.x~constructor.y");
  assert.equal(Object.getPrototypeOf(fields), null);
});

test("an example is recognised however its products are written", () => {
  const typed = { ...START, f: "[x**2-y^2, 2x y]" };
  assert.ok(sameFunction(typed, START));
  assert.ok(!sameFunction({ ...START, f: "[x^2 + y^2, 2*x*y]" }, START));
  assert.ok(!sameFunction({ ...START, vars: ["u", "v"] }, START));
});
