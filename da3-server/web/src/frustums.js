import { BufferAttribute, BufferGeometry, CanvasTexture, DoubleSide, Group, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial, SRGBColorSpace, Vector3 } from "three";

const SIZE = 0.085; // of the distance from the cameras to what they see
const ACCENT = 0xff7a3d;
const THUMBNAIL = 192; // pixels

/** The cameras as pyramids, with their photos if there are any, in the stage's axes. */
export class Frustums {
  #cameras;
  #size;

  constructor(cameras, photos, reach) {
    this.#size = SIZE * reach / Math.sqrt(Math.max(1, cameras.length / 8));
    this.object = new Group();
    this.#cameras = cameras.map((camera, i) => {
      const corners = cornersOf(camera, this.#size);
      const group = new Group();
      group.add(edges(camera.eye, corners));
      if (photos) group.add(picture(corners, photos[i]));
      this.object.add(group);
      return { eye: camera.eye, group };
    });
  }

  /** From a camera's own place its picture would hide everything. */
  hideFrom(position) {
    for (const { eye, group } of this.#cameras) group.visible = eye.distanceTo(position) > 1.6 * this.#size;
  }
}

function cornersOf({ toHere, intrinsics: [fx, fy, cx, cy], width, height }, depth) {
  return [[0, 0], [width, 0], [width, height], [0, height]]
    .map(([u, v]) => new Vector3((u - cx) / fx * depth, (v - cy) / fy * depth, depth).applyMatrix4(toHere));
}

function edges(eye, [a, b, c, d]) {
  const ends = [eye, a, eye, b, eye, c, eye, d, a, b, b, c, c, d, d, a];
  return new LineSegments(new BufferGeometry().setFromPoints(ends), new LineBasicMaterial({ color: ACCENT }));
}

function picture(corners, canvas) {
  const geometry = new BufferGeometry().setFromPoints(corners);
  geometry.setAttribute("uv", new BufferAttribute(new Float32Array([0, 1, 1, 1, 1, 0, 0, 0]), 2));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  const map = new CanvasTexture(small(canvas));
  map.colorSpace = SRGBColorSpace;
  return new Mesh(geometry, new MeshBasicMaterial({ map, side: DoubleSide }));
}

function small(canvas) {
  const scale = Math.min(1, THUMBNAIL / Math.max(canvas.width, canvas.height));
  const copy = document.createElement("canvas");
  copy.width = Math.max(1, Math.round(canvas.width * scale));
  copy.height = Math.max(1, Math.round(canvas.height * scale));
  copy.getContext("2d").drawImage(canvas, 0, 0, copy.width, copy.height);
  return copy;
}
