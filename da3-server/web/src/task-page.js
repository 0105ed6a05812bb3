import * as api from "./api.js";
import { announce, h, note } from "./dom.js";
import { duration, percent } from "./format.js";
import { mapView } from "./map-view.js";
import { progressBar, taskName } from "./task-list.js";
import { sceneView } from "./scene-view.js";
import { taskScene } from "./task-scene.js";
import { watchTask } from "./watch.js";

const ENDED = new Set(["completed", "failed", "cancelled"]);

/** A page for a task: its progress while it runs, then its scene. */
export function taskPage(id) {
  const element = h("div", { class: "task" }, h("p", { class: "soft" }, "Loading \u2026"));
  let view = null;
  let shown = null; // the progress panel; null before it is shown
  let clock = 0;
  let announced = "";
  let live = null; // a promise of the panel with the map of a running stream; null before its first event
  const stop = watchTask(id, update, error => element.replaceChildren(note(error.message, { alert: true }), home()), showMap);
  return { element, title: "Scene", name: "task", dispose };

  function dispose() {
    stop();
    clearInterval(clock);
    view?.dispose();
    closeMap();
  }

  function closeMap() {
    live?.then(panel => panel.dispose(), () => {});
    live = null;
  }

  // The promise keeps the order of the changes.
  function showMap(changes) {
    live ??= import("./live-map.js").then(({ liveMap }) => {
      const panel = liveMap(id);
      element.append(panel.element);
      return panel;
    });
    live.then(panel => panel.apply(changes), error => element.append(note(error.message)));
  }

  async function update(task) {
    if (!ENDED.has(task.status)) return running(task);
    clearInterval(clock);
    stop();
    closeMap();
    if (task.status === "completed") {
      const wasRunning = shown !== null;
      view = task.request.stream ? mapView(id, taskScene(task)) : sceneView(taskScene(task));
      element.replaceChildren(view.element);
      document.title = `${taskName(task)} \u2013 Depth Anything 3 for the JVM`;
      if (wasRunning) announce("Done. The scene is open.");
    } else {
      element.replaceChildren(ending(task));
      announce(task.status === "failed" ? "Failed" : "Cancelled");
    }
  }

  function running(task) {
    if (!shown) {
      shown = progressPanel(task);
      element.replaceChildren(shown.element);
      clock = setInterval(() => shown.tick(), 1000);
    }
    shown.update(task);
    const news = task.status === "pending" ? "Waiting in the queue" : (task.stage || task.message || "Running").replace(/ \d+\/\d+$/, "");
    if (news !== announced) announce(announced = news);
  }
}

function progressPanel(first) {
  let task = first;
  const bar = progressBar("Progress", "progress");
  const stage = h("p", { class: "stage-name" });
  const time = h("span", { class: "soft" });
  const error = h("div");
  const cancel = h("button", { type: "button", testid: "cancel", onclick: requestCancel }, "Cancel");
  const element = h("section", { class: "running" },
    h("p", { class: "eyebrow" }, "In progress"), h("h1", {}, taskName(first)),
    stage, bar.element, h("div", { class: "line" }, time, cancel), error);
  return { element, update, tick };

  function update(next) {
    task = next;
    bar.set(task.progress);
    stage.textContent = task.status === "pending" ? "Waiting in the queue" : task.message || task.stage || "Running";
    tick();
  }

  function tick() {
    const began = task.status === "pending" ? task.created_at : task.started_at ?? task.created_at;
    const spent = began ? duration(Math.max(0, Math.round(Date.now() / 1000 - began))) : "";
    time.textContent = task.status === "pending" ? spent : `${percent(task.progress)} \u00b7 ${spent}`;
  }

  async function requestCancel() {
    cancel.disabled = true;
    cancel.textContent = "Cancelling \u2026";
    try {
      await api.cancelTask(task.task_id);
    } catch (failure) {
      cancel.disabled = false;
      cancel.textContent = "Cancel";
      error.replaceChildren(note(failure.message, { alert: true }));
    }
  }
}

function ending(task) {
  const failed = task.status === "failed";
  return h("section", { class: "running", testid: failed ? "task-failed" : "task-cancelled" },
    h("p", { class: "eyebrow" }, failed ? "Failed" : "Cancelled"), h("h1", {}, taskName(task)),
    failed && note(task.error || task.message || "The service gave no reason."),
    h("div", { class: "line start" }, h("a", { class: "button primary", href: "#new" }, "New scene"), home()));
}

function home() {
  return h("a", { class: "button", href: "#" }, "All scenes");
}
