// Owns the banner of a pane: a bold fact, what to do, at most one button. Stays until its cause ends.
import { LitElement, css, html, nothing } from "lit";

import { text } from "../i18n/text.js";
import { base, tones } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";
import "./push-button.js";

const ICONS = /** @type {const} */ ({ bad: "octagon-cross", warn: "triangle", info: "info" });
const TONES = { bad: "tone-bad", warn: "tone-warn", info: "tone-accent" };

/**
 * `tone`, `fact`, `advice`, `server-words`, one button in slot `action`; `urgent` is announced at once.
 * With `closable` a press on x fires `closed`; `stacked` puts the advice on a line of its own.
 */
export class PaneBanner extends LitElement {
  static properties = {
    tone: { reflect: true },
    fact: {},
    advice: {},
    serverWords: { attribute: "server-words" },
    urgent: { type: Boolean },
    closable: { type: Boolean },
    stacked: { type: Boolean, reflect: true },
  };

  static styles = [base, tones, icons, css`
    :host {
      display: block;
      border-radius: var(--radius-6);
      background: var(--warn-soft);
    }
    :host([tone="bad"]) {
      background: var(--bad-soft);
    }
    :host([tone="info"]) {
      background: var(--soft);
    }
    .banner {
      display: flex;
      align-items: center;
      gap: var(--space-12);
      padding: var(--space-8) var(--space-12);
    }
    .icon-place {
      align-self: flex-start;
      padding-block-start: 2px;
    }
    .words {
      flex: 1;
      min-width: 0;
    }
    strong {
      font: var(--type-heading);
    }
    :host([stacked]) .advice {
      display: block;
      font: var(--type-small);
      color: var(--text-2);
    }
    :host([stacked]) strong {
      font: var(--type-value);
    }
    code {
      display: block;
      font: var(--type-mono);
      overflow-wrap: anywhere;
      direction: ltr;
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid CanvasText;
      }
    }
  `];

  constructor() {
    super();
    /** @type {"bad" | "warn" | "info"} */
    this.tone = "warn";
    this.fact = "";
    this.advice = "";
    /** @type {string | null} */
    this.serverWords = null;
    this.urgent = false;
    this.closable = false;
    this.stacked = false;
  }

  render() {
    return html`<div class="banner" role=${this.urgent ? "alert" : "status"}>
      <span class="icon-place ${TONES[this.tone]}">${icon(ICONS[this.tone])}</span>
      <div class="words">
        <strong>${this.fact}</strong> <span class="advice">${this.advice}</span>
        ${this.serverWords ? html`<code>${this.serverWords}</code>` : nothing}
      </div>
      <slot name="action"></slot>
      ${this.closable
        ? html`<push-button
            bare
            variant="quiet"
            size="small"
            icon="cross"
            .name=${text("close")}
            @click=${() => emit(this, "closed")}
          ></push-button>`
        : nothing}
    </div>`;
  }
}

customElements.define("pane-banner", PaneBanner);
