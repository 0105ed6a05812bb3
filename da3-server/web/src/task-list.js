import * as api from "./api.js";
import { h } from "./dom.js";
import { percent } from "./format.js";
import { taskHash } from "./route.js";

const FAILED_SHOWN = 5;

/** A list of pending and running tasks with progress bars. Rows are reused, so that the bars move smoothly. */
export function runningTasks() {
  const rows = new Map();
  const list = h("ul", { class: "rows" });
  const element = h("section", { hidden: true, testid: "running", "aria-label": "In progress" }, h("h2", {}, "In progress"), list);
  return { element, show };

  function show(tasks) {
    element.hidden = tasks.length === 0;
    const ids = new Set(tasks.map(task => task.task_id));
    for (const [id, row] of rows) {
      if (ids.has(id)) continue;
      row.element.remove();
      rows.delete(id);
    }
    for (const task of tasks) {
      if (!rows.has(task.task_id)) {
        rows.set(task.task_id, newRow(task));
        list.append(rows.get(task.task_id).element);
      }
      rows.get(task.task_id).update(task);
    }
  }
}

function newRow(task) {
  const bar = progressBar(`Progress of ${taskName(task)}`);
  const state = h("span", { class: "soft" });
  const element = h("li", { testid: "running-task" },
    h("a", { href: taskHash(task.task_id) }, taskName(task)), state, bar.element);
  return {
    element,
    update(next) {
      bar.set(next.progress);
      state.textContent = next.status === "pending" ? "Waiting" : `${next.stage || next.message || "Running"} \u00b7 ${percent(next.progress)}`;
    },
  };
}

/** A list of failed and cancelled tasks with the server's reasons. */
export function failedTasks(changed) {
  const list = h("ul", { class: "rows" });
  const element = h("section", { hidden: true, "aria-label": "Failed or cancelled" }, h("h2", {}, "Failed or cancelled"), list);
  return { element, show };

  function show(tasks) {
    element.hidden = tasks.length === 0;
    list.replaceChildren(...tasks.slice(0, FAILED_SHOWN).map(task => h("li", {},
      h("a", { href: taskHash(task.task_id) }, taskName(task)),
      h("span", { class: "soft reason" }, task.status === "cancelled" ? "Cancelled" : task.error || task.message || "Failed"),
      h("button", { type: "button", "aria-label": `Delete ${taskName(task)}`, onclick: () => api.deleteTask(task.task_id).finally(changed) }, "Delete"))));
  }
}

export function taskName(task) {
  return task.name || `Scene ${String(task.task_id).slice(0, 8)}`;
}

/** A progress bar; `set` takes a fraction from 0 to 1. */
export function progressBar(label, testid) {
  const fill = h("span", { class: "fill" });
  const element = h("div", { class: "bar", role: "progressbar", "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100", testid }, fill);
  return {
    element,
    set(fraction) {
      const value = Math.round(100 * Math.max(0, Math.min(1, fraction || 0)));
      element.setAttribute("aria-valuenow", value);
      fill.style.transform = `scaleX(${value / 100})`;
    },
  };
}
