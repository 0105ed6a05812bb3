import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.ImageData = class {
  constructor(width, height) {
    this.data = new Uint8ClampedArray(4 * width * height);
  }
};
const { depthPicture, depthRange } = await import("../src/color-map.js");

const pixel = (image, i) => [...image.data.subarray(4 * i, 4 * i + 4)];

test("the range covers the 2nd to 98th percentile of inverse depth", () => {
  const depth = Float32Array.from({ length: 101 }, (_, i) => 100 / (i + 1)); // inverse: 0.01, 0.02 ... 1.01
  const { near, far } = depthRange(depth);
  assert.ok(Math.abs(1 / near - 0.99) < 1e-6);
  assert.ok(Math.abs(1 / far - 0.03) < 1e-6);
});

test("near is red, far is blue, missing depth is gray", () => {
  const image = depthPicture(Float32Array.of(1, 10, 0, NaN), 2, 2, { near: 1, far: 10 });
  assert.deepEqual(pixel(image, 0), [158, 1, 66, 255]);
  assert.deepEqual(pixel(image, 1), [94, 79, 162, 255]);
  assert.deepEqual(pixel(image, 2), [40, 40, 40, 255]);
  assert.deepEqual(pixel(image, 3), [40, 40, 40, 255]);
});
