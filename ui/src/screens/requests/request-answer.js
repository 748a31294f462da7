// Owns what came back: status, time and size, then the body as a tree or as it came. Text only.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { failureSentences } from "../../i18n/failure.js";
import { duration, size } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { base, texts, tones } from "../../style/shared.js";
import "../../components/empty-state.js";
import "../../components/json-tree.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/raw-text.js";
import "../../components/segmented-choice.js";
import "../../components/state-badge.js";

/**
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { RequestAnswer as Answer } from "../../generated/RequestAnswer.ts"
 * @import { RequestsView, RequestsState } from "./requests-view.js"
 */

/** `.view`, `.state`. */
export class RequestAnswer extends LitElement {
  static properties = { view: { attribute: false }, state: { attribute: false } };

  static styles = [base, texts, tones, css`
    :host {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
      min-width: 0;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-4) var(--space-12);
      flex: none;
      min-height: var(--height-filter-bar);
      padding: var(--space-4) var(--space-16);
      border-block-end: 1px solid var(--line);
    }
    .facts {
      flex: 1;
      min-width: 0;
    }
    .actions {
      display: flex;
      align-items: center;
      gap: var(--space-8);
    }
    pane-banner {
      margin: var(--space-12) var(--space-16);
    }
  `];

  constructor() {
    super();
    /** @type {RequestsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {RequestsState} */
    this.state = /** @type {any} */ (undefined);
  }

  /** @override */
  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("json-tree, raw-text"))?.focus();
  }

  /** @param {Failure} failure @param {string} fact */
  #banner(failure, fact) {
    return html`<pane-banner tone="bad" urgent .fact=${fact} .advice=${failureSentences(failure)} .serverWords=${failure.serverWords}></pane-banner>`;
  }

  /** @param {Answer} answer */
  #facts({ milliseconds, bytes, contentType, authenticated, cut }) {
    const facts = [
      duration(milliseconds),
      size(bytes),
      contentType?.split(";")[0] ?? text("answer-no-type"),
      text(authenticated ? "answer-authenticated" : "answer-anonymous"),
      cut ? text("answer-cut") : null,
    ];
    return facts.filter(Boolean).join(" · ");
  }

  /** @param {Answer} answer */
  #head(answer) {
    const { shape, answered } = this.state;
    const good = answer.status < 400;
    const choices = ["tree", "raw"].map((value) => ({ value, label: text(`answer-${value}`) }));
    return html`<div class="head">
      <state-badge tone=${good ? "ok" : "bad"} icon=${good ? "check" : "octagon-cross"}>${answer.status}</state-badge>
      <span class="facts cut second" title=${answered}>${this.#facts(answer)}</span>
      <span class="actions">
        ${answer.isJson
          ? html`<segmented-choice
              bare
              .label=${text("answer-shape")}
              .choices=${choices}
              .value=${shape}
              @value-changed=${(/** @type {CustomEvent} */ event) => this.view.store.update({ shape: event.detail.value })}
            ></segmented-choice>`
          : nothing}
        <push-button icon="copy" data-action="copy" @click=${() => emit(this, "copy-requested", { text: answer.text })}>${text("answer-copy")}</push-button>
      </span>
    </div>`;
  }

  /** @param {Answer} answer */
  #body(answer) {
    if (answer.text === "") return html`<empty-state .heading=${text("answer-empty")} .sentence=${text("answer-empty-sentence")}></empty-state>`;
    if (answer.isJson && this.state.shape === "tree") return html`<json-tree .label=${text("answer-body")} .source=${answer.text}></json-tree>`;
    return html`<raw-text .label=${text("answer-body")} .source=${answer.text}></raw-text>`;
  }

  render() {
    if (!this.view) return nothing;
    const { answer, failure, sending } = this.state;
    const refused = failure ? this.#banner(failure, text("request-not-answered")) : nothing;
    if (!answer) {
      if (failure || sending) return refused;
      return html`<empty-state .heading=${text("answer-none")} .sentence=${text("answer-none-sentence")}></empty-state>`;
    }
    return html`${refused} ${this.#head(answer)}
    ${answer.failure ? this.#banner(answer.failure, text("answer-refused", { status: String(answer.status) })) : nothing} ${this.#body(answer)}`;
  }
}

customElements.define("request-answer", RequestAnswer);
