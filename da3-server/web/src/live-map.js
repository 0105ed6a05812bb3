import { BufferAttribute, BufferGeometry, Points } from "three";
import { fileBytes, taskPath } from "./api.js";
import { h } from "./dom.js";
import { count } from "./format.js";
import { LiveState } from "./live-state.js";
import { MapStage, boxOf } from "./map-stage.js";
import { TileQueue } from "./tile-queue.js";

const SAMPLES_PER_TILE = 50;

/** A panel with the map of a running stream; `apply` takes the changes in its events. */
export function liveMap(id) {
  const stage = new MapStage({ label: "The map so far", testid: "canvas-live" });
  const state = new LiveState();
  const shown = new Map(); // id of a tile -> Points
  const queue = new TileQueue(loadTile);
  const text = h("p", { class: "soft", testid: "live-facts", "data-frames": "0", "data-points": "0" }, "The map appears after the first window.");
  const abort = new AbortController();
  return { element: h("div", { class: "panel" }, stage.element, h("div", { class: "controls" }, text)), apply, dispose };

  function dispose() {
    queue.close();
    abort.abort();
    stage.dispose();
  }

  function apply(changes) {
    const { changed, removed } = state.apply(changes);
    for (const tile of removed) {
      queue.remove(tile);
      remove(tile);
    }
    for (const tile of changed) queue.add(tile);
    showCameras();
  }

  async function loadTile(tile) {
    const bytes = await fileBytes(`${taskPath(id)}/map/${encodeURIComponent(tile)}`, { signal: abort.signal });
    if (abort.signal.aborted || !state.tiles.has(tile)) return;
    remove(tile);
    const points = pointsOf(bytes, stage.material);
    shown.set(tile, points);
    stage.map.add(points);
    showCameras();
  }

  function remove(tile) {
    const points = shown.get(tile);
    if (!points) return;
    stage.map.remove(points);
    points.geometry.dispose();
    shown.delete(tile);
  }

  function showCameras() {
    const box = boxOf([...state.poses.flatMap(pose => pose.slice(0, 3)), ...samples(shown.values())]);
    stage.setCameras(state.poses, state.loops, box);
    if (!stage.element.classList.contains("used")) stage.showBox(box);
    const drawn = [...shown.values()].reduce((sum, points) => sum + points.geometry.attributes.position.count, 0);
    Object.assign(text.dataset, { frames: state.poses.length, points: drawn, loops: state.loops.length });
    text.textContent = [count(state.poses.length, "frame"), count(drawn, "point"), state.loops.length > 0 && count(state.loops.length, "loop")].filter(Boolean).join(" \u00b7 ");
  }
}

// Positions of all points as float32, followed by their colors as bytes.
function pointsOf(bytes, material) {
  const number = bytes.byteLength / 15;
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(bytes, 0, 3 * number), 3));
  geometry.setAttribute("color", new BufferAttribute(new Uint8Array(bytes, 12 * number), 3, true));
  return new Points(geometry, material);
}

function* samples(tiles) {
  for (const { geometry } of tiles) {
    const { array, count: number } = geometry.attributes.position;
    const step = Math.max(1, Math.floor(number / SAMPLES_PER_TILE));
    for (let i = 0; i < number; i += step) yield* array.subarray(3 * i, 3 * i + 3);
  }
}
