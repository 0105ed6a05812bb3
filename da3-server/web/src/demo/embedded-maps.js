import { rgba } from "../rgba.js";

/** The maps of views that are embedded in the page: depth as Base64 of 16-bit steps, images as image elements. */
export class EmbeddedMaps {
  #views;
  #images;

  constructor(views, images) {
    this.#views = views;
    this.#images = images;
  }

  /** Returns depth along z, (height * width), row by row; 0 where there is none. */
  async depth(index) {
    return depthOf(this.#views[index]);
  }

  async confidence() {
    return null;
  }

  /** Returns the image as RGBA bytes, in the size of the depth map. */
  async pixels(index) {
    const { width, height } = this.#views[index];
    await this.#images[index].decode();
    return rgba(this.#images[index], width, height);
  }
}

/** Returns the depth of a view, (height * width): uint16 steps, little-endian like all machines that run browsers, times the step size. */
export function depthOf({ depth, depthStep }) {
  const bytes = Uint8Array.from(atob(depth), character => character.charCodeAt(0));
  return Float32Array.from(new Uint16Array(bytes.buffer), step => step * depthStep);
}
