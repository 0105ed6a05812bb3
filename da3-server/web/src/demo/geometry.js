import { Frustums } from "../frustums.js";
import { lookFrom } from "../look-from.js";
import { buildPointCloud } from "../point-cloud.js";
import { pointsStage } from "../points-stage.js";
import { EmbeddedMaps } from "./embedded-maps.js";

const TRUE_CAMERA_COLOR = 0x9fb4c8;
const MAX_POINTS = 150_000; // per stage; every scene of the page has two

/**
 * Shows two stages with a common viewpoint: the true points with the true cameras, and the predicted points with the
 * true cameras, together with the predicted ones if the model predicts any.
 */
export async function geometry(section, { truth, prediction, predictsCameras }, images) {
  const trueStage = await points("truth", truth, TRUE_CAMERA_COLOR);
  const predictedStage = await points("prediction", prediction, predictsCameras ? undefined : TRUE_CAMERA_COLOR);
  if (predictsCameras) predictedStage.stage.scene.add(new Frustums(trueStage.cameras, null, trueStage.reach, TRUE_CAMERA_COLOR).object);
  const { position, target } = trueStage.stage.home;
  predictedStage.stage.setHome(position, target, trueStage.reach);
  const look = section.querySelector(".look");
  link([trueStage.stage, predictedStage.stage], look);
  look.append(...lookFrom(trueStage.stage, trueStage.cameras, trueStage.reach, []));

  async function points(kind, views, color) {
    const figure = section.querySelector(`[data-geometry=${kind}]`);
    const scene = { views };
    const cloud = await buildPointCloud(scene, new EmbeddedMaps(views, images), () => {}, MAX_POINTS);
    const title = section.querySelector("h2").textContent;
    const made = pointsStage({ scene, cloud, label: `${title}, ${kind}: points and cameras`, testid: `${section.dataset.scene}-${kind}`, color });
    figure.prepend(made.stage.element);
    return made;
  }
}

/** Gives all stages the viewpoint of the one that was used last; the controls move the first one. */
function link(stages, controls) {
  let leader = stages[0];
  const follow = stage => () => { leader = stage; };
  for (const stage of stages) {
    for (const type of ["pointerdown", "wheel", "keydown"]) stage.canvas.addEventListener(type, follow(stage), { capture: true });
    stage.controls.addEventListener("change", () => {
      if (stage === leader) stages.filter(other => other !== stage).forEach(other => other.lookAs(stage));
    });
  }
  for (const type of ["click", "change"]) controls.addEventListener(type, follow(stages[0]), { capture: true });
}
