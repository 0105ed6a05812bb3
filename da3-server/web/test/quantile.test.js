import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile, sorted } from "../src/quantile.js";

test("values that are not finite are omitted", () => {
  assert.deepEqual([...sorted(Float32Array.of(3, NaN, 1, Infinity, 2))], [1, 2, 3]);
});

test("quantiles are interpolated linearly", () => {
  const values = Float32Array.of(1, 2, 3, 4);
  assert.equal(quantile(values, 0), 1);
  assert.equal(quantile(values, 1), 4);
  assert.equal(quantile(values, 0.5), 2.5);
});

test("the quantile of no values is NaN", () => assert.ok(Number.isNaN(quantile(new Float32Array(0), 0.5))));
