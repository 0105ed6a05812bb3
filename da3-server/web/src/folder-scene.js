import * as api from "./api.js";
import { h, note, ownUrl } from "./dom.js";
import { ago, count } from "./format.js";
import { taskHash } from "./route.js";
import { lazyPanel, tabs } from "./tabs.js";

const PER_PAGE = 4;

/** A scene of a gallery's folder: its GLB and its depth pictures. */
export function folderScene(groupId, sceneId) {
  const element = h("article", { testid: "scene" }, h("p", { class: "soft" }, "Loading \u2026"));
  let panels = null;
  let disposed = false;
  open();
  return { element, title: sceneId, name: "scene", dispose: () => { disposed = true; panels?.dispose(); } };

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
    const glb = ownUrl(scene.glb);
    const pictures = (scene.depth ?? []).map(ownUrl).filter(Boolean);
    const name = scene.name || scene.id;
    panels = tabs([
      glb && { id: "mesh", label: "3D", mount: () => lazyPanel(async () => {
        const { glbPanel } = await import("./mesh.js");
        return () => glbPanel({ url: glb, label: `${name} in 3D`, what: "scene" });
      }) },
      pictures.length > 0 && { id: "depth", label: "Depth", mount: () => picturePages(pictures) },
    ].filter(Boolean), "Ways to look at the scene");
    element.replaceChildren(
      h("div", { class: "heading" },
        h("div", {}, h("h1", {}, name), h("p", { class: "lead" }, [groupId, scene.num_images && count(scene.num_images, "view"), scene.created_at && ago(scene.created_at)].filter(Boolean).join(" \u00b7 "))),
        glb && h("a", { class: "button", href: glb, download: true, testid: "download-glb" }, "GLB")),
      panels.element);
  }
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
