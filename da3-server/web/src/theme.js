import { h, icon } from "./dom.js";

const KEY = "da3-theme";
const THEMES = ["system", "light", "dark"];

/** Returns the theme that was chosen in this browser, "system", "light" or "dark"; "system" by default. */
export function storedTheme() {
  try {
    const theme = localStorage.getItem(KEY);
    return THEMES.includes(theme) ? theme : "system";
  } catch {
    return "system"; // storage may be disabled
  }
}

export function applyTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** A button that cycles through system, light and dark. */
export function themeToggle() {
  let theme = storedTheme();
  const button = h("button", { type: "button", class: "round", testid: "theme-toggle", onclick: next });
  show();
  return button;

  function next() {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // the choice then lasts until the page is closed
    }
    applyTheme(theme);
    show();
  }

  function show() {
    button.replaceChildren(icon(theme));
    button.setAttribute("aria-label", `Theme: ${theme}`);
    button.title = `Theme: ${theme}`;
    button.dataset.value = theme;
  }
}
