// Owns the first sight: two offers, and whether the keychain answers.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { icon, icons } from "../../components/icon.js";
import { failureSentences } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import { base, texts, tones } from "../../style/shared.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";

/**
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { KeychainShown } from "../../generated/KeychainShown.ts"
 */

/** `.keychain`, `starting`, `.failure`; fires `practice-wanted` {thisRunOnly} and `add-wanted`. */
export class FirstRun extends LitElement {
  static properties = {
    keychain: { attribute: false },
    starting: { type: Boolean },
    failure: { attribute: false },
  };

  static styles = [base, texts, tones, icons, css`
    :host {
      display: grid;
      align-content: center;
      justify-content: center;
      min-height: 100%;
      padding: var(--space-24);
    }
    .offers {
      width: var(--width-offers);
      max-width: 100%;
    }
    h2 {
      font: var(--type-subject);
    }
    .lead {
      margin-block: var(--space-4) var(--space-24);
      color: var(--text-2);
    }
    .offer {
      display: flex;
      align-items: center;
      gap: var(--space-16);
      padding-block: var(--space-16);
      border-block-start: 1px solid var(--line);
    }
    .mark {
      display: grid;
      place-items: center;
      flex: none;
      width: var(--mark-card);
      height: var(--mark-card);
      border-radius: var(--radius-8);
      background: var(--sel);
    }
    .words {
      flex: 1;
      color: var(--text-2);
    }
    h3 {
      font: var(--type-title);
      color: var(--text);
    }
    .foot {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      padding-block-start: var(--space-16);
      border-block-start: 1px solid var(--line);
    }
    pane-banner {
      margin-block-end: var(--space-16);
    }
  `];

  constructor() {
    super();
    /** @type {KeychainShown} */
    this.keychain = { state: "asking", store: "" };
    this.starting = false;
    /** Why Practice did not start. @type {Failure | null} */
    this.failure = null;
  }

  /** Puts the keyboard on the first offer, once it is drawn. @override */
  async focus() {
    await this.updateComplete;
    const offer = /** @type {import("lit").LitElement} */ (this.renderRoot.querySelector("[data-action=practice]"));
    await offer.updateComplete;
    offer.focus();
  }

  #failed() {
    const { failure } = this;
    if (!failure) return nothing;
    const offersThisRun = failure.code.startsWith("keychain-");
    return html`<pane-banner
      tone="bad"
      urgent
      .fact=${text("practice-not-started")}
      .advice=${failureSentences(failure)}
    >
      ${offersThisRun
        ? html`<push-button
            slot="action"
            size="small"
            @click=${() => emit(this, "practice-wanted", { thisRunOnly: true })}
            >${text("first-practice-this-run")}</push-button
          >`
        : nothing}
    </pane-banner>`;
  }

  #keychain() {
    const { state, store } = this.keychain;
    if (state === "unlocked") {
      return html`<div class="foot second">
        <span class="tone-ok">${icon("circle-tick", "row")}</span>${text("first-keychain-unlocked", { store })}
      </div>`;
    }
    const tone = state === "asking" ? "tone-quiet" : "tone-bad";
    return html`<div class="foot second"><span class=${tone}>${icon("lock", "row")}</span>${text(`keychain-${state}`)}</div>`;
  }

  render() {
    return html`<div class="offers">
      ${this.#failed()}
      <h2>${text("first-heading")}</h2>
      <p class="lead">${text("first-sentence")}</p>
      <div class="offer">
        <span class="mark">${icon("flask")}</span>
        <div class="words">
          <h3>${text("first-practice")}</h3>
          <p>${text("first-practice-sentence")}</p>
        </div>
        <push-button
          data-action="practice"
          variant="primary"
          size="large"
          .busy=${this.starting}
          .busyWord=${text("first-practice-busy")}
          @click=${() => emit(this, "practice-wanted", { thisRunOnly: false })}
          >${text("first-practice-action")}</push-button
        >
      </div>
      <div class="offer">
        <span class="mark">${icon("key")}</span>
        <div class="words">
          <h3>${text("first-add")}</h3>
          <p>${text("first-add-sentence")}</p>
        </div>
        <push-button data-action="add" size="large" @click=${() => emit(this, "add-wanted")}
          >${text("first-add-action")}</push-button
        >
      </div>
      ${this.#keychain()}
    </div>`;
  }
}

customElements.define("first-run", FirstRun);
