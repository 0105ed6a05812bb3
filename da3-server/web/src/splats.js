import { SparkRenderer, SplatMesh } from "@sparkjsdev/spark";
import { MathUtils, Matrix4, Vector3 } from "three";
import { fileBytes } from "./api.js";
import { hasCameras } from "./camera.js";
import { h } from "./dom.js";
import { Frustums } from "./frustums.js";
import { lookFrom } from "./look-from.js";
import { overview } from "./overview.js";
import { Stage } from "./stage.js";
import { stagePanel } from "./stage-panel.js";

const BLUR = 0.3; // square pixels; the blur that Gaussians are trained with (gsplat's eps2d)
const FLIP = new Matrix4().makeScale(1, -1, -1); // from OpenCV axes to stage axes

/** A panel with 3D Gaussians, drawn by Spark. */
export function splatsPanel({ scene, maps }) {
  return stagePanel("the Gaussians", async progress => {
    const buffer = await fileBytes(maps.url(scene.gaussians), { signal: maps.signal, progress: (loaded, total) => total && progress(loaded / total) });
    const splats = new SplatMesh({ fileBytes: new Uint8Array(buffer), fileName: "scene.ply" });
    await splats.initialized;
    const stage = new Stage({ label: `${scene.name ?? "Scene"} as 3D Gaussians`, testid: "canvas-gaussians", antialias: false });
    const spark = new SparkRenderer({ renderer: stage.renderer, blurAmount: 0, onDirty: () => stage.redraw() });
    stage.scene.add(spark, splats);
    const framing = framingOf(scene, splats);
    framing.toStage.decompose(splats.position, splats.quaternion, splats.scale);
    stage.setHome(framing.position, framing.target, framing.reach);
    const frustums = new Frustums(framing.cameras, null, framing.reach);
    frustums.object.visible = false;
    stage.beforeDraw = () => {
      spark.preBlurAmount = BLUR * pixelSide(stage, scene) ** 2;
      frustums.hideFrom(stage.camera.position);
    };
    stage.scene.add(frustums.object);
    stage.owned.push(splats, spark);
    return { stage, controls: controls(stage, splats, frustums, lookFrom(stage, framing.cameras, framing.reach, scene.views.map(view => view.name))) };
  });
}

/** Returns the side of a photo's pixel on the stage, at least 1. The blur grows with it, since gaps would open otherwise. */
function pixelSide({ camera, canvas }, { views: [{ intrinsics }] }) {
  const focal = canvas.height / 2 / Math.tan(MathUtils.degToRad(camera.fov / 2));
  return intrinsics ? Math.max(1, focal / intrinsics[1]) : 1;
}

function framingOf(scene, splats) {
  const samples = [];
  splats.forEachSplat((_, center) => samples.push(center.x, center.y, center.z));
  if (hasCameras(scene)) {
    const framing = overview(scene, samples);
    framing.position.lerp(framing.target, 0.25); // closer, since no cameras are shown at first
    return framing;
  }
  const middle = new Vector3();
  for (let i = 0; i < samples.length; i += 3) middle.add(new Vector3().fromArray(samples, i));
  middle.divideScalar(Math.max(1, samples.length / 3)).applyMatrix4(FLIP);
  const reach = Math.max(1e-6, middle.length());
  return { toStage: FLIP.clone(), cameras: [], target: middle, reach, position: new Vector3(0.3 * reach, 0.2 * reach, 0.2 * reach) };
}

function controls(stage, splats, frustums, look) {
  const box = h("input", { type: "checkbox", testid: "toggle-cameras", onchange: () => { frustums.object.visible = box.checked; stage.redraw(); } });
  return h("div", { class: "controls" }, h("div", { class: "line" },
    h("p", { class: "soft" }, `${splats.numSplats.toLocaleString("en")} Gaussians`),
    h("div", { class: "line start" }, h("label", { class: "check" }, box, "Cameras"), look)));
}
