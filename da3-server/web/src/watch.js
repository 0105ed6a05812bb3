import * as api from "./api.js";

const POLL_MS = 2000;

/**
 * Watches a task through server-sent events, or by polling if they do not arrive. Returns a function that stops watching.
 *
 * @param mapChanged is called with the changes of the map of a running stream, which only events contain
 */
export function watchTask(id, changed, failed, mapChanged) {
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

  // Requests the task once first, since an EventSource cannot tell an unknown task from a lost connection.
  async function start() {
    const task = await request();
    if (!stopped && task) listen();
  }

  async function request() {
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
    source.addEventListener("map", event => !stopped && mapChanged(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return; // it reconnects by itself
      poll();
    });
  }

  async function poll() {
    timer = setTimeout(async () => {
      if (!stopped && await request() && !stopped) poll();
    }, POLL_MS);
  }
}
