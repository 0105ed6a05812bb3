import { distance } from "./camera.js";

/** A measurement between two points of a scene. A third point starts a new measurement. */
export class Measurement {
  points = []; // [{depth, position}]: depth only for points of an image; position in 3D, null without intrinsics

  add(point) {
    if (this.points.length === 2) this.points = [];
    this.points.push(point);
  }

  clear() {
    this.points = [];
  }

  /** Returns the distance between both points in units of the scene; null if it is unknown or 0. */
  distance() {
    const [a, b] = this.points;
    if (!a?.position || !b?.position || this.#invalid()) return null;
    return distance(a.position, b.position) || null;
  }

  /** Returns a sentence with the depths of points of an image and with the distance in 3D; empty without points. */
  sentence(units) {
    const [a, b] = this.points;
    if (!a) return "";
    if (this.#invalid()) return "This point has no depth. Choose another one.";
    const depths = this.points.filter(({ depth }) => depth !== undefined).map(({ depth }, i) => `${"AB"[i]} ${units.text(depth)} deep`);
    if (!b) return [...depths, "Set a second point."].join(". ");
    if (!a.position || !b.position) return `${depths.join(", ")}. The distance requires intrinsics, which this model does not predict.`;
    return [...depths, `${depths.length > 0 ? "" : "A and B are "}${units.text(distance(a.position, b.position))} apart`].join(", ");
  }

  #invalid() {
    return this.points.some(({ depth }) => depth !== undefined && !(depth > 0 && depth < Infinity));
  }
}
