// Owns the request itself: its path with placeholders, the pairs of its query, Send and Copy as curl. A GET and nothing else.
import { LitElement, css, html, nothing } from "lit";

import { focusableWithin } from "../../components/focusable.js";
import { text } from "../../i18n/text.js";
import { base, texts } from "../../style/shared.js";
import { filledIn, placeholdersOf } from "./request-path.js";
import "../../components/push-button.js";
import "../../components/state-badge.js";
import "../../components/text-field.js";

/**
 * @import { RequestsView, RequestsState } from "./requests-view.js"
 */

/** Names offered beside each other before the rest is asked for. */
const NAMES_OFFERED = 6;

/** `.view`, `.state`, `host` (where it goes). */
export class RequestEditor extends LitElement {
  static properties = { view: { attribute: false }, state: { attribute: false }, host: {}, allNames: { state: true } };

  static styles = [base, texts, css`
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--space-12);
      flex: none;
      padding: var(--space-16);
      border-block-end: 1px solid var(--line);
    }
    .line {
      display: flex;
      align-items: center;
      gap: var(--space-8);
    }
    .path {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
      direction: ltr;
    }
    .description {
      color: var(--text-2);
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(var(--width-field-least), 1fr));
      gap: var(--space-12) var(--space-16);
    }
    .pair {
      display: grid;
      grid-template-columns: var(--width-pair-name) 1fr auto;
      align-items: end;
      gap: var(--space-8);
    }
    .pairs {
      display: flex;
      flex-direction: column;
      gap: var(--space-8);
    }
    .names {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-4) var(--space-8);
    }
  `];

  constructor() {
    super();
    /** @type {RequestsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {RequestsState} */
    this.state = /** @type {any} */ (undefined);
    this.host = "";
    this.allNames = false;
  }

  /** Puts the keyboard on the first field, or on Send where there is none. @override */
  async focus() {
    await this.updateComplete;
    const fields = [...this.renderRoot.querySelectorAll("text-field, [data-action=send]")];
    await Promise.all(fields.map((field) => /** @type {import("lit").LitElement} */ (field).updateComplete));
    focusableWithin(this.renderRoot)[0]?.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || !(event.composedPath()[0] instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.#send();
  }

  async #send() {
    await this.view.send();
    if (this.state.early) this.#focusMissing();
  }

  async #focusMissing() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`[data-placeholder="${this.view.missing[0]}"]`))?.focus();
  }

  /** @param {string} name */
  #placeholder(name) {
    const value = this.state.values[name] ?? "";
    const missing = this.state.early && !value.trim();
    return html`<text-field
      mono
      data-placeholder=${name}
      .label=${name}
      .value=${value}
      .guard=${1_000}
      .error=${missing ? text("request-fill", { name }) : null}
      @value-changed=${(/** @type {CustomEvent} */ event) => this.view.fill(name, event.detail.value)}
    ></text-field>`;
  }

  /** @param {number} place @param {{ name?: string, value?: string }} change */
  #change(place, change) {
    this.view.setQuery(this.state.query.map((pair, at) => (at === place ? { ...pair, ...change } : pair)));
  }

  /** @param {string} name */
  async #add(name) {
    this.view.setQuery([...this.state.query, { name, value: "" }]);
    await this.updateComplete;
    const fields = /** @type {import("lit").LitElement[]} */ ([...this.renderRoot.querySelectorAll(name ? "[data-value]" : "[data-name]")]);
    const last = fields.at(-1);
    await last?.updateComplete;
    last?.focus();
  }

  /** @param {{ name: string, value: string }} pair @param {number} place */
  #pair({ name, value }, place) {
    return html`<div class="pair">
      <text-field
        mono
        data-name
        .label=${text("request-name")}
        .value=${name}
        .guard=${200}
        @value-changed=${(/** @type {CustomEvent} */ event) => this.#change(place, { name: event.detail.value })}
      ></text-field>
      <text-field
        mono
        data-value
        .label=${text("request-value")}
        .value=${value}
        .guard=${4_000}
        @value-changed=${(/** @type {CustomEvent} */ event) => this.#change(place, { value: event.detail.value })}
      ></text-field>
      <push-button
        bare
        variant="quiet"
        icon="cross"
        .name=${text("request-remove", { name: name || String(place + 1) })}
        @click=${() => this.view.setQuery(this.state.query.filter((_, at) => at !== place))}
      ></push-button>
    </div>`;
  }

  #names() {
    const used = new Set(this.state.query.map(({ name }) => name));
    const offered = (this.view.chosen?.parameters ?? []).filter((name) => !used.has(name));
    const shown = this.allNames ? offered : offered.slice(0, NAMES_OFFERED);
    const hidden = offered.length - shown.length;
    return html`<div class="names" role="group" aria-label=${text("request-query")}>
      <span class="second">${text("request-query")}</span>
      ${shown.map((name) => html`<push-button size="small" icon="plus" @click=${() => this.#add(name)}><bdi class="mono">${name}</bdi></push-button>`)}
      ${hidden > 0 ? html`<push-button size="small" variant="quiet" @click=${() => (this.allNames = true)}>${text("more", { count: hidden })}</push-button>` : nothing}
      <push-button size="small" variant="quiet" data-action="other" icon="plus" @click=${() => this.#add("")}>${text("request-other")}</push-button>
    </div>`;
  }

  #buttons() {
    const { sending } = this.state;
    return html`<push-button variant="quiet" icon="copy" data-action="curl" @click=${() => this.view.copyAsCurl()}>${text("request-curl")}</push-button>
      ${sending ? html`<push-button data-action="stop" @click=${() => this.view.stop()}>${text("stop")}</push-button>` : nothing}
      <push-button
        variant="primary"
        data-action="send"
        .busy=${sending}
        .busyWord=${text("request-sending")}
        @click=${() => this.#send()}
        >${text("request-send")}</push-button
      >`;
  }

  render() {
    const { path, values, query } = this.state ?? {};
    if (!this.view || !path) return nothing;
    const names = placeholdersOf(path);
    return html`<div class="line">
        <state-badge>${"GET"}</state-badge>
        <bdi class="path mono">${filledIn(path, values)}</bdi>
        ${this.#buttons()}
      </div>
      <p class="description">${[this.view.chosen?.description, this.host].filter(Boolean).join(" · ")}</p>
      ${names.length > 0 ? html`<div class="fields" @keydown=${this.#key}>${names.map((name) => this.#placeholder(name))}</div>` : nothing}
      ${query.length > 0 ? html`<div class="pairs" @keydown=${this.#key}>${query.map((pair, place) => this.#pair(pair, place))}</div>` : nothing}
      ${this.#names()}`;
  }
}

customElements.define("request-editor", RequestEditor);
