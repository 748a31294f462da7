// Owns the Accounts screen.
import { html } from "lit";

import { text } from "../../i18n/text.js";
import { ScreenElement } from "../screen-element.js";
import "../../components/empty-state.js";
import "../../components/push-button.js";
import "../../components/status-bar.js";
import "../../components/tool-bar.js";
import "../connection-switcher.js";

/** `.app` */
export class AccountsScreen extends ScreenElement {
  #none() {
    return html`<empty-state .heading=${text("accounts-none")} .sentence=${text("accounts-none-sentence")}>
      <push-button variant="primary" size="large" @click=${() => this.app.goTo("connections")}
        >${text("accounts-none-action")}</push-button
      >
    </empty-state>`;
  }

  render() {
    const cards = this.app.accountsConnections;
    return html`<tool-bar .heading=${text("accounts-title")}>
        <connection-switcher .app=${this.app} role-of="accounts"></connection-switcher>
      </tool-bar>
      ${cards.length === 0 ? this.#none() : html`<div class="scrolling"></div>`}
      <status-bar></status-bar>`;
  }
}

customElements.define("accounts-screen", AccountsScreen);
