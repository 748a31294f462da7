// Owns the status bar: facts about the screen at the left, where its data are at the right.
import { LitElement, css, html } from "lit";

import { base } from "../style/shared.js";

/** Default slot at the left, slot `end` at the right. */
export class StatusBar extends LitElement {
  static styles = [base, css`
    :host {
      display: flex;
      align-items: center;
      gap: var(--space-16);
      flex: none;
      min-height: var(--height-small);
      padding: 0 var(--space-16);
      border-block-start: 1px solid var(--line);
      background: var(--sub);
      font: var(--type-tiny);
      color: var(--text-2);
    }
    ::slotted(push-button) {
      margin-block: calc(-1 * var(--space-4));
    }
    .end {
      margin-inline-start: auto;
      display: flex;
      align-items: center;
      gap: var(--space-8);
      white-space: nowrap;
    }
  `];

  render() {
    return html`<slot></slot><span class="end"><slot name="end"></slot></span>`;
  }
}

customElements.define("status-bar", StatusBar);
