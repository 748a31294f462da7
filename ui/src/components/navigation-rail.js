// Owns the rail: screens in groups, one tab stop, arrows move; its foot shows the keychain's state.
import { LitElement, css, html, nothing } from "lit";

import { number } from "../i18n/format.js";
import { text } from "../i18n/text.js";
import { base, texts } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";

/**
 * @import { IconName } from "./icon.js"
 * @typedef {{ id: string, label: string, icon: IconName, count: number | null }} RailEntry
 * @typedef {{ id: string, label: string, entries: RailEntry[] }} RailGroup
 */

/** `.groups`, `current`, `narrow`, `keychain` (a KeychainState). Fires `chosen` {id}, `settings-pressed` and `keychain-pressed`. */
export class NavigationRail extends LitElement {
  static properties = {
    groups: { attribute: false },
    current: {},
    narrow: { type: Boolean, reflect: true },
    keychain: {},
  };

  static styles = [base, texts, icons, css`
    :host {
      display: flex;
      flex-direction: column;
      flex: none;
      width: var(--width-rail);
      background: var(--side);
      border-inline-end: 1px solid var(--line);
      overflow: hidden auto;
    }
    :host([narrow]) {
      width: var(--width-rail-narrow);
    }
    nav {
      flex: 1;
      padding: var(--space-8) var(--space-8) 0;
    }
    .group-head {
      padding: var(--space-12) var(--space-8) var(--space-4);
    }
    :host([narrow]) .group-head {
      height: 1px;
      margin: var(--space-12) var(--space-4);
      padding: 0;
      background: var(--line);
      overflow: hidden;
      color: transparent;
    }
    button {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      width: 100%;
      min-height: var(--height-row);
      padding: 0 var(--space-8);
      border-radius: var(--radius-6);
    }
    .entry .icon {
      color: var(--text-2);
    }
    .entry:hover {
      background: var(--hover);
    }
    .entry[aria-current="page"] {
      background: var(--sel);
      font: var(--type-value);
    }
    .entry[aria-current="page"] .icon {
      color: var(--accent);
    }
    .label {
      flex: 1;
    }
    footer {
      padding: var(--space-8);
    }
    .settings .icon {
      color: var(--text-2);
    }
    .settings:hover,
    .keychain:hover {
      background: var(--hover);
    }
    .keychain {
      font: var(--type-tiny);
      color: var(--text-2);
    }
    .keychain.wrong {
      color: var(--bad);
    }
    @media (forced-colors: active) {
      .entry[aria-current="page"] {
        outline: 1px solid Highlight;
        outline-offset: -1px;
      }
    }
  `];

  constructor() {
    super();
    /** @type {RailGroup[]} */
    this.groups = [];
    this.current = "";
    this.narrow = false;
    /** @type {import("../generated/KeychainState.ts").KeychainState | null} */
    this.keychain = null;
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.entry[tabindex="0"]'))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const entries = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll(".entry")]);
    const at = entries.indexOf(/** @type {HTMLElement} */ (event.target));
    const places = /** @type {Record<string, number>} */ ({
      ArrowDown: Math.min(at + 1, entries.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: entries.length - 1,
    });
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    entries[place]?.focus();
  }

  /** @param {RailEntry} entry */
  #entry(entry) {
    const current = entry.id === this.current;
    return html`<button
      type="button"
      class="entry"
      data-id=${entry.id}
      aria-current=${current ? "page" : nothing}
      aria-label=${this.narrow ? entry.label : nothing}
      title=${this.narrow ? entry.label : nothing}
      tabindex=${current ? 0 : -1}
      @click=${() => emit(this, "chosen", { id: entry.id })}
    >
      ${icon(entry.icon)}
      ${this.narrow ? nothing : html`<span class="label">${entry.label}</span>`}
      ${this.narrow || entry.count === null ? nothing : html`<span class="tiny">${number(entry.count)}</span>`}
    </button>`;
  }

  #foot() {
    if (!this.keychain) return nothing;
    const words = text(`keychain-${this.keychain}`);
    const settings = text("rail-settings");
    return html`<footer>
      <button
        type="button"
        class="settings"
        title=${this.narrow ? settings : nothing}
        aria-label=${settings}
        @click=${() => emit(this, "settings-pressed")}
      >
        ${icon("sliders")}${this.narrow ? nothing : html`<span>${settings}</span>`}
      </button>
      <button
        type="button"
        class="keychain ${this.keychain === "unlocked" || this.keychain === "asking" ? "" : "wrong"}"
        title=${words}
        aria-label=${words}
        @click=${() => emit(this, "keychain-pressed")}
      >
        ${icon("lock", "row")}${this.narrow ? nothing : html`<span>${words}</span>`}
      </button>
    </footer>`;
  }

  render() {
    return html`<nav aria-label=${text("rail-name")} @keydown=${this.#key}>
        ${this.groups.map(
          (group) => html`${group.label ? html`<div class="group-head">${group.label}</div>` : nothing}
          ${group.entries.map((entry) => this.#entry(entry))}`,
        )}
      </nav>
      ${this.#foot()}`;
  }
}

customElements.define("navigation-rail", NavigationRail);
