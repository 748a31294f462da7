// Owns which control is selected and what is known of it. The selection is a control, not a place: it outlives a refresh.
import { failureOf } from "../../platform/platform.js";

/**
 * @import { Commands } from "../../commands.js"
 * @import { Store } from "../../store.js"
 * @import { ControlRow } from "../../generated/ControlRow.ts"
 * @import { RegisterReader } from "./register-reader.js"
 * @import { ViewState } from "./view-state.js"
 */

export class ControlChoice {
  #commands;
  #connection;
  #store;
  #reader;
  #generation = 0;

  /** @param {Commands} commands @param {string} connection @param {Store<ViewState>} store @param {RegisterReader} reader */
  constructor(commands, connection, store, reader) {
    this.#commands = commands;
    this.#connection = connection;
    this.#store = store;
    this.#reader = reader;
  }

  /** @param {number} index @param {ControlRow | undefined} row undefined where it is not read yet */
  choose(index, row) {
    this.#store.update({ selectedIndex: index, selectedId: row?.id ?? null });
    this.#read();
  }

  /** Finds the selected control among rows that are there now. */
  settle() {
    const { selectedId, selectedIndex, rowAt } = this.#store.state;
    if (selectedId !== null) {
      const index = this.#reader.indexOf(selectedId);
      if (index !== selectedIndex) this.#store.update({ selectedIndex: index });
      return;
    }
    const row = selectedIndex >= 0 ? rowAt(selectedIndex) : undefined;
    if (row) this.choose(selectedIndex, row);
  }

  clear() {
    this.#generation += 1;
    this.#store.update({ selectedIndex: -1, selectedId: null, detail: null, detailFailure: null });
  }

  /** Shows the detail of what is selected. */
  open() {
    this.#store.update({ detailOpen: true });
    this.#read();
  }

  close() {
    this.#store.update({ detailOpen: false });
  }

  /** Reads the detail shown again, after a sync. */
  refresh() {
    this.#read();
  }

  async #read() {
    const { detailOpen, selectedId } = this.#store.state;
    if (!detailOpen || selectedId === null) return;
    this.#generation += 1;
    const generation = this.#generation;
    try {
      const detail = await this.#commands.controlDetail(this.#connection, selectedId);
      if (generation === this.#generation) this.#store.update({ detail, detailFailure: null });
    } catch (thrown) {
      if (generation === this.#generation) this.#store.update({ detail: null, detailFailure: failureOf(thrown) });
    }
  }
}
