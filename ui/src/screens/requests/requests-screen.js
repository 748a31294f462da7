// Owns the Requests screen: which connection and which view, and where the keyboard is. What is asked and answered belongs
// to the view of the connection, which outlives the screen.
import { css, html, nothing } from "lit";

import { failureDetails } from "../../i18n/failure.js";
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { noConnection } from "../no-connection.js";
import { paneSize } from "../pane-widths.js";
import { ScreenElement } from "../screen-element.js";
import { standsForAccount } from "../service.js";
import { requestsView } from "./requests-view.js";
import "../../components/busy-bar.js";
import "../../components/push-button.js";
import "../../components/segmented-choice.js";
import "../../components/split-panes.js";
import "../../components/status-bar.js";
import "../../components/tool-bar.js";
import "../connection-switcher.js";
import "./annotations-pane.js";
import "./request-answer.js";
import "./request-editor.js";
import "./request-list.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { RequestsView } from "./requests-view.js"
 */

/** `.app` */
export class RequestsScreen extends ScreenElement {
  static styles = [ScreenElement.styles, css`
    .column {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
      min-width: 0;
    }
    request-editor {
      max-height: 60%;
      overflow: auto;
    }
  `];

  /** @type {RequestsView | null} */
  #view = null;
  #watching = new AbortController();

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("resize", () => this.requestUpdate(), { signal: this.whileShown });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watching.abort();
    this.#view = null;
  }

  get #card() {
    return this.app.card(this.app.state.requestsConnection);
  }

  willUpdate() {
    const card = this.#card;
    const view = card ? requestsView(this.app, card.id) : null;
    if (view === this.#view) return;
    this.#watching.abort();
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    this.#view = view;
    view?.store.subscribe(() => this.requestUpdate(), { signal });
    view?.annotations.store.subscribe(() => this.requestUpdate(), { signal });
    view?.open();
  }

  async focusMain() {
    await this.updateComplete;
    const main = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("request-list, annotations-pane, [data-main]"));
    await /** @type {import("lit").LitElement | null} */ (main)?.updateComplete;
    main?.focus();
  }

  panes() {
    return /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll("request-list, request-editor, request-answer, annotations-pane")]);
  }

  /** @param {import("../../window-keys.js").ScreenKey | "read-token"} key */
  onKey(key) {
    const view = this.#view;
    if (!view) return false;
    if (key === "search") /** @type {any} */ (this.renderRoot.querySelector("request-list, annotations-pane"))?.focusSearch();
    else if (key === "refresh" && view.state.mode === "annotations") view.annotations.search();
    else if (key === "refresh") view.send();
    else return false;
    return true;
  }

  /** Hypothesis and Practice have annotations. @param {ConnectionCard} card */
  #hasAnnotations({ service }) {
    return service !== "hyperproof";
  }

  /** @param {RequestsView} view @param {ConnectionCard} card */
  #modes(view, card) {
    if (!this.#hasAnnotations(card)) return nothing;
    const choices = ["requests", "annotations"].map((value) => ({ value, label: text(`requests-mode-${value}`) }));
    return html`<segmented-choice
      bare
      slot="end"
      .label=${text("requests-mode")}
      .choices=${choices}
      .value=${view.state.mode}
      @value-changed=${(/** @type {CustomEvent} */ event) => view.store.update({ mode: event.detail.value })}
    ></segmented-choice>`;
  }

  /** @param {RequestsView} view @param {ConnectionCard} card */
  #requests(view, card) {
    const { state } = view;
    const start = paneSize(this.app, "requests", innerWidth >= 1000 ? 292 : 240);
    const fill = () => /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("request-editor"))?.focus();
    return html`<busy-bar .busy=${state.sending || (state.documented === null && !state.listFailure)}></busy-bar>
      <split-panes
        .start=${start}
        @resized=${(/** @type {CustomEvent} */ event) => this.app.preferences.widen("requests", event.detail.width)}
        @resize-ended=${() => this.app.preferences.save()}
      >
        <request-list slot="start" .view=${view} .state=${state} @fill-wanted=${fill}></request-list>
        <div class="column">
          <request-editor .view=${view} .state=${state} .host=${card.apiHost}></request-editor>
          <request-answer .view=${view} .state=${state}></request-answer>
        </div>
      </split-panes>`;
  }

  /** @param {RequestsView} view @param {ConnectionCard} card */
  #annotations(view, card) {
    return html`<annotations-pane
      .view=${view.annotations}
      .state=${view.annotations.state}
      ?standsForAccount=${standsForAccount(card.kind)}
      .detailSize=${paneSize(this.app, "annotations", 292)}
      @resized=${(/** @type {CustomEvent} */ event) => this.app.preferences.widen("annotations", event.detail.width)}
      @resize-ended=${() => this.app.preferences.save()}
      @connection-wanted=${() => this.app.store.update({ connection: card.id, screen: "connections" })}
    ></annotations-pane>`;
  }

  /** @param {RequestsView} view */
  #words(view) {
    if (view.state.mode === "requests") {
      const { documented } = view.state;
      return documented ? text("requests-count", { count: documented.length }) : "";
    }
    const { rows, total } = view.annotations.state;
    if (!rows) return "";
    return total === null ? text("annotations-count", { count: number(rows.length) }) : text("count-of", { used: number(rows.length), limit: number(total) });
  }

  /** @param {RequestsView} view @param {boolean} annotations */
  #status(view, annotations) {
    const failure = annotations ? view.annotations.state.failure : (view.state.failure ?? view.state.listFailure);
    if (failure) {
      return html`<status-bar>
        <code>${failure.code}</code>
        <push-button slot="end" size="small" variant="quiet" icon="copy" @click=${() => this.app.copy(failureDetails(failure))}>${text("copy-details")}</push-button>
      </status-bar>`;
    }
    return html`<status-bar><span>${this.#words(view)}</span><span slot="end">${text("requests-promise")}</span></status-bar>`;
  }

  render() {
    const card = this.#card;
    const view = this.#view;
    if (!card || !view) return html`<tool-bar .heading=${text("rail-requests")}></tool-bar>${noConnection(this.app)}<status-bar></status-bar>`;
    const annotations = view.state.mode === "annotations" && this.#hasAnnotations(card);
    return html`<tool-bar .heading=${text("rail-requests")}>
        <connection-switcher .app=${this.app} role-of="requests"></connection-switcher>
        ${this.#modes(view, card)}
      </tool-bar>
      ${annotations ? this.#annotations(view, card) : this.#requests(view, card)} ${this.#status(view, annotations)}`;
  }
}

customElements.define("requests-screen", RequestsScreen);
