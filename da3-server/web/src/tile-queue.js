const AT_ONCE = 4; // tiles loaded at the same time
const RETRY_SECONDS = 2; // if a response with status 503 names no time

/**
 * Tiles to load. A tile that changes while it is loaded is loaded again afterwards, not at the same time, so that an older
 * response never replaces a newer one. A tile that a busy service refuses is loaded again later.
 */
export class TileQueue {
  #load; // id -> promise; rejected with `status` and `retryAfter` if the service refuses
  #waiting = new Set();
  #busy = new Set();
  #timers = new Map(); // id -> timer of a tile that was refused
  #closed = false;

  constructor(load) {
    this.#load = load;
  }

  /** Loads a tile that is new or has changed. */
  add(id) {
    if (this.#closed) return;
    this.#forget(id);
    this.#waiting.add(id);
    this.#next();
  }

  /** Does not load a tile that no longer exists. */
  remove(id) {
    this.#forget(id);
    this.#waiting.delete(id);
  }

  /** Starts no more requests. */
  close() {
    this.#closed = true;
    for (const id of [...this.#timers.keys()]) this.#forget(id);
    this.#waiting.clear();
  }

  #next() {
    for (const id of this.#waiting) {
      if (this.#busy.size === AT_ONCE) return;
      if (this.#busy.has(id)) continue;
      this.#waiting.delete(id);
      this.#busy.add(id);
      this.#run(id);
    }
  }

  async #run(id) {
    try {
      await this.#load(id);
    } catch (error) {
      // Otherwise the tile has changed or the task has ended; an event says so.
      if (error.status === 503) this.#retry(id, error.retryAfter || RETRY_SECONDS);
    }
    this.#busy.delete(id);
    this.#next();
  }

  #retry(id, seconds) {
    if (this.#closed || this.#waiting.has(id)) return;
    this.#timers.set(id, setTimeout(() => this.add(id), 1000 * seconds));
  }

  #forget(id) {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}
