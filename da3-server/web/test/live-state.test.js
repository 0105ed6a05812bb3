import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveState } from "../src/live-state.js";

const pose = x => [x, 0, 0, 0, 0, 0, 1];
const change = (since, frames, tiles, loops = []) => ({ since, poses: frames.map(frame => ({ frame, pose: pose(frame) })), tiles, loops });

test("changes add frames, and change and remove tiles", () => {
  const state = new LiveState();
  assert.deepEqual(state.apply(change(0, [0, 1], [{ id: "a", points: 5 }, { id: "b", points: 7 }])), { changed: ["a", "b"], removed: [] });
  assert.deepEqual(state.apply(change(1, [2], [{ id: "a", points: 0 }, { id: "c", points: 1 }], [[0, 2]])), { changed: ["c"], removed: ["a"] });
  assert.deepEqual(state.poses, [pose(0), pose(1), pose(2)]);
  assert.deepEqual(state.loops, [[0, 2]]);
  assert.equal(state.points, 8);
});

test("a whole map after a lost connection removes what it does not list", () => {
  const state = new LiveState();
  state.apply(change(0, [0, 1], [{ id: "a", points: 5 }, { id: "b", points: 7 }]));
  assert.deepEqual(state.apply(change(0, [0, 1, 2], [{ id: "b", points: 9 }])), { changed: ["b"], removed: ["a"] });
  assert.deepEqual([...state.tiles], [["b", 9]]);
});
