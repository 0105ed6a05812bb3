// OpenCV axes: x right, y down, z forward. Extrinsics: [R | t], 3x4 row-major, from world to camera.

/** Returns the point that (column, row) sees at a depth along z, in camera axes. The center of the first pixel is (0.5, 0.5). */
export function unproject([fx, fy, cx, cy], column, row, depth) {
  return [(column - cx) / fx * depth, (row - cy) / fy * depth, depth];
}

/** Returns the point that the center of pixel (u, v), counted from 0, sees at a depth along z, in camera axes. */
export function unprojectPixel(intrinsics, u, v, depth) {
  return unproject(intrinsics, u + 0.5, v + 0.5, depth);
}

/** Transforms a point from camera to world axes: R^T (p - t). */
export function toWorld(e, [x, y, z]) {
  const [dx, dy, dz] = [x - e[3], y - e[7], z - e[11]];
  return [e[0] * dx + e[4] * dy + e[8] * dz, e[1] * dx + e[5] * dy + e[9] * dz, e[2] * dx + e[6] * dy + e[10] * dz];
}

/** Returns the column-major 4x4 matrix from world axes to those of three.js: the first camera at the origin, y up, looking along -z. */
export function worldToStage(e) {
  return [e[0], -e[4], -e[8], 0, e[1], -e[5], -e[9], 0, e[2], -e[6], -e[10], 0, e[3], -e[7], -e[11], 1];
}

export function distance(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

export function hasCameras(scene) {
  return scene.views.length > 0 && scene.views.every(view => view.extrinsics && view.intrinsics);
}
