import { rgba } from "../rgba.js";

/** The maps of views that the page itself holds: depths as Base64 of 16-bit steps, photos as image elements. */
export class EmbeddedMaps {
  #views;
  #photos;

  constructor(views, photos) {
    this.#views = views;
    this.#photos = photos;
  }

  /** Depth along z, (height * width) from the top left; 0 where there is none. */
  async depth(index) {
    return depthOf(this.#views[index]);
  }

  async confidence() {
    return null;
  }

  /** The photo as RGBA bytes, of the same size as the depth. */
  async pixels(index) {
    const { width, height } = this.#views[index];
    await this.#photos[index].decode();
    return rgba(this.#photos[index], width, height);
  }
}

/** The depth of a view, (height * width): its steps, uint16 little-endian as every machine that runs a browser, times their size. */
export function depthOf({ depth, depthStep }) {
  const bytes = Uint8Array.from(atob(depth), character => character.charCodeAt(0));
  return Float32Array.from(new Uint16Array(bytes.buffer), step => step * depthStep);
}
