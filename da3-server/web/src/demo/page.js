import { depthReadout } from "./depth-readout.js";
import { geometry } from "./geometry.js";

for (const section of document.querySelectorAll("[data-scene]")) {
  const data = JSON.parse(section.querySelector(".data").textContent);
  section.querySelectorAll("[data-view]").forEach((row, i) => depthReadout(row, data.truth[i], data.prediction[i]));
  whenNear(section.querySelector(".geometry"), () => showGeometry(section, data));
}

async function showGeometry(section, data) {
  try {
    await geometry(section, data, section.querySelectorAll(".photo img"));
  } catch (error) {
    if (!/webgl/i.test(error.message)) throw error;
    section.querySelector(".geometry").hidden = true;
    section.querySelector(".fallback").hidden = false;
  }
}

/** Calls once, when an element is about to be seen: drawing in 3D is work for machines without a GPU. */
function whenNear(element, then) {
  const observer = new IntersectionObserver(entries => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    observer.disconnect();
    then();
  }, { rootMargin: "200px" });
  observer.observe(element);
}
