// Owns the small store: one state, changed as a whole, told to whoever listens.

/** @template {object} S */
export class Store {
  /** @type {S} */
  #state;
  /** @type {Set<(state: S) => void>} */
  #listeners = new Set();

  /** @param {S} initial */
  constructor(initial) {
    this.#state = initial;
  }

  get state() {
    return this.#state;
  }

  /** @param {Partial<S>} change */
  update(change) {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener(this.#state);
  }

  /** @param {(state: S) => void} listener @param {{ signal?: AbortSignal }} [options] */
  subscribe(listener, { signal } = {}) {
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }
}
