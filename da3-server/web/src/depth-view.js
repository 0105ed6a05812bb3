import { unprojectPixel } from "./camera.js";
import { depthPicture, depthRange } from "./color-map.js";
import { h, note } from "./dom.js";
import { Measurement } from "./measure.js";
import { measuring } from "./measuring.js";
import { probe } from "./probe.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A panel with one view at a time: its photo and depth map, the depth under the pointer, and the distance between two points. */
export function depthPanel({ scene, maps, units }) {
  const strip = h("div", { class: "strip", role: "group", "aria-label": "Views" });
  const container = h("div");
  const element = h("div", { class: "panel" }, strip, container);
  const buttons = scene.views.map((view, i) => h("button", { type: "button", class: "thumb", "aria-label": `View ${i + 1}: ${view.name ?? ""}`, onclick: () => open(i) },
    h("img", { src: maps.url(view.photo), alt: "", loading: "lazy", decoding: "async" })));
  strip.append(...buttons);
  strip.hidden = buttons.length < 2;
  let latest = 0;
  let disposed = false;
  open(0);
  return { element, dispose: () => { disposed = true; } };

  async function open(index) {
    const request = ++latest;
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === index)));
    try {
      const [depth, confidence] = await Promise.all([maps.depth(index), maps.confidence(index)]);
      if (disposed || request !== latest) return;
      container.replaceChildren(viewElement(units, scene.views[index], maps.url(scene.views[index].photo), depth, confidence));
    } catch (error) {
      if (!disposed && error.name !== "AbortError") container.replaceChildren(note(error.message, { alert: true }));
    }
  }
}

function viewElement(units, view, photoUrl, depth, confidence) {
  const { width, height, intrinsics } = view;
  const range = depthRange(depth);
  const measurement = new Measurement();
  let cursor = { u: width >> 1, v: height >> 1 };

  const photo = h("img", { src: photoUrl, width, height, alt: `Photo ${view.name ?? ""}`, draggable: "false" });
  const canvas = h("canvas", {
    width, height, tabindex: "0", role: "application", testid: "depth-canvas", onkeydown: key, onfocus: () => move(cursor.u, cursor.v),
    "aria-label": "Depth map. Arrow keys move the cross, with Shift by 10 pixels; Enter sets a point, Escape clears the points.",
  });
  canvas.getContext("2d").putImageData(depthPicture(depth, width, height, range), 0, 0);
  const readout = h("output", { class: "readout", testid: "depth-readout", "aria-live": "polite" });
  const near = h("span");
  const far = h("span", { testid: "legend-far" });
  const inUnits = h("p", { class: "soft small" }, "Depths are in units of the scene, not in meters.");
  const distances = measuring({
    measurement, units, hint: "Click two points, or press Enter twice, to measure between them.",
    changed: () => {
      show();
      canvas.focus();
    },
  });
  const handlers = { over: move, pick, out: () => document.activeElement !== canvas && setCross(null) };
  const probes = [probe(photo, view, handlers), probe(canvas, view, handlers)];
  readout.textContent = "Move the pointer over a picture to read its depth.";
  show();

  return h("div", { class: "view" },
    h("div", { class: "twins" },
      h("figure", {}, probes[0].element, h("figcaption", {}, h("strong", {}, "Photo"), view.name ?? "")),
      h("figure", {}, probes[1].element, h("figcaption", {}, h("strong", {}, "Depth"),
        h("span", { class: "legend" }, near, h("span", { class: "scale", role: "img", "aria-label": "from red for near to blue for far" }), far)))),
    h("div", { class: "readings" }, readout, distances.element),
    inUnits);

  function move(u, v) {
    cursor = { u, v };
    setCross(cursor);
    const d = depth[v * width + u];
    const depthText = d > 0 && d < Infinity ? units.text(d) : "no depth";
    const confidenceText = confidence ? ` \u00b7 confidence ${confidence[v * width + u].toFixed(2)}` : "";
    readout.textContent = `${depthText}${confidenceText} \u00b7 pixel ${u}, ${v}`;
  }

  function setCross(point) {
    probes.forEach(one => one.setCross(point));
  }

  function pick(u, v) {
    move(u, v);
    const d = depth[v * width + u];
    measurement.add({ u, v, depth: d, position: intrinsics && unprojectPixel(intrinsics, u, v, d) });
    show();
  }

  function show() {
    probes.forEach(one => one.setPoints(measurement.points));
    distances.refresh();
    near.textContent = units.text(range.near);
    far.textContent = units.text(range.far);
    inUnits.hidden = units.metric;
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step) {
      const stride = event.shiftKey ? 10 : 1;
      move(clamp(cursor.u + stride * step[0], width), clamp(cursor.v + stride * step[1], height));
    } else if (event.key === "Enter" || event.key === " ") pick(cursor.u, cursor.v);
    else if (event.key === "Escape") {
      measurement.clear();
      show();
    }
    else return;
    event.preventDefault();
  }
}

function clamp(value, size) {
  return Math.max(0, Math.min(size - 1, value));
}
