/** An error response of the service. The message is the one that the service sent. */
export class ApiError extends Error {
  constructor(status, body, retryAfter) {
    super(body?.error ?? `The service answered with status ${status}.`);
    this.status = status;
    this.body = body ?? {};
    this.retryAfter = retryAfter; // seconds; NaN if absent
  }
}

/** Dispatches "unauthorized" when a response says that the token is missing or no longer valid. */
export const unauthorized = new EventTarget();

export const session = () => json("/session");
export const authorize = token => json("/session", post({ token }));
export const status = () => json("/status");
export const tasks = () => json("/tasks");
export const task = id => json(taskPath(id));
export const cancelTask = id => json(`${taskPath(id)}/cancel`, { method: "POST" });
export const deleteTask = id => json(taskPath(id), { method: "DELETE" });
export const taskScene = id => json(`${taskPath(id)}/scene`);
export const taskFiles = id => json(`${taskPath(id)}/files`);
export const groups = () => json("/gallery/manifest.json");
export const description = address => json(address);
export const group = id => json(`/gallery/manifest/${encodeURIComponent(id)}.json`);

export const taskPath = id => `/task/${encodeURIComponent(id)}`;
export const filePath = (id, path) => `${taskPath(id)}/files/${path.split("/").map(encodeURIComponent).join("/")}`;
export const zipPath = id => `${taskPath(id)}/result.zip`;

/** Returns the bytes of a file. Calls `progress(loaded, total)` in between; total is 0 if unknown. */
export async function fileBytes(path, { signal, progress } = {}) {
  const response = await fetch(path, { signal });
  if (!response.ok) throw await failure(response);
  if (!progress) return response.arrayBuffer();
  const total = Number(response.headers.get("Content-Length")) || 0;
  const parts = [];
  let loaded = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loaded += value.length;
    progress(loaded, total);
  }
  return new Blob(parts).arrayBuffer();
}

/** Sends a form to /inference, with XMLHttpRequest because fetch does not report the progress of an upload. */
export function infer(form, { signal, progress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/inference");
    request.responseType = "text";
    request.upload.addEventListener("progress", event => progress(event.loaded, event.total));
    request.addEventListener("load", () => {
      const body = parsed(request.responseText);
      if (request.status === 202) resolve(body);
      else reject(apiError(request.status, body, request.getResponseHeader("Retry-After")));
    });
    request.addEventListener("error", () => reject(new Error("The service could not be reached, or it closed the connection.")));
    request.addEventListener("abort", () => reject(new DOMException("The upload was cancelled.", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

async function json(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw await failure(response);
  return response.json();
}

function post(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function failure(response) {
  return apiError(response.status, parsed(await response.text()), response.headers.get("Retry-After"));
}

function apiError(code, body, retryAfter) {
  if (code === 401) unauthorized.dispatchEvent(new Event("unauthorized"));
  return new ApiError(code, body, Number.parseFloat(retryAfter));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
