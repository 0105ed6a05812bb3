import * as api from "./api.js";
import { rgba } from "./rgba.js";

const MAX_CACHED = 64; // maps; those of a large scene would fill the memory

/** The maps of a scene's views, with a cache of those used last. `dispose` clears the cache and aborts loading. */
export class Maps {
  #url;
  #views;
  #cache = new Map(); // path -> Promise of Float32Array
  #abort = new AbortController();

  /** @param url returns the address of a file that a view names */
  constructor(url, views) {
    this.#url = url;
    this.#views = views;
  }

  get signal() {
    return this.#abort.signal;
  }

  url(path) {
    return this.#url(path);
  }

  /** Returns depth along z, (height * width), row by row; 0 or NaN where there is none. */
  depth(index) {
    const view = this.#views[index];
    return this.#floats(view, view.depth);
  }

  /** Returns confidence in the same layout; null if the model predicts none. */
  confidence(index) {
    const view = this.#views[index];
    return view.confidence ? this.#floats(view, view.confidence) : Promise.resolve(null);
  }

  /** Returns the processed image as RGBA bytes, in the size of the maps. */
  async pixels(index) {
    const { width, height, photo } = this.#views[index];
    const response = await fetch(this.url(photo), { signal: this.signal });
    if (!response.ok) throw new Error(`${photo} could not be loaded: status ${response.status}.`);
    const bitmap = await createImageBitmap(await response.blob());
    const pixels = rgba(bitmap, width, height);
    bitmap.close();
    return pixels;
  }

  dispose() {
    this.#abort.abort();
    this.#cache.clear();
  }

  #floats(view, path) {
    const map = this.#cache.get(path) ?? this.#load(view, path);
    this.#cache.delete(path); // a Map keeps the order of insertion: the latest entry is last
    this.#cache.set(path, map);
    if (this.#cache.size > MAX_CACHED) this.#cache.delete(this.#cache.keys().next().value);
    return map;
  }

  async #load({ width, height }, path) {
    try {
      const buffer = await api.fileBytes(this.url(path), { signal: this.signal });
      if (buffer.byteLength !== 4 * width * height) {
        throw new Error(`${path} must have ${4 * width * height} bytes for ${width} x ${height} float32 values, got ${buffer.byteLength}.`);
      }
      return new Float32Array(buffer); // little-endian, like all machines that run browsers
    } catch (error) {
      this.#cache.delete(path); // so that the next call tries again
      throw error;
    }
  }
}
