// Owns the list of names and values, with an optional copy button a row.
import { LitElement, css, html, nothing } from "lit";

import { text } from "../i18n/text.js";
import { base, texts, tones } from "../style/shared.js";
import { emit } from "./emit.js";
import { icons } from "./icon.js";
import "./push-button.js";

/**
 * `note` follows the value in grey; `hover` is the title; `quiet` prints the value in grey, `tone` in the colour of a
 * state; `copy` adds a button; so does `action`, with its word.
 * @typedef {{ name: string, value: unknown, note?: string, hover?: string, mono?: boolean, strong?: boolean,
 *   quiet?: boolean, tone?: "warn" | "bad", copy?: string, action?: { id: string, word: string } }} Definition
 */

/** `.rows=${Definition[]}`; `narrow` for a side pane; fires `copy-requested` {text} and `row-action` {id}. */
export class DefinitionList extends LitElement {
  static properties = { rows: { attribute: false }, narrow: { type: Boolean, reflect: true } };

  static styles = [base, texts, tones, icons, css`
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
    :host([narrow]) dt {
      width: var(--width-name-narrow);
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
      margin-inline-start: 1px;
      margin-block: -2px;
    }
    .link {
      margin-inline-start: var(--space-8);
      border-radius: var(--radius-4);
      font: var(--type-small);
      color: var(--accent);
    }
    .link:hover {
      text-decoration: underline;
    }
  `];

  constructor() {
    super();
    /** @type {Definition[]} */
    this.rows = [];
    this.narrow = false;
  }

  /** @param {Definition} row */
  #copy(row) {
    if (!row.copy) return nothing;
    return html`<push-button
      bare
      variant="quiet"
      size="small"
      icon="copy"
      .name=${text("copy-value", { name: row.name })}
      @click=${() => emit(this, "copy-requested", { text: row.copy })}
    ></push-button>`;
  }

  /** The spoken name says of which row. @param {Definition} row */
  #action({ name, action }) {
    if (!action) return nothing;
    return html`<button
      type="button"
      class="link"
      aria-label="${action.word} ${name}"
      @click=${() => emit(this, "row-action", { id: action.id })}
    >
      ${action.word}
    </button>`;
  }

  /** @param {Definition} row */
  #row(row) {
    const look = [row.mono && "mono", row.strong && "strong", row.quiet && "quiet", row.tone && `tone-${row.tone}`].filter(Boolean).join(" ");
    const note = row.note ? html`<span class="note"> · ${row.note}</span>` : nothing;
    return html`<div class="row">
      <dt>${row.name}</dt>
      <dd title=${row.hover ?? nothing}><bdi class=${look}>${row.value}</bdi>${note}${this.#copy(row)}${this.#action(row)}</dd>
    </div>`;
  }

  render() {
    return html`<dl>${this.rows.map((row) => this.#row(row))}</dl>`;
  }
}

customElements.define("definition-list", DefinitionList);
