// Owns the few pages of rows kept in memory. Must not read any: it is told what came.

/** @import { ControlRow } from "../../generated/ControlRow.ts" */

/** Rows of a page: the most a window of the register holds. */
export const PAGE = 200;

/** Pages kept; the rows in sight never span more than two. */
const MOST_PAGES = 12;

/** The numbers of the pages that hold these rows. @param {{ first: number, last: number }} range */
export function pagesOf({ first, last }) {
  const from = Math.floor(Math.max(0, first) / PAGE);
  const to = Math.floor(Math.max(0, last) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

export class RowPages {
  /** @type {Map<number, ControlRow[]>} */
  #pages = new Map();

  clear() {
    this.#pages.clear();
  }

  /** @param {number} page */
  has(page) {
    return this.#pages.has(page);
  }

  /** Keeps a page and lets the oldest go, but none of `needed`. @param {number} page @param {ControlRow[]} rows @param {number[]} needed */
  put(page, rows, needed) {
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    for (const old of [...this.#pages.keys()]) {
      if (this.#pages.size <= MOST_PAGES) return;
      if (old !== page && !needed.includes(old)) this.#pages.delete(old);
    }
  }

  /** @param {number} index @returns {ControlRow | undefined} */
  at(index) {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** The place of a control among the rows kept, or -1. @param {string} id */
  indexOf(id) {
    for (const [page, rows] of this.#pages) {
      const place = rows.findIndex((row) => row.id === id);
      if (place >= 0) return page * PAGE + place;
    }
    return -1;
  }
}
