// Owns the detail pane: what the server sent of one control, as fields and as it came.
import { LitElement, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { icons } from "../../components/icon.js";
import { marked } from "../../components/marked.js";
import { failureAdvice, failureWords } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import { base, scrolling, texts, tones } from "../../style/shared.js";
import { detailStyle } from "./control-detail.style.js";
import { allFields, fieldsAsText, leadingFields } from "./control-fields.js";
import { signFor, wordFor } from "./control-words.js";
import { rawValue, stateValue } from "./value-cell.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/state-badge.js";

/**
 * @import { ControlDetail } from "../../generated/ControlDetail.ts"
 * @import { FieldLine } from "./control-fields.js"
 * @import { ControlsView } from "./controls-view.js"
 * @import { DetailTab } from "./view-state.js"
 */

/** @type {DetailTab[]} */
const TABS = ["fields", "raw"];

/** `.view`, `.state`, `covering` (stands in place of the table). Fires `close-requested` and `copy-requested` {text}. */
export class ControlDetailPane extends LitElement {
  static properties = { view: { attribute: false }, state: { attribute: false }, covering: { type: Boolean, reflect: true } };

  static styles = [base, texts, tones, icons, scrolling, detailStyle];

  constructor() {
    super();
    /** @type {ControlsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {ControlsView["state"]} */
    this.state = /** @type {any} */ (undefined);
    this.covering = false;
  }

  focus() {
    const place = this.renderRoot.querySelector('[role="tab"][tabindex="0"]') ?? this.renderRoot.querySelector("push-button");
    /** @type {HTMLElement | null} */ (place)?.focus();
  }

  /** @param {DetailTab} tab */
  #show(tab) {
    this.view.store.update({ tab });
  }

  /** @param {KeyboardEvent} event */
  async #tabKey(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    this.#show(this.state.tab === "fields" ? "raw" : "fields");
    await this.updateComplete;
    this.focus();
  }

  #copy() {
    const { detail, tab } = this.state;
    if (detail) emit(this, "copy-requested", { text: tab === "raw" ? detail.raw : fieldsAsText(detail) });
  }

  #buttons() {
    const { detail, tab } = this.state;
    return html`<span class="buttons">
      ${detail
        ? html`<push-button
            bare
            variant="quiet"
            size="small"
            icon="copy"
            .name=${text(tab === "raw" ? "controls-detail-copy-raw" : "controls-detail-copy")}
            .hint=${text(tab === "raw" ? "controls-detail-copy-raw" : "controls-detail-copy")}
            @click=${this.#copy}
          ></push-button>`
        : nothing}
      <push-button
        bare
        variant="quiet"
        size="small"
        icon=${this.covering ? "arrow-left" : "cross"}
        .name=${text(this.covering ? "controls-detail-back" : "controls-detail-close")}
        @click=${() => emit(this, "close-requested")}
      ></push-button>
    </span>`;
  }

  /** @param {string} field @param {string | null} value */
  #badge(field, value) {
    if (value === null) return nothing;
    const { icon, iconTone, tone } = signFor(field, value);
    const shown = iconTone ?? tone;
    const colour = shown === "ok" || shown === "warn" || shown === "bad" ? shown : "quiet";
    const clock = field === "freshness" && value === "expired" ? "clock" : null;
    return html`<state-badge tone=${colour} .icon=${icon ?? clock}><span class="badge">${wordFor(field, value) ?? value}</span></state-badge>`;
  }

  /** @param {ControlDetail} detail */
  #head({ row, partial }) {
    return html`<header>
      <div class="line"><span class="identifier cut" dir="ltr">${marked(row.identifier ?? "", this.state.search)}</span>${this.#buttons()}</div>
      <h2 dir="auto">${row.name === null ? text("controls-detail-unnamed") : marked(row.name, this.state.search)}</h2>
      <div class="badges">
        ${this.#badge("health", row.health)}${this.#badge("freshness", row.freshness)}
        ${partial ? html`<state-badge tone="warn" icon="circle-dotted">${text("controls-partial-mark")}</state-badge>` : nothing}
      </div>
    </header>`;
  }

  #tabs() {
    return html`<div class="tabs" role="tablist" aria-label=${text("controls-detail")} @keydown=${this.#tabKey}>
      ${TABS.map(
        (tab) => html`<button
          type="button"
          role="tab"
          id="tab-${tab}"
          aria-controls="panel"
          aria-selected=${tab === this.state.tab ? "true" : "false"}
          tabindex=${tab === this.state.tab ? 0 : -1}
          @click=${() => this.#show(tab)}
        >
          ${text(`controls-tab-${tab}`)}
        </button>`,
      )}
    </div>`;
  }

  /** @param {FieldLine} line */
  #value(line) {
    if (line.value === null) return html`<span class="tone-quiet">${text("not-provided")}</span>`;
    if (line.field) return html`<span class="state">${stateValue(line.field, line.value)}</span>`;
    if (line.look === "raw") return rawValue(line.value);
    const direction = line.look === "date" ? "ltr" : "auto";
    return html`<bdi dir=${direction} title=${line.hover ?? nothing}>${marked(line.value, this.state.search)}</bdi>${line.note
        ? html`<span class="note"> · ${line.note}</span>`
        : nothing}`;
  }

  /** @param {FieldLine[]} lines @param {boolean} [whole] long texts at full length */
  #list(lines, whole = false) {
    return html`<dl>
      ${lines.map(
        (line) => html`<div class="row ${whole ? "" : "shortened"}">
          <dt class=${line.named ? "" : "mono"} title=${line.path}><bdi>${line.name}</bdi></dt>
          <dd>${this.#value(line)}</dd>
        </div>`,
      )}
    </dl>`;
  }

  /** @param {ControlDetail} detail */
  #panel(detail) {
    if (this.state.tab === "raw") return html`<pre class="mono" dir="ltr">${detail.raw}</pre>`;
    return html`${this.#list(leadingFields(detail))}
      <div class="all">
        <h3 class="group-head">${text("controls-all-fields")}</h3>
        <span class="tiny">${text("controls-field-count", { count: detail.fields.length })}</span>
      </div>
      ${this.#list(allFields(detail), true)}`;
  }

  #nothing() {
    const { detailFailure, selectedId } = this.state;
    const gone = detailFailure?.code === "not-found";
    const failed = detailFailure && !gone;
    return html`<div class="line alone">${this.#buttons()}</div>
      ${failed
        ? html`<pane-banner tone="bad" .fact=${failureWords(detailFailure).happened} .advice=${failureAdvice(detailFailure)}></pane-banner>`
        : html`<p class="hint">${gone ? text("controls-detail-gone") : selectedId === null ? text("controls-detail-nothing") : nothing}</p>`}`;
  }

  render() {
    const { detail, selectedId, tab } = this.state;
    if (!detail || selectedId === null) return this.#nothing();
    return html`${this.#head(detail)}${this.#tabs()}
      <div class="scrolling panel" id="panel" role="tabpanel" tabindex="0" aria-labelledby="tab-${tab}">${this.#panel(detail)}</div>`;
  }
}

customElements.define("control-detail", ControlDetailPane);
