import assert from "node:assert/strict";
import { test } from "node:test";
import { Measurement } from "../src/measure.js";
import { Units } from "../src/units.js";

const METERS = new Units(true);
const A = { depth: 4, position: [0, 0, 4] };
const B = { depth: 1, position: [3, 0, 1] };

function measured(...points) {
  const measurement = new Measurement();
  points.forEach(point => measurement.add(point));
  return measurement;
}

test("two points of an image give both depths and the distance", () => {
  assert.equal(measured(A).sentence(METERS), "A 4.000 m deep. Set a second point.");
  assert.equal(measured(A, B).sentence(METERS), "A 4.000 m deep, B 1.000 m deep, 4.243 m apart");
  assert.equal(measured(A, B).distance(), Math.hypot(3, 3));
});

test("two points of a cloud give the distance", () => {
  assert.equal(measured({ position: [1, 2, 3] }).sentence(METERS), "Set a second point.");
  assert.equal(measured({ position: [1, 2, 3] }, { position: [1, 5, 7] }).sentence(METERS), "A and B are 5.000 m apart");
});

test("a third point starts a new measurement", () => {
  assert.deepEqual(measured(A, B, A).points, [A]);
});

test("without intrinsics there is no distance, and without metric depth no meters", () => {
  const measurement = measured({ depth: 1, position: null }, { depth: 2, position: null });
  assert.match(measurement.sentence(new Units(false)), /^A 1\.000 units deep, B 2\.000 units deep\. The distance requires intrinsics/);
  assert.equal(measurement.distance(), null);
});

test("sky has no depth, and equal points no distance that could set a scale", () => {
  assert.match(measured({ depth: 0, position: [0, 0, 0] }).sentence(METERS), /no depth/);
  assert.equal(measured(A, { depth: NaN, position: [NaN, NaN, NaN] }).distance(), null);
  assert.equal(measured(A, A).distance(), null);
});
