import * as api from "./api.js";
import { h, note } from "./dom.js";
import { bytes, count } from "./format.js";

const LISTED = 400;

/** Buttons for what most people take, and the list of all files. */
export function downloads(id) {
  const glb = h("a", { class: "button", download: true, hidden: true, testid: "download-glb" }, "GLB");
  const zip = h("a", { class: "button", download: true, href: api.zipPath(id), testid: "download-zip" }, "All files (ZIP)");
  const summary = h("summary", {}, "Files");
  const place = h("div");
  const element = h("details", { class: "files", testid: "files" }, summary, place);
  load();
  return { element, buttons: h("div", { class: "line start" }, glb, zip), showGlb };

  function showGlb(scene) {
    const path = scene.glb ?? scene.mesh;
    if (!path) return;
    glb.href = api.filePath(id, path);
    glb.hidden = false;
  }

  async function load() {
    try {
      const { files } = await api.taskFiles(id);
      const sum = files.reduce((total, file) => total + file.bytes, 0);
      summary.textContent = `Files: ${count(files.length, "file")}, ${bytes(sum)}`;
      place.replaceChildren(h("ul", {}, files.slice(0, LISTED).map(file => h("li", {},
        h("a", { href: api.filePath(id, file.path), download: file.path.split("/").pop() }, file.path), h("span", { class: "soft" }, bytes(file.bytes))))));
      if (files.length > LISTED) place.append(h("p", { class: "soft" }, `and ${files.length - LISTED} more, all in the ZIP.`));
    } catch (error) {
      place.replaceChildren(note(error.message));
    }
  }
}
