import { Frustums } from "../frustums.js";
import { lookFrom } from "../look-from.js";
import { buildPointCloud } from "../point-cloud.js";
import { pointsStage } from "../points-stage.js";
import { EmbeddedMaps } from "./embedded-maps.js";

const TRUE_CAMERAS = 0x9fb4c8;
const MOST_POINTS = 150_000; // of each stage: there are two for every scene of a page

/**
 * Two stages that look from the same place: the true points with the true cameras, and the predicted points with the
 * predicted cameras, if the model predicts any, beside the true ones.
 */
export async function geometry(section, { truth, prediction, predictsCameras }, photos) {
  const trueStage = await points("truth", truth, TRUE_CAMERAS);
  const predictedStage = await points("prediction", prediction, predictsCameras ? undefined : TRUE_CAMERAS);
  if (predictsCameras) predictedStage.stage.scene.add(new Frustums(trueStage.cameras, null, trueStage.reach, TRUE_CAMERAS).object);
  const { position, target } = trueStage.stage.home;
  predictedStage.stage.setHome(position, target, trueStage.reach);
  const look = section.querySelector(".look");
  link([trueStage.stage, predictedStage.stage], look);
  look.append(...lookFrom(trueStage.stage, trueStage.cameras, trueStage.reach, []));

  async function points(kind, views, colour) {
    const figure = section.querySelector(`[data-geometry=${kind}]`);
    const scene = { views };
    const cloud = await buildPointCloud(scene, new EmbeddedMaps(views, photos), () => {}, MOST_POINTS);
    const title = section.querySelector("h2").textContent;
    const made = pointsStage({ scene, cloud, label: `${title}, ${kind}: points and cameras`, testid: `${section.dataset.scene}-${kind}`, colour });
    figure.prepend(made.stage.element);
    return made;
  }
}

/** Lets all stages look from where the one looks that was touched last; the controls move the first one. */
function link(stages, controls) {
  let leader = stages[0];
  const lead = stage => () => { leader = stage; };
  for (const stage of stages) {
    for (const touch of ["pointerdown", "wheel", "keydown"]) stage.canvas.addEventListener(touch, lead(stage), { capture: true });
    stage.controls.addEventListener("change", () => {
      if (stage === leader) stages.filter(other => other !== stage).forEach(other => other.lookAs(stage));
    });
  }
  for (const touch of ["click", "change"]) controls.addEventListener(touch, lead(stages[0]), { capture: true });
}
