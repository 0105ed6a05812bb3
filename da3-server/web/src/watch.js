import * as api from "./api.js";

const POLL_MS = 2000;

/** Follows a task by its events, or by asking again and again where events do not come through. Gives a function that stops it. */
export function watchTask(id, changed, failed) {
  let stopped = false;
  let source = null;
  let timer = 0;
  start();
  return stop;

  function stop() {
    stopped = true;
    source?.close();
    clearTimeout(timer);
  }

  // Asked once first: an EventSource does not tell an unknown task from a lost connection.
  async function start() {
    const task = await ask();
    if (!stopped && task) listen();
  }

  async function ask() {
    try {
      const task = await api.task(id);
      if (!stopped) changed(task);
      return task;
    } catch (error) {
      if (!stopped) failed(error);
      return null;
    }
  }

  function listen() {
    source = new EventSource(`${api.taskPath(id)}/events`);
    source.addEventListener("task", event => !stopped && changed(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return; // it connects again by itself
      poll();
    });
  }

  async function poll() {
    timer = setTimeout(async () => {
      if (!stopped && await ask() && !stopped) poll();
    }, POLL_MS);
  }
}
