import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile, sorted } from "../src/quantile.js";

test("values that are no numbers are left out", () => {
  assert.deepEqual([...sorted(Float32Array.of(3, NaN, 1, Infinity, 2))], [1, 2, 3]);
});

test("quantiles are blended between neighbours", () => {
  const values = Float32Array.of(1, 2, 3, 4);
  assert.equal(quantile(values, 0), 1);
  assert.equal(quantile(values, 1), 4);
  assert.equal(quantile(values, 0.5), 2.5);
});

test("nothing has no quantile", () => assert.ok(Number.isNaN(quantile(new Float32Array(0), 0.5))));
