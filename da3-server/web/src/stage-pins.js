import { Matrix4 } from "three";
import { h, svgElement } from "./dom.js";
import { pickPoint, toScreen } from "./pick-point.js";

const MAX_MOVE = 4; // pixels between press and release of a click; more is a drag

/**
 * Pins A and B on points of a stage's point cloud, with a line between them. Calls `pick(position)` with a point in world
 * axes when the user clicks one.
 */
export function stagePins(stage, points, pick) {
  const pins = ["A", "B"].map(name => h("span", { class: "pin", hidden: true, "aria-hidden": "true" }, h("b", {}, name)));
  const lines = ["shadow", ""].map(kind => svgElement("line", { class: kind }));
  const svg = svgElement("svg", { class: "between", "aria-hidden": "true" });
  svg.append(...lines);
  stage.element.append(svg, ...pins);
  let positions = []; // in world axes
  let pressed = null;
  stage.canvas.addEventListener("pointerdown", event => { pressed = [event.clientX, event.clientY]; });
  stage.canvas.addEventListener("click", click);
  const drawBefore = stage.beforeDraw;
  stage.beforeDraw = () => {
    drawBefore();
    place();
  };
  return {
    setPositions(list) {
      positions = list;
      stage.redraw();
    },
  };

  function click({ clientX, clientY }) {
    if (!pressed || Math.hypot(clientX - pressed[0], clientY - pressed[1]) > MAX_MOVE) return;
    const area = stage.canvas.getBoundingClientRect();
    const index = pickPoint(points.position, i => points.isShown(i), toClip(), area, clientX - area.left, clientY - area.top);
    if (index >= 0) pick([...points.position.subarray(3 * index, 3 * index + 3)]);
  }

  function place() {
    const size = { width: stage.canvas.clientWidth, height: stage.canvas.clientHeight };
    const matrix = toClip();
    const spots = positions.map(position => toScreen(matrix, size, ...position));
    pins.forEach((pin, i) => {
      pin.hidden = !(spots[i]?.[2] > 0);
      if (!pin.hidden) [pin.style.left, pin.style.top] = [`${spots[i][0]}px`, `${spots[i][1]}px`];
    });
    const both = pins.every(pin => !pin.hidden);
    for (const line of lines) {
      line.style.display = both ? "" : "none";
      if (both) spots.forEach(([x, y], i) => { line.setAttribute(`x${i + 1}`, x); line.setAttribute(`y${i + 1}`, y); });
    }
  }

  function toClip() {
    stage.camera.updateMatrixWorld(); // also updates its inverse
    return new Matrix4().multiplyMatrices(stage.camera.projectionMatrix, stage.camera.matrixWorldInverse).multiply(points.object.matrix).elements;
  }
}
