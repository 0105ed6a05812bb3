import * as api from "./api.js";
import { h, note } from "./dom.js";
import { count } from "./format.js";
import { lazyPanel } from "./tabs.js";

const MAP = "map.json";

/**
 * A finished map with its files.
 *
 * @param id of the task
 * @param source {name, facts, warnings, url, files, removal}, as for a scene
 */
export function mapView(id, source) {
  const facts = h("p", { class: "lead" });
  const panel = lazyPanel(async () => {
    const [{ mapTiles }, map] = await Promise.all([import("./map-tiles.js"), api.description(api.filePath(id, MAP))]);
    facts.textContent = [count(map.poses.length, "frame"), map.metric ? "in meters" : "in units of the map", ...source.facts].filter(Boolean).join(" \u00b7 ");
    return () => mapTiles({ url: new URL(source.url(map.tileset), location.href).href, map, label: `${source.name} as a map` });
  });
  const element = h("article", { testid: "map" },
    h("div", { class: "heading" }, h("div", {}, h("h1", {}, source.name), facts), source.files.buttons),
    source.warnings.map(warning => note(warning)),
    panel.element, source.files.element, source.removal);
  return { element, dispose: panel.dispose };
}
