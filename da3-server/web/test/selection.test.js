import assert from "node:assert/strict";
import { test } from "node:test";
import { Selection } from "../src/selection.js";

const file = (name, type = "", size = 1) => ({ name, type, size, lastModified: 0 });

test("photos are sorted by name in natural order", () => {
  const selection = new Selection();
  assert.equal(selection.add([file("p10.jpg"), file("p2.jpg")]), null);
  assert.deepEqual(selection.files.map(({ name }) => name), ["p2.jpg", "p10.jpg"]);
});

test("the same file is added once", () => {
  const selection = new Selection();
  selection.add([file("a.png")]);
  selection.add([file("a.png")]);
  assert.equal(selection.files.length, 1);
});

test("a video cannot be combined with photos", () => {
  const selection = new Selection();
  assert.equal(selection.add([file("walk.mov", "video/quicktime")]), null);
  assert.equal(selection.isVideo, true);
  assert.match(selection.add([file("a.png")]), /not from both/);
  assert.equal(selection.files.length, 1);
});

test("other files are rejected by name", () => {
  assert.match(new Selection().add([file("notes.txt", "text/plain")]), /notes\.txt.*cannot be read/);
});

test("HEIC photos are accepted by type and by name", () => {
  const selection = new Selection();
  assert.equal(selection.add([file("a.HEIC"), file("b.heif"), file("c", "image/heic")]), null);
  assert.equal(selection.files.length, 3);
});
