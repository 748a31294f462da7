// Owns the connection switcher of a toolbar: which connection a screen shows.
import { css, html, nothing } from "lit";

import { text } from "../i18n/text.js";
import { ScreenElement } from "./screen-element.js";
import { serviceIcon } from "./service.js";
import "../components/choice-menu.js";

/** `.app`, `role-of` "controls" or "accounts"; changes the application's choice. */
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
    /** @type {"controls" | "accounts"} */
    this.roleOf = "controls";
  }

  get #cards() {
    return this.roleOf === "controls" ? this.app.controlsConnections : this.app.accountsConnections;
  }

  /** @param {CustomEvent<{ value: string }>} event */
  #choose(event) {
    event.stopPropagation();
    const { value } = event.detail;
    this.app.store.update(this.roleOf === "controls" ? { controlsConnection: value } : { accountsConnection: value });
  }

  render() {
    const { controlsConnection, accountsConnection } = this.app.state;
    const choices = this.#cards.map((card) => ({
      value: card.id,
      label: card.label,
      detail: card.authority ?? card.apiHost,
      icon: serviceIcon(card.service),
    }));
    if (choices.length === 0) return nothing;
    return html`<choice-menu
      .label=${text("switcher-name")}
      .choices=${choices}
      .value=${this.roleOf === "controls" ? controlsConnection : accountsConnection}
      @value-changed=${this.#choose}
    ></choice-menu>`;
  }
}

customElements.define("connection-switcher", ConnectionSwitcher);
