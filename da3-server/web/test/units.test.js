import assert from "node:assert/strict";
import { test } from "node:test";
import { Measurement } from "../src/measure.js";
import { Units } from "../src/units.js";

test("a known distance scales all lengths to meters until it is undone", () => {
  const units = new Units(false);
  let changes = 0;
  units.addEventListener("change", () => changes++);
  assert.equal(units.text(2), "2.000 units");
  units.scaleTo(0.5, 1.48);
  assert.deepEqual([units.text(0.5), units.text(2), units.factor, units.metric, units.scaled], ["1.480 m", "5.920 m", 2.96, true, true]);
  units.reset();
  assert.deepEqual([units.text(2), units.factor, units.metric, units.scaled, changes], ["2.000 units", 1, false, false, 2]);
});

test("a second known distance replaces the first one", () => {
  const units = new Units(true);
  units.scaleTo(2, 3);
  units.scaleTo(2, 5);
  assert.equal(units.text(2), "5.000 m");
});

test("a factor of 1 turns units into meters", () => {
  const units = new Units(false);
  units.scaleTo(3, 3);
  assert.deepEqual([units.text(3), units.scaled], ["3.000 m", true]);
});

test("a scaled measurement reads the distance that was entered", () => {
  const units = new Units(false);
  const measurement = new Measurement();
  measurement.add({ depth: 4, position: [0, 0, 4] });
  measurement.add({ depth: 1, position: [3, 0, 1] });
  units.scaleTo(measurement.distance(), 2.5);
  assert.equal(measurement.sentence(units), "A 2.357 m deep, B 0.589 m deep, 2.500 m apart");
});

test("distances that set no scale are rejected", () => {
  for (const [length, meters] of [[0, 1], [1, 0], [1, -2], [1, NaN], [0, 0], [1, Infinity]]) {
    assert.throws(() => new Units(false).scaleTo(length, meters), /must be positive and finite/);
  }
});
