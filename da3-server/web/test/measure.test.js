import assert from "node:assert/strict";
import { test } from "node:test";
import { Measurement } from "../src/measure.js";

const INTRINSICS = [100, 100, 0, 0];

test("two points give both depths and the distance", () => {
  const measurement = new Measurement();
  measurement.add({ u: 0, v: 0, depth: 4 });
  assert.equal(measurement.sentence(INTRINSICS, true), "A 4.000 m deep. Set a second point.");
  measurement.add({ u: 300, v: 0, depth: 1 });
  assert.equal(measurement.sentence(INTRINSICS, true), "A 4.000 m deep, B 1.000 m deep, 4.243 m apart");
});

test("a third point starts a new measurement", () => {
  const measurement = new Measurement();
  for (const depth of [1, 2, 3]) measurement.add({ u: 0, v: 0, depth });
  assert.equal(measurement.points.length, 1);
});

test("without intrinsics there is no distance, and without metric depth no meters", () => {
  const measurement = new Measurement();
  for (const depth of [1, 2]) measurement.add({ u: 0, v: 0, depth });
  assert.match(measurement.sentence(null, false), /^A 1\.000 units deep, B 2\.000 units deep\. The distance requires intrinsics/);
});

test("sky has no depth", () => {
  const measurement = new Measurement();
  measurement.add({ u: 0, v: 0, depth: 0 });
  assert.match(measurement.sentence(INTRINSICS, true), /no depth/);
});
