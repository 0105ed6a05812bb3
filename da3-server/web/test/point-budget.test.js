import assert from "node:assert/strict";
import { test } from "node:test";
import { nextErrorTarget } from "../src/point-budget.js";

// Points per tile set fall with the square of the error.
const shown = (target, density) => density / target ** 2;

test("the number of points settles within the budget", () => {
  for (const density of [1e4, 1e7, 1e8, 4e8]) {
    let target = 4;
    for (let i = 0; i < 100; i++) target = nextErrorTarget(target, shown(target, density), 3e6, true);
    assert.ok(shown(target, density) <= 3e6, `${density}: ${target}`);
    assert.ok(target <= 2 || shown(target, density) > 0.5 * 3e6, `${density}: ${target}`);
  }
});

test("it stays put once settled", () => {
  let target = 4;
  for (let i = 0; i < 100; i++) target = nextErrorTarget(target, shown(target, 1e8), 3e6, true);
  assert.equal(nextErrorTarget(target, shown(target, 1e8), 3e6, true), target);
});

test("more detail waits for the tiles that are loading", () => {
  assert.equal(nextErrorTarget(8, 1000, 3e6, false), 8);
  assert.ok(nextErrorTarget(8, 1000, 3e6, true) < 8);
  assert.ok(nextErrorTarget(8, 4e6, 3e6, false) > 8);
});
