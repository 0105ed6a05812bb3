import { h } from "./dom.js";

/**
 * The distance of a measurement, and a field for its true value, which scales the lengths of the scene to meters.
 *
 * @param hint what to do to set points
 * @param changed is called after a point was removed or the unit changed
 */
export function measuring({ measurement, units, hint, changed }) {
  const result = h("output", { class: "result", testid: "measure-result", "aria-live": "polite" });
  const clear = h("button", { type: "button", testid: "measure-clear", onclick: () => { measurement.clear(); changed(); } }, "Clear");
  const undo = h("button", { type: "button", testid: "scale-undo", onclick: () => { units.reset(); changed(); } }, "Undo scaling");
  const meters = h("input", { type: "number", id: "true-distance", testid: "true-distance", required: true, min: "0.001", step: "any", inputmode: "decimal", placeholder: "1.48" });
  const form = h("form", { class: "line start", testid: "scale-form", onsubmit: scale },
    h("label", { for: "true-distance" }, "True distance in meters"), meters, h("button", { type: "submit", testid: "scale-apply" }, "Scale to meters"));
  const element = h("div", { class: "measuring" }, h("div", { class: "line" }, result, h("div", { class: "line start" }, undo, clear)), form);
  refresh();
  return { element, refresh };

  function refresh() {
    result.textContent = measurement.sentence(units) || hint;
    result.classList.toggle("idle", measurement.points.length === 0);
    clear.hidden = measurement.points.length === 0;
    undo.hidden = !units.scaled;
    form.hidden = measurement.distance() === null;
  }

  function scale(event) {
    event.preventDefault();
    units.scaleTo(measurement.distance(), meters.valueAsNumber);
    form.reset(); // an empty field that was only set to "" would be marked as invalid
    changed();
  }
}
