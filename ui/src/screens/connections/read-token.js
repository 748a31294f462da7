// Owns the sheet that takes a JSON web token apart: its claims and what Hypothesis would refuse. Asks for no key, and must
// not let the token outlive the sheet or five minutes.
import { css, html, nothing } from "lit";

import { fullDate, moment } from "../../i18n/format.js";
import { hasText, text } from "../../i18n/text.js";
import { CardSheet } from "./card-sheet.js";
import { SecretKeeper } from "./secret-keeper.js";
import "../../components/definition-list.js";

/**
 * @import { ClaimShown } from "../../generated/ClaimShown.ts"
 * @import { TokenShown } from "../../generated/TokenShown.ts"
 */

/** Longer than any token the backend takes apart. */
const TOKEN_GUARD = 70_000;

/** `.app` */
export class ReadToken extends CardSheet {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { shown: { state: true } };

  static styles = [CardSheet.styles, css`
    h3 {
      font: var(--type-tiny-strong);
      color: var(--text-2);
      margin-block: var(--space-8) var(--space-4);
    }
  `];

  #keeper = new SecretKeeper(() => this.#drop());

  constructor() {
    super();
    /** @type {TokenShown | null} */
    this.shown = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#drop();
  }

  #drop() {
    this.#keeper.stop();
    this.value = "";
  }

  async #go() {
    this.fault = this.value.trim() ? null : "token-empty";
    if (this.fault) return;
    this.shown = null;
    await this.attempt(async () => (this.shown = await this.app.commands.tokenDecode(this.value.trim())), { stays: true });
  }

  /** @param {CustomEvent<{ value: string }>} event */
  #typed(event) {
    this.value = event.detail.value;
    this.shown = null;
    this.fault = null;
    this.#keeper.typed();
  }

  /** @param {ClaimShown} claim */
  #claim({ name, value, date }) {
    const said = hasText(`claim-${name}`) ? `${name} · ${text(`claim-${name}`)}` : name;
    return { name: said, value, mono: true, ...(date ? { note: moment(date), hover: fullDate(date) } : {}) };
  }

  #answer() {
    const { shown } = this;
    if (!shown) return nothing;
    const faults = shown.faults.map((fault) => (hasText(`token-fault-${fault}`) ? text(`token-fault-${fault}`) : fault));
    return html`${faults.length > 0
        ? html`<pane-banner tone="warn" .fact=${text("token-refused")} .advice=${faults.join(" ")}></pane-banner>`
        : html`<pane-banner tone="info" .fact=${text("token-fine")}></pane-banner>`}
      <div>
        <h3>${text("token-header")}</h3>
        <definition-list .rows=${shown.header.map((claim) => this.#claim(claim))}></definition-list>
        <h3>${text("token-claims")}</h3>
        <definition-list .rows=${shown.claims.map((claim) => this.#claim(claim))}></definition-list>
      </div>`;
  }

  render() {
    return html`<modal-sheet width="medium" .heading=${text("token-heading")} @close-requested=${this.closeRequested}>
      <div class="body" @keydown=${(/** @type {KeyboardEvent} */ event) => this.onEnter(event, () => this.#go())}>
        ${this.banner("token-failed")}
        <text-field
          data-first
          type="password"
          mono
          .label=${text("token-label")}
          .hint=${text("token-hint")}
          .value=${this.value}
          .guard=${TOKEN_GUARD}
          .error=${this.fault ? text(this.fault) : null}
          @value-changed=${this.#typed}
        ></text-field>
        ${this.#answer()}
      </div>
      ${this.buttons({ words: "token-read", busyWords: "token-reading", step: () => this.#go() })}
    </modal-sheet>`;
  }
}

customElements.define("read-token", ReadToken);
