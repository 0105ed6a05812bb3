const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  system: ["M12 4a8 8 0 1 0 0 16z", "M12 4a8 8 0 0 1 0 16"],
  light: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M4.9 4.9l1.8 1.8M17.3 17.3l1.8 1.8M4.9 19.1l1.8-1.8M17.3 6.7l1.8-1.8"],
  dark: ["M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"],
  cross: ["M6 6l12 12M18 6L6 18"],
  film: ["M4 5h16v14H4z", "M8 5v14M16 5v14M4 12h16M4 8.5h4M4 15.5h4M16 8.5h4M16 15.5h4"],
  photos: ["M7 3.5h13.5V16H7z", "M3.5 8v12.5H16", "M8.5 14.5l4-5 3 3.5 1.5-1.5 2.5 3"],
};

/**
 * Creates an element. Children that are strings become text, never markup, since file names and messages are untrusted.
 * Properties that begin with "on" are event listeners, `testid` sets data-testid, and booleans set or omit an attribute.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "testid") element.dataset.testid = value;
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = svgElement("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
  svg.append(...ICONS[name].map(d => svgElement("path", { d })));
  return svg;
}

export function svgElement(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Announces a text to screen readers without moving the focus. */
export function announce(text) {
  const live = document.getElementById("live");
  if (live.textContent !== text) live.textContent = text;
}

/** Creates a highlighted note. Screen readers read an alert at once. */
export function note(children, { alert = false, testid } = {}) {
  return h("div", { class: alert ? "note alert" : "note", role: alert ? "alert" : undefined, testid }, children);
}

/** Returns an address on this service without its origin; null if it is elsewhere or not an address. */
export function ownUrl(address) {
  if (typeof address !== "string" || address === "") return null;
  try {
    const url = new URL(address, location.origin + "/");
    return url.origin === location.origin ? url.pathname + url.search : null;
  } catch {
    return null;
  }
}
