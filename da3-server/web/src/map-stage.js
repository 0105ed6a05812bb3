import { Box3, Group, LinearSRGBColorSpace, PointsMaterial, Vector3 } from "three";
import { MapPath } from "./map-path.js";
import { Stage } from "./stage.js";

const CAMERA_SIZE = 0.04; // relative to the size of the map

/**
 * A stage for a map with the path of its cameras. The axes of the map are those of its first camera (OpenCV: x right, y
 * down, z forward).
 */
export class MapStage extends Stage {
  #path = new MapPath();

  constructor({ label, testid }) {
    super({ label, testid, antialias: false });
    this.setColorSpace(LinearSRGBColorSpace); // vertex colors are sRGB bytes of the images, which pass unchanged
    this.material = new PointsMaterial({ vertexColors: true, sizeAttenuation: false, size: 2 });
    this.map = new Group();
    this.map.rotation.x = Math.PI; // to the axes of three.js
    this.map.add(this.#path.object);
    this.scene.add(this.map);
    this.owned.push(this.material);
  }

  /** Shows the cameras and loops of the map, whose box is in stage axes. */
  setCameras(poses, loops, box) {
    this.#path.set(poses, loops, CAMERA_SIZE * reachOf(box));
    this.redraw();
  }

  /** Sets the home position so that a box in stage axes is seen from above and behind. */
  showBox(box) {
    const reach = reachOf(box);
    const middle = box.isEmpty() ? new Vector3() : box.getCenter(new Vector3());
    this.setHome(middle.clone().addScaledVector(new Vector3(0.35, 0.55, 1).normalize(), 2 * reach), middle, 2 * reach);
  }

  set pathVisible(on) {
    this.#path.object.visible = on;
    this.redraw();
  }
}

function reachOf(box) {
  return box.isEmpty() ? 1 : Math.max(1e-6, box.getSize(new Vector3()).length() / 2);
}

/** Returns the box that contains all points but outliers. Points are in map axes, (points, 3); the box is in stage axes. */
export function boxOf(points) {
  const count = Math.floor(points.length / 3);
  if (count === 0) return new Box3();
  const step = Math.max(1, Math.floor(count / 5000));
  const axes = [0, 1, 2].map(axis => {
    const values = [];
    for (let i = 0; i < count; i += step) values.push(points[3 * i + axis] * (axis === 0 ? 1 : -1));
    return values.sort((a, b) => a - b);
  });
  const at = fraction => new Vector3(...axes.map(values => values[Math.round(fraction * (values.length - 1))]));
  return new Box3(at(0.03), at(0.97));
}
