import { length } from "../format.js";
import { probe } from "../probe.js";
import { depthOf } from "./embedded-maps.js";

const STEPS = { ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4] };

/** Shows the true and the predicted depth of one pixel, chosen by pointer or arrow keys. */
export function depthReadout(row, truth, prediction) {
  const { width, height } = truth;
  const figures = [[row.querySelector(".truth"), truth], [row.querySelector(".predicted"), prediction]];
  const readings = figures.map(([figure, view]) => newReading(figure, view));
  let pixel = [width >> 1, height >> 1];

  function newReading(figure, view) {
    const image = figure.querySelector("img");
    const after = image.nextSibling;
    const { element, setCross, setPoints } = probe(image, view, { over: show, pick: show, out: hide });
    setPoints([]);
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", `${image.alt}. Arrow keys move the cross.`);
    element.addEventListener("focus", () => show(...pixel));
    element.addEventListener("blur", hide);
    element.addEventListener("keydown", key);
    figure.insertBefore(element, after);
    return { depth: depthOf(view), output: figure.querySelector("output"), setCross };
  }

  function show(u, v) {
    pixel = [Math.max(0, Math.min(width - 1, u)), Math.max(0, Math.min(height - 1, v))];
    for (const { depth, output, setCross } of readings) {
      const d = depth[pixel[1] * width + pixel[0]];
      output.textContent = d > 0 ? length(d, true) : "sky";
      setCross({ u: pixel[0], v: pixel[1] });
    }
  }

  function hide() {
    for (const { output, setCross } of readings) {
      output.textContent = "";
      setCross(null);
    }
  }

  function key(event) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    show(pixel[0] + step[0], pixel[1] + step[1]);
    event.preventDefault();
  }
}
