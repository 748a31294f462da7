// Owns the list of names and values, with an optional copy button a row.
import { LitElement, css, html, nothing } from "lit";

import { text } from "../i18n/text.js";
import { base, texts } from "../style/shared.js";
import { emit } from "./emit.js";
import { icons } from "./icon.js";
import "./push-button.js";

/**
 * `note` follows the value in grey; `hover` is the title; `missing` prints the value in grey; `copy` adds a button.
 * @typedef {{ name: string, value: unknown, note?: string, hover?: string, mono?: boolean, strong?: boolean,
 *   quiet?: boolean, copy?: string }} Definition
 */

/** `.rows=${Definition[]}`; fires `copy-requested` {text}. */
export class DefinitionList extends LitElement {
  static properties = { rows: { attribute: false } };

  static styles = [base, texts, icons, css`
    :host {
      display: block;
    }
    .row {
      display: flex;
      align-items: baseline;
      min-height: var(--height-small);
      padding-block: 2px;
    }
    dt {
      flex: none;
      width: var(--width-name);
      padding-inline-end: var(--space-8);
      color: var(--text-2);
    }
    dd {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .strong {
      font: var(--type-value);
    }
    .quiet,
    .note {
      color: var(--text-2);
    }
    push-button {
      vertical-align: middle;
      margin-inline-start: var(--space-4);
      margin-block: -2px;
    }
  `];

  constructor() {
    super();
    /** @type {Definition[]} */
    this.rows = [];
  }

  /** @param {Definition} row */
  #row(row) {
    const look = [row.mono && "mono", row.strong && "strong", row.quiet && "quiet"].filter(Boolean).join(" ");
    return html`<div class="row">
      <dt>${row.name}</dt>
      <dd title=${row.hover ?? nothing}>
        <bdi class=${look}>${row.value}</bdi>${row.note ? html`<span class="note"> · ${row.note}</span>` : nothing}
        ${row.copy
          ? html`<push-button
              bare
              variant="quiet"
              size="small"
              icon="copy"
              .name=${text("copy-value", { name: row.name })}
              @click=${() => emit(this, "copy-requested", { text: row.copy })}
            ></push-button>`
          : nothing}
      </dd>
    </div>`;
  }

  render() {
    return html`<dl>${this.rows.map((row) => this.#row(row))}</dl>`;
  }
}

customElements.define("definition-list", DefinitionList);
