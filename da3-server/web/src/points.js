import { h } from "./dom.js";
import { lookFrom } from "./look-from.js";
import { Measurement } from "./measure.js";
import { measuring } from "./measuring.js";
import { buildPointCloud } from "./point-cloud.js";
import { pointsStage } from "./points-stage.js";
import { stagePanel } from "./stage-panel.js";
import { stagePins } from "./stage-pins.js";

const PERCENTILE = 40;

/** A panel with the point cloud of a scene, computed from its depth maps, cameras and photos. */
export function pointsPanel({ scene, maps, units, percentile = PERCENTILE }) {
  return stagePanel("points", async progress => {
    const cloud = await buildPointCloud(scene, maps, progress);
    const { stage, points, frustums, cameras, reach } = pointsStage({
      scene, cloud, label: `${scene.name ?? "Scene"} as a point cloud`, testid: "canvas-points",
    });
    const names = scene.views.map(view => view.name);
    const hasConfidence = scene.views.some(view => view.confidence);
    return { stage, controls: controls(stage, points, frustums, cloud, hasConfidence ? percentile : 0, hasConfidence, lookFrom(stage, cameras, reach, names), distances(stage, points, units)) };
  });
}

function controls(stage, points, frustums, cloud, percentile, hasConfidence, look, readings) {
  const number = h("output", { for: "confidence", testid: "points-shown" });
  const confidence = slider("confidence", { min: 0, max: 99, step: 1, value: percentile, testid: "confidence-slider" });
  const size = slider("size", { min: 0.3, max: 3, step: 0.1, value: 1, testid: "size-slider" });
  const level = h("span", { class: "figure" });
  confidence.addEventListener("input", refresh);
  size.addEventListener("input", () => { points.setSize(Number(size.value)); stage.redraw(); });
  refresh();
  return h("div", { class: "controls" },
    h("div", { class: "line" }, h("p", { class: "soft" }, number), h("div", { class: "line start" }, look)),
    h("div", { class: "dials" },
      hasConfidence && h("label", { class: "dial" }, h("span", {}, "Hide lowest confidence ", level), confidence),
      h("label", { class: "dial" }, h("span", {}, "Point size"), size),
      h("div", { class: "checks row", role: "group", "aria-label": "Show" },
        h("span", { class: "soft", "aria-hidden": "true" }, "Show"),
        tick("Cameras", true, on => { frustums.object.visible = on; }, "toggle-cameras"),
        cloud.hasSky && tick("Sky", true, on => points.setFilter("noSky", !on)),
        tick("Black", true, on => points.setFilter("noBlack", !on)),
        tick("White", true, on => points.setFilter("noWhite", !on)))),
    readings);

  function refresh() {
    points.setPercentile(Number(confidence.value));
    level.textContent = `${confidence.value} %`;
    number.textContent = `${points.shown().toLocaleString("en")} of ${cloud.count.toLocaleString("en")} points`;
    stage.redraw();
  }

  function tick(label, checked, change, testid) {
    const box = h("input", { type: "checkbox", checked, testid, onchange: () => { change(box.checked); refresh(); } });
    return h("label", { class: "check" }, box, label);
  }
}

// Measures between points of the cloud that the user clicks.
function distances(stage, points, units) {
  const measurement = new Measurement();
  const panel = measuring({ measurement, units, hint: "Click two points to measure between them.", changed: show });
  const pins = stagePins(stage, points, position => {
    measurement.add({ position });
    show();
  });
  return h("div", { class: "readings" }, panel.element);

  function show() {
    pins.setPositions(measurement.points.map(({ position }) => position));
    panel.refresh();
  }
}

function slider(id, props) {
  return h("input", { type: "range", id, ...props });
}
