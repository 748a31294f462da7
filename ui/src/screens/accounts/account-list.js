// Owns the list pane: search over the accounts seen here, the list, and the way to ask the server for an exact name.
// Must not ask the server by itself: only Enter and the button do.
import { LitElement, css, html, nothing } from "lit";
import { live } from "lit/directives/live.js";

import { failureSentences } from "../../i18n/failure.js";
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { base, scrolling, texts } from "../../style/shared.js";
import { NEW_ROW, itemOf, newItem, rowId } from "./account-words.js";
import "../../components/item-list.js";
import "../../components/push-button.js";
import "../../components/search-field.js";

/**
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { AccountsState } from "./accounts-state.js"
 * @import { AccountsView } from "./accounts-view.js"
 */

/** `.view`, `.state`; fires `account-opened` on Enter in the list. */
export class AccountList extends LitElement {
  static properties = { view: { attribute: false }, state: { attribute: false } };

  static styles = [base, texts, scrolling, css`
    :host {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-width: 0;
      min-height: 0;
    }
    search-field {
      width: auto;
      margin: var(--space-8);
      flex: none;
    }
    .note {
      padding: var(--space-8) var(--space-20);
      overflow-wrap: anywhere;
    }
    .note push-button {
      margin-block-start: var(--space-12);
    }
    footer {
      flex: none;
      padding: var(--space-8) var(--space-20);
      border-block-start: 1px solid var(--line);
    }
    .line {
      display: flex;
      align-items: center;
      height: var(--space-16);
      min-width: 0;
    }
    .line .grow {
      flex: 1;
    }
    .ask {
      max-width: 100%;
      border-radius: var(--radius-4);
      font: var(--type-small-strong);
      color: var(--accent);
    }
    .ask:hover {
      text-decoration: underline;
    }
  `];

  constructor() {
    super();
    /** @type {AccountsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {AccountsState} */
    this.state = /** @type {any} */ (undefined);
  }

  /** @returns {HTMLElement | null} */
  get #listbox() {
    return this.renderRoot.querySelector("item-list");
  }

  /** @returns {HTMLElement | null} */
  get #searchField() {
    return this.renderRoot.querySelector("search-field");
  }

  /** The list where there is one, else the search. */
  async focus() {
    await this.updateComplete;
    (this.#listbox ?? this.#searchField)?.focus();
  }

  async focusSearch() {
    await this.updateComplete;
    this.#searchField?.focus();
  }

  get #value() {
    const { form } = this.state;
    if (!form) return null;
    return form.base ? rowId(form.base.userid) : NEW_ROW;
  }

  #items() {
    const { form, rows } = this.state;
    return [...(form && !form.base ? [newItem(form)] : []), ...rows.map(itemOf)];
  }

  /** @param {CustomEvent<{ id: string }>} event */
  #chosen(event) {
    const account = this.state.rows.find(({ userid }) => rowId(userid) === event.detail.id);
    if (account) this.view.open(account);
    this.requestUpdate();
  }

  #ask() {
    this.view.lookUp(this.state.typed);
  }

  #list() {
    const items = this.#items();
    if (items.length === 0) return nothing;
    return html`<item-list
      .label=${text("accounts-title")}
      .groups=${[{ id: "accounts", label: "", items }]}
      .value=${live(this.#value)}
      @chosen=${this.#chosen}
    ></item-list>`;
  }

  /** What is not in the list, and the next step. */
  #note() {
    const { rows, matched, total, search, typed, loaded, asking, listFailure } = this.state;
    if (listFailure) return this.#failed(listFailure);
    if (!loaded) return nothing;
    if (rows.length > 0) {
      const rest = matched > rows.length;
      const words = text("accounts-first-rows", { rows: number(rows.length), matched: number(matched) });
      return rest ? html`<p class="note second">${words}</p>` : nothing;
    }
    if (search === "" || typed.trim() === "") return nothing;
    const words = total > 0 ? text("accounts-no-match", { total: number(total), search }) : text("accounts-no-match-none", { search });
    return html`<div class="note second">
      <p>${words}</p>
      ${asking ? nothing : html`<push-button data-action="ask" @click=${this.#ask}>${text("accounts-ask")}</push-button>`}
    </div>`;
  }

  /** @param {Failure} failure */
  #failed(failure) {
    return html`<div class="note second" role="alert">
      <p>${text("accounts-unreadable")}. ${failureSentences(failure)}</p>
      <push-button data-action="retry" @click=${() => this.view.read()}>${text("action-retry")}</push-button>
    </div>`;
  }

  /** Two lines in every state, so that the list does not move. */
  #foot() {
    const { total } = this.state;
    const seen = total > 0 ? text("accounts-seen", { total, shown: number(total) }) : text("accounts-seen-none");
    return html`<footer class="second">
      <div class="line"><span class="cut" title=${seen}>${seen}</span></div>
      <div class="line">${this.#secondLine()}</div>
    </footer>`;
  }

  #secondLine() {
    const { asking, stopping, typed, rows } = this.state;
    const search = typed.trim();
    if (asking) {
      return html`<span class="grow cut" role="status">${text("accounts-asking")}</span>
        <button type="button" class="ask" data-action="stop" aria-label=${text("accounts-stop-name")} @click=${() => this.view.stop()}>
          ${text(stopping ? "accounts-stopping" : "stop")}
        </button>`;
    }
    const exact = text("accounts-seen-exact");
    if (search === "" || rows.length === 0) return html`<span class="cut" title=${exact}>${exact}</span>`;
    const words = text("accounts-ask-for", { search });
    return html`<button type="button" class="ask cut" data-action="ask" title=${words} @click=${this.#ask}>${words}</button>`;
  }

  render() {
    if (!this.state) return nothing;
    const { typed, search, matched, loaded } = this.state;
    const count = loaded && typed.trim() !== "" && typed.trim() === search ? text("accounts-found-short", { shown: number(matched) }) : null;
    return html`<search-field
        .label=${text("accounts-search")}
        .value=${typed}
        .count=${count}
        @value-changed=${(/** @type {CustomEvent<{ value: string }>} */ event) => this.view.type(event.detail.value)}
        @search-entered=${this.#ask}
      ></search-field>
      <div class="scrolling">${this.#list()} ${this.#note()}</div>
      ${this.#foot()}`;
  }
}

customElements.define("account-list", AccountList);
