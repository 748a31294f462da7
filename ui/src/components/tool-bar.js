// Owns the toolbar of a screen: title, then what the screen puts in, actions at the right.
import { LitElement, css, html, nothing } from "lit";

import { base } from "../style/shared.js";

/** `heading`; default slot after the title, slot `end` at the right. */
export class ToolBar extends LitElement {
  static properties = { heading: {} };

  static styles = [base, css`
    :host {
      display: flex;
      align-items: center;
      gap: var(--space-12);
      flex: none;
      min-height: var(--height-toolbar);
      padding: 0 var(--space-12) 0 var(--space-16);
      border-block-end: 1px solid var(--line);
      background: var(--bg);
    }
    h1 {
      font: var(--type-title);
      white-space: nowrap;
    }
    .end {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      margin-inline-start: auto;
      min-width: 0;
    }
  `];

  constructor() {
    super();
    this.heading = "";
  }

  render() {
    return html`${this.heading ? html`<h1>${this.heading}</h1>` : nothing}
      <slot></slot>
      <div class="end"><slot name="end"></slot></div>`;
  }
}

customElements.define("tool-bar", ToolBar);
