import assert from "node:assert/strict";
import { test } from "node:test";
import { places, textOf } from "../../static/draw/log-axes.js";
import { multiples, niceFloor, numberStep, roundTo, View } from "../../static/math/view.js";

const view = new View(1, 2, 4, 400, 200);

test("pixels and coordinates are each other's inverse", () => {
  assert.equal(view.scale, 25);
  assert.equal(view.toPixelX(1), 200);
  assert.equal(view.toPixelY(2), 100);
  for (const value of [-3.25, 0, 7.5]) {
    assert.ok(Math.abs(view.fromPixelX(view.toPixelX(value)) - value) < 1e-12);
    assert.ok(Math.abs(view.fromPixelY(view.toPixelY(value)) - value) < 1e-12);
  }
  assert.ok(view.toPixelY(3) < view.toPixelY(2), "up is up");
});

test("panning moves the contents with the hand", () => {
  const panned = view.panned(50, 25);
  assert.equal(panned.toPixelX(0), view.toPixelX(0) + 50);
  assert.equal(panned.toPixelY(0), view.toPixelY(0) + 25);
});

test("zooming leaves the point under the finger where it is", () => {
  const zoomed = view.zoomed(3, 50, 60);
  assert.ok(Math.abs(zoomed.fromPixelX(50) - view.fromPixelX(50)) < 1e-12);
  assert.ok(Math.abs(zoomed.fromPixelY(60) - view.fromPixelY(60)) < 1e-12);
  assert.equal(zoomed.half, 4 / 3);
});

test("zooming ends before numbers lose their digits", () => {
  let near = view;
  for (let i = 0; i < 200; i++) near = near.zoomed(2);
  assert.equal(near.half, 1e-6);
  let far = view;
  for (let i = 0; i < 200; i++) far = far.zoomed(0.5);
  assert.equal(far.half, 1e6);
  assert.ok(Number.isFinite(far.x) && Number.isFinite(near.x));
});

test("a view follows a point no further than needed", () => {
  assert.equal(view.keeping(2, 3), view);
  const moved = view.keeping(100, 2);
  assert.ok(Math.abs(moved.toPixelX(100) - 360) < 1e-9, "it stands at the margin");
  assert.equal(moved.y, view.y);
  assert.equal(view.keeping(NaN, Infinity), view);
});

test("steps are 1, 2 or 5 times a power of ten", () => {
  assert.equal(niceFloor(0.07), 0.05);
  assert.equal(niceFloor(1), 1);
  assert.equal(niceFloor(4.99), 2);
  assert.equal(niceFloor(730), 500);
  assert.equal(niceFloor(0.001), 0.001);
});

test("multiples carry no binary noise and no negative zero", () => {
  assert.deepEqual(multiples(-0.3, 0.3, 0.1), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  assert.ok(Object.is(roundTo(-0.001, 0.01), 0));
  assert.equal(roundTo(1.0049999, 0.01), 1);
});

test("numbers on an axis stand neither crowded nor lost", () => {
  for (let half = 1e-5; half < 1e5; half *= 1.37) {
    const current = new View(0, 0, half, 350, 350);
    const distance = numberStep(current) * current.scale;
    assert.ok(distance >= 30 && distance <= 125, `${distance} px at ±${half}`);
  }
});

test("coordinates are chosen in hundredths, and finer in a close view, whatever the screen", () => {
  assert.equal(new View(0, 0, 2.5, 3000, 3000).grain, 0.01);
  assert.equal(new View(0, 0, 400, 300, 300).grain, 0.01);
  assert.ok(Math.abs(new View(0, 0, 0.05, 300, 300).grain - 1e-4) < 1e-12);
});

test("a logarithmic axis has as many numbers as there is room for, in few signs", () => {
  const numbers = (...window) => places(...window).map(textOf).join(" ");
  assert.equal(numbers(-6, -3.5, 0.2), "10⁻⁶ 2×10⁻⁶ 5×10⁻⁶ 10⁻⁵ 2×10⁻⁵ 5×10⁻⁵ 0.0001 0.0002");
  assert.equal(numbers(-1, 1, 0.4), "0.1 0.3 1 3 10");
  assert.equal(numbers(-4, 8, 1.5), "0.0001 0.01 1 100 10000 1000000 10⁸");
});
