// Owns the Connections screen: list and card, what its buttons do, which sheet is open.
import { css, html, nothing } from "lit";

import { failureDetails } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { paneSize } from "../pane-widths.js";
import { ScreenElement } from "../screen-element.js";
import { cardTools } from "./card-tools.js";
import { sheetShown } from "./connection-sheets.js";
import { connectionGroups, stateShown } from "./connection-words.js";
import { draftOf, nothingTyped } from "./draft.js";
import "../../components/busy-bar.js";
import "../../components/item-list.js";
import "../../components/push-button.js";
import "../../components/split-panes.js";
import "../../components/status-bar.js";
import "../../components/tool-bar.js";
import "../keychain-banner.js";
import "./connection-card.js";
import "./first-run.js";

/**
 * @import { Action } from "../../generated/Action.ts"
 * @import { CallShown } from "../../generated/CallShown.ts"
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { SheetName } from "./connection-sheets.js"
 */

/** How many calls the card shows. */
const CALLS_SHOWN = 5;

/** Below this width the list's head has no room for the words of its button, in px. */
const NARROW_LIST = 330;

/** The usual width of the list by the window's width, in px (ui.md section 2). @param {number} width */
const listWidth = (width) => (width >= 1000 ? 368 : width >= 860 ? 280 : 240);

/** `.app` */
export class ConnectionsScreen extends ScreenElement {
  static properties = {
    sheet: { state: true },
    calls: { state: true },
    failure: { state: true },
    testing: { state: true },
    starting: { state: true },
  };

  static styles = [ScreenElement.styles, css`
    .column {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
      min-width: 0;
    }
  `];

  /** The card whose calls are shown, so that an answer that comes late is not shown on another. */
  #callsOf = "";

  constructor() {
    super();
    /** @type {SheetName | null} */
    this.sheet = null;
    /** @type {CallShown[] | null} */
    this.calls = null;
    /** How the last step on the chosen card, or on Practice, failed. @type {Failure | null} */
    this.failure = null;
    /** The connection being tested. @type {string | null} */
    this.testing = null;
    this.starting = false;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("resize", () => this.requestUpdate(), { signal: this.whileShown });
  }

  get #card() {
    return this.app.card(this.app.state.connection);
  }

  get #keychain() {
    return this.app.state.status?.keychain ?? { state: /** @type {const} */ ("asking"), store: "" };
  }

  willUpdate() {
    const card = this.#card;
    const key = card ? `${card.id} ${card.checked} ${card.secretSaved}` : "";
    if (key === this.#callsOf) return;
    const sameCard = key.split(" ")[0] === this.#callsOf.split(" ")[0];
    this.#callsOf = key;
    if (!sameCard) this.calls = null;
    if (card) this.#readCalls(card.id, key);
  }

  /** @param {string} id @param {string} key */
  async #readCalls(id, key) {
    const calls = await this.app.commands.recentCalls(id, CALLS_SHOWN).catch(() => []);
    if (this.#callsOf === key) this.calls = calls;
  }

  focusMain() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("item-list, first-run"))?.focus();
  }

  panes() {
    return /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll("item-list, first-run, [data-pane]")]);
  }

  /** @param {import("../../window-keys.js").ScreenKey | "read-token"} key */
  onKey(key) {
    if (key === "new") this.sheet = "add";
    else if (key === "read-token") this.sheet = "token";
    else if (key === "refresh" && this.#card) this.#test(this.#card.id);
    else return false;
    return true;
  }

  /** @param {CustomEvent<{ width: number }>} event */
  #resized(event) {
    this.app.preferences.widen("connections", event.detail.width);
  }

  /** @param {CustomEvent<{ id: string }>} event */
  #choose(event) {
    this.failure = null;
    this.app.store.update({ connection: event.detail.id });
  }

  /** @param {string} id */
  async #test(id) {
    if (this.testing) return;
    this.testing = id;
    this.failure = null;
    try {
      const card = await this.app.commands.connectionTest(id);
      this.app.setCard(card);
      this.app.announce(text("card-tested", { label: card.label, state: stateShown(card, this.#keychain.state).word }));
      if (card.state.is === "keychainUnavailable") await this.app.probeKeychain();
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.failure = failure.code === "cancelled" ? null : failure;
    } finally {
      this.testing = null;
    }
  }

  /** @param {CustomEvent<{ thisRunOnly: boolean }>} event */
  async #startPractice(event) {
    if (this.starting) return;
    this.starting = true;
    this.failure = null;
    try {
      const draft = draftOf("practice", { ...nothingTyped(), thisRunOnly: event.detail.thisRunOnly });
      const card = await this.app.commands.connectionSave(draft);
      this.app.setCard(card);
      this.app.toast(text("practice-started"));
      await this.updateComplete;
      this.focusMain();
    } catch (thrown) {
      this.failure = failureOf(thrown);
    } finally {
      this.starting = false;
    }
  }

  /** A button on the card. @param {CustomEvent<{ action: Action | "activity" | "doctor" | "network" | "signOut", failure: Failure }>} event */
  #act(event) {
    const { action, failure } = event.detail;
    if (action === "activity") this.app.showActivity(this.app.state.connection);
    else if (action === "doctor" && this.#card) this.app.showDoctor(this.#card.id);
    else if (action === "network") this.sheet = "network";
    else if (action === "signInAgain") this.sheet = "sign-in";
    else if (action === "signOut") this.sheet = "sign-out";
    else if (action === "replaceSecret") this.sheet = "replace";
    else if (action === "unlockKeychain" || action === "installKeychain") this.app.probeKeychain();
    else if (action === "askAdministrator") this.app.copy(failureDetails(failure));
    else if (this.#card) this.#test(this.#card.id);
  }

  async #sheetClosed() {
    this.sheet = null;
    await this.updateComplete;
    if (this.app.connections.length === 0) this.focusMain();
  }

  /** What the buttons of the card's toolbar do. @param {ConnectionCard} card */
  #steps(card) {
    return {
      testing: this.testing === card.id,
      open: (/** @type {SheetName} */ sheet) => (this.sheet = sheet),
      test: () => this.#test(card.id),
      stop: () => this.app.commands.operationCancel(`test:${card.id}`),
    };
  }

  get #listSize() {
    return paneSize(this.app, "connections", listWidth(innerWidth));
  }

  #list() {
    const narrow = this.#listSize.width < NARROW_LIST;
    return html`<div class="column" slot="start">
      <tool-bar .heading=${text("connections-title")}>
        <push-button
          slot="end"
          icon="plus"
          data-action="add"
          ?bare=${narrow}
          .name=${text("connections-add")}
          .hint=${narrow ? text("connections-add") : null}
          @click=${() => (this.sheet = "add")}
          >${narrow ? nothing : text("connections-add")}</push-button
        >
      </tool-bar>
      <div class="scrolling">
        <item-list
          marks="large"
          .label=${text("connections-title")}
          .groups=${connectionGroups(this.app.connections, this.#keychain.state)}
          .value=${this.app.state.connection}
          @chosen=${this.#choose}
        ></item-list>
      </div>
    </div>`;
  }

  /** @param {ConnectionCard} card */
  #status(card) {
    const { state } = card;
    const failure = this.failure ?? (state.is === "failing" ? state.failure : null);
    return html`<status-bar>
      ${failure
        ? html`<code>${failure.code}</code>`
        : html`<span>${text("connections-count", { count: this.app.connections.length })}</span>`}
      ${failure
        ? html`<push-button slot="end" size="small" variant="quiet" icon="copy" @click=${() => this.app.copy(failureDetails(failure))}
            >${text("copy-details")}</push-button
          >`
        : html`<span slot="end">${text("connections-store", { store: this.#keychain.store })}</span>`}
    </status-bar>`;
  }

  /** @param {ConnectionCard} card */
  #detail(card) {
    return html`<div class="column">
      <tool-bar>${cardTools(card, this.#steps(card))}</tool-bar>
      <busy-bar .busy=${this.testing === card.id}></busy-bar>
      <div class="scrolling">
        <keychain-banner .app=${this.app}></keychain-banner>
        <connection-card
          role="region"
          aria-label=${text("connections-card-name")}
          .card=${card}
          .calls=${this.calls}
          .keychain=${this.#keychain.state}
          .failure=${this.failure}
          @action-pressed=${this.#act}
          @row-action=${(/** @type {CustomEvent<{ id: "rate" | "network" }>} */ event) => (this.sheet = event.detail.id)}
        ></connection-card>
      </div>
      ${this.#status(card)}
    </div>`;
  }

  #firstRun() {
    return html`<tool-bar .heading=${text("connections-title")}></tool-bar>
      <div class="scrolling">
        <keychain-banner .app=${this.app}></keychain-banner>
        <first-run
          .keychain=${this.#keychain}
          .starting=${this.starting}
          .failure=${this.failure}
          @practice-wanted=${this.#startPractice}
          @add-wanted=${() => (this.sheet = "add")}
        ></first-run>
      </div>
      <status-bar>${text("first-keys")}</status-bar>`;
  }

  render() {
    const card = this.#card;
    const body = card
      ? html`<split-panes .start=${this.#listSize} @resized=${this.#resized} @resize-ended=${() => this.app.preferences.save()}
          >${this.#list()} ${this.#detail(card)}</split-panes
        >`
      : this.#firstRun();
    const closed = () => this.#sheetClosed();
    return html`${body} ${sheetShown(this.sheet, this.app, card, closed)}`;
  }
}

customElements.define("connections-screen", ConnectionsScreen);
