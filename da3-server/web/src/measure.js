import { distance, unproject } from "./camera.js";
import { length } from "./format.js";

/** A measurement between two points of one view. A third point starts a new measurement. */
export class Measurement {
  points = []; // [{u, v, depth}]

  add(point) {
    if (this.points.length === 2) this.points = [];
    this.points.push(point);
  }

  clear() {
    this.points = [];
  }

  /** Returns a sentence with both depths and, given intrinsics, the distance in 3D. */
  sentence(intrinsics, metric) {
    const [a, b] = this.points;
    if (!a) return "";
    const invalid = this.points.find(point => !(point.depth > 0 && point.depth < Infinity));
    if (invalid) return "This point has no depth. Choose another one.";
    if (!b) return `A ${length(a.depth, metric)} deep. Set a second point.`;
    const depths = `A ${length(a.depth, metric)} deep, B ${length(b.depth, metric)} deep`;
    if (!intrinsics) return `${depths}. The distance requires intrinsics, which this model does not predict.`;
    const between = distance(...[a, b].map(({ u, v, depth }) => unproject(intrinsics, u, v, depth)));
    return `${depths}, ${length(between, metric)} apart`;
  }
}
