import { BufferGeometry, Color, Group, Line, LineBasicMaterial, LineSegments, LinearSRGBColorSpace, Quaternion, Vector3 } from "three";

const PATH = 0xff7a3d;
const LOOP = 0x5fd3e8;
const CORNERS = [[-0.6, -0.4, 1], [0.6, -0.4, 1], [0.6, 0.4, 1], [-0.6, 0.4, 1]]; // of a camera, OpenCV axes

/** The path of the cameras of a map, its last camera and its loops, in the axes of the map. */
export class MapPath {
  #path = new Line(new BufferGeometry(), material(PATH));
  #camera = new LineSegments(new BufferGeometry(), material(PATH));
  #loops = new LineSegments(new BufferGeometry(), material(LOOP));

  constructor() {
    this.object = new Group();
    for (const line of [this.#path, this.#camera, this.#loops]) {
      line.frustumCulled = false;
      line.renderOrder = 1;
      this.object.add(line);
    }
  }

  /**
   * @param poses camera-to-world: x, y, z, qx, qy, qz, qw
   * @param loops pairs of frames
   * @param size depth of the drawn camera
   */
  set(poses, loops, size) {
    draw(this.#path, poses.map(center));
    draw(this.#loops, loops.flatMap(([from, to]) => [center(poses[from]), center(poses[to])]));
    draw(this.#camera, poses.length > 0 ? pyramid(poses.at(-1), size) : []);
  }
}

// Lines are thin, so they are drawn over the points. Stages of maps show colors unchanged.
function material(color) {
  return new LineBasicMaterial({ color: new Color().setHex(color, LinearSRGBColorSpace), depthTest: false, transparent: true });
}

function center([x, y, z]) {
  return new Vector3(x, y, z);
}

function draw(line, points) {
  line.geometry.dispose();
  line.geometry = new BufferGeometry().setFromPoints(points);
}

function pyramid(pose, size) {
  const eye = center(pose);
  const turn = new Quaternion(...pose.slice(3));
  const [a, b, c, d] = CORNERS.map(corner => new Vector3(...corner).multiplyScalar(size).applyQuaternion(turn).add(eye));
  return [eye, a, eye, b, eye, c, eye, d, a, b, b, c, c, d, d, a];
}
