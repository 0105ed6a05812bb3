import { h, svgElement } from "./dom.js";

/**
 * An overlay on a picture: a cross under the pointer, and the measured points A and B with a line between them. Calls
 * `over(u, v)` when the pointer moves over a pixel, `pick(u, v)` when a pixel is clicked and `out()` when the pointer leaves.
 */
export function probe(picture, { width, height }, { over, pick, out }) {
  const cross = mark("cross");
  const marks = [mark("pin", "A"), mark("pin", "B")];
  const line = svgElement("line", { "vector-effect": "non-scaling-stroke" });
  const shadow = svgElement("line", { "vector-effect": "non-scaling-stroke", class: "shadow" });
  const lines = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  lines.append(shadow, line);
  const element = h("div", { class: "probe", onpointermove: event => over(...at(event)), onpointerleave: out, onclick: event => pick(...at(event)) },
    picture, lines, cross, marks);
  element.style.aspectRatio = `${width} / ${height}`;
  return { element, setCross, setPoints };

  function at(event) {
    const area = element.getBoundingClientRect();
    const pixel = (client, start, size, pixels) => Math.max(0, Math.min(pixels - 1, Math.floor((client - start) / size * pixels)));
    return [pixel(event.clientX, area.left, area.width, width), pixel(event.clientY, area.top, area.height, height)];
  }

  function setCross(point) {
    put(cross, point);
  }

  function setPoints(points) {
    marks.forEach((element, i) => put(element, points[i]));
    const both = points.length === 2;
    for (const part of [line, shadow]) {
      part.style.display = both ? "" : "none";
      if (!both) continue;
      points.forEach(({ u, v }, i) => { part.setAttribute(`x${i + 1}`, u + 0.5); part.setAttribute(`y${i + 1}`, v + 0.5); });
    }
  }

  function put(element, point) {
    element.hidden = !point;
    if (!point) return;
    element.style.left = `${(point.u + 0.5) / width * 100}%`;
    element.style.top = `${(point.v + 0.5) / height * 100}%`;
  }
}

function mark(kind, text = "") {
  return h("span", { class: kind, hidden: true, "aria-hidden": "true" }, text && h("b", {}, text));
}
