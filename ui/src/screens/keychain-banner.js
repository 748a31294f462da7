// Owns the banner that says the keychain cannot be used, what that means, and the button that asks it again.
import { css, html, nothing } from "lit";

import { text } from "../i18n/text.js";
import { ScreenElement } from "./screen-element.js";
import "../components/pane-banner.js";
import "../components/push-button.js";

/** `.app`; nothing while the keychain is unlocked. */
export class KeychainBanner extends ScreenElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { checking: { state: true } };

  static styles = css`
    :host {
      display: block;
    }
    pane-banner {
      margin: var(--space-12) var(--space-16) 0;
    }
  `;

  constructor() {
    super();
    this.checking = false;
  }

  async #check() {
    this.checking = true;
    await this.app.probeKeychain();
    this.checking = false;
  }

  render() {
    const state = this.app.state.status?.keychain.state ?? "unlocked";
    if (state === "unlocked" || state === "asking") return nothing;
    const id = `keychain-banner-${state}`;
    const tone = state === "locked" || state === "absent" ? "bad" : "warn";
    return html`<pane-banner tone=${tone} .fact=${text(id)} .advice=${text(`${id}.advice`)}>
      <push-button
        slot="action"
        size="small"
        data-action="keychain"
        .busy=${this.checking}
        .busyWord=${text("keychain-checking")}
        @click=${() => this.#check()}
        >${text(state === "locked" ? "keychain-unlock" : "keychain-check")}</push-button
      >
    </pane-banner>`;
  }
}

customElements.define("keychain-banner", KeychainBanner);
