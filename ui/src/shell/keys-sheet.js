// Owns the list of keys.
import { LitElement, css, html } from "lit";

import { emit } from "../components/emit.js";
import { text } from "../i18n/text.js";
import { base, texts } from "../style/shared.js";
import "../components/modal-sheet.js";
import "../components/push-button.js";

/** Groups of keys, each a Fluent id whose `.key` is the key as Windows and Linux write it. */
const GROUPS = {
  window: ["palette", "entries", "panes", "rail", "settings", "keys"],
  screen: ["new", "search", "refresh", "detail", "escape"],
  list: ["move", "ends", "open", "extend", "all", "copy", "letters"],
};

/** `platform`; fires `closed`. */
export class KeysSheet extends LitElement {
  static properties = { platform: {} };

  static styles = [base, texts, css`
    .groups {
      columns: 2;
      column-gap: var(--space-32);
    }
    section {
      break-inside: avoid;
      margin-block-end: var(--space-16);
    }
    h3 {
      font: var(--type-tiny-strong);
      color: var(--text-2);
      margin-block-end: var(--space-4);
    }
    .row {
      display: flex;
      align-items: baseline;
      gap: var(--space-12);
      min-height: var(--height-small);
    }
    dt {
      flex: 1;
    }
    dd {
      color: var(--text-2);
      text-align: end;
    }
  `];

  constructor() {
    super();
    this.platform = "linux";
  }

  /** @param {string} name */
  #row(name) {
    const key = text(`key-${name}.key`);
    const shown = this.platform === "macos" ? key.replaceAll("Ctrl", "Cmd") : key;
    return html`<div class="row"><dt>${text(`key-${name}`)}</dt><dd>${shown}</dd></div>`;
  }

  render() {
    const close = () => emit(this, "closed");
    return html`<modal-sheet width="broad" .heading=${text("keys-heading")} @close-requested=${close}>
      <div class="groups">
        ${Object.entries(GROUPS).map(
          ([group, names]) => html`<section>
            <h3>${text(`keys-${group}`)}</h3>
            <dl>${names.map((name) => this.#row(name))}</dl>
          </section>`,
        )}
      </div>
      <push-button slot="foot" variant="primary" @click=${close}>${text("close")}</push-button>
    </modal-sheet>`;
  }
}

customElements.define("keys-sheet", KeysSheet);
