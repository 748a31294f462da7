// Owns the Activity screen: the calls of one connection or of all, newest first, as they were recorded. Nothing of what
// was sent or answered is in them: no body, no header, no query.
import { css, html, nothing } from "lit";

import { failureAdvice, failureDetails, failureWords } from "../../i18n/failure.js";
import { fullDate, number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { noConnection } from "../no-connection.js";
import { ScreenElement } from "../screen-element.js";
import { activityColumns, connectionWords, isBad, outcomeWords } from "./activity-columns.js";
import "../../components/busy-bar.js";
import "../../components/data-table.js";
import "../../components/empty-state.js";
import "../../components/push-button.js";
import "../../components/search-field.js";
import "../../components/segmented-choice.js";
import "../../components/status-bar.js";
import "../../components/tool-bar.js";
import "../connection-switcher.js";

/**
 * @import { CallShown } from "../../generated/CallShown.ts"
 * @import { Column, DataTable } from "../../components/data-table.js"
 * @import { Failure } from "../../generated/Failure.ts"
 */

/** Calls read at once: what a person can look through. */
const CALLS_READ = 1_000;

/** `.app` */
export class ActivityScreen extends ScreenElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = {
    calls: { state: true },
    failure: { state: true },
    reading: { state: true },
    search: { state: true },
    only: { state: true },
    selected: { state: true },
    together: { state: true },
  };

  static styles = [ScreenElement.styles, css`
    .filters {
      display: flex;
      align-items: center;
      gap: var(--space-12);
      flex: none;
      min-height: var(--height-filter-bar);
      padding-inline: var(--space-16);
      border-block-end: 1px solid var(--line);
    }
    .second {
      min-width: 0;
    }
    status-bar push-button {
      margin-inline-start: calc(-1 * var(--space-8));
    }
  `];

  /** What the calls shown were read for: "all", or a connection. */
  #readFor = "";
  /** @type {{ key: string, columns: Column[] }} */
  #columns = { key: "", columns: [] };
  #focusWanted = false;

  constructor() {
    super();
    /** Newest first; null while nothing was read. @type {CallShown[] | null} */
    this.calls = null;
    /** @type {Failure | null} */
    this.failure = null;
    this.reading = false;
    this.search = "";
    /** @type {"all" | "bad"} */
    this.only = "all";
    this.selected = -1;
    /** Rows selected together. */
    this.together = 0;
  }

  willUpdate() {
    const wanted = this.app.state.activityConnection ?? "all";
    if (wanted === this.#readFor || this.app.connections.length === 0) return;
    this.#readFor = wanted;
    this.calls = null;
    this.#read();
  }

  async #read() {
    const wanted = this.#readFor;
    this.reading = true;
    try {
      const calls = await this.app.commands.activityList(wanted === "all" ? null : wanted, CALLS_READ);
      if (wanted !== this.#readFor) return;
      this.calls = calls;
      this.failure = null;
      this.selected = -1;
    } catch (thrown) {
      if (wanted === this.#readFor) this.failure = failureOf(thrown);
    } finally {
      if (wanted === this.#readFor) this.reading = false;
    }
  }

  updated() {
    if (!this.#focusWanted) return;
    const main = this.#table ?? this.#part("[data-main]");
    if (!main) return;
    this.#focusWanted = false;
    if (!this.matches(":focus-within")) main.focus();
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(selector));
  }

  get #table() {
    return /** @type {DataTable | null} */ (this.renderRoot.querySelector("data-table"));
  }

  focusMain() {
    this.#focusWanted = true;
    this.requestUpdate();
  }

  panes() {
    return [this.#part("search-field"), this.#table];
  }

  /** @param {import("../../window-keys.js").ScreenKey | "read-token"} key */
  onKey(key) {
    if (key === "search") this.#part("search-field")?.focus();
    else if (key === "refresh") this.#read();
    else if (key === "escape" && this.search) this.#narrow({ search: "" });
    else return false;
    return true;
  }

  /** @param {{ search?: string, only?: "all" | "bad" }} change */
  #narrow(change) {
    Object.assign(this, change);
    this.selected = -1;
  }

  get #shown() {
    const words = this.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const all = this.calls ?? [];
    if (words.length === 0 && this.only === "all") return all;
    return all.filter((call) => {
      if (this.only === "bad" && !isBad(call)) return false;
      const whole = `${call.method} ${call.path} ${outcomeWords(call)} ${call.correlation}`.toLocaleLowerCase();
      return words.every((word) => whole.includes(word));
    });
  }

  get #columnsNow() {
    const all = this.app.state.activityConnection === null;
    const key = `${all} ${this.app.connections.map(({ label }) => label).join()}`;
    if (key !== this.#columns.key) this.#columns = { key, columns: activityColumns(this.app, all) };
    return this.#columns.columns;
  }

  #filters() {
    const { calls } = this;
    if (!calls || calls.length === 0) return nothing;
    const shown = this.#shown.length;
    const count = shown === calls.length ? null : text("count-of", { used: number(shown), limit: number(calls.length) });
    const choices = ["all", "bad"].map((value) => ({ value, label: text(`activity-only-${value}`) }));
    return html`<div class="filters" role="group" aria-label=${text("activity-filters")}>
      <search-field
        .label=${text("activity-search")}
        .value=${this.search}
        .count=${count}
        @value-changed=${(/** @type {CustomEvent} */ event) => this.#narrow({ search: event.detail.value })}
        @search-entered=${() => this.#table?.focus()}
      ></search-field>
      <segmented-choice
        bare
        .label=${text("activity-only")}
        .choices=${choices}
        .value=${this.only}
        @value-changed=${(/** @type {CustomEvent} */ event) => this.#narrow({ only: event.detail.value })}
      ></segmented-choice>
    </div>`;
  }

  /** @param {CallShown[]} shown */
  #list(shown) {
    return html`<data-table
      .label=${text("activity-list")}
      .columns=${this.#columnsNow}
      .count=${shown.length}
      .rowAt=${(/** @type {number} */ index) => shown[index]}
      .selected=${this.selected}
      @selected=${(/** @type {CustomEvent} */ event) => (this.selected = event.detail.index)}
      @extended=${(/** @type {CustomEvent} */ event) => (this.together = event.detail.count)}
    ></data-table>`;
  }

  #body() {
    const { calls, failure } = this;
    if (failure && !calls) return this.#failed(failure);
    if (!calls) return html`<div class="scrolling"></div>`;
    if (calls.length === 0) {
      return html`<empty-state .heading=${text("activity-none")} .sentence=${text("activity-none-sentence")}></empty-state>`;
    }
    const shown = this.#shown;
    if (shown.length > 0) return this.#list(shown);
    return html`<empty-state .heading=${text("activity-no-match")} .sentence=${text("activity-no-match-sentence")}>
      <push-button data-main @click=${() => this.#narrow({ search: "", only: "all" })}>${text("activity-clear")}</push-button>
    </empty-state>`;
  }

  /** @param {Failure} failure */
  async #again(failure) {
    if (failure.action === "unlockKeychain") await this.app.probeKeychain();
    await this.#read();
  }

  /** @param {Failure} failure */
  #failed(failure) {
    const { happened } = failureWords(failure);
    return html`<empty-state tone="bad" icon="octagon-cross" .heading=${happened.replace(/\.$/, "")} .sentence=${failureAdvice(failure)}>
      <push-button data-main variant="primary" size="large" @click=${() => this.#again(failure)}
        >${text(failure.action === "unlockKeychain" ? "action-unlockKeychain" : "action-retry")}</push-button
      >
    </empty-state>`;
  }

  /** @param {CallShown} call */
  #callStatus(call) {
    return html`<span class="cut">${fullDate(call.at)} · ${connectionWords(this.app, call)}</span>
      <span slot="end">${text("activity-id")} <code>${call.correlation}</code></span>
      <push-button
        slot="end"
        bare
        size="small"
        variant="quiet"
        icon="copy"
        .name=${text("copy-value", { name: text("activity-id") })}
        @click=${() => this.app.copy(call.correlation)}
      ></push-button>`;
  }

  #status() {
    const { calls, failure, together } = this;
    const call = together > 1 ? undefined : this.#shown[this.selected];
    if (failure) {
      return html`<status-bar><code>${failure.code}</code>
        <push-button slot="end" size="small" variant="quiet" icon="copy" @click=${() => this.app.copy(failureDetails(failure))}>${text("copy-details")}</push-button>
      </status-bar>`;
    }
    if (call) return html`<status-bar>${this.#callStatus(call)}</status-bar>`;
    const count = text("activity-count", { count: number(calls?.length ?? 0) });
    const words = together > 1 ? text("rows-selected", { count: number(together) }) : count;
    return html`<status-bar><span>${calls ? words : nothing}</span><span slot="end">${text("activity-promise")}</span></status-bar>`;
  }

  render() {
    if (this.app.connections.length === 0) {
      return html`<tool-bar .heading=${text("rail-activity")}></tool-bar>${noConnection(this.app)}<status-bar></status-bar>`;
    }
    return html`<tool-bar .heading=${text("rail-activity")}>
        <connection-switcher .app=${this.app} role-of="activity"></connection-switcher>
        <push-button slot="end" icon="sync" data-action="refresh" @click=${() => this.#read()}>${text("activity-refresh")}</push-button>
      </tool-bar>
      <busy-bar .busy=${this.reading}></busy-bar>
      ${this.#filters()} ${this.#body()} ${this.#status()}`;
  }
}

customElements.define("activity-screen", ActivityScreen);
