import { TilesRenderer } from "3d-tiles-renderer/three";
import { Box3 } from "three";
import { h } from "./dom.js";
import { count } from "./format.js";
import { MapStage } from "./map-stage.js";
import { nextErrorTarget } from "./point-budget.js";

const BUDGET = 3_000_000; // points drawn at once
const CACHE_BYTES = 256e6; // of loaded tiles
const DOWNLOADS = 6; // at the same time; the service limits them

/** A panel with a finished map: 3D Tiles whose detail follows the viewpoint, the path of the cameras and loops. */
export function mapTiles({ url, map, label }) {
  const stage = new MapStage({ label, testid: "canvas-map" });
  const text = h("p", { class: "soft", testid: "map-facts" }, "Loading the map \u2026");
  const tiles = new TilesRenderer(url);
  tiles.errorTarget = 4;
  tiles.lruCache.maxBytesSize = CACHE_BYTES;
  tiles.lruCache.minBytesSize = CACHE_BYTES / 2;
  tiles.downloadQueue.maxJobs = DOWNLOADS;
  tiles.group.rotation.x = -Math.PI / 2; // from z up to y up
  stage.scene.add(tiles.group);
  tiles.setCamera(stage.camera);
  tiles.addEventListener("load-root-tileset", frame);
  tiles.addEventListener("load-model", ({ scene }) => scene.traverse(useMaterial));
  for (const event of ["needs-update", "needs-render", "load-model", "tile-visibility-change"]) tiles.addEventListener(event, () => stage.redraw());
  tiles.addEventListener("load-error", ({ error }) => { text.textContent = `A part of the map cannot be loaded: ${error.message}`; });
  stage.beforeDraw = update;
  stage.owned.push(tiles);
  stage.redraw();
  return { element: h("div", { class: "panel" }, stage.element, controls()), dispose: () => stage.dispose() };

  function frame() {
    const box = new Box3();
    tiles.group.updateMatrixWorld(true);
    tiles.getBoundingBox(box);
    box.applyMatrix4(tiles.group.matrixWorld);
    stage.setCameras(map.poses, map.loops, box);
    stage.showBox(box);
  }

  // Shared by all tiles, so that its size can follow the distance between points.
  function useMaterial(object) {
    if (!object.isPoints) return;
    object.material.dispose();
    object.material = stage.material;
  }

  function update() {
    stage.camera.updateMatrixWorld();
    tiles.setResolutionFromRenderer(stage.camera, stage.renderer);
    tiles.update();
    const drawn = pointsShown();
    const { queued, downloading, parsing } = tiles.stats;
    const target = nextErrorTarget(tiles.errorTarget, drawn, BUDGET, queued + downloading + parsing === 0);
    if (target !== tiles.errorTarget) {
      tiles.errorTarget = target;
      stage.redraw();
    }
    stage.material.size = Math.min(10, 1.5 * target) * stage.renderer.getPixelRatio();
    Object.assign(stage.canvas.dataset, { points: drawn, tiles: tiles.visibleTiles.size, target: target.toFixed(2), loading: queued + downloading + parsing });
    text.textContent = `${count(map.poses.length, "frame")} \u00b7 ${drawn.toLocaleString("en")} points in view${map.loops.length > 0 ? ` \u00b7 ${count(map.loops.length, "loop")}` : ""}`;
  }

  function pointsShown() {
    let sum = 0;
    tiles.forEachLoadedModel((scene, tile) => {
      if (tiles.visibleTiles.has(tile)) scene.traverse(object => { if (object.isPoints) sum += object.geometry.attributes.position.count; });
    });
    return sum;
  }

  function controls() {
    const box = h("input", { type: "checkbox", checked: true, testid: "toggle-path", onchange: () => { stage.pathVisible = box.checked; } });
    const reset = h("button", { type: "button", testid: "reset", onclick: () => stage.reset() }, "Reset");
    return h("div", { class: "controls" }, h("div", { class: "line" }, text, h("div", { class: "line start" }, h("label", { class: "check" }, box, "Cameras and loops"), reset)));
  }
}
