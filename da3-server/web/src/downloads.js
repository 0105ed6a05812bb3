import { h, note } from "./dom.js";
import { bytes, count } from "./format.js";

const MAX_LISTED = 400;

/**
 * Download buttons for common files, and a list of all files.
 *
 * @param list returns a promise of [{path, bytes}], bytes if known; without it, the files named by the scene are listed
 * @param zip address of an archive of all files, if there is one
 */
export function downloads({ url, list, zip }) {
  const glb = h("a", { class: "button", download: true, hidden: true, testid: "download-glb" }, "GLB");
  const all = zip && h("a", { class: "button", download: true, href: zip, testid: "download-zip" }, "All files (ZIP)");
  const summary = h("summary", {}, "Files");
  const container = h("div");
  const element = h("details", { class: "files", testid: "files" }, summary, container);
  if (list) load();
  return { element, buttons: h("div", { class: "line start" }, glb, all), show };

  function show(scene) {
    const path = scene.glb ?? scene.mesh;
    if (path) {
      glb.href = url(path);
      glb.hidden = false;
    }
    if (!list) fill(filesOf(scene));
  }

  async function load() {
    try {
      fill(await list());
    } catch (error) {
      container.replaceChildren(note(error.message));
    }
  }

  function fill(files) {
    const sum = files.reduce((total, file) => total + (file.bytes ?? 0), 0);
    summary.textContent = `Files: ${[count(files.length, "file"), sum > 0 && bytes(sum)].filter(Boolean).join(", ")}`;
    container.replaceChildren(h("ul", {}, files.slice(0, MAX_LISTED).map(file => h("li", {},
      h("a", { href: url(file.path), download: file.path.split("/").pop() }, file.path), file.bytes >= 0 && h("span", { class: "soft" }, bytes(file.bytes))))));
    if (files.length > MAX_LISTED) container.append(h("p", { class: "soft" }, `and ${files.length - MAX_LISTED} more${zip ? "; the ZIP contains all of them" : ""}.`));
  }
}

function filesOf({ glb, mesh, gaussians, video, views }) {
  return [glb, mesh, gaussians, video, ...views.flatMap(view => [view.photo, view.depth, view.confidence])]
    .filter(Boolean).map(path => ({ path }));
}
