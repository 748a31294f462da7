// Owns the chip: "Field is value", pressed to open, x to remove; dashed to add one.
import { LitElement, css, html } from "lit";

import { text } from "../i18n/text.js";
import { base } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";

/** `field`, `relation` ("is"), `value`; or `add` with its words in the slot. Fires `opened` and `removed`. */
export class FilterChip extends LitElement {
  static properties = { field: {}, relation: {}, value: {}, add: { type: Boolean } };

  static styles = [base, icons, css`
    :host {
      display: inline-block;
      max-width: 100%;
    }
    .chip {
      display: inline-flex;
      max-width: 100%;
      align-items: center;
      min-height: var(--height-small);
      border-radius: var(--radius-6);
      background: var(--soft);
      font: var(--type-small);
    }
    .open {
      padding: 0 var(--space-4) 0 var(--space-8);
      min-height: var(--height-small);
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      border-radius: var(--radius-6);
    }
    strong {
      font: var(--type-small-strong);
    }
    .remove {
      display: grid;
      place-items: center;
      width: var(--height-small);
      height: var(--height-small);
      border-radius: var(--radius-6);
      color: var(--text-2);
    }
    .add {
      display: inline-flex;
      align-items: center;
      gap: var(--space-4);
      min-height: var(--height-small);
      padding: 0 var(--space-8);
      border: 1px dashed var(--line-2);
      border-radius: var(--radius-6);
      font: var(--type-small);
      color: var(--text-2);
    }
  `];

  constructor() {
    super();
    this.field = "";
    this.relation = "";
    this.value = "";
    this.add = false;
  }

  render() {
    if (this.add) {
      return html`<button type="button" class="add" @click=${() => emit(this, "opened")}>
        ${icon("plus", "badge")}<slot></slot>
      </button>`;
    }
    return html`<span class="chip">
      <button type="button" class="open" @click=${() => emit(this, "opened")}>
        ${this.field} ${this.relation} <strong>${this.value}</strong>
      </button>
      <button
        type="button"
        class="remove"
        aria-label=${text("remove-filter", { field: this.field })}
        @click=${() => emit(this, "removed")}
      >
        ${icon("cross", "badge")}
      </button>
    </span>`;
  }
}

customElements.define("filter-chip", FilterChip);
