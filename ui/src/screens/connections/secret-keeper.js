// Owns how long a typed secret stays in a form: five minutes without a key, then it is dropped.

/** How long a secret stays in a form that nobody types in, in ms. */
export const SECRET_STAYS_FOR = 5 * 60_000;

/** A timer that drops a secret once; `typed` begins it again, `stop` ends it. */
export class SecretKeeper {
  #drop;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => void} drop */
  constructor(drop) {
    this.#drop = drop;
  }

  typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#drop, SECRET_STAYS_FOR);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
