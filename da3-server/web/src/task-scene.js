import * as api from "./api.js";
import { h, note } from "./dom.js";
import { downloads } from "./downloads.js";
import { ago, duration } from "./format.js";
import { taskName } from "./task-list.js";

/** Returns the source of a scene view for a completed task. */
export function taskScene(task) {
  const id = task.task_id;
  const url = path => api.filePath(id, path);
  return {
    name: taskName(task),
    facts: [task.processing_time > 0 && `computed in ${duration(task.processing_time)}`, task.completed_at && ago(task.completed_at)],
    warnings: task.warnings ?? [],
    percentile: task.request?.conf_thresh_percentile,
    describe: () => api.taskScene(id),
    url,
    files: downloads({ url, list: async () => (await api.taskFiles(id)).files, zip: api.zipPath(id) }),
    removal: removal(id),
  };
}

// Requires a second click, since a deletion cannot be undone.
function removal(id) {
  const message = h("div", { "aria-live": "assertive" });
  const button = h("button", { type: "button", class: "quiet", testid: "delete", onclick: press, onblur: reset }, "Delete this scene");
  return h("div", { class: "removal" }, button, message);

  async function press() {
    if (!button.classList.contains("sure")) {
      button.classList.add("sure");
      button.textContent = "Really delete the scene and its files?";
      return;
    }
    try {
      await api.deleteTask(id);
      location.hash = "#";
    } catch (error) {
      message.replaceChildren(note(error.message));
    }
  }

  function reset() {
    button.classList.remove("sure");
    button.textContent = "Delete this scene";
  }
}
