const RADIUS = 8; // pixels around a click
const OFF_CENTER = 0.03; // points at the radius count as this much farther, relatively

/** Returns where a point is drawn: [x, y, w] in pixels and, as w, the distance along the viewing direction. */
export function toScreen(matrix, { width, height }, x, y, z) {
  const m = matrix; // column-major 4x4, from world axes to clip coordinates
  const w = m[3] * x + m[7] * y + m[11] * z + m[15];
  const clipX = m[0] * x + m[4] * y + m[8] * z + m[12];
  const clipY = m[1] * x + m[5] * y + m[9] * z + m[13];
  return [(1 + clipX / w) / 2 * width, (1 - clipY / w) / 2 * height, w];
}

/**
 * Returns the index of the point at (x, y) on the screen: of all shown points nearby the one nearest to the viewer, -1 if
 * there is none.
 *
 * @param position points in world axes, (points, 3)
 * @param isShown returns whether the point with an index is shown
 */
export function pickPoint(position, isShown, matrix, size, x, y) {
  let best = -1;
  let least = Infinity;
  for (let i = 0; 3 * i < position.length; i++) {
    const [screenX, screenY, w] = toScreen(matrix, size, position[3 * i], position[3 * i + 1], position[3 * i + 2]);
    const off = ((screenX - x) ** 2 + (screenY - y) ** 2) / RADIUS ** 2;
    const score = w * (1 + OFF_CENTER * off);
    if (w > 0 && off <= 1 && score < least && isShown(i)) [best, least] = [i, score];
  }
  return best;
}
