/** The map of a running stream, kept up to date with the changes in its events. */
export class LiveState {
  poses = []; // by frame: x, y, z, qx, qy, qz, qw, camera-to-world
  loops = []; // pairs of frames
  tiles = new Map(); // id -> number of points

  /** Applies changes and returns the ids of tiles to load and to remove. */
  apply({ since, poses, tiles, loops }) {
    const removed = [];
    if (since === 0) {
      const listed = new Set(tiles.map(({ id }) => id));
      for (const id of this.tiles.keys()) if (!listed.has(id)) removed.push(id);
      this.poses = [];
    }
    for (const { frame, pose } of poses) this.poses[frame] = pose;
    this.loops = loops;
    const changed = [];
    for (const { id, points } of tiles) {
      if (points > 0) {
        changed.push(id);
        this.tiles.set(id, points);
      } else {
        removed.push(id);
      }
    }
    for (const id of removed) this.tiles.delete(id);
    return { changed, removed };
  }

  get points() {
    return [...this.tiles.values()].reduce((sum, points) => sum + points, 0);
  }
}
