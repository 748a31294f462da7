// Owns which rows of a table are selected together: from where Shift began to where it is now, or all.

/** @typedef {{ first: number, last: number }} RowRange */

export class RowExtent {
  /** @type {{ from: number, to: number } | null} */
  #extent = null;

  /** @returns {RowRange | null} */
  get range() {
    if (!this.#extent) return null;
    const { from, to } = this.#extent;
    return { first: Math.min(from, to), last: Math.max(from, to) };
  }

  /** How many rows. */
  get size() {
    const { range } = this;
    return range ? range.last - range.first + 1 : 0;
  }

  /** @param {number} index */
  has(index) {
    const { range } = this;
    return range !== null && index >= range.first && index <= range.last;
  }

  /** Begins at `from` where nothing is extended yet. @param {number} from @param {number} to */
  extend(from, to) {
    this.#extent = { from: this.#extent?.from ?? from, to };
  }

  /** @param {number} count */
  all(count) {
    this.#extent = count > 0 ? { from: 0, to: count - 1 } : null;
  }

  /** Whether there was something. */
  clear() {
    const there = this.#extent !== null;
    this.#extent = null;
    return there;
  }
}
