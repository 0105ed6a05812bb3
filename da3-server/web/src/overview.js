import { Matrix4, Vector3 } from "three";
import { worldToStage } from "./camera.js";

/**
 * Returns the cameras in stage axes, and a viewpoint that shows them and the scene: slightly behind the cameras and to
 * the side, looking at the median of the points.
 *
 * @param samples points in world axes, (points, 3)
 */
export function overview(scene, samples) {
  const toStage = new Matrix4().fromArray(worldToStage(scene.views[0].extrinsics));
  const cameras = scene.views.map(view => stageCamera(view, toStage));
  const middle = medianOf(samples, toStage);
  const eyes = cameras.reduce((sum, { eye }) => sum.add(eye), new Vector3()).divideScalar(cameras.length);
  const reach = Math.max(1e-6, cameras.reduce((sum, { eye }) => sum + eye.distanceTo(middle), 0) / cameras.length);
  const target = middle.clone().lerp(eyes, 0.14);
  const back = eyes.clone().sub(middle);
  if (back.length() < 0.2 * reach) back.set(0, 0, reach); // the cameras surround the scene: look from the side of the first one
  back.normalize().applyAxisAngle(new Vector3(0, 1, 0), 0.3);
  back.y += 0.24;
  const position = target.clone().addScaledVector(back.normalize(), 1.46 * reach);
  return { toStage, cameras, target, reach, position };
}

function stageCamera({ extrinsics, intrinsics, width, height }, toStage) {
  const toWorld = new Matrix4().set(...extrinsics, 0, 0, 0, 1).invert();
  const toHere = toStage.clone().multiply(toWorld);
  const eye = new Vector3().setFromMatrixPosition(toHere);
  const forward = new Vector3(0, 0, 1).transformDirection(toHere);
  return { eye, forward, toHere, intrinsics, width, height };
}

function medianOf(samples, toStage) {
  const step = 3 * Math.max(1, Math.floor(samples.length / 3 / 20000));
  const axes = [[], [], []];
  const point = new Vector3();
  for (let i = 0; i + 2 < samples.length; i += step) {
    point.fromArray(samples, i).applyMatrix4(toStage).toArray().forEach((value, axis) => axes[axis].push(value));
  }
  if (axes[0].length === 0) return new Vector3(0, 0, -1);
  return new Vector3(...axes.map(values => values.sort((a, b) => a - b)[values.length >> 1]));
}
