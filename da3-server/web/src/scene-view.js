import { hasCameras } from "./camera.js";
import { depthPanel } from "./depth-view.js";
import { h, note } from "./dom.js";
import { count } from "./format.js";
import { Maps } from "./maps.js";
import { lazyPanel, tabs } from "./tabs.js";
import { Units } from "./units.js";

/**
 * A scene in 3D and in pictures, with its files.
 *
 * @param source {name, facts, warnings, percentile, describe, url, files, removal}: `describe()` returns the scene like
 *   /task/{id}/scene, `url(path)` the address of a file that the scene names; `percentile` is the initial percentage of
 *   hidden points; `files` are downloads; `removal` is absent if the scene cannot be deleted
 */
export function sceneView(source) {
  const container = h("div", {}, h("p", { class: "soft" }, "Loading the scene \u2026"));
  const facts = h("p", { class: "lead" });
  const scale = h("p", { class: "note scaled", role: "status", hidden: true, testid: "scale-note" });
  const { files } = source;
  const element = h("article", { testid: "scene" },
    h("div", { class: "heading" }, h("div", {}, h("h1", {}, source.name), facts), files.buttons),
    source.warnings.map(warning => note(warning)),
    container, scale, files.element, source.removal);
  let maps = null;
  let panels = null;
  let disposed = false;
  open();
  return { element, dispose };

  function dispose() {
    disposed = true;
    panels?.dispose();
    maps?.dispose();
  }

  async function open() {
    try {
      const scene = await source.describe();
      if (disposed) return;
      maps = new Maps(source.url, scene.views);
      const units = new Units(scene.metric);
      units.addEventListener("change", showUnits);
      showUnits();
      files.show(scene);
      panels = tabs(panelsOf({ scene, maps, units, percentile: source.percentile }), "Representations of the scene");
      container.replaceChildren(panels.element);

      function showUnits() {
        facts.textContent = describe(scene, units, source.facts);
        scale.hidden = !units.scaled;
        scale.textContent = scaleNote(scene, units);
      }
    } catch (error) {
      if (!disposed) container.replaceChildren(note(error.message, { alert: true }));
    }
  }
}

function panelsOf(context) {
  const { scene, maps } = context;
  return [
    hasCameras(scene) && { id: "points", label: "Points", mount: () => lazyPanel(async () => {
      const { pointsPanel } = await import("./points.js");
      return () => pointsPanel(context);
    }) },
    scene.mesh && { id: "mesh", label: "Mesh", mount: () => lazyPanel(async () => {
      const { glbPanel } = await import("./mesh.js");
      return () => glbPanel({ url: maps.url(scene.mesh), label: `${scene.name ?? "Scene"} as a mesh`, scene });
    }) },
    scene.gaussians && { id: "gaussians", label: "Gaussians", mount: () => lazyPanel(async () => {
      const { splatsPanel } = await import("./splats.js");
      return () => splatsPanel(context);
    }) },
    { id: "depth", label: "Depth", mount: () => depthPanel(context) },
    scene.video && { id: "video", label: "Video", mount: () => videoPanel(maps.url(scene.video)) },
  ].filter(Boolean);
}

function videoPanel(src) {
  const video = h("video", { src, controls: true, playsinline: true, testid: "video", "aria-label": "A flight through the scene" });
  return { element: h("div", { class: "panel" }, video), dispose: () => video.removeAttribute("src") };
}

function scaleNote({ metric }, { factor }) {
  const number = Number(factor.toPrecision(6));
  return `All lengths on this page are in meters according to the distance that you entered, until you leave the page. The files keep ${metric ? "their scale" : "the units of the scene"}: multiply their lengths by ${number} to get meters.`;
}

function describe({ views }, { metric }, facts) {
  const sizes = new Set(views.map(({ width, height }) => `${width} \u00d7 ${height}`));
  return [
    count(views.length, "view"), [...sizes].slice(0, 2).join(", "), metric ? "in meters" : "in units of the scene", ...facts,
  ].filter(Boolean).join(" \u00b7 ");
}
