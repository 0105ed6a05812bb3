import * as api from "./api.js";
import { announce, h, icon, note, ownUrl } from "./dom.js";
import { ago, count } from "./format.js";
import { galleryHash, sceneHash } from "./route.js";
import { failedTasks, runningTasks } from "./task-list.js";

const PER_PAGE = 12;
const INTERVAL_MS = { busy: 1500, idle: 12000 };
const RESULTS = "results"; // the group of this service's own tasks

/** A page with all scenes and a search; running tasks are above the scenes, failed ones below. */
export function gallery(route) {
  let { group, query, page } = route;
  let groups = [];
  let scenes = []; // [{group, scene}]
  let known = ""; // ids of the tasks that had ended at the last refresh
  let timer = 0;
  let disposed = false;

  const running = runningTasks();
  const failed = failedTasks(refresh);
  const search = h("input", {
    type: "search", id: "search", placeholder: "Search by name", autocomplete: "off", testid: "search", value: query,
    oninput: () => go({ query: search.value, page: 1 }),
  });
  const chips = h("div", { class: "chips", role: "group", "aria-label": "Groups" });
  const tools = h("div", { class: "tools", hidden: true }, h("label", { for: "search", class: "unseen" }, "Search scenes"), search, chips);
  const grid = h("ul", { class: "cards" });
  const pages = h("nav", { class: "pages", "aria-label": "Pages of scenes" });
  const message = h("div");
  const element = h("div", { testid: "gallery" },
    h("div", { class: "heading" },
      h("div", {}, h("h1", {}, "Scenes"), h("p", { class: "lead" }, "Depth, cameras and 3D from any number of photos.")),
      h("a", { class: "button primary", href: "#new" }, "New scene")),
    message, running.element, tools, grid, pages, failed.element);

  refresh();
  document.addEventListener("visibilitychange", refresh);
  return { element, title: "Scenes", name: "gallery", update, dispose };

  function dispose() {
    disposed = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", refresh);
  }

  /** Shows another page or search of the same gallery; the search field keeps the focus. */
  function update(next) {
    ({ group, query, page } = next);
    if (search.value !== query) search.value = query;
    draw();
    return true;
  }

  function go(change) {
    const next = { group, query, page, ...change };
    history.replaceState(null, "", galleryHash(next));
    update(next);
  }

  async function refresh() {
    clearTimeout(timer);
    if (disposed || document.hidden) return;
    let busy = false;
    try {
      const { active_tasks: active, completed_tasks: ended } = await api.tasks();
      if (disposed) return;
      busy = active.length > 0;
      running.show(active);
      failed.show(ended.filter(task => task.status === "failed" || task.status === "cancelled"));
      const now = ended.map(task => task.task_id).join();
      if (now !== known || scenes.length === 0) {
        known = now;
        await load();
      }
      message.replaceChildren();
    } catch (error) {
      if (error.status !== 401) message.replaceChildren(note(error.message, { alert: true }));
    }
    timer = setTimeout(refresh, busy ? INTERVAL_MS.busy : INTERVAL_MS.idle);
  }

  async function load() {
    ({ groups } = await api.groups());
    const lists = await Promise.all(groups.map(({ id }) => api.group(id)));
    if (disposed) return;
    scenes = groups.flatMap(({ id }, i) => lists[i].scenes.map(scene => ({ group: id, scene })));
    draw();
  }

  function draw() {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = scenes.filter(entry => (!group || entry.group === group)
      && words.every(word => `${entry.scene.name ?? entry.scene.id} ${entry.group}`.toLowerCase().includes(word)));
    const last = Math.max(1, Math.ceil(found.length / PER_PAGE));
    page = Math.min(page, last);
    tools.hidden = scenes.length === 0;
    drawChips();
    grid.replaceChildren(...found.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(card));
    grid.hidden = found.length === 0;
    drawPages(last);
    element.querySelector(".empty")?.remove();
    if (found.length === 0) grid.after(emptyMessage());
    if (query) announce(count(found.length, "scene") + " found");
  }

  function drawChips() {
    chips.hidden = groups.length < 2;
    chips.replaceChildren(...[{ id: "", count: scenes.length }, ...groups].map(({ id, count: number }) => h("button", {
      type: "button", "aria-pressed": String(id === group), onclick: () => go({ group: id, page: 1 }),
    }, groupName(id), " ", h("span", { class: "soft" }, String(number)))));
  }

  function drawPages(last) {
    pages.hidden = last === 1;
    pages.replaceChildren(
      h("button", { type: "button", disabled: page === 1, onclick: () => turn(-1) }, "Previous"),
      h("span", { class: "soft" }, `Page ${page} of ${last}`),
      h("button", { type: "button", disabled: page === last, onclick: () => turn(1) }, "Next"));
  }

  function turn(by) {
    go({ page: page + by });
    announce(pages.querySelector("span").textContent);
    tools.scrollIntoView({ block: "start" });
  }

  function emptyMessage() {
    return scenes.length > 0
      ? h("p", { class: "empty" }, "No scene matches the search.")
      : h("div", { class: "empty" },
        h("p", {}, "No scenes yet. Upload photos or a video of one place."),
        h("a", { class: "button", href: "#new" }, "Create the first scene"));
  }
}

function groupName(id) {
  return id === "" ? "All" : id === RESULTS ? "Results" : id;
}

function card({ group, scene }) {
  const name = scene.name || scene.id;
  const facts = [scene.num_images ? count(scene.num_images, "view") : null, scene.created_at ? ago(scene.created_at) : null];
  const thumbnail = ownUrl(scene.thumbnail);
  const picture = h("span", { class: "picture" }, icon("photos"));
  if (thumbnail) {
    const image = h("img", { src: thumbnail, alt: "", loading: "lazy", decoding: "async", onerror: () => image.remove() });
    picture.append(image);
  }
  return h("li", {}, h("a", { class: "card", href: sceneHash(group, scene), testid: "scene-card", "data-id": scene.id },
    picture, h("strong", {}, name), h("span", { class: "soft" }, facts.filter(Boolean).join(" \u00b7 "))));
}
