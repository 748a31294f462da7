// Owns the connection switcher of a toolbar: which connection a screen shows.
import { css, html, nothing } from "lit";

import { text } from "../i18n/text.js";
import { ScreenElement } from "./screen-element.js";
import { serviceIcon } from "./service.js";
import "../components/choice-menu.js";

/**
 * @import { ConnectionCard } from "../generated/ConnectionCard.ts"
 * @typedef {"controlsConnection" | "accountsConnection" | "requestsConnection" | "doctorConnection" | "activityConnection"} SwitchedKey
 */

/**
 * Which part of the state holds the choice, and which cards may be chosen.
 * @type {Record<string, { key: SwitchedKey, fits: (card: ConnectionCard) => boolean, all?: boolean }>}
 */
const ROLES = {
  controls: { key: "controlsConnection", fits: (card) => card.readsControls },
  accounts: { key: "accountsConnection", fits: (card) => card.administersAccounts },
  requests: { key: "requestsConnection", fits: () => true },
  doctor: { key: "doctorConnection", fits: () => true },
  activity: { key: "activityConnection", fits: () => true, all: true },
};

/** The value that stands for all connections: no id is empty. */
const ALL = "";

/** `.app`, `role-of` a name of `ROLES`; changes the application's choice. */
export class ConnectionSwitcher extends ScreenElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { roleOf: { attribute: "role-of" } };

  static styles = css`
    :host {
      display: block;
      min-width: 0;
    }
  `;

  constructor() {
    super();
    this.roleOf = "controls";
  }

  get #role() {
    return /** @type {typeof ROLES[string]} */ (ROLES[this.roleOf]);
  }

  /** @param {CustomEvent<{ value: string }>} event */
  #choose(event) {
    event.stopPropagation();
    const { value } = event.detail;
    this.app.store.update({ [this.#role.key]: value === ALL ? null : value });
  }

  render() {
    const { key, fits, all } = this.#role;
    const cards = this.app.connections.filter(fits).map((card) => ({
      value: card.id,
      label: card.label,
      detail: card.authority ?? card.apiHost,
      icon: serviceIcon(card.service),
    }));
    if (cards.length === 0) return nothing;
    return html`<choice-menu
      .label=${text("switcher-name")}
      .choices=${all ? [{ value: ALL, label: text("switcher-all") }, ...cards] : cards}
      .value=${this.app.state[key] ?? ALL}
      @value-changed=${this.#choose}
    ></choice-menu>`;
  }
}

customElements.define("connection-switcher", ConnectionSwitcher);
