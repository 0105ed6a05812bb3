import { distance, unproject } from "./camera.js";
import { length } from "./format.js";

/**
 * Two points of one view and what is between them. The third point begins a new pair.
 */
export class Measurement {
  points = []; // [{u, v, depth}]

  add(point) {
    if (this.points.length === 2) this.points = [];
    this.points.push(point);
  }

  clear() {
    this.points = [];
  }

  /** A sentence with both depths and, with intrinsics, the distance in 3D. */
  sentence(intrinsics, metric) {
    const [a, b] = this.points;
    if (!a) return "";
    const none = this.points.find(point => !(point.depth > 0 && point.depth < Infinity));
    if (none) return "There is no depth at this point. Choose another one.";
    if (!b) return `A ${length(a.depth, metric)} deep. Set a second point.`;
    const depths = `A ${length(a.depth, metric)} deep, B ${length(b.depth, metric)} deep`;
    if (!intrinsics) return `${depths}. The distance needs a camera, which this model does not give.`;
    const apart = distance(...[a, b].map(({ u, v, depth }) => unproject(intrinsics, u, v, depth)));
    return `${depths}, ${length(apart, metric)} apart`;
  }
}
