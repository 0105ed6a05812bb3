import * as api from "./api.js";
import { rgba } from "./rgba.js";

const MOST_KEPT = 64; // maps; a large scene's would fill the memory

/** The maps of a scene's views, the latest ones kept. Dispose lets go of them and ends what is still loading. */
export class Maps {
  #url;
  #views;
  #kept = new Map(); // path -> Promise of Float32Array
  #leaving = new AbortController();

  /** @param url gives the address of a file that a view names */
  constructor(url, views) {
    this.#url = url;
    this.#views = views;
  }

  get signal() {
    return this.#leaving.signal;
  }

  url(path) {
    return this.#url(path);
  }

  /** Depth along z, (height * width) from the top left; 0 or NaN where there is none. */
  depth(index) {
    const view = this.#views[index];
    return this.#floats(view, view.depth);
  }

  /** As depth, or null where the model gives no confidence. */
  confidence(index) {
    const view = this.#views[index];
    return view.confidence ? this.#floats(view, view.confidence) : Promise.resolve(null);
  }

  /** The processed photo as RGBA bytes, of the same size as the maps. */
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
    this.#leaving.abort();
    this.#kept.clear();
  }

  #floats(view, path) {
    const map = this.#kept.get(path) ?? this.#load(view, path);
    this.#kept.delete(path); // a Map keeps the order of setting: the latest last
    this.#kept.set(path, map);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return map;
  }

  async #load({ width, height }, path) {
    try {
      const buffer = await api.fileBytes(this.url(path), { signal: this.signal });
      if (buffer.byteLength !== 4 * width * height) {
        throw new Error(`${path} has ${buffer.byteLength} bytes; ${width} x ${height} float32 are ${4 * width * height}.`);
      }
      return new Float32Array(buffer); // little-endian, as every machine that runs a browser
    } catch (error) {
      this.#kept.delete(path); // so that it can be tried again
      throw error;
    }
  }
}
