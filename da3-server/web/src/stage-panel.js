import { h, note } from "./dom.js";
import { percent } from "./format.js";
import { progressBar } from "./task-list.js";

/**
 * A tab's panel around a stage: a bar while things load, the stage, controls below. `build(loaded)` gives
 * {stage, controls} or throws; what it built after the tab was left is disposed at once.
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
  return /webgl/i.test(error.message) ? "This browser has no WebGL 2, so nothing can be drawn in 3D. The Depth tab works without it." : error.message;
}
