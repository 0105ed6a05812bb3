import { Box3, DoubleSide, LinearSRGBColorSpace, Matrix4, MeshBasicMaterial, MeshNormalMaterial, SRGBColorSpace, Vector3 } from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { fileBytes } from "./api.js";
import { hasCameras } from "./camera.js";
import { h } from "./dom.js";
import { lookFrom } from "./look-from.js";
import { overview } from "./overview.js";
import { Stage } from "./stage.js";
import { stagePanel } from "./stage-panel.js";

/**
 * A panel with a GLB file: a mesh, or the points and cameras of a gallery folder. If the scene has cameras, the file is
 * shown from their side; otherwise it is shown in its own axes.
 */
export function glbPanel({ url, label, what = "mesh", scene = null }) {
  const abort = new AbortController();
  const panel = stagePanel(`the ${what}`, async progress => {
    const buffer = await fileBytes(url, { signal: abort.signal, progress: (loaded, total) => total && progress(loaded / total) });
    const { scene: model } = await new GLTFLoader().parseAsync(buffer, "");
    const stage = new Stage({ label, testid: "canvas-mesh" });
    const isTextured = makeUnlit(model);
    // Vertex colors are sRGB bytes of the photos, which must pass unchanged. Textures are decoded and encoded again.
    stage.setColorSpace(isTextured ? SRGBColorSpace : LinearSRGBColorSpace);
    stage.scene.add(model);
    const toWorld = scene && hasCameras(scene) && worldOf(model);
    const buttons = toWorld ? seenByCameras(stage, model, scene, toWorld) : inOwnAxes(stage, model);
    return { stage, controls: h("div", { class: "controls" }, h("div", { class: "line" }, h("p", { class: "soft" }, size(model)), h("div", { class: "line start" }, buttons))) };
  });
  return { element: panel.element, dispose: () => { abort.abort(); panel.dispose(); } };
}

// Uses materials without lighting, since the colors already contain the lighting of the photos. Returns whether there are textures.
function makeUnlit(model) {
  let textured = false;
  model.traverse(object => {
    const { material } = object;
    if (!material) return;
    if (object.isPoints) {
      material.sizeAttenuation = false;
      material.size = 2 * Math.min(devicePixelRatio, 2);
    } else if (object.isMesh) {
      textured ||= Boolean(material.map);
      const vertexColors = Boolean(object.geometry.attributes.color);
      object.material = vertexColors || material.map
        ? new MeshBasicMaterial({ map: material.map, vertexColors, side: DoubleSide })
        : new MeshNormalMaterial({ side: DoubleSide });
      material.dispose();
    }
  });
  return textured;
}

/** Returns the transform from file to world axes, the inverse of the one that the file contains; null if it contains none. */
function worldOf(model) {
  const rows = [model.userData.hf_alignment ?? []].flat(2);
  if (rows.length !== 16 || !rows.every(Number.isFinite)) return null;
  const toFile = new Matrix4().set(...rows);
  return Math.abs(toFile.determinant()) > 1e-9 ? toFile.invert() : null;
}

function seenByCameras(stage, model, scene, toWorld) {
  const framing = overview(scene, samples(model, toWorld));
  model.applyMatrix4(framing.toStage.multiply(toWorld));
  stage.setHome(framing.position.lerp(framing.target, 0.25), framing.target, framing.reach); // closer, since no cameras are shown
  return lookFrom(stage, framing.cameras, framing.reach, scene.views.map(view => view.name));
}

// Looks along -z at the bounding box of the points, without outliers.
function inOwnAxes(stage, model) {
  setHome(stage, samples(model, new Matrix4()));
  return h("button", { type: "button", testid: "reset", onclick: () => stage.reset() }, "Reset");
}

/** Returns a sample of the points, transformed: (points, 3). */
function samples(model, matrix) {
  model.updateMatrixWorld(true);
  const sampled = [];
  const point = new Vector3();
  model.traverse(({ geometry, isLine, matrixWorld }) => {
    const positions = geometry?.attributes.position;
    if (!positions || isLine) return;
    const step = Math.max(1, Math.floor(positions.count / 20000));
    for (let i = 0; i < positions.count; i += step) {
      sampled.push(...point.fromBufferAttribute(positions, i).applyMatrix4(matrixWorld).applyMatrix4(matrix).toArray());
    }
  });
  return sampled;
}

function setHome(stage, points) {
  if (points.length === 0) return;
  const axes = [0, 1, 2].map(axis => points.filter((_, i) => i % 3 === axis));
  const at = fraction => new Vector3(...axes.map(values => values[Math.floor(fraction * (values.length - 1))]));
  axes.forEach(values => values.sort((a, b) => a - b));
  const box = new Box3(at(0.03), at(0.97));
  const middle = box.getCenter(new Vector3());
  const reach = Math.max(1e-6, box.getSize(new Vector3()).length() * 0.5);
  const back = new Vector3(0.35, 0.28, 1).normalize();
  stage.setHome(middle.clone().addScaledVector(back, 2 * reach), middle, 2 * reach);
}

function size(model) {
  let vertices = 0;
  let triangles = 0;
  model.traverse(({ geometry, isMesh, isPoints }) => {
    if (!isMesh && !isPoints) return;
    vertices += geometry.attributes.position.count;
    if (isMesh) triangles += (geometry.index?.count ?? geometry.attributes.position.count) / 3;
  });
  return triangles > 0 ? `${triangles.toLocaleString("en")} triangles` : `${vertices.toLocaleString("en")} points`;
}
