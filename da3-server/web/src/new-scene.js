import * as api from "./api.js";
import { announce, h, note } from "./dom.js";
import { bytes, count, duration, percent } from "./format.js";
import { optionFields } from "./options.js";
import { taskHash } from "./route.js";
import { Selection } from "./selection.js";
import { progressBar } from "./task-list.js";
import { dropZone } from "./upload.js";

const ASK_AGAIN_MS = 3000;

/** The form that makes a scene: files, options, and the upload's progress. */
export function newScene() {
  const selection = new Selection();
  const upload = dropZone(selection);
  const leaving = new AbortController();
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
      h("p", { class: "lead" }, "Photos of one place, in any order and from anywhere. One is enough, more see more."))),
    h("div", { class: "halves" }, upload.element, h("div", { class: "side" }, options.element),
      h("div", { class: "submit" }, message, progress, h("div", { class: "line start" }, start, cancel))));

  selection.addEventListener("change", () => {
    start.disabled = selection.files.length === 0 || sending !== null;
    options.showVideo(selection.isVideo);
    message.replaceChildren();
  });
  learn();
  return { element, title: "New scene", name: "new", dispose };

  function dispose() {
    leaving.abort();
    clearTimeout(timer);
    sending?.abort();
    upload.dispose();
  }

  async function learn() {
    try {
      const status = await api.status();
      if (leaving.signal.aborted) return;
      limits = status.limits ?? {};
      // Before it is loaded, nobody knows what the model can do.
      if (status.model_loaded) options.showModel(status.model_has, status.process_res);
      else timer = setTimeout(learn, ASK_AGAIN_MS);
    } catch (error) {
      if (error.status !== 401) refuse(error.message);
    }
  }

  async function submit(event) {
    event.preventDefault();
    const form = new FormData();
    const wrong = tooMuch() ?? options.fill(form);
    if (wrong) return refuse(wrong);
    for (const file of selection.files) form.append("files", file, file.name);
    sending = new AbortController();
    busy(true);
    try {
      const { task_id: id } = await api.infer(form, { signal: sending.signal, progress: tell });
      if (!leaving.signal.aborted) location.hash = taskHash(id);
    } catch (error) {
      if (error.name !== "AbortError") refuse(...sentences(error));
      else announce("Upload cancelled");
    } finally {
      sending = null;
      busy(false);
    }
  }

  // The server would refuse these as well, but only after the upload.
  function tooMuch() {
    const { max_body_bytes: most, max_views: views } = limits;
    if (most && selection.bytes > most) return `The files have ${bytes(selection.bytes)}; this service takes up to ${bytes(most)}.`;
    if (views && selection.files.length > views) return `${count(selection.files.length, "photo")} are chosen; this service takes up to ${views}.`;
    return null;
  }

  function tell(loaded, total) {
    bar.set(total ? loaded / total : 0);
    sent.textContent = loaded < total ? `Sending ${bytes(loaded)} of ${bytes(total)} (${percent(loaded / total)})` : "Sent. The service looks at the files \u2026";
  }

  function busy(is) {
    progress.hidden = !is;
    cancel.hidden = !is;
    start.disabled = is || selection.files.length === 0;
    if (is) {
      message.replaceChildren();
      tell(0, selection.bytes);
      announce("Sending");
    }
  }

  function refuse(...texts) {
    message.replaceChildren(note(texts.map(text => h("p", {}, text)), { alert: true }));
  }
}

/** The server's sentence, then what its numbers mean. */
function sentences(error) {
  const { needed_bytes: needed, available_bytes: available, views_that_fit: fit } = error.body ?? {};
  const texts = [error.message];
  if (error.status === 429 && error.retryAfter > 0) texts.push(`The queue is full. Try again in ${duration(error.retryAfter)}.`);
  if (error.status === 422 && needed > 0) texts.push(`Needed: ${bytes(needed)}. Available: ${bytes(available)}.${fit >= 0 ? ` ${count(fit, "view")} of this size would fit.` : ""}`);
  return texts;
}
