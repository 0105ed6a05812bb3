import { BufferGeometry, Group, Line, LineBasicMaterial, LineSegments, Quaternion, Vector3 } from "three";

const PATH = 0xff7a3d;
const LOOP = 0x5fd3e8;
const CORNERS = [[-0.6, -0.4, 1], [0.6, -0.4, 1], [0.6, 0.4, 1], [-0.6, 0.4, 1]]; // of a camera, OpenCV axes

/** The path of the cameras of a map, its last camera and its loops, in the axes of the map. */
export class MapPath {
  #path = new Line(new BufferGeometry(), new LineBasicMaterial({ color: PATH }));
  #camera = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ color: PATH }));
  #loops = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ color: LOOP }));

  constructor() {
    this.object = new Group();
    for (const line of [this.#path, this.#camera, this.#loops]) {
      line.frustumCulled = false;
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
