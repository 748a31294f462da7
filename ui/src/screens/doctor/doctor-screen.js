// Owns the Doctor screen: which connection is examined, its buttons, the layers and what stands beside them.
// Must not walk the layers itself: the backend does, and a credential goes along only in the last two.
import { css, html, nothing } from "lit";

import { icon } from "../../components/icon.js";
import { duration } from "../../i18n/format.js";
import { failureWords } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { chooseCertificate } from "../connections/choose-certificate.js";
import { networkSent, networkTyped } from "../connections/network.js";
import { noConnection } from "../no-connection.js";
import { paneSize } from "../pane-widths.js";
import { ScreenElement } from "../screen-element.js";
import { doctorView } from "./doctor-view.js";
import { headWords, statusWords } from "./doctor-words.js";
import "../../components/busy-bar.js";
import "../../components/push-button.js";
import "../../components/split-panes.js";
import "../../components/status-bar.js";
import "../../components/tool-bar.js";
import "../connection-switcher.js";
import "../connections/set-network.js";
import "./doctor-layers.js";
import "./doctor-side.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { DoctorView } from "./doctor-view.js"
 */

/** Below this width of the window the words stand under the layers, in px. */
const SIDE_FROM = 860;

/** `.app` */
export class DoctorScreen extends ScreenElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { width: { state: true }, fault: { state: true }, sheet: { state: true } };

  static styles = [ScreenElement.styles, css`
    header {
      display: flex;
      gap: var(--space-12);
      padding: var(--space-20) var(--space-16) var(--space-20);
      border-block-end: 1px solid var(--line);
    }
    header > span {
      padding-block-start: var(--space-6);
    }
    h2 {
      font: var(--type-subject);
      overflow-wrap: anywhere;
    }
    header p {
      color: var(--text-2);
    }
    .column {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
    }
    .side {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
  `];

  /** @type {DoctorView | null} */
  #view = null;
  #watching = new AbortController();

  constructor() {
    super();
    this.width = innerWidth;
    /** Why the certificate chosen here was not taken. @type {string | null} */
    this.fault = null;
    /** @type {"network" | null} */
    this.sheet = null;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("resize", () => (this.width = innerWidth), { signal: this.whileShown });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watching.abort();
    this.#view = null;
  }

  get #card() {
    return this.app.card(this.app.state.doctorConnection);
  }

  willUpdate() {
    const card = this.#card;
    const view = card ? doctorView(this.app, card.id) : null;
    if (view === this.#view) return;
    this.#watching.abort();
    this.#watching = new AbortController();
    this.#view = view;
    this.fault = null;
    view?.store.subscribe(() => this.requestUpdate(), { signal: this.#watching.signal });
  }

  async focusMain() {
    await this.updateComplete;
    const button = /** @type {import("lit").LitElement | null} */ (this.renderRoot.querySelector("[data-main]"));
    await button?.updateComplete;
    button?.focus();
  }

  panes() {
    return /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll("[data-main], doctor-side")]);
  }

  /** @param {import("../../window-keys.js").ScreenKey | "read-token"} key */
  onKey(key) {
    if (key !== "refresh" || !this.#view) return false;
    this.#run(this.#view);
    return true;
  }

  /** @param {DoctorView} view */
  async #run(view) {
    this.fault = null;
    await view.run();
    const host = this.app.card(view.connection)?.apiHost ?? "";
    this.app.announce(headWords(view, host).heading);
  }

  /** @param {ConnectionCard} card @param {DoctorView} view */
  async #choose(card, view) {
    const { certificate, fault } = await chooseCertificate(this.app);
    this.fault = fault?.words ?? null;
    if (!certificate) return;
    try {
      const draft = networkSent({ ...networkTyped(card.network), certificate });
      this.app.setCard(await this.app.commands.connectionSetNetwork(card.id, draft));
      await this.#run(view);
    } catch (thrown) {
      this.fault = failureWords(failureOf(thrown)).happened;
    }
  }

  /** @param {CustomEvent<{ step: string }>} event @param {ConnectionCard} card @param {DoctorView} view */
  #step({ detail: { step } }, card, view) {
    if (step === "certificate") this.#choose(card, view);
    else if (step === "network") this.sheet = "network";
    else this.app.store.update({ connection: card.id, screen: "connections" });
  }

  /** @param {DoctorView} view */
  #tools(view) {
    const { running, report } = view.state;
    const words = report || view.state.failure ? "doctor-again" : "doctor-check";
    return html`${report
        ? html`<push-button slot="end" icon="copy" data-action="copy" @click=${() => this.app.copy(report.text)}>${text("doctor-copy")}</push-button>`
        : nothing}
      ${running ? html`<push-button slot="end" data-action="stop" @click=${() => view.stop()}>${text("stop")}</push-button>` : nothing}
      <push-button
        slot="end"
        variant="primary"
        icon="sync"
        data-main
        data-action="check"
        .busy=${running}
        .busyWord=${text("doctor-checking")}
        @click=${() => this.#run(view)}
        >${text(words)}</push-button
      >`;
  }

  /** @param {DoctorView} view @param {ConnectionCard} card */
  #head(view, card) {
    const words = headWords(view, card.apiHost);
    return html`<header>
      <span class="tone-${words.tone}">${icon(words.icon)}</span>
      <div>
        <h2>${words.heading}</h2>
        <p>${words.sentence}</p>
      </div>
    </header>`;
  }

  /** @param {DoctorView} view @param {ConnectionCard} card @param {boolean} docked */
  #side(view, card, docked) {
    return html`<doctor-side
      class="side"
      slot=${docked ? "end" : nothing}
      role="region"
      tabindex="-1"
      aria-label=${text("doctor-side")}
      .view=${view}
      .state=${view.state}
      .host=${card.apiHost}
      .fault=${this.fault}
      @step-wanted=${(/** @type {CustomEvent} */ event) => this.#step(event, card, view)}
    ></doctor-side>`;
  }

  /** @param {DoctorView} view @param {ConnectionCard} card */
  #body(view, card) {
    const docked = this.width >= SIDE_FROM;
    const end = docked ? paneSize(this.app, "doctor", this.width >= 1000 ? 312 : 272) : null;
    const { preferences } = this.app;
    return html`<split-panes
      .end=${end}
      @resized=${(/** @type {CustomEvent} */ event) => preferences.widen("doctor", event.detail.width)}
      @resize-ended=${() => preferences.save()}
    >
      <div class="scrolling">
        ${this.#head(view, card)}
        <doctor-layers .view=${view} .state=${view.state}></doctor-layers>
        ${docked ? nothing : this.#side(view, card, docked)}
      </div>
      ${docked ? this.#side(view, card, docked) : nothing}
    </split-panes>`;
  }

  /** @param {DoctorView} view */
  #status(view) {
    const spent = view.state.findings.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    return html`<status-bar>
      <span>${statusWords(view)}</span>
      ${view.state.findings.length > 0 ? html`<span slot="end">${duration(spent)}</span>` : nothing}
    </status-bar>`;
  }

  render() {
    const card = this.#card;
    const view = this.#view;
    if (!card || !view) return html`<tool-bar .heading=${text("rail-doctor")}></tool-bar>${noConnection(this.app)}<status-bar></status-bar>`;
    return html`<tool-bar .heading=${text("rail-doctor")}>
        <connection-switcher .app=${this.app} role-of="doctor"></connection-switcher>
        ${this.#tools(view)}
      </tool-bar>
      <busy-bar .busy=${view.state.running}></busy-bar>
      ${this.#body(view, card)} ${this.#status(view)}
      ${this.sheet === "network"
        ? html`<set-network data-sheet .app=${this.app} .card=${card} @closed=${() => (this.sheet = null)}></set-network>`
        : nothing}`;
  }
}

customElements.define("doctor-screen", DoctorScreen);
