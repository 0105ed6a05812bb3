import { h } from "./dom.js";

/** Tabs that follow the ARIA pattern. Each is {id, label, mount}; `mount` returns {element, dispose}. Only the open tab is mounted. */
export function tabs(list, label) {
  let open = null;
  const panel = h("div", { role: "tabpanel", id: "panel" });
  const buttons = list.map(({ id, label: text }, i) => h("button", {
    type: "button", role: "tab", id: `tab-${id}`, testid: `tab-${id}`, "aria-controls": "panel", onclick: () => select(i), onkeydown: event => key(event, i),
  }, text));
  const element = h("div", { class: "tabs" }, h("div", { role: "tablist", "aria-label": label }, buttons), panel);
  if (list.length > 0) select(0);
  return { element, dispose: () => open?.dispose() };

  function select(index) {
    buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", String(i === index));
      button.tabIndex = i === index ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", buttons[index].id);
    open?.dispose();
    open = list[index].mount();
    panel.replaceChildren(open.element);
  }

  function key(event, index) {
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: list.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + list.length) % list.length;
    select(next);
    buttons[next].focus();
  }
}

/** A panel whose code is in another file, which is loaded when the panel is first opened. */
export function lazyPanel(load) {
  const element = h("div", { class: "panel" });
  let panel = null;
  let disposed = false;
  load().then(make => {
    if (disposed) return;
    panel = make();
    element.replaceChildren(panel.element);
  }, error => element.replaceChildren(h("p", { class: "note" }, error.message)));
  return { element, dispose: () => { disposed = true; panel?.dispose(); } };
}
