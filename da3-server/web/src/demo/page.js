import { depthReadout } from "./depth-readout.js";
import { geometry } from "./geometry.js";

for (const section of document.querySelectorAll("[data-scene]")) {
  const data = JSON.parse(section.querySelector(".data").textContent);
  section.querySelectorAll("[data-view]").forEach((row, i) => depthReadout(row, data.truth[i], data.prediction[i]));
  geometry(section, data, section.querySelectorAll(".photo img")).catch(error => {
    if (!/webgl/i.test(error.message)) throw error;
    section.querySelector(".geometry").hidden = true;
    section.querySelector(".fallback").hidden = false;
  });
}
