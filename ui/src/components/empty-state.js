// Owns the empty state: one heading, one sentence, one action. No picture; a mark where something is wrong.
import { LitElement, css, html, nothing } from "lit";

import { base } from "../style/shared.js";
import { icon, icons } from "./icon.js";

/** @import { IconName } from "./icon.js" */

/** `heading`, `sentence`, `icon` with `tone` "bad" for a state that is wrong; the action in the slot. */
export class EmptyState extends LitElement {
  static properties = { heading: {}, sentence: {}, icon: {}, tone: { reflect: true } };

  static styles = [base, icons, css`
    :host {
      display: grid;
      place-content: center;
      justify-items: center;
      flex: 1;
      min-height: 0;
      padding: var(--space-32);
      text-align: center;
    }
    .mark {
      display: grid;
      place-items: center;
      width: var(--mark-card);
      height: var(--mark-card);
      margin-block-end: var(--space-16);
      border-radius: var(--radius-8);
      background: var(--sel);
    }
    :host([tone="bad"]) .mark {
      background: var(--bad-soft);
      color: var(--bad);
    }
    h2 {
      font: var(--type-subject);
    }
    p {
      max-width: var(--width-empty);
      margin-block: var(--space-4) var(--space-20);
      color: var(--text-2);
    }
  `];

  constructor() {
    super();
    this.heading = "";
    this.sentence = "";
    /** @type {IconName | null} */
    this.icon = null;
    /** @type {"quiet" | "bad"} */
    this.tone = "quiet";
  }

  render() {
    return html`${this.icon ? html`<span class="mark">${icon(this.icon)}</span>` : nothing}
      <h2>${this.heading}</h2>
      <p>${this.sentence}</p>
      <slot></slot>`;
  }
}

customElements.define("empty-state", EmptyState);
