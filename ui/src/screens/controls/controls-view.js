// Owns what the screen shows of one connection and outlives the screen: question, rows, selection, sync.
// Must not draw anything.
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { Store } from "../../store.js";
import { ControlChoice } from "./control-choice.js";
import { RegisterReader } from "./register-reader.js";
import { RegisterSync } from "./register-sync.js";
import { initialState } from "./view-state.js";

/**
 * @import { Application } from "../../application.js"
 * @import { ControlColumn } from "../../generated/ControlColumn.ts"
 * @import { ControlsFilter } from "../../generated/ControlsFilter.ts"
 * @import { FacetField } from "../../generated/FacetField.ts"
 */

/** A search waits until the keys rest for this long, in ms. */
const KEYS_REST = 80;

/** The match count is spoken after this long without another, in ms. */
const QUIET = 300;

/** Rows a type-ahead looks through at most. */
const TYPE_AHEAD_ROWS = 10_000;

export class ControlsView {
  #app;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #keys;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speech;
  #typeAhead = 0;

  /** @param {Application} app @param {string} connection */
  constructor(app, connection) {
    this.#app = app;
    this.connection = connection;
    this.store = new Store(initialState());
    this.reader = new RegisterReader(app.commands, connection, this.store);
    this.choice = new ControlChoice(app.commands, connection, this.store, this.reader);
    this.sync = new RegisterSync(app, connection, this.store, () => this.refresh());
    let { rowAt } = this.state;
    this.store.subscribe((state) => {
      if (state.rowAt === rowAt) return;
      ({ rowAt } = state);
      this.choice.settle();
    });
  }

  get state() {
    return this.store.state;
  }

  /** Whether the list is narrowed by anything. */
  get narrowed() {
    return this.state.search.trim() !== "" || this.state.filters.length > 0;
  }

  /** Reads where the list stands: on opening, after a sync, after a failure. */
  async refresh() {
    await this.reader.ask({ fromTop: false });
    this.choice.refresh();
  }

  async runSync() {
    await this.sync.run();
  }

  /** @param {string} typed */
  type(typed) {
    this.store.update({ typed });
    clearTimeout(this.#keys);
    this.#keys = setTimeout(() => this.#search(), typed === "" ? 0 : KEYS_REST);
  }

  #search() {
    const { typed, search } = this.state;
    if (typed === search) return;
    this.store.update({ search: typed });
    this.#narrow();
  }

  /** The values a field is filtered by. @param {FacetField} field @returns {(string | null)[]} */
  chosen(field) {
    return this.state.filters.find((filter) => filter.field === field)?.values ?? [];
  }

  /** No values: no such filter. @param {FacetField} field @param {(string | null)[]} values */
  filter(field, values) {
    const { filters } = this.state;
    const there = filters.some((filter) => filter.field === field);
    const changed = there
      ? filters.map((filter) => (filter.field === field ? { field, values } : filter))
      : [...filters, { field, values }];
    this.filterBy(changed.filter((filter) => filter.values.length > 0));
  }

  /** @param {ControlsFilter[]} filters */
  filterBy(filters) {
    this.store.update({ filters });
    this.#narrow();
  }

  /** The whole register again, or what these filters alone leave of it. @param {ControlsFilter[]} [filters] */
  clear(filters = []) {
    clearTimeout(this.#keys);
    this.store.update({ typed: "", search: "", filters });
    this.#narrow();
  }

  /** @param {ControlColumn} column @param {boolean} descending */
  async sortBy(column, descending) {
    this.store.update({ sort: { column, descending } });
    await this.reader.ask({ fromTop: true });
  }

  async #narrow() {
    clearTimeout(this.#speech);
    await this.reader.ask({ fromTop: true });
    clearTimeout(this.#speech);
    this.#speech = setTimeout(() => this.#speak(), QUIET);
  }

  #speak() {
    const { matched, total, failure } = this.state;
    if (!failure) this.#app.announce(text("controls-matches", { matched: number(matched), total: number(total) }));
  }

  /** Puts a banner away until the next sync. @param {string} banner */
  dismiss(banner) {
    this.store.update({ dismissed: [...this.state.dismissed, banner] });
  }

  /**
   * The place of the next row whose identifier begins with what was typed, or -1. A newer search ends an older one.
   * @param {string} typed
   */
  async find(typed) {
    this.#typeAhead += 1;
    const search = this.#typeAhead;
    const { matched, selectedIndex } = this.state;
    const start = Math.max(0, selectedIndex + (typed.length > 1 ? 0 : 1));
    const wanted = typed.toLocaleLowerCase();
    for (let step = 0; step < Math.min(matched, TYPE_AHEAD_ROWS); step += 1) {
      const index = (start + step) % matched;
      const row = this.state.rowAt(index) ?? (await this.reader.row(index));
      if (search !== this.#typeAhead) return -1;
      if (!row) return -1;
      if (row.identifier?.toLocaleLowerCase().startsWith(wanted)) return index;
    }
    return -1;
  }
}

/** @type {WeakMap<Application, Map<string, ControlsView>>} */
const views = new WeakMap();

/** The view of a connection, kept while the program runs. @param {Application} app @param {string} connection */
export function viewOf(app, connection) {
  const kept = views.get(app) ?? new Map();
  views.set(app, kept);
  const view = kept.get(connection) ?? new ControlsView(app, connection);
  kept.set(connection, view);
  return view;
}
