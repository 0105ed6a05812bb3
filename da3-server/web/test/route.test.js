import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { adoptQuery, currentRoute, galleryHash, sceneHash } from "../src/route.js";

beforeEach(() => { globalThis.location = { hash: "", search: "", pathname: "/" }; });

const routeOf = hash => {
  location.hash = hash;
  return currentRoute();
};

test("hashes select pages", () => {
  assert.deepEqual(routeOf("#new"), { name: "new" });
  assert.deepEqual(routeOf("#task=a%26b"), { name: "task", id: "a&b" });
  assert.deepEqual(routeOf("#group=g&id=s"), { name: "scene", group: "g", id: "s" });
  assert.deepEqual(routeOf(""), { name: "gallery", group: "", query: "", page: 1 });
});

test("a gallery's hash survives a round trip", () => {
  assert.deepEqual(routeOf(galleryHash({ group: "g", query: "a b", page: 3 })), { name: "gallery", group: "g", query: "a b", page: 3 });
  assert.equal(routeOf("#page=-2").page, 1);
});

test("a task's scene has the task's address", () => {
  assert.equal(sceneHash("results", { id: "x", task_id: "t" }), "#task=t");
  assert.equal(sceneHash("examples", { id: "x", task_id: null }), "#group=examples&id=x");
});

test("the older form with a query is converted", () => {
  location.search = "?group=g&id=s";
  globalThis.history = { replaceState: (state, title, address) => { location.adopted = address; } };
  adoptQuery();
  assert.equal(location.adopted, "/#group=g&id=s");
});
