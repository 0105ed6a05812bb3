import * as api from "./api.js";
import { h, note, ownUrl } from "./dom.js";
import { downloads } from "./downloads.js";
import { ago, count } from "./format.js";
import { taskHash } from "./route.js";
import { sceneView } from "./scene-view.js";
import { lazyPanel, tabs } from "./tabs.js";

const PER_PAGE = 4;

/** A page for a scene of a gallery folder: everything that its description names or, without one, its GLB and depth pictures. */
export function folderScene(groupId, sceneId) {
  const element = h("div", {}, h("p", { class: "soft" }, "Loading \u2026"));
  let view = null;
  let disposed = false;
  open();
  return { element, title: sceneId, name: "scene", dispose: () => { disposed = true; view?.dispose(); } };

  async function open() {
    try {
      const { scenes } = await api.group(groupId);
      if (disposed) return;
      const scene = scenes.find(({ id }) => id === sceneId);
      if (!scene) throw new Error(`The group \u201c${groupId}\u201d has no scene \u201c${sceneId}\u201d.`);
      if (scene.task_id) return location.replace(taskHash(scene.task_id));
      show(scene);
    } catch (error) {
      if (!disposed) element.replaceChildren(note(error.message, { alert: true }));
    }
  }

  function show(scene) {
    const described = ownUrl(scene.scene);
    view = described ? sceneView(describedScene(groupId, scene, described)) : plainScene(groupId, scene);
    element.replaceChildren(view.element);
    document.title = `${scene.name || scene.id} \u2013 Depth Anything 3 for the JVM`;
  }
}

function describedScene(groupId, scene, address) {
  const folder = address.slice(0, address.lastIndexOf("/") + 1);
  const url = path => folder + path.split("/").map(encodeURIComponent).join("/");
  return {
    name: scene.name || scene.id, facts: [groupId, scene.created_at && ago(scene.created_at)], warnings: [],
    describe: () => api.description(address), url, files: downloads({ url }),
  };
}

function plainScene(groupId, scene) {
  const glb = ownUrl(scene.glb);
  const pictures = (scene.depth ?? []).map(ownUrl).filter(Boolean);
  const name = scene.name || scene.id;
  const panels = tabs([
    glb && { id: "mesh", label: "3D", mount: () => lazyPanel(async () => {
      const { glbPanel } = await import("./mesh.js");
      return () => glbPanel({ url: glb, label: `${name} in 3D`, what: "scene" });
    }) },
    pictures.length > 0 && { id: "depth", label: "Depth", mount: () => picturePages(pictures) },
  ].filter(Boolean), "Representations of the scene");
  const facts = [groupId, scene.num_images && count(scene.num_images, "view"), scene.created_at && ago(scene.created_at)];
  const element = h("article", { testid: "scene" },
    h("div", { class: "heading" },
      h("div", {}, h("h1", {}, name), h("p", { class: "lead" }, facts.filter(Boolean).join(" \u00b7 "))),
      glb && h("a", { class: "button", href: glb, download: true, testid: "download-glb" }, "GLB")),
    panels.element);
  return { element, dispose: () => panels.dispose() };
}

function picturePages(urls) {
  const grid = h("div", { class: "pictures" });
  const pages = h("nav", { class: "pages", "aria-label": "Pages of depth pictures" });
  const last = Math.ceil(urls.length / PER_PAGE);
  turn(1);
  return { element: h("div", { class: "panel" }, grid, pages), dispose() {} };

  function turn(page) {
    grid.replaceChildren(...urls.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((src, i) => h("img", { src, alt: `Photo and depth ${(page - 1) * PER_PAGE + i + 1}`, loading: "lazy" })));
    pages.hidden = last < 2;
    pages.replaceChildren(
      h("button", { type: "button", disabled: page === 1, onclick: () => turn(page - 1) }, "Previous"),
      h("span", { class: "soft" }, `Page ${page} of ${last}`),
      h("button", { type: "button", disabled: page === last, onclick: () => turn(page + 1) }, "Next"));
  }
}
