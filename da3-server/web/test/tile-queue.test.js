import assert from "node:assert/strict";
import { test } from "node:test";
import { TileQueue } from "../src/tile-queue.js";

/** Records requests, which the test answers. */
function service() {
  const requests = [];
  const load = id => new Promise((resolve, reject) => requests.push({ id, resolve, reject }));
  return { requests, load, ids: () => requests.map(({ id }) => id) };
}

const settled = () => new Promise(resolve => setImmediate(resolve));

test("a tile that changes while it is loaded is loaded again afterwards", async () => {
  const { requests, load, ids } = service();
  const queue = new TileQueue(load);
  for (const id of ["a", "a", "a", "b"]) queue.add(id);
  assert.deepEqual(ids(), ["a", "b"]);
  requests[0].resolve();
  await settled();
  assert.deepEqual(ids(), ["a", "b", "a"]);
  requests[2].resolve();
  await settled();
  assert.equal(requests.length, 3);
});

test("four tiles are loaded at the same time, and none that is gone", async () => {
  const { requests, load, ids } = service();
  const queue = new TileQueue(load);
  for (const id of "abcdef") queue.add(id);
  queue.remove("e");
  assert.deepEqual(ids(), ["a", "b", "c", "d"]);
  requests[1].reject(new Error("gone"));
  await settled();
  assert.deepEqual(ids(), ["a", "b", "c", "d", "f"]);
});

test("a tile that a busy service refuses is loaded again later, unless it is gone or the queue is closed", async t => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { requests, load, ids } = service();
  const queue = new TileQueue(load);
  const refuse = request => request.reject(Object.assign(new Error("busy"), { status: 503, retryAfter: 5 }));
  queue.add("a");
  queue.add("b");
  requests.forEach(refuse);
  await settled();
  queue.remove("b");
  t.mock.timers.tick(4999);
  assert.deepEqual(ids(), ["a", "b"]);
  t.mock.timers.tick(1);
  assert.deepEqual(ids(), ["a", "b", "a"]);
  refuse(requests[2]);
  await settled();
  queue.close();
  t.mock.timers.tick(60000);
  assert.equal(requests.length, 3);
});
