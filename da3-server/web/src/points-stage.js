import { MathUtils } from "three";
import { Frustums } from "./frustums.js";
import { overview } from "./overview.js";
import { PointCloud } from "./point-cloud.js";
import { Stage } from "./stage.js";

/** Creates a stage with a point cloud and its cameras; the home position shows both. */
export function pointsStage({ scene, cloud, label, testid, color }) {
  const { toStage, cameras, target, reach, position } = overview(scene, cloud.position);
  const stage = new Stage({ label, testid });
  const points = new PointCloud(cloud);
  const frustums = new Frustums(cameras, cloud.thumbnails, reach, color);
  points.object.matrixAutoUpdate = false;
  points.object.matrix.copy(toStage);
  stage.scene.add(points.object, frustums.object);
  stage.setHome(position, target, reach);
  stage.beforeDraw = () => {
    const tangent = Math.tan(MathUtils.degToRad(stage.camera.fov / 2));
    points.setPixels(stage.renderer.domElement.height / 2 / tangent);
    frustums.hideFrom(stage.camera.position);
  };
  return { stage, points, frustums, cameras, reach };
}
