import { BufferAttribute, BufferGeometry, CanvasTexture, DoubleSide, Group, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial, SRGBColorSpace, Vector3 } from "three";
import { unproject } from "./camera.js";

const SIZE = 0.085; // relative to the mean distance from the cameras to the points
const ACCENT = 0xff7a3d;

/** Cameras as pyramids in stage axes, with thumbnails of their photos (canvases) if there are any. */
export class Frustums {
  #cameras;
  #size;

  constructor(cameras, photos, reach, color = ACCENT) {
    this.#size = SIZE * reach / Math.sqrt(Math.max(1, cameras.length / 8));
    this.object = new Group();
    this.#cameras = cameras.map((camera, i) => {
      const corners = cornersOf(camera, this.#size);
      const group = new Group();
      group.add(edges(camera.eye, corners, color));
      if (photos) group.add(picture(corners, photos[i]));
      this.object.add(group);
      return { eye: camera.eye, group };
    });
  }

  /** Hides the cameras near a viewpoint, whose thumbnails would cover everything. */
  hideFrom(position) {
    for (const { eye, group } of this.#cameras) group.visible = eye.distanceTo(position) > 1.6 * this.#size;
  }
}

function cornersOf({ toHere, intrinsics, width, height }, depth) {
  return [[0, 0], [width, 0], [width, height], [0, height]]
    .map(([u, v]) => new Vector3(...unproject(intrinsics, u, v, depth)).applyMatrix4(toHere));
}

function edges(eye, [a, b, c, d], color) {
  const ends = [eye, a, eye, b, eye, c, eye, d, a, b, b, c, c, d, d, a];
  return new LineSegments(new BufferGeometry().setFromPoints(ends), new LineBasicMaterial({ color }));
}

function picture(corners, photo) {
  const geometry = new BufferGeometry().setFromPoints(corners);
  geometry.setAttribute("uv", new BufferAttribute(new Float32Array([0, 1, 1, 1, 1, 0, 0, 0]), 2));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  const map = new CanvasTexture(photo);
  map.colorSpace = SRGBColorSpace;
  return new Mesh(geometry, new MeshBasicMaterial({ map, side: DoubleSide }));
}
