// Owns reading the register: pages of rows and facets for the question that stands, never the answer to an older one.
// Must not decide what is asked: the question is in the state.
import { failureOf } from "../../platform/platform.js";
import { PAGE, RowPages, pagesOf } from "./row-pages.js";

/**
 * @import { Commands } from "../../commands.js"
 * @import { Store } from "../../store.js"
 * @import { ControlsQuery } from "../../generated/ControlsQuery.ts"
 * @import { ControlsWindow } from "../../generated/ControlsWindow.ts"
 * @import { ViewState } from "./view-state.js"
 */

/** Rows read beyond those in sight, so that scrolling finds them there. */
const AHEAD = 30;

export class RegisterReader {
  #commands;
  #connection;
  #store;
  #pages = new RowPages();
  /** Pages asked for and not yet there. @type {Set<number>} */
  #asked = new Set();
  #range = { first: 0, last: AHEAD };
  /** Counts questions: an answer to another than the last is dropped. */
  #generation = 0;
  /** The question whose rows are shown. */
  #shown = 0;
  /** The last question that is to be shown from its top. */
  #fromTop = 0;

  /** @param {Commands} commands @param {string} connection @param {Store<ViewState>} store */
  constructor(commands, connection, store) {
    this.#commands = commands;
    this.#connection = connection;
    this.#store = store;
  }

  /** Asks the question of the state: from the first row, or where the list stands now. @param {{ fromTop: boolean }} how */
  async ask({ fromTop }) {
    this.#generation += 1;
    this.#asked.clear();
    const { first, last } = this.#range;
    if (fromTop) this.#range = { first: 0, last: last - first };
    if (fromTop) this.#fromTop = this.#generation;
    this.#store.update({ reading: true });
    await Promise.all([this.#read(pagesOf(this.#range)), this.#readFacets()]);
  }

  /** The rows in sight: reads what is missing of them. @param {{ first: number, last: number }} range */
  want({ first, last }) {
    const end = Math.max(0, this.#store.state.matched - 1);
    this.#range = { first: Math.max(0, first - AHEAD), last: Math.min(last + AHEAD, end) };
    const missing = pagesOf(this.#range).filter((page) => !this.#asked.has(page) && !this.#here(page));
    if (missing.length > 0) this.#read(missing);
  }

  /** The row at a place, read where it is not here yet. @param {number} index */
  async row(index) {
    const page = Math.floor(index / PAGE);
    if (!this.#here(page)) await this.#read([page]);
    return this.#pages.at(index);
  }

  /** @param {string} id */
  indexOf(id) {
    return this.#pages.indexOf(id);
  }

  /** @param {number} page */
  #here(page) {
    return this.#shown === this.#generation && this.#pages.has(page);
  }

  /** @param {number} offset @param {number} limit @returns {ControlsQuery} */
  #query(offset, limit) {
    const { search, filters, sort } = this.#store.state;
    return { search, filters, sort: sort.column, descending: sort.descending, offset, limit };
  }

  /** Pages that are asked for together are shown together. @param {number[]} pages */
  async #read(pages) {
    const generation = this.#generation;
    for (const page of pages) this.#asked.add(page);
    try {
      const queries = pages.map((page) => this.#query(page * PAGE, PAGE));
      const windows = await Promise.all(queries.map((query) => this.#commands.controlsWindow(this.#connection, query)));
      if (generation === this.#generation) this.#arrived(pages, windows);
    } catch (thrown) {
      if (generation === this.#generation) this.#failed(pages, thrown);
    }
  }

  /** @param {number[]} pages @param {ControlsWindow[]} windows */
  #arrived(pages, windows) {
    const { place } = this.#store.state;
    const fresh = this.#shown !== this.#generation;
    if (fresh) this.#pages.clear();
    this.#shown = this.#generation;
    pages.forEach((page, index) => {
      this.#asked.delete(page);
      this.#pages.put(page, windows[index]?.rows ?? [], pagesOf(this.#range));
    });
    const { matched, total, partial, snapshot } = /** @type {ControlsWindow} */ (windows[0]);
    this.#store.update({
      matched,
      total,
      partial,
      snapshot,
      loaded: true,
      reading: false,
      failure: null,
      place: fresh && this.#fromTop === this.#generation ? place + 1 : place,
      rowAt: (index) => this.#pages.at(index),
    });
  }

  /** @param {number[]} pages @param {unknown} thrown */
  #failed(pages, thrown) {
    for (const page of pages) this.#asked.delete(page);
    this.#store.update({ failure: failureOf(thrown), reading: false });
  }

  async #readFacets() {
    const generation = this.#generation;
    try {
      const facets = await this.#commands.controlsFacets(this.#connection, this.#query(0, 1));
      if (generation === this.#generation) this.#store.update({ facets });
    } catch {
      // The rows fail with it, and say why.
    }
  }
}
