// Owns a text as it came: whatever its length, only the pieces asked for are laid out. Never markup.
import { LitElement, css, html, nothing } from "lit";

import { size } from "../i18n/format.js";
import { text } from "../i18n/text.js";
import { base, texts } from "../style/shared.js";
import "./push-button.js";

/** Characters laid out at once. */
const PIECE = 64_000;

/** `label`, `source`. */
export class RawText extends LitElement {
  static properties = { label: {}, source: {}, pieces: { state: true } };

  static styles = [base, texts, css`
    :host {
      display: block;
      flex: 1;
      min-height: 0;
      overflow: auto;
      scrollbar-color: var(--line-2) transparent;
    }
    .scroll {
      padding: var(--space-12) var(--space-16);
    }
    .scroll:focus-visible {
      outline-offset: -2px;
    }
    pre {
      margin: 0;
      font: var(--type-mono);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      direction: ltr;
      user-select: text;
    }
    push-button {
      margin-block-start: var(--space-12);
    }
  `];

  constructor() {
    super();
    this.label = "";
    this.source = "";
    this.pieces = 1;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("source")) this.pieces = 1;
  }

  /** @override */
  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(".scroll"))?.focus();
  }

  render() {
    const shown = this.pieces * PIECE;
    const rest = this.source.length - shown;
    const pieces = Array.from({ length: this.pieces }, (_, place) => this.source.slice(place * PIECE, (place + 1) * PIECE));
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.label}>
      <pre>${pieces}</pre>
      ${rest > 0
        ? html`<push-button @click=${() => (this.pieces += 1)}>${text("raw-more", { size: size(Math.min(rest, PIECE)), rest: size(rest) })}</push-button>`
        : nothing}
    </div>`;
  }
}

customElements.define("raw-text", RawText);
