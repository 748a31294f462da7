// Owns the badge: a word with or without an icon, never pressable.
import { LitElement, css, html, nothing } from "lit";

import { base } from "../style/shared.js";
import { icon, icons } from "./icon.js";

/** @import { IconName } from "./icon.js" */

/** `<state-badge tone="warn" icon="triangle">word</state-badge>` */
export class StateBadge extends LitElement {
  static properties = { tone: { reflect: true }, icon: {} };

  static styles = [base, icons, css`
    :host {
      display: inline-flex;
      align-items: center;
      gap: var(--space-4);
      min-height: var(--height-badge);
      padding: 0 var(--space-6);
      border-radius: var(--radius-4);
      font: var(--type-tiny-strong);
      background: var(--hover);
      color: var(--text-2);
      white-space: nowrap;
    }
    :host([tone="accent"]) {
      background: var(--soft);
      color: var(--accent);
    }
    :host([tone="ok"]) {
      background: var(--ok-soft);
      color: var(--ok);
    }
    :host([tone="warn"]) {
      background: var(--warn-soft);
      color: var(--warn);
    }
    :host([tone="bad"]) {
      background: var(--bad-soft);
      color: var(--bad);
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid CanvasText;
      }
    }
  `];

  constructor() {
    super();
    /** @type {"quiet" | "accent" | "ok" | "warn" | "bad"} */
    this.tone = "quiet";
    /** @type {IconName | null} */
    this.icon = null;
  }

  render() {
    return html`${this.icon ? icon(this.icon, "badge") : nothing}<slot></slot>`;
  }
}

customElements.define("state-badge", StateBadge);
