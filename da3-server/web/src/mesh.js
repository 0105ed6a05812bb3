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
 * A GLB file: a mesh, or the points and cameras that a gallery's folder holds. With a scene that has cameras it stands as
 * they saw it; else as it is.
 */
export function glbPanel({ url, label, what = "mesh", scene = null }) {
  const leaving = new AbortController();
  const panel = stagePanel(`the ${what}`, async progress => {
    const buffer = await fileBytes(url, { signal: leaving.signal, progress: (loaded, total) => total && progress(loaded / total) });
    const { scene: model } = await new GLTFLoader().parseAsync(buffer, "");
    const stage = new Stage({ label, testid: "canvas-mesh" });
    const textured = plain(model);
    // Vertex colours are the photos' own bytes: shown as they are. Textures are decoded and encoded again.
    stage.setColourSpace(textured ? SRGBColorSpace : LinearSRGBColorSpace);
    stage.scene.add(model);
    const toWorld = scene && hasCameras(scene) && worldOf(model);
    const buttons = toWorld ? asSeen(stage, model, scene, toWorld) : asItIs(stage, model);
    return { stage, controls: h("div", { class: "controls" }, h("div", { class: "line" }, h("p", { class: "soft" }, size(model)), h("div", { class: "line start" }, buttons))) };
  });
  return { element: panel.element, dispose: () => { leaving.abort(); panel.dispose(); } };
}

// Without lights: the photos' light is in the colours already.
function plain(model) {
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

/** From the file's axes to the world's: the file tells the way back. */
function worldOf(model) {
  const rows = [model.userData.hf_alignment ?? []].flat(2);
  if (rows.length !== 16 || !rows.every(Number.isFinite)) return null;
  const toFile = new Matrix4().set(...rows);
  return Math.abs(toFile.determinant()) > 1e-9 ? toFile.invert() : null;
}

function asSeen(stage, model, scene, toWorld) {
  const place = overview(scene, samples(model, toWorld));
  model.applyMatrix4(place.toStage.multiply(toWorld));
  stage.setHome(place.position.lerp(place.target, 0.25), place.target, place.reach); // nearer, as no cameras are shown
  return lookFrom(stage, place.cameras, place.reach, scene.views.map(view => view.name));
}

// The first camera looks along -z from somewhere in front; the box's outliers must not decide.
function asItIs(stage, model) {
  home(stage, samples(model, new Matrix4()));
  return h("button", { type: "button", testid: "reset", onclick: () => stage.reset() }, "Reset");
}

/** Some of the points, moved: (points, 3). */
function samples(model, matrix) {
  model.updateMatrixWorld(true);
  const found = [];
  const point = new Vector3();
  model.traverse(({ geometry, isLine, matrixWorld }) => {
    const places = geometry?.attributes.position;
    if (!places || isLine) return;
    const step = Math.max(1, Math.floor(places.count / 20000));
    for (let i = 0; i < places.count; i += step) {
      found.push(...point.fromBufferAttribute(places, i).applyMatrix4(matrixWorld).applyMatrix4(matrix).toArray());
    }
  });
  return found;
}

function home(stage, points) {
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
