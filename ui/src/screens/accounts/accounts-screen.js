// Owns the Accounts screen: toolbar, list and form beside each other, the keys, and which of them has the keyboard.
// Must not hold what was typed: the view of the connection does, and outlives the screen.
import { css, html, nothing } from "lit";

import { text } from "../../i18n/text.js";
import { paneSize } from "../pane-widths.js";
import { ScreenElement } from "../screen-element.js";
import { authorityOf } from "./account-form.js";
import { bannerOf } from "./account-pane.js";
import { whereWords } from "./account-words.js";
import { missing, noConnection, nothingChosen, unreadable } from "./accounts-empty.js";
import { accountsStatus } from "./accounts-status.js";
import { viewOf } from "./accounts-view.js";
import { connectionWords, questionWords } from "./result-words.js";
import "../../components/busy-bar.js";
import "../../components/push-button.js";
import "../../components/split-panes.js";
import "../../components/tool-bar.js";
import "../connection-switcher.js";
import "./account-editor.js";
import "./account-list.js";
import "./leave-sheet.js";
import "./new-account.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { AccountPane } from "./account-pane.js"
 * @import { AccountList } from "./account-list.js"
 * @import { AccountsView } from "./accounts-view.js"
 * @import { Wanted } from "./account-words.js"
 */

/** The usual width of the list by the window's width, in px (ui.md section 2). @param {number} width */
const listWidth = (width) => (width >= 860 ? 288 : 272);

/** `.app` */
export class AccountsScreen extends ScreenElement {
  static styles = [ScreenElement.styles, css`
    .form {
      max-width: calc(var(--width-form) + 2 * var(--space-32));
      padding: var(--space-24) var(--space-32) var(--space-32);
    }
    .form > pane-banner {
      margin-block-end: var(--space-16);
    }
    .middle {
      display: flex;
      flex-direction: column;
    }
    @media (max-width: 859px) {
      .form {
        padding-inline: var(--space-16);
      }
    }
  `];

  /** The view shown; beside it its subscription and what its list was read for. @type {AccountsView | null} */
  #view = null;
  #watching = new AbortController();
  #readFor = "";
  /** @type {Promise<void> | undefined} */
  #reading;
  /** The form last drawn, so that a new one gets the keyboard. */
  #drawn = "";

  constructor() {
    super();
    this.addEventListener("wanted", (event) => this.#wanted(/** @type {CustomEvent} */ (event)));
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("resize", () => this.requestUpdate(), { signal: this.whileShown });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watching.abort();
    this.#view = null;
    this.#readFor = "";
  }

  get #card() {
    return this.app.card(this.app.state.accountsConnection);
  }

  willUpdate() {
    const card = this.#card;
    const view = card ? viewOf(this.app, card.id) : null;
    if (view !== this.#view) this.#watch(view);
    const key = card ? `${card.id} ${this.app.state.status?.keychain.state}` : "";
    if (key === this.#readFor) return;
    this.#readFor = key;
    this.#reading = view?.read();
  }

  /** @param {AccountsView | null} view */
  #watch(view) {
    this.#watching.abort();
    this.#watching = new AbortController();
    this.#view = view;
    view?.store.subscribe(() => this.requestUpdate(), { signal: this.#watching.signal });
  }

  /** @returns {AccountList | null} */
  get #list() {
    return this.renderRoot.querySelector("account-list");
  }

  /** @returns {AccountPane | null} */
  get #pane() {
    return this.renderRoot.querySelector("new-account, account-editor");
  }

  /** Waits for the list, unless the person went somewhere on the screen by then. */
  async focusMain() {
    await this.#reading;
    await this.updateComplete;
    if (this.matches(":focus-within")) return;
    const main = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("[data-main]"));
    (main ?? this.#list)?.focus();
  }

  /** A new account's form takes the keyboard when it opens, and the list takes it back when it is gone. */
  updated() {
    const form = this.#view?.state.form;
    const drawn = form ? (form.base?.userid ?? "new") : "";
    const before = this.#drawn;
    this.#drawn = drawn;
    if (drawn === before || this.#view?.state.leaving) return;
    if (drawn === "new") this.#pane?.focusField("username");
    else if ((before === "new" || drawn === "") && !this.#list?.matches(":focus-within")) this.#list?.focus();
  }

  panes() {
    return /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll("account-list, new-account, account-editor")]);
  }

  /** @param {import("../../window-keys.js").ScreenKey | "read-token"} key */
  onKey(key) {
    const view = this.#view;
    if (!view) return false;
    if (key === "new") view.create(view.state.missing ?? "");
    else if (key === "search") this.#list?.focusSearch();
    else if (key === "refresh") view.readAgain();
    else if (key === "escape") return this.#escape(view);
    else return false;
    return true;
  }

  /** First what is under way, then a new or missing account, then the search, then the selection. @param {AccountsView} view */
  #escape(view) {
    const { asking, writing, form, missing: absent, typed } = view.state;
    if (asking || writing) view.stop();
    else if (absent || (form && !form.base)) view.close();
    else if (typed) view.type("");
    else if (form) view.close();
    else return false;
    return true;
  }

  /** @param {CustomEvent<{ wanted: Wanted }>} event */
  #wanted(event) {
    const { wanted } = event.detail;
    const view = this.#view;
    const result = view?.state.form?.result;
    if (wanted === "keychain") this.app.probeKeychain();
    else if (wanted === "openThere" && result?.is === "differs") view?.open(result.account);
    else if (wanted === "replaceSecret") {
      this.app.store.update({ connection: this.app.state.accountsConnection });
      this.app.goTo("connections");
    }
  }

  async #unlock() {
    await this.app.probeKeychain();
    this.#reading = this.#view?.read();
    this.focusMain();
  }

  /** The authority as far as it is known here. @param {ConnectionCard} card @param {AccountsView} view */
  #authority(card, view) {
    const { form, rows } = view.state;
    const seen = form?.base?.userid ?? rows[0]?.userid;
    return card.authority ?? (seen ? authorityOf(seen) : null);
  }

  /** @param {ConnectionCard} card @param {AccountsView} view */
  #middle(card, view) {
    const { state } = view;
    const { form, failure, missing: absent, total, loaded } = state;
    const authority = this.#authority(card, view);
    const wrong = connectionWords(card);
    const banner = failure ? bannerOf(this, questionWords(failure)) : form?.result ? nothing : bannerOf(this, wrong);
    if (form) {
      const pane = form.base
        ? html`<account-editor .view=${view} .state=${state} .card=${card} .authority=${authority}></account-editor>`
        : html`<new-account .view=${view} .state=${state} .card=${card} .authority=${authority}></new-account>`;
      return html`<div class="form">${banner} ${pane}</div>`;
    }
    if (!loaded) return nothing;
    const create = () => view.create(absent ?? "");
    const empty = absent ? missing(absent, whereWords(card, authority), create) : nothingChosen(total, create);
    return html`${banner === nothing ? nothing : html`<div class="form">${banner}</div>`} ${empty}`;
  }

  /** @param {CustomEvent<{ width: number }>} event */
  #resized({ detail: { width } }) {
    this.app.preferences.widen("accounts", width);
  }

  /** @param {ConnectionCard} card @param {AccountsView} view */
  #body(card, view) {
    const { state } = view;
    // A form that is open stays in sight: what became of a write stands in it.
    if (state.listFailure && !state.form && !state.missing) return unreadable(state.listFailure, () => this.#unlock());
    return html`<split-panes
      .start=${paneSize(this.app, "accounts", listWidth(innerWidth))}
      @resized=${this.#resized}
      @resize-ended=${() => this.app.preferences.save()}
    >
      <account-list
        slot="start"
        .view=${view}
        .state=${state}
        @opened=${() => this.#pane?.focus()}
      ></account-list>
      <div class="scrolling middle">${this.#middle(card, view)}</div>
    </split-panes>`;
  }

  /** @param {AccountsView} view */
  #leaveSheet(view) {
    if (!view.state.leaving) return nothing;
    return html`<leave-sheet
      data-sheet
      .state=${view.state}
      @kept=${() => view.keepEditing()}
      @given-up=${() => view.giveUp()}
      @stopped=${() => view.stop()}
    ></leave-sheet>`;
  }

  render() {
    const card = this.#card;
    const view = this.#view;
    const bar = (/** @type {unknown} */ actions) => html`<tool-bar .heading=${text("accounts-title")}>
      <connection-switcher .app=${this.app} role-of="accounts"></connection-switcher>
      ${actions}
    </tool-bar>`;
    if (!card || !view) {
      return html`${bar(nothing)} ${noConnection(() => this.app.goTo("connections"))}<status-bar></status-bar>`;
    }
    const { asking, writing, listFailure } = view.state;
    const create = html`<push-button
      slot="end"
      icon="plus"
      data-action="new"
      .hint=${text("accounts-new-hint")}
      @click=${() => view.create(view.state.missing ?? "")}
      >${text("accounts-new")}</push-button
    >`;
    return html`${bar(listFailure ? nothing : create)}
      <busy-bar .busy=${asking !== null || writing !== null}></busy-bar>
      ${this.#body(card, view)} ${accountsStatus(this.app, card, view.state)} ${this.#leaveSheet(view)}`;
  }
}

customElements.define("accounts-screen", AccountsScreen);
