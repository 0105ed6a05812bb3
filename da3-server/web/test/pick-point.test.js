import assert from "node:assert/strict";
import { test } from "node:test";
import { pickPoint, toScreen } from "../src/pick-point.js";

// x and y in units of depth, from -1 to 1; w is the depth along -z. Column-major.
const TO_CLIP = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0];
const SIZE = { width: 200, height: 100 };
const ALL = () => true;

test("a point is drawn where perspective puts it", () => {
  assert.deepEqual(toScreen(TO_CLIP, SIZE, 1, 1, -2), [150, 25, 2]);
});

test("the point at the click that is nearest to the viewer is picked", () => {
  const position = new Float32Array([1, 1, -2, 2, 2, -4, 0.5, 0.5, -1, 0, 0, -1]);
  assert.equal(pickPoint(position, ALL, TO_CLIP, SIZE, 150, 25), 2);
  assert.equal(pickPoint(position, i => i !== 2, TO_CLIP, SIZE, 150, 25), 0);
});

test("of points at one depth, the one nearest to the click is picked", () => {
  const position = new Float32Array([0, 0, -1, 0.03, 0, -1, 0.06, 0, -1]); // at 100, 103 and 106 pixels
  assert.deepEqual([99, 102.9, 107].map(x => pickPoint(position, ALL, TO_CLIP, SIZE, x, 50)), [0, 1, 2]);
});

test("nothing is picked far from all points, or behind the viewer", () => {
  assert.equal(pickPoint(new Float32Array([0, 0, -1]), ALL, TO_CLIP, SIZE, 110, 50), -1);
  assert.equal(pickPoint(new Float32Array([0, 0, 1]), ALL, TO_CLIP, SIZE, 100, 50), -1);
});
