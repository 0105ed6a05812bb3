import { h, note } from "./dom.js";
import { bytes, count } from "./format.js";

const LISTED = 400;

/**
 * Buttons for what most people take, and the list of all files.
 *
 * @param list gives [{path, bytes}], bytes where they are known; without it those are listed that the scene names
 * @param zip address of all files in one archive, where there is one
 */
export function downloads({ url, list, zip }) {
  const glb = h("a", { class: "button", download: true, hidden: true, testid: "download-glb" }, "GLB");
  const all = zip && h("a", { class: "button", download: true, href: zip, testid: "download-zip" }, "All files (ZIP)");
  const summary = h("summary", {}, "Files");
  const place = h("div");
  const element = h("details", { class: "files", testid: "files" }, summary, place);
  if (list) load();
  return { element, buttons: h("div", { class: "line start" }, glb, all), show };

  function show(scene) {
    const path = scene.glb ?? scene.mesh;
    if (path) {
      glb.href = url(path);
      glb.hidden = false;
    }
    if (!list) fill(named(scene));
  }

  async function load() {
    try {
      fill(await list());
    } catch (error) {
      place.replaceChildren(note(error.message));
    }
  }

  function fill(files) {
    const sum = files.reduce((total, file) => total + (file.bytes ?? 0), 0);
    summary.textContent = `Files: ${[count(files.length, "file"), sum > 0 && bytes(sum)].filter(Boolean).join(", ")}`;
    place.replaceChildren(h("ul", {}, files.slice(0, LISTED).map(file => h("li", {},
      h("a", { href: url(file.path), download: file.path.split("/").pop() }, file.path), file.bytes >= 0 && h("span", { class: "soft" }, bytes(file.bytes))))));
    if (files.length > LISTED) place.append(h("p", { class: "soft" }, `and ${files.length - LISTED} more${zip ? ", all in the ZIP" : ""}.`));
  }
}

function named({ glb, mesh, gaussians, video, views }) {
  return [glb, mesh, gaussians, video, ...views.flatMap(view => [view.photo, view.depth, view.confidence])]
    .filter(Boolean).map(path => ({ path }));
}
