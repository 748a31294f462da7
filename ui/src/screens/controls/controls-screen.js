// Owns the Controls screen: toolbar, filters, facets, list and detail of one connection's register.
// Must not read the register itself: `ControlsView` does, and outlives the screen.
import { html, nothing } from "lit";

import { deepActiveElement } from "../../components/focusable.js";
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { ScreenElement } from "../screen-element.js";
import { columnsFor } from "./control-columns.js";
import { banners } from "./controls-banners.js";
import { emptyRegister, neverSynced, noConnection, noMatch, unreadable } from "./controls-empty.js";
import { facets, layoutFor, paneAt } from "./controls-layout.js";
import { controlsStyle } from "./controls-screen.style.js";
import { statusLine } from "./controls-status.js";
import { viewOf } from "./controls-view.js";
import { syncState } from "./sync-state.js";
import "../../components/busy-bar.js";
import "../../components/data-table.js";
import "../../components/search-field.js";
import "../../components/split-panes.js";
import "../../components/tool-bar.js";
import "../connection-switcher.js";
import "./control-detail.js";
import "./controls-facets.js";
import "./controls-filters.js";

/**
 * @import { DataTable } from "../../components/data-table.js"
 * @import { ControlsFilters } from "./controls-filters.js"
 * @import { ControlsView } from "./controls-view.js"
 */

/** How often the age of the register is written anew, in ms. */
const AGE_EVERY = 30_000;

/** `.app` */
export class ControlsScreen extends ScreenElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { width: { state: true } };

  static styles = [ScreenElement.styles, controlsStyle];

  /** @type {ControlsView | null} */
  #view = null;
  #watching = new AbortController();
  #place = 0;
  #focusWanted = false;
  /** Where the keyboard goes when what has it is not drawn again. @type {string | null} */
  #fallback = null;
  /** @type {{ key: string, columns: import("../../components/data-table.js").Column[] }} */
  #columns = { key: "", columns: [] };

  constructor() {
    super();
    this.width = window.innerWidth;
  }

  connectedCallback() {
    super.connectedCallback();
    const signal = this.whileShown;
    window.addEventListener("resize", () => (this.width = window.innerWidth), { signal });
    const aging = setInterval(() => this.requestUpdate(), AGE_EVERY);
    signal.addEventListener("abort", () => clearInterval(aging), { once: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watching.abort();
    this.#view = null;
  }

  willUpdate() {
    this.#fallback = this.matches(":focus-within") ? this.#fallbackFor() : null;
    const connection = this.app.state.controlsConnection;
    if ((this.#view?.connection ?? null) === connection) return;
    this.#watching.abort();
    this.#view = connection === null ? null : viewOf(this.app, connection);
    if (!this.#view) return;
    this.#watching = new AbortController();
    this.#view.store.subscribe(() => this.requestUpdate(), { signal: this.#watching.signal });
    this.#place = this.#view.state.place;
    this.#view.refresh();
  }

  /** The button of the toolbar that takes the place of another keeps the keyboard; all else gives it to the list. */
  #fallbackFor() {
    return this.#part(".sync")?.matches(":focus-within") ? ".sync push-button" : "data-table, .primary";
  }

  updated() {
    const view = this.#view;
    if (!view) return;
    if (this.#fallback && !this.matches(":focus-within")) this.#giveKeyboard(this.#part(this.#fallback) ?? this.#part(".sync push-button"));
    if (view.state.place !== this.#place) this.#toTop(view);
    if (this.#focusWanted && view.state.loaded && !view.state.reading) this.#settleFocus();
  }

  /** Other rows stand here now: the list begins at its first. @param {ControlsView} view */
  #toTop(view) {
    this.#place = view.state.place;
    const table = this.#table;
    if (!table) return;
    table.active = Math.max(0, view.state.selectedIndex);
    table.reveal(0);
  }

  get #table() {
    return /** @type {DataTable | null} */ (this.renderRoot.querySelector("data-table"));
  }

  get #filters() {
    return /** @type {ControlsFilters | null} */ (this.renderRoot.querySelector("controls-filters"));
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(selector));
  }

  focusMain() {
    this.#focusWanted = true;
    if (!this.#view || this.#view.state.loaded || this.#view.state.failure) this.#settleFocus();
  }

  /** Takes the keyboard where nobody has it. */
  #settleFocus() {
    const target = this.#table ?? this.#part(".primary");
    if (!target) return;
    this.#focusWanted = false;
    const active = deepActiveElement();
    const free = !active || active === document.body || this.#inRail(active);
    if (free || this.#part(".sync")?.matches(":focus-within")) this.#giveKeyboard(target);
  }

  /** What was only just put in has nothing to focus before its own first drawing. @param {HTMLElement | null} element */
  async #giveKeyboard(element) {
    await /** @type {import("lit").LitElement | null} */ (element)?.updateComplete;
    element?.focus();
  }

  /** @param {Element} active */
  #inRail(active) {
    const root = active.getRootNode();
    return root instanceof ShadowRoot && root.host.localName === "navigation-rail";
  }

  panes() {
    return [this.#part("search-field"), this.#filters, this.#part(".facets controls-facets"), this.#table, this.#part("control-detail")];
  }

  /** @param {import("../../window-keys.js").ScreenKey | "read-token"} key */
  onKey(key) {
    const view = this.#view;
    if (!view) return false;
    if (key === "search") this.#part("search-field")?.focus();
    else if (key === "refresh") view.runSync();
    else if (key === "detail") return this.#toggleDetail(view);
    else if (key === "escape") return this.#escape(view);
    return key === "search" || key === "refresh";
  }

  /** @param {ControlsView} view */
  #toggleDetail(view) {
    if (view.state.total === 0) return false;
    if (view.state.detailOpen) this.#closeDetail(view);
    else this.#openDetail(view);
    return true;
  }

  /** Popover, detail, search, selection: the first there is. @param {ControlsView} view */
  #escape(view) {
    const { detailOpen, typed, selectedIndex, selectedId } = view.state;
    if (this.#filters?.close()) return true;
    if (detailOpen) this.#closeDetail(view);
    else if (typed !== "") view.type("");
    else if (selectedIndex >= 0 || selectedId !== null) view.choice.clear();
    else return false;
    return true;
  }

  /** @param {ControlsView} view */
  async #openDetail(view) {
    const table = this.#table;
    if (view.state.selectedIndex < 0 && view.state.selectedId === null && table) {
      view.choice.choose(table.active, view.state.rowAt(table.active));
    }
    view.choice.open();
    await this.updateComplete;
    const covering = /** @type {HTMLElement | null} */ (this.#part("control-detail[covering]"));
    covering?.focus();
  }

  /** @param {ControlsView} view */
  async #closeDetail(view) {
    const inside = this.#part("control-detail")?.matches(":focus-within");
    view.choice.close();
    await this.updateComplete;
    if (inside || deepActiveElement() === document.body) this.#table?.focus();
  }

  /** A press on a row opens what it says; the arrows only select. @param {Event} event @param {ControlsView} view */
  #rowPressed(event, view) {
    const row = event.composedPath().some((part) => part instanceof Element && part.classList.contains("row"));
    if (row && !view.state.detailOpen) this.#openDetail(view);
  }

  /** @param {ControlsView} view @param {string} typed */
  async #typeAhead(view, typed) {
    const index = await view.find(typed);
    const table = this.#table;
    if (index < 0 || !table) return;
    view.choice.choose(index, view.state.rowAt(index));
    table.reveal(index);
    await this.updateComplete;
    table.focus();
  }

  /** @param {CustomEvent<{ pane: "start" | "end", width: number }>} event */
  #resized({ detail: { pane, width } }) {
    this.app.preferences.widen(paneAt(pane, this.width), width);
  }

  #toggleFacets() {
    facets.open = !facets.open;
    this.requestUpdate();
  }

  /** @param {ControlsView} view @param {number} nameWidth */
  #columnsOf(view, nameWidth) {
    const key = `${nameWidth} ${view.state.search}`;
    if (key !== this.#columns.key) this.#columns = { key, columns: columnsFor(view.state.search, nameWidth) };
    return this.#columns.columns;
  }

  /** @param {ControlsView} view */
  #search(view) {
    const { typed, matched, total } = view.state;
    const key = this.app.state.status?.platform === "macos" ? "controls-search-key-mac" : "controls-search-key";
    const count = text("controls-count", { matched: number(matched), total: number(total) });
    return html`<search-field
      .label=${text("controls-search", { total })}
      .value=${typed}
      .count=${view.narrowed ? count : typed === "" ? text(key) : null}
      @value-changed=${(/** @type {CustomEvent} */ event) => view.type(event.detail.value)}
      @search-entered=${() => this.#table?.focus()}
    ></search-field>`;
  }

  /** @param {ControlsView} view @param {ReturnType<typeof layoutFor>} layout */
  #list(view, layout) {
    const { state } = view;
    if (state.matched === 0) return noMatch(view);
    return html`<data-table
      class=${state.detailOpen && !layout.docked ? "away" : ""}
      .label=${text("controls-list")}
      .columns=${this.#columnsOf(view, layout.nameWidth)}
      .count=${state.matched}
      .rowAt=${state.rowAt}
      .readRow=${(/** @type {number} */ index) => view.reader.row(index)}
      .selected=${state.selectedIndex}
      .sort=${state.sort}
      @range-wanted=${(/** @type {CustomEvent} */ event) => view.reader.want(event.detail)}
      @sorted=${(/** @type {CustomEvent} */ event) => view.sortBy(event.detail.column, event.detail.descending)}
      @selected=${(/** @type {CustomEvent} */ event) => view.choice.choose(event.detail.index, event.detail.row)}
      @extended=${(/** @type {CustomEvent} */ event) => view.store.update({ together: event.detail.count })}
      @opened=${() => this.#openDetail(view)}
      @type-ahead=${(/** @type {CustomEvent} */ event) => this.#typeAhead(view, event.detail.text)}
      @click=${(/** @type {Event} */ event) => this.#rowPressed(event, view)}
    ></data-table>`;
  }

  /** @param {ControlsView} view @param {ReturnType<typeof layoutFor>} layout */
  #body(view, layout) {
    const { state } = view;
    const close = () => this.#closeDetail(view);
    const settled = () => this.app.preferences.save();
    return html`<split-panes .start=${layout.start} .end=${layout.end} @resized=${this.#resized} @resize-ended=${settled}>
      ${layout.start
        ? html`<div slot="start" class="facets scrolling" role="region" aria-label=${text("controls-facets")}>
            <controls-facets .view=${view} .state=${state}></controls-facets>
          </div>`
        : nothing}
      <div class="list">
        ${this.#list(view, layout)}
        ${state.detailOpen && !layout.docked
          ? html`<control-detail covering role="region" aria-label=${text("controls-detail")} .view=${view} .state=${state} @close-requested=${close}></control-detail>`
          : nothing}
      </div>
      ${layout.end
        ? html`<control-detail slot="end" role="region" aria-label=${text("controls-detail")} .view=${view} .state=${state} @close-requested=${close}></control-detail>`
        : nothing}
    </split-panes>`;
  }

  /** @param {ControlsView} view @param {ReturnType<typeof layoutFor>} layout */
  #main(view, layout) {
    const { state } = view;
    const later = () => (this.#focusWanted = true);
    if (!state.loaded) return state.failure ? unreadable(this.app, view, state.failure) : html`<div class="scrolling"></div>`;
    if (!state.snapshot) return html`${banners(this.app, view)}${neverSynced(this.app, view, later)}`;
    if (state.total === 0) return html`${banners(this.app, view)}${emptyRegister(view, later)}`;
    return html`<controls-filters
        .view=${view}
        .state=${state}
        .pane=${layout.facetsPane}
        .paneOpen=${facets.open}
        .narrow=${layout.narrow}
        @facets-toggled=${this.#toggleFacets}
      ></controls-filters>
      ${banners(this.app, view)}${this.#body(view, layout)}`;
  }

  /** @param {ControlsView} view @param {{ narrow: boolean }} layout */
  #bar(view, layout) {
    const { state } = view;
    const measured = state.sync && state.snapshot && state.sync.rows <= state.snapshot.rows && state.sync.rows > 0;
    return html`<tool-bar .heading=${text("controls-title")}>
        <connection-switcher .app=${this.app} role-of="controls"></connection-switcher>
        <div slot="end" class="end">${state.total > 0 ? this.#search(view) : nothing}${syncState(view, layout)}</div>
      </tool-bar>
      <busy-bar
        .busy=${state.sync !== null || state.reading}
        .done=${measured ? (state.sync?.rows ?? null) : null}
        .total=${measured ? (state.snapshot?.rows ?? null) : null}
      ></busy-bar>`;
  }

  render() {
    const view = this.#view;
    const layout = layoutFor(this.app, this.width, view?.state.detailOpen ?? false);
    if (!view) {
      return html`<tool-bar .heading=${text("controls-title")}></tool-bar>${noConnection(this.app)}${statusLine(this.app, null, layout)}`;
    }
    return html`${this.#bar(view, layout)}${this.#main(view, layout)}${statusLine(this.app, view, layout)}`;
  }
}

customElements.define("controls-screen", ControlsScreen);
