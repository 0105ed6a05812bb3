import * as api from "./api.js";
import { announce, h, note } from "./dom.js";
import { bytes, count, duration, percent } from "./format.js";
import { optionFields } from "./options.js";
import { taskHash } from "./route.js";
import { Selection } from "./selection.js";
import { progressBar } from "./task-list.js";
import { dropZone } from "./upload.js";

const ASK_AGAIN_MS = 3000;

/** A page with the form for a new scene: files, options and the progress of the upload. */
export function newScene() {
  const selection = new Selection();
  const upload = dropZone(selection);
  const abort = new AbortController();
  const options = optionFields();
  let limits = {};
  let timer = 0;
  let sending = null; // AbortController of the upload under way

  const start = h("button", { class: "primary large", testid: "start", disabled: true }, "Start");
  const cancel = h("button", { type: "button", testid: "upload-cancel", hidden: true, onclick: () => sending?.abort() }, "Cancel");
  const bar = progressBar("Upload", "upload-progress");
  const sent = h("p", { class: "soft" });
  const progress = h("div", { class: "sending", hidden: true }, sent, bar.element);
  const message = h("div", { testid: "form-error" });
  const element = h("form", { class: "new", onsubmit: submit, novalidate: true },
    h("div", { class: "heading" }, h("div", {}, h("h1", {}, "New scene"),
      h("p", { class: "lead" }, "Photos of one place, in any order and from any viewpoint. One photo is enough; more photos show more of the scene."))),
    h("div", { class: "halves" }, upload.element, h("div", { class: "side" }, options.element),
      h("div", { class: "submit" }, message, progress, h("div", { class: "line start" }, start, cancel))));

  selection.addEventListener("change", () => {
    start.disabled = selection.files.length === 0 || sending !== null;
    options.showVideo(selection.isVideo);
    message.replaceChildren();
  });
  loadStatus();
  return { element, title: "New scene", name: "new", dispose };

  function dispose() {
    abort.abort();
    clearTimeout(timer);
    sending?.abort();
    upload.dispose();
  }

  async function loadStatus() {
    try {
      const status = await api.status();
      if (abort.signal.aborted) return;
      limits = status.limits ?? {};
      // The capabilities of a model are unknown until it is loaded.
      if (status.model_loaded) options.showModel(status.model_has, status.process_res);
      else timer = setTimeout(loadStatus, ASK_AGAIN_MS);
    } catch (error) {
      if (error.status !== 401) showErrors(error.message);
    }
  }

  async function submit(event) {
    event.preventDefault();
    const form = new FormData();
    const problem = exceededLimit() ?? options.fill(form);
    if (problem) return showErrors(problem);
    for (const file of selection.files) form.append("files", file, file.name);
    sending = new AbortController();
    setBusy(true);
    try {
      const { task_id: id } = await api.infer(form, { signal: sending.signal, progress: showProgress });
      if (!abort.signal.aborted) location.hash = taskHash(id);
    } catch (error) {
      if (error.name !== "AbortError") showErrors(...sentences(error));
      else announce("Upload cancelled");
    } finally {
      sending = null;
      setBusy(false);
    }
  }

  // The server checks these limits as well, but only after the upload.
  function exceededLimit() {
    const { max_body_bytes: maxBytes, max_views: maxViews } = limits;
    if (maxBytes && selection.bytes > maxBytes) return `The files have ${bytes(selection.bytes)}; this service accepts up to ${bytes(maxBytes)}.`;
    if (maxViews && selection.files.length > maxViews) return `${count(selection.files.length, "photo")} selected; this service accepts up to ${maxViews}.`;
    return null;
  }

  function showProgress(loaded, total) {
    bar.set(total ? loaded / total : 0);
    sent.textContent = loaded < total ? `Sending ${bytes(loaded)} of ${bytes(total)} (${percent(loaded / total)})` : "Sent. The service is checking the files \u2026";
  }

  function setBusy(isBusy) {
    progress.hidden = !isBusy;
    cancel.hidden = !isBusy;
    start.disabled = isBusy || selection.files.length === 0;
    if (isBusy) {
      message.replaceChildren();
      showProgress(0, selection.bytes);
      announce("Sending");
    }
  }

  function showErrors(...texts) {
    message.replaceChildren(note(texts.map(text => h("p", {}, text)), { alert: true }));
  }
}

/** Returns the server's message and, as sentences, the numbers that come with it. */
function sentences(error) {
  const { needed_bytes: needed, available_bytes: available, views_that_fit: fit } = error.body ?? {};
  const texts = [error.message];
  if (error.status === 429 && error.retryAfter > 0) texts.push(`The queue is full. Try again in ${duration(error.retryAfter)}.`);
  if (error.status === 422 && needed > 0) texts.push(`Needed: ${bytes(needed)}. Available: ${bytes(available)}.${fit >= 0 ? ` ${count(fit, "view")} of this size would fit.` : ""}`);
  return texts;
}
