// Owns the sheet that sets how fast a connection calls, or gives that back to what the service allows.
import { css, html, nothing } from "lit";

import { text } from "../../i18n/text.js";
import { CardSheet } from "./card-sheet.js";

/** Calls a second and at once that the domain takes at most (domain: Pace). */
const MOST_PER_SECOND = 100;
const MOST_AT_ONCE = 1_000;

/** A number as people type it, or null. @param {string} typed */
function numberOf(typed) {
  const value = typed.trim().replace(",", ".");
  return /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
}

export class SetRate extends CardSheet {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { burst: { state: true }, burstFault: { state: true } };

  static styles = [CardSheet.styles, css`
    .two {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: var(--space-16);
    }
  `];

  constructor() {
    super();
    this.burst = "";
    /** @type {string | null} */
    this.burstFault = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.value = this.card.ratePerSecond === null ? "" : String(this.card.ratePerSecond);
    this.burst = this.card.burst === null ? "" : String(this.card.burst);
  }

  #check() {
    const perSecond = numberOf(this.value);
    const burst = numberOf(this.burst);
    this.fault = perSecond !== null && perSecond > 0 && perSecond <= MOST_PER_SECOND ? null : "fault-rate";
    this.burstFault = burst !== null && Number.isInteger(burst) && burst >= 1 && burst <= MOST_AT_ONCE ? null : "fault-burst";
    return this.fault || this.burstFault ? null : { perSecond, burst };
  }

  #go() {
    const checked = this.#check();
    if (checked) this.#set(checked.perSecond, checked.burst);
  }

  /** @param {number | null} perSecond @param {number | null} burst */
  #set(perSecond, burst) {
    this.attempt(async () => {
      const card = await this.app.commands.connectionSetRate(this.card.id, perSecond, burst);
      this.app.setCard(card);
      this.app.toast(text(perSecond === null ? "rate-back" : "rate-done", { label: card.label }));
    });
  }

  /** @param {"value" | "burst"} name @param {CustomEvent<{ value: string }>} event */
  #typed(name, event) {
    this[name] = event.detail.value;
    if (this.fault || this.burstFault) this.#check();
  }

  render() {
    return html`<modal-sheet .heading=${text("rate-heading", { label: this.card.label })} @close-requested=${this.closeRequested}>
      <div class="body" @keydown=${(/** @type {KeyboardEvent} */ event) => this.onEnter(event, () => this.#go())}>
        ${this.banner("rate-failed")}
        <p class="second">${text("rate-lead")}</p>
        <div class="two">
          <text-field
            data-first
            .label=${text("rate-per-second")}
            .value=${this.value}
            .guard=${12}
            .error=${this.fault ? text(this.fault) : null}
            @value-changed=${(/** @type {CustomEvent} */ event) => this.#typed("value", event)}
          ></text-field>
          <text-field
            .label=${text("rate-burst")}
            .value=${this.burst}
            .guard=${12}
            .error=${this.burstFault ? text(this.burstFault) : null}
            @value-changed=${(/** @type {CustomEvent} */ event) => this.#typed("burst", event)}
          ></text-field>
        </div>
        ${this.card.rateChosen
          ? html`<div><push-button size="small" data-action="back" @click=${() => this.#set(null, null)}>${text("rate-service")}</push-button></div>`
          : nothing}
      </div>
      ${this.buttons({ words: "rate-save", busyWords: "rate-saving", step: () => this.#go() })}
    </modal-sheet>`;
  }
}

customElements.define("set-rate", SetRate);
