import { length } from "./format.js";

/**
 * The unit of the lengths that a scene is shown with. A known distance scales all of them to meters. The scene itself and
 * its files keep their unit. Dispatches "change" when the factor changes.
 */
export class Units extends EventTarget {
  #metric;
  #factor = null; // set by a known distance

  /** @param metric whether the lengths of the scene are in meters */
  constructor(metric) {
    super();
    this.#metric = metric;
  }

  /** Returns the number of meters per unit of the scene; 1 until a distance is known. */
  get factor() {
    return this.#factor ?? 1;
  }

  get metric() {
    return this.#metric || this.scaled;
  }

  /** Returns whether a known distance has set the scale. */
  get scaled() {
    return this.#factor !== null;
  }

  /** Scales all lengths such that a length of the scene has a number of meters. Both must be positive and finite. */
  scaleTo(sceneLength, meters) {
    const factor = meters / sceneLength;
    if (!(factor > 0 && factor < Infinity)) throw new RangeError(`meters / length must be positive and finite, got ${meters} / ${sceneLength}`);
    this.#set(factor);
  }

  /** Returns to the unit of the scene. */
  reset() {
    this.#set(null);
  }

  /** Returns the text for a length of the scene. */
  text(sceneLength) {
    return length(sceneLength * this.factor, this.metric);
  }

  #set(factor) {
    this.#factor = factor;
    this.dispatchEvent(new Event("change"));
  }
}
