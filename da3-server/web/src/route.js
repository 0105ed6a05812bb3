// The hash of the address selects the page: #new, #task=ID, #group=G&id=S, #q=words&page=2. The older form with a query,
// ?group=G&id=S, is converted to a hash.

export function currentRoute() {
  const params = new URLSearchParams(location.hash.slice(1));
  if (params.has("new")) return { name: "new" };
  if (params.get("task")) return { name: "task", id: params.get("task") };
  if (params.get("group") && params.get("id")) return { name: "scene", group: params.get("group"), id: params.get("id") };
  const page = Number.parseInt(params.get("page"), 10);
  return { name: "gallery", group: params.get("group") ?? "", query: params.get("q") ?? "", page: page > 0 ? page : 1 };
}

export function taskHash(id) {
  return "#" + new URLSearchParams({ task: id });
}

export function sceneHash(group, scene) {
  return scene.task_id ? taskHash(scene.task_id) : "#" + new URLSearchParams({ group, id: scene.id });
}

export function galleryHash({ group = "", query = "", page = 1 } = {}) {
  const params = new URLSearchParams();
  if (group) params.set("group", group);
  if (query) params.set("q", query);
  if (page > 1) params.set("page", page);
  return "#" + params;
}

export function adoptQuery() {
  const params = new URLSearchParams(location.search);
  if (!params.has("id") && !params.has("group") && !params.has("task")) return;
  history.replaceState(null, "", location.pathname + "#" + params);
}
