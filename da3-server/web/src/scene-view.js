import * as api from "./api.js";
import { hasCameras } from "./camera.js";
import { depthPanel } from "./depth-view.js";
import { h, note } from "./dom.js";
import { downloads } from "./downloads.js";
import { ago, count, duration } from "./format.js";
import { Maps } from "./maps.js";
import { lazyPanel, tabs } from "./tabs.js";
import { taskName } from "./task-list.js";

/** A finished task's scene in 3D and in pictures, with its files. */
export function sceneView(task) {
  const place = h("div", {}, h("p", { class: "soft" }, "Opening the scene \u2026"));
  const facts = h("p", { class: "lead" });
  const files = downloads(task.task_id);
  const element = h("article", { testid: "scene" },
    h("div", { class: "heading" }, h("div", {}, h("h1", {}, taskName(task)), facts), files.buttons),
    (task.warnings ?? []).map(warning => note(warning)),
    place, files.element, removal(task.task_id));
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
      const scene = await api.taskScene(task.task_id);
      if (disposed) return;
      maps = new Maps(task.task_id, scene.views);
      facts.textContent = describe(scene, task);
      files.showGlb(scene);
      panels = tabs(panelsOf({ scene, maps, task }), "Ways to look at the scene");
      place.replaceChildren(panels.element);
    } catch (error) {
      if (!disposed) place.replaceChildren(note(error.message, { alert: true }));
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
      return () => glbPanel({ url: maps.url(scene.mesh), label: `${scene.name ?? "Scene"} as a mesh` });
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
  const video = h("video", { src, controls: true, playsinline: true, "aria-label": "A flight through the scene" });
  return { element: h("div", { class: "panel" }, video), dispose: () => video.removeAttribute("src") };
}

function describe({ views, metric }, task) {
  const sizes = new Set(views.map(({ width, height }) => `${width} \u00d7 ${height}`));
  return [
    count(views.length, "view"), [...sizes].slice(0, 2).join(", "), metric ? "in metres" : "in its own units",
    task.processing_time > 0 && `computed in ${duration(task.processing_time)}`, task.completed_at && ago(task.completed_at),
  ].filter(Boolean).join(" \u00b7 ");
}

// Asked twice: results cannot be brought back.
function removal(id) {
  const message = h("div", { "aria-live": "assertive" });
  const button = h("button", { type: "button", class: "quiet", testid: "delete", onclick: press, onblur: calm }, "Delete this scene");
  return h("div", { class: "removal" }, button, message);

  async function press() {
    if (!button.classList.contains("sure")) {
      button.classList.add("sure");
      button.textContent = "Really delete it, with its files?";
      return;
    }
    try {
      await api.deleteTask(id);
      location.hash = "#";
    } catch (error) {
      message.replaceChildren(note(error.message));
    }
  }

  function calm() {
    button.classList.remove("sure");
    button.textContent = "Delete this scene";
  }
}
