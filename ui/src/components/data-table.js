// Owns the table: an ARIA grid over any number of rows of which only those in sight exist.
// Must not fetch: it says which rows it wants and draws what `rowAt` gives.
import { LitElement, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { text } from "../i18n/text.js";
import { properties } from "../style/properties.js";
import { base, texts, tones } from "../style/shared.js";
import { tableStyle } from "./data-table.style.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";
import { RowExtent } from "./row-extent.js";
import { ROW_HEIGHT, RowWindow } from "./row-window.js";

/** Left and right of a row, in px: twice --space-8. */
const ROW_PADDING = 16;

/**
 * `width` in px; with `grow` it is the least width. `cell` gives what is drawn, `text` the plain words (title, copy).
 * @typedef {{ id: string, label: string, width: number, grow?: boolean, align?: "end", sortable?: boolean,
 *   cell?: (row: any) => unknown, text: (row: any) => string }} Column
 */

/**
 * `label`, `.columns`, `count`, `.rowAt(index)` (undefined while not there yet), `selected` (index or -1),
 * `.sort` ({column, descending} or null), `.readRow(index)` (gives a row that is not there yet, for copying).
 * Shift extends the selection, Ctrl A takes all: `extended` {count} tells how many rows are selected together, 0 for none.
 * Fires `range-wanted` {first, last}, `sorted` {column, descending}, `selected` {index, row}, `opened` {index, row},
 * `type-ahead` {text}, `copy-requested` {text}.
 */
export class DataTable extends LitElement {
  static properties = {
    label: {},
    columns: { attribute: false },
    count: { type: Number },
    rowAt: { attribute: false },
    selected: { type: Number },
    sort: { attribute: false },
    readRow: { attribute: false },
    active: { state: true },
  };

  static styles = [base, texts, tones, icons, tableStyle];

  #rows = new RowWindow(this, () => this.renderRoot?.querySelector?.(".grid") ?? null);
  #extent = new RowExtent();
  #wanted = "";
  #typed = "";
  #typedAt = 0;

  constructor() {
    super();
    this.label = "";
    /** @type {Column[]} */
    this.columns = [];
    this.count = 0;
    /** @type {(index: number) => any} */
    this.rowAt = () => undefined;
    this.selected = -1;
    /** @type {{ column: string, descending: boolean } | null} */
    this.sort = null;
    /** @type {((index: number) => Promise<any>) | null} */
    this.readRow = null;
    /** The row that Tab enters. */
    this.active = 0;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("selected") && this.selected >= 0) this.active = this.selected;
    if (changed.has("count") || changed.has("sort") || changed.has("columns")) this.#unextend();
    this.active = Math.max(0, Math.min(this.active, this.count - 1));
    this.#rows.set(this.count, this.active);
  }

  updated() {
    const { range } = this.#rows;
    const key = range ? `${range.first}-${range.last}-${this.count}` : "";
    if (!range || this.count === 0 || key === this.#wanted) return;
    this.#wanted = key;
    emit(this, "range-wanted", range);
  }

  /** Puts the keyboard on the active row. */
  async focus() {
    // The first update measures, the next one draws rows: complete is when none is pending.
    while (!(await this.updateComplete));
    this.#element(this.active)?.focus({ preventScroll: true });
  }

  /** Brings a row into sight without moving the focus. @param {number} index */
  reveal(index) {
    this.#rows.show(index);
  }

  /** @param {number} index @returns {HTMLElement | null} */
  #element(index) {
    if (this.count === 0) return this.renderRoot.querySelector(".head button");
    return this.renderRoot.querySelector(`[data-index="${index}"]`);
  }

  /** @param {number} index @param {boolean} extends_ */
  async #move(index, extends_) {
    const to = Math.max(0, Math.min(index, this.count - 1));
    if (extends_) this.#extend(to);
    else this.#unextend();
    this.active = to;
    this.#rows.show(this.active);
    await this.updateComplete;
    this.#element(this.active)?.focus({ preventScroll: true });
    emit(this, "selected", { index: this.active, row: this.rowAt(this.active) });
  }

  /** @param {number} index @param {boolean} [extends_] */
  #press(index, extends_ = false) {
    if (extends_) this.#extend(index);
    else this.#unextend();
    this.active = index;
    this.#element(index)?.focus({ preventScroll: true });
    emit(this, "selected", { index, row: this.rowAt(index) });
  }

  /** @param {number} to */
  #extend(to) {
    this.#extent.extend(this.active, to);
    this.#extended();
  }

  #extendAll() {
    this.#extent.all(this.count);
    this.#extended();
  }

  /** Back to one row; whether there were more. */
  #unextend() {
    const there = this.#extent.clear();
    if (there) this.#extended();
    return there;
  }

  #extended() {
    emit(this, "extended", { count: this.#extent.size });
    this.requestUpdate();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const places = /** @type {Record<string, number>} */ ({
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + this.#rows.page,
      PageUp: this.active - this.#rows.page,
      Home: 0,
      End: this.count - 1,
    });
    const place = places[event.key];
    if (event.key === "ArrowUp" && this.active === 0 && !event.shiftKey) this.#head(0);
    else if (place !== undefined && this.count > 0) this.#move(place, event.shiftKey);
    else if (event.key === "Enter") emit(this, "opened", { index: this.active, row: this.rowAt(this.active) });
    else if (event.key === " ") this.#press(this.active);
    else if (event.key === "Escape") return this.#escape(event);
    else if (!this.#withControl(event)) return this.#typeAhead(event);
    return event.preventDefault();
  }

  /** Rows selected together are let go before anything else closes. @param {KeyboardEvent} event */
  #escape(event) {
    if (this.#unextend()) event.preventDefault();
  }

  /** Ctrl A and Ctrl C; whether it was one of them. @param {KeyboardEvent} event */
  #withControl({ key, ctrlKey, metaKey }) {
    if (!ctrlKey && !metaKey) return false;
    if (key.toLowerCase() === "a") this.#extendAll();
    else if (key.toLowerCase() === "c") this.#copy();
    else return false;
    return true;
  }

  /** Tab-separated, a line a row; rows that are not here are read first. */
  async #copy() {
    const { first, last } = this.#extent.range ?? { first: this.active, last: this.active };
    /** @type {string[]} */
    const lines = [];
    for (let index = first; index <= last; index += 1) {
      const row = this.rowAt(index) ?? (await this.readRow?.(index));
      if (row) lines.push(this.columns.map((column) => column.text(row).replace(/[\t\r\n]+/g, " ")).join("\t"));
    }
    if (lines.length > 0) emit(this, "copy-requested", { text: lines.join("\n") });
  }

  /** @param {KeyboardEvent} event */
  #typeAhead(event) {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    this.#typed = event.timeStamp - this.#typedAt > 800 ? event.key : this.#typed + event.key;
    this.#typedAt = event.timeStamp;
    emit(this, "type-ahead", { text: this.#typed });
  }

  /** Focus on a button of the head. @param {number} place */
  #head(place) {
    const buttons = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll(".head button")]);
    buttons[Math.max(0, Math.min(place, buttons.length - 1))]?.focus();
  }

  /** @param {KeyboardEvent} event */
  #headKey(event) {
    const buttons = [...this.renderRoot.querySelectorAll(".head button")];
    const at = buttons.indexOf(/** @type {Element} */ (event.target));
    if (event.key === "ArrowRight") this.#head(at + 1);
    else if (event.key === "ArrowLeft") this.#head(at - 1);
    else if (event.key === "ArrowDown") this.#element(this.active)?.focus();
    else return;
    event.preventDefault();
  }

  /** @param {Column} column */
  #sortBy(column) {
    const descending = this.sort?.column === column.id ? !this.sort.descending : false;
    emit(this, "sorted", { column: column.id, descending });
  }

  /** @param {Column} column @param {number} place */
  #headCell(column, place) {
    const sorted = this.sort?.column === column.id;
    const direction = this.sort?.descending ? "descending" : "ascending";
    const stop = this.count === 0 && place === 0;
    return html`<div class="head-cell ${column.align ?? ""}" role="columnheader" aria-sort=${sorted ? direction : nothing}>
      ${column.sortable
        ? html`<button
            type="button"
            tabindex=${stop ? 0 : -1}
            title=${text("sorted-by", { column: column.label })}
            @click=${() => this.#sortBy(column)}
          >
            ${column.label}${sorted ? icon(this.sort?.descending ? "arrow-down" : "arrow-up", "badge") : nothing}
          </button>`
        : html`<span>${column.label}</span>`}
    </div>`;
  }

  /** @param {Column} column @param {any} row */
  #cell(column, row) {
    if (row === undefined) return html`<div class="cell" role="gridcell"></div>`;
    const words = column.text(row);
    return html`<div class="cell ${column.align ?? ""}" role="gridcell" title=${words}>
      ${column.cell ? column.cell(row) : html`<span>${words}</span>`}
    </div>`;
  }

  /** @param {{ index: number, top: number }} place */
  #row({ index, top }) {
    const row = this.rowAt(index);
    return html`<div
      class="row"
      role="row"
      data-index=${index}
      aria-rowindex=${index + 2}
      aria-selected=${(this.#extent.range ? this.#extent.has(index) : index === this.selected) ? "true" : "false"}
      aria-busy=${row === undefined ? "true" : nothing}
      tabindex=${index === this.active ? 0 : -1}
      ${properties({ transform: `translateY(${top}px)` })}
      @mousedown=${(/** @type {MouseEvent} */ event) => event.shiftKey && event.preventDefault()}
      @click=${(/** @type {MouseEvent} */ event) => this.#press(index, event.shiftKey)}
      @dblclick=${() => emit(this, "opened", { index, row })}
    >
      ${this.columns.map((column) => this.#cell(column, row))}
    </div>`;
  }

  render() {
    const widths = this.columns.map(({ width, grow }) => (grow ? `minmax(${width}px, 1fr)` : `${width}px`)).join(" ");
    // Head and rows are grids of their own: the same least width, not their content, keeps their columns in line.
    const least = `${this.columns.reduce((sum, { width }) => sum + width, ROW_PADDING)}px`;
    return html`<div
      class="grid"
      role="grid"
      aria-label=${this.label}
      aria-multiselectable="true"
      aria-rowcount=${this.count + 1}
      aria-colcount=${this.columns.length}
      ${properties({ "--columns": widths })}
    >
      <div class="head" role="row" aria-rowindex="1" @keydown=${this.#headKey} ${properties({ "min-width": least })}>
        ${this.columns.map((column, place) => this.#headCell(column, place))}
      </div>
      <div
        class="body"
        role="rowgroup"
        @keydown=${this.#key}
        ${properties({ height: `${this.count * ROW_HEIGHT}px`, "min-width": least })}
      >
        ${repeat(
          this.#rows.rows,
          (place) => place.index,
          (place) => this.#row(place),
        )}
      </div>
    </div>`;
  }
}

customElements.define("data-table", DataTable);
