import * as api from "./api.js";
import { h, note } from "./dom.js";
import { gallery } from "./gallery.js";
import { newScene } from "./new-scene.js";
import { adoptQuery, currentRoute } from "./route.js";
import { folderScene } from "./folder-scene.js";
import { taskPage } from "./task-page.js";
import { tokenPrompt } from "./session.js";
import { themeToggle } from "./theme.js";

const main = document.getElementById("main");
const model = h("p", { class: "model", testid: "model" });
const links = [["gallery", "#", "Scenes"], ["new", "#new", "New scene"]]
  .map(([name, href, text]) => h("a", { href, "data-name": name }, text));
let page = null; // the content of <main>: {element, title, name, dispose}

document.getElementById("top").append(
  h("a", { class: "brand", href: "#" }, "Depth Anything\u00a03 ", h("span", {}, "for the JVM")),
  h("nav", { "aria-label": "Pages" }, links),
  model,
  themeToggle());
document.getElementById("foot").append(
  h("p", {}, "This page loads nothing from other hosts. ",
    h("a", { href: "assets/THIRD-PARTY.txt" }, "Licenses"), " ", h("a", { href: "openapi.json" }, "API")));

api.unauthorized.addEventListener("unauthorized", askForToken);
window.addEventListener("hashchange", () => show());
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault(); // the hash selects a page, not an element
  main.focus();
});
adoptQuery();
start();

async function start() {
  try {
    const { token_required: required, authorized } = await api.session();
    if (required && !authorized) askForToken();
    else await show();
  } catch (error) {
    open({ element: note(error.message, { alert: true }), title: "Service not available" });
  }
}

function askForToken() {
  if (page?.name === "token") return;
  open({ element: tokenPrompt(show), title: "Token", name: "token" });
}

async function show() {
  const route = currentRoute();
  if (route.name === "gallery" && page?.name === "gallery" && page.update(route)) return;
  for (const link of links) {
    if (link.dataset.name === route.name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  describeModel();
  const isNavigation = page !== null;
  open(pageOf(route));
  if (isNavigation) main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function pageOf(route) {
  switch (route.name) {
    case "new": return newScene();
    case "task": return taskPage(route.id);
    case "scene": return folderScene(route.group, route.id);
    default: return gallery(route);
  }
}

function open(next) {
  page?.dispose?.();
  page = next;
  main.replaceChildren(next.element);
  document.title = `${next.title} \u2013 Depth Anything 3 for the JVM`;
}

async function describeModel() {
  try {
    const { model: name, engine, device } = await api.status();
    model.textContent = [name?.split("/").pop(), device ?? engine].filter(Boolean).join(" \u00b7 ");
    model.title = name ?? "";
  } catch {
    model.textContent = "";
  }
}
