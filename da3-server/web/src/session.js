import * as api from "./api.js";
import { h, note } from "./dom.js";

/** A page that asks for the token of the service and calls `accepted` once it is valid. */
export function tokenPrompt(accepted) {
  const input = h("input", {
    type: "password", id: "token", name: "token", autocomplete: "current-password", required: true, testid: "token-input",
  });
  const message = h("div", { "aria-live": "assertive" });
  const button = h("button", { class: "primary", testid: "token-submit" }, "Open");
  const form = h("form", { class: "token", onsubmit: submit },
    h("p", { class: "eyebrow" }, "Protected"),
    h("h1", {}, "This service requires a token"),
    h("p", { class: "lead" }, "It was set when the service was started. This browser keeps it in a cookie that scripts cannot read."),
    h("div", { class: "field" }, h("label", { for: "token" }, "Token"), input),
    message,
    button);
  queueMicrotask(() => input.focus());
  return form;

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    message.replaceChildren();
    try {
      await api.authorize(input.value);
      const { authorized } = await api.session();
      if (!authorized) throw new Error("The token was accepted, but the browser did not keep the cookie.");
      accepted();
    } catch (error) {
      message.replaceChildren(note(error.message));
      input.select();
      input.focus();
    } finally {
      button.disabled = false;
    }
  }
}
