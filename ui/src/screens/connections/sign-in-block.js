// Owns the card's block of a sign-in: whether it holds, until when it may rest, where it happens, and its two buttons.
// Must not sign in or out: it says what was pressed.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { fullDate, moment } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { base, texts } from "../../style/shared.js";
import "../../components/definition-list.js";
import "../../components/push-button.js";

/**
 * @import { SignInShown } from "../../generated/SignInShown.ts"
 * @import { Definition } from "../../components/definition-list.js"
 */

/** `.signIn`; fires `action-pressed` {action: "signInAgain" | "signOut"}. */
export class SignInBlock extends LitElement {
  static properties = { signIn: { attribute: false } };

  static styles = [base, texts, css`
    :host {
      display: block;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-8);
      margin-block-start: var(--space-8);
    }
  `];

  constructor() {
    super();
    /** @type {SignInShown} */
    this.signIn = /** @type {any} */ (undefined);
  }

  /** @returns {Definition[]} */
  #rows() {
    const { signedIn, renewed, restsUntil, endsSoon, authorizeHost, redirectUri } = this.signIn;
    /** @type {(Definition | null)[]} */
    const rows = [
      { name: text("sign-in-state"), value: text(signedIn ? "sign-in-in" : "sign-in-out"), ...(signedIn ? {} : { tone: "bad" }) },
      signedIn && restsUntil
        ? {
            name: text("sign-in-rests"),
            value: moment(restsUntil),
            note: text("sign-in-rests-note"),
            hover: fullDate(restsUntil),
            ...(endsSoon ? { tone: /** @type {const} */ ("warn") } : {}),
          }
        : null,
      signedIn && renewed ? { name: text("sign-in-renewed"), value: moment(renewed), hover: fullDate(renewed) } : null,
      { name: text("sign-in-page"), value: authorizeHost },
      { name: text("sign-in-redirect"), value: redirectUri, mono: true, copy: redirectUri },
    ];
    return rows.filter((row) => row !== null);
  }

  /** @param {"signInAgain" | "signOut"} action @param {string} words */
  #button(action, words) {
    return html`<push-button size="small" data-action=${action} @click=${() => emit(this, "action-pressed", { action })}>${text(words)}</push-button>`;
  }

  render() {
    if (!this.signIn) return nothing;
    const { signedIn } = this.signIn;
    return html`<definition-list .rows=${this.#rows()}></definition-list>
      <div class="actions">
        ${this.#button("signInAgain", signedIn ? "sign-in-again" : "sign-in-now")}
        ${signedIn ? this.#button("signOut", "sign-out") : nothing}
      </div>`;
  }
}

customElements.define("sign-in-block", SignInBlock);
