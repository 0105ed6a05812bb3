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

/** Calls a function once, shortly before an element scrolls into view, since drawing in 3D is slow without a GPU. */
function whenNear(element, action) {
  const observer = new IntersectionObserver(entries => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    observer.disconnect();
    action();
  }, { rootMargin: "200px" });
  observer.observe(element);
}
