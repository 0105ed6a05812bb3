import assert from "node:assert/strict";
import { test } from "node:test";
import { distance, hasCameras, toWorld, unproject, unprojectPixel, worldToStage } from "../src/camera.js";

const INTRINSICS = [100, 200, 50, 40];
// A quarter turn about z, then a shift: x' = -y + 1, y' = x + 2, z' = z + 3.
const EXTRINSICS = [0, -1, 0, 1, 1, 0, 0, 2, 0, 0, 1, 3];

test("a position of the image is unprojected", () => {
  assert.deepEqual(unproject(INTRINSICS, 50, 40, 7), [0, 0, 7]);
  assert.deepEqual(unproject(INTRINSICS, 150, 240, 2), [2, 2, 2]);
});

test("a pixel is unprojected at its center, as in the library", () => {
  assert.deepEqual(unprojectPixel([100, 200, 50.5, 40.5], 50, 40, 7), [0, 0, 7]);
  assert.deepEqual(unprojectPixel(INTRINSICS, 149, 239, 2), [1.99, 1.995, 2]);
});

test("camera coordinates are transformed to the world", () => {
  const [x, y, z] = [4, 5, 6];
  assert.deepEqual(toWorld(EXTRINSICS, [-y + 1, x + 2, z + 3]), [x, y, z]);
});

test("the stage has the first camera at its origin, y up, looking along -z", () => {
  const m = worldToStage(EXTRINSICS); // column-major
  const shown = ([x, y, z]) => [0, 1, 2].map(row => m[row] * x + m[4 + row] * y + m[8 + row] * z + m[12 + row]);
  assert.deepEqual(shown(toWorld(EXTRINSICS, [0, 0, 0])), [0, 0, 0]);
  assert.deepEqual(shown(toWorld(EXTRINSICS, [1, 2, 3])), [1, -2, -3]);
});

test("distance is Euclidean", () => assert.equal(distance([1, 2, 3], [1, 5, 7]), 5));

test("a scene has cameras only if every view has one", () => {
  const view = { extrinsics: EXTRINSICS, intrinsics: INTRINSICS };
  assert.equal(hasCameras({ views: [view, view] }), true);
  assert.equal(hasCameras({ views: [view, { ...view, extrinsics: null }] }), false);
});
