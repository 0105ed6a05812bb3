import { announce, h, icon, note } from "./dom.js";
import { bytes, count } from "./format.js";
import { isVideo } from "./selection.js";

// Phones convert HEIC photos to JPEG if HEIC is not in the list.
const ACCEPTED = "image/jpeg,image/png,image/webp,image/bmp,image/tiff,image/heic,image/heif,.heic,.heif,video/*";

/** A drop zone and file picker for photos or a video, with previews. */
export function dropZone(selection) {
  const previews = new Map(); // File -> {element, url}
  const input = h("input", { type: "file", id: "files", multiple: true, accept: ACCEPTED, testid: "file-input", onchange: picked });
  const zone = h("label", { class: "drop", for: "files", testid: "drop-zone", ondragenter: over, ondragover: over, ondragleave: leave, ondrop: dropped },
    input, icon("photos"), h("strong", {}, "Drop photos here or choose files"), h("span", { class: "soft" }, "JPEG, PNG, WebP, BMP, TIFF, HEIC, or one video"));
  const message = h("div", { "aria-live": "assertive" });
  const summary = h("p", { class: "soft summary" });
  const clear = h("button", { type: "button", onclick: () => selection.clear() }, "Remove all");
  const list = h("ul", { class: "previews" });
  const chosen = h("div", { class: "chosen", hidden: true }, h("div", { class: "line" }, summary, clear), list);
  selection.addEventListener("change", draw);
  return { element: h("div", {}, zone, message, chosen), dispose: () => previews.forEach(({ url }) => url && URL.revokeObjectURL(url)) };

  function over(event) {
    event.preventDefault();
    zone.classList.add("over");
  }

  function leave() {
    zone.classList.remove("over");
  }

  function dropped(event) {
    event.preventDefault();
    leave();
    add([...event.dataTransfer.files]);
  }

  function picked() {
    add([...input.files]);
    input.value = ""; // so that the same file can be picked again after it was removed
  }

  function add(files) {
    const refusal = selection.add(files);
    message.replaceChildren(...refusal ? [note(refusal)] : []);
  }

  function draw() {
    const { files } = selection;
    for (const [file, { url, element }] of previews) {
      if (files.includes(file)) continue;
      if (url) URL.revokeObjectURL(url);
      element.remove();
      previews.delete(file);
    }
    for (const file of files) if (!previews.has(file)) previews.set(file, preview(file));
    list.append(...files.map(file => previews.get(file).element));
    chosen.hidden = files.length === 0;
    zone.classList.toggle("tucked", files.length > 0);
    summary.textContent = `${selection.isVideo ? "1 video" : count(files.length, "photo")}, ${bytes(selection.bytes)}`;
    announce(files.length === 0 ? "No files selected" : summary.textContent);
  }

  function preview(file) {
    const remove = h("button", { type: "button", class: "remove", "aria-label": `Remove ${file.name}`, onclick: () => removeFile(file) }, icon("cross"));
    const caption = h("span", { class: "name" }, file.name);
    if (isVideo(file)) return { element: h("li", { class: "preview", testid: "preview" }, h("span", { class: "picture" }, icon("film")), caption, remove), url: null };
    const url = URL.createObjectURL(file);
    const picture = h("span", { class: "picture" });
    // A photo that the browser cannot show, such as TIFF, keeps its name.
    const image = h("img", { src: url, alt: "", decoding: "async", onerror: () => picture.replaceChildren(icon("photos")) });
    picture.append(image);
    return { element: h("li", { class: "preview", testid: "preview" }, picture, caption, remove), url };
  }

  function removeFile(file) {
    const index = selection.files.indexOf(file);
    selection.remove(file);
    const next = selection.files[Math.min(index, selection.files.length - 1)];
    (next ? previews.get(next).element.querySelector("button") : input).focus();
  }
}
