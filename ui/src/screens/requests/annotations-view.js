// Owns a search for annotations: what is asked, the rows that came, and what comes after them. Must not draw.
import { failureOf } from "../../platform/platform.js";
import { Store } from "../../store.js";

/**
 * @import { Application } from "../../application.js"
 * @import { AnnotationShown } from "../../generated/AnnotationShown.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @typedef {{ mine: boolean, words: string, uri: string, tag: string }} Asked
 * @typedef {object} AnnotationsState
 * @property {Asked} asked what stands in the fields
 * @property {AnnotationShown[] | null} rows null before the first search
 * @property {number | null} total all that match, as the service counts
 * @property {string | null} next what comes after the rows
 * @property {boolean} searching
 * @property {Failure | null} failure
 * @property {number} selected
 */

export class AnnotationsView {
  #app;
  #connection;
  /** What the rows shown were asked for: the next ones belong to the same. @type {Asked | null} */
  #answered = null;

  /** @param {Application} app @param {string} connection */
  constructor(app, connection) {
    this.#app = app;
    this.#connection = connection;
    /** @type {Store<AnnotationsState>} */
    this.store = new Store(/** @type {AnnotationsState} */ ({
      asked: { mine: false, words: "", uri: "", tag: "" },
      rows: null,
      total: null,
      next: null,
      searching: false,
      failure: null,
      selected: -1,
    }));
  }

  get state() {
    return this.store.state;
  }

  /** @param {Partial<Asked>} change */
  ask(change) {
    this.store.update({ asked: { ...this.state.asked, ...change } });
  }

  /** From the beginning. */
  search() {
    return this.#run({ ...this.state.asked }, null);
  }

  /** The rows after those shown. */
  more() {
    const { next } = this.state;
    return next && this.#answered ? this.#run(this.#answered, next) : Promise.resolve();
  }

  /** @param {Asked} asked @param {string | null} after */
  async #run(asked, after) {
    if (this.state.searching) return;
    this.store.update({ searching: true, failure: null });
    try {
      const page = await this.#app.commands.annotationsSearch(this.#connection, { ...asked, after });
      const before = after === null ? [] : (this.state.rows ?? []);
      this.#answered = asked;
      this.store.update({ rows: [...before, ...page.rows], total: page.total, next: page.next, ...(after === null ? { selected: -1 } : {}) });
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.store.update({ failure: failure.code === "cancelled" ? null : failure });
    } finally {
      this.store.update({ searching: false });
    }
  }

  stop() {
    this.#app.commands.operationCancel(`annotations:${this.#connection}`);
  }

  /** @param {number} selected */
  select(selected) {
    this.store.update({ selected });
  }
}
