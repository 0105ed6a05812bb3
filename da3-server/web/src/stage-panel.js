import { h, note } from "./dom.js";
import { percent } from "./format.js";
import { progressBar } from "./task-list.js";

/**
 * A panel with a stage and controls below it, and a progress bar until they are loaded. `build(loaded)` returns a promise
 * of {stage, controls} and calls `loaded` with the fraction that is done; a stage that is built too late is disposed of.
 */
export function stagePanel(what, build) {
  const bar = progressBar(`Loading ${what}`);
  const text = h("p", {}, `Loading ${what} \u2026`);
  const element = h("div", { class: "panel" }, h("div", { class: "stage loading" }, h("div", { class: "wait" }, text, bar.element)));
  let built = null;
  let disposed = false;
  start();
  return {
    element,
    dispose() {
      disposed = true;
      built?.stage.dispose();
    },
  };

  async function start() {
    try {
      const made = await build(loaded);
      if (disposed) return made.stage.dispose();
      built = made;
      element.replaceChildren(made.stage.element, made.controls);
    } catch (error) {
      if (!disposed && error.name !== "AbortError") element.replaceChildren(note(reason(error), { alert: true }));
    }
  }

  function loaded(fraction) {
    bar.set(fraction);
    text.textContent = `Loading ${what}: ${percent(fraction)}`;
  }
}

function reason(error) {
  return /webgl/i.test(error.message) ? "This browser does not support WebGL 2, which 3D requires. The Depth tab works without it." : error.message;
}
