import { h } from "./dom.js";

/** Creates a menu that moves the viewpoint of a stage to the overview or to a camera, and a reset button. */
export function lookFrom(stage, cameras, reach, names) {
  const select = h("select", { id: `look-${stage.canvas.dataset.testid}`, testid: "look-from", onchange: go },
    h("option", { value: "" }, "Overview"),
    cameras.map((_, i) => h("option", { value: String(i) }, `Camera ${i + 1}${names[i] ? `: ${names[i]}` : ""}`)));
  const reset = h("button", { type: "button", testid: "reset", onclick: () => { select.value = ""; stage.reset(); } }, "Reset");
  return [h("label", { class: "inline" }, h("span", {}, "Look from"), select), reset];

  function go() {
    if (select.value === "") return stage.reset();
    const { eye, forward, intrinsics: [fx, fy], width, height } = cameras[Number(select.value)];
    stage.fly({ position: eye, target: eye.clone().addScaledVector(forward, reach), fov: stage.fieldOfView(width, height, fx, fy) });
  }
}
