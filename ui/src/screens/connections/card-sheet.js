// Owns what the small sheets of a card share: one step, its failure beside what was typed, closing when it is done.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { icons } from "../../components/icon.js";
import { failureSentences, failureWords } from "../../i18n/failure.js";
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { base, texts } from "../../style/shared.js";
import "../../components/modal-sheet.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/text-field.js";

/**
 * @import { Application } from "../../application.js"
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 */

/** What a small sheet is: one step on one card. Fires `closed`. */
export class CardSheet extends LitElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = {
    app: { attribute: false },
    card: { attribute: false },
    busy: { state: true },
    failure: { state: true },
    fault: { state: true },
    value: { state: true },
  };

  /** @type {import("lit").CSSResultGroup} */
  static styles = [base, texts, icons, css`
    .body {
      display: flex;
      flex-direction: column;
      gap: var(--space-12);
    }
  `];

  constructor() {
    super();
    /** @type {Application} */
    this.app = /** @type {any} */ (undefined);
    /** @type {ConnectionCard} */
    this.card = /** @type {any} */ (undefined);
    this.busy = false;
    /** @type {Failure | null} */
    this.failure = null;
    /** A fault beside the field, as a Fluent id. @type {string | null} */
    this.fault = null;
    this.value = "";
  }

  async firstUpdated() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("[data-first]"))?.focus();
  }

  close() {
    emit(this, "closed");
  }

  /** Esc and Cancel. @param {Event} [event] */
  closeRequested(event) {
    event?.stopPropagation();
    if (!this.busy) this.close();
  }

  /**
   * Runs the step; a failure stays in the sheet with what was typed.
   * @param {() => Promise<unknown>} step @param {{ stays?: boolean }} [options] `stays` keeps the sheet open when it is done
   */
  async attempt(step, { stays = false } = {}) {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await step();
      if (!stays) this.close();
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.failure = failure.code === "cancelled" ? null : failure;
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} fact a Fluent id @param {string | null} now what is true in place of the code's own words */
  banner(fact, now = null) {
    if (!this.failure) return nothing;
    const words = failureWords(this.failure);
    const advice = now ? `${words.happened} ${text(now)} ${words.next}` : failureSentences(this.failure);
    return html`<pane-banner
      tone="bad"
      urgent
      .fact=${text(fact)}
      .advice=${advice}
      .serverWords=${words.serverWords}
    ></pane-banner>`;
  }

  /** @param {{ words: string, busyWords: string, variant?: "primary" | "danger", step: () => void }} action */
  buttons({ words, busyWords, variant = "primary", step }) {
    return html`<push-button slot="foot" ?data-first=${variant === "danger"} @click=${() => this.closeRequested()}
        >${text("cancel")}</push-button
      >
      <push-button
        slot="foot"
        data-action="go"
        .variant=${variant}
        .busy=${this.busy}
        .busyWord=${text(busyWords)}
        @click=${step}
        >${text(words)}</push-button
      >`;
  }

  /** @param {KeyboardEvent} event @param {() => void} step */
  onEnter(event, step) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step();
  }

  /** The register's rows, as people read them. */
  get rows() {
    return number(this.card.registerRows);
  }
}
