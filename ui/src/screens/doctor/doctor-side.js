// Owns what stands beside the layers: what a failure means, who can mend it, what can be done here, and the facts.
// Must not act: it says what was pressed.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { icon, icons } from "../../components/icon.js";
import { fullDate, moment } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { base, texts } from "../../style/shared.js";
import { meaning, remedy, routeWords, trustWords } from "./doctor-words.js";
import "../../components/definition-list.js";
import "../../components/push-button.js";

/**
 * @import { DoctorFinding } from "../../generated/DoctorFinding.ts"
 * @import { DoctorReport } from "../../generated/DoctorReport.ts"
 * @import { DoctorView } from "./doctor-view.js"
 */

/** `.view`, `.state`, `host`, `.fault` (of a certificate chosen here). Fires `step-wanted` {step: "certificate" | "network" | "connection"}. */
export class DoctorSide extends LitElement {
  static properties = { view: { attribute: false }, state: { attribute: false }, host: {}, fault: { attribute: false } };

  static styles = [base, texts, icons, css`
    :host {
      display: block;
      flex: 1;
      overflow: auto;
      background: var(--sub);
    }
    .words {
      display: flex;
      flex-direction: column;
      gap: var(--space-20);
      padding: var(--space-16);
    }
    h3 {
      font: var(--type-heading);
      margin-block-end: var(--space-4);
    }
    push-button {
      margin-block-start: var(--space-8);
    }
    .facts {
      padding: var(--space-12) var(--space-16);
      border-block-start: 1px solid var(--line);
    }
    .promise {
      display: flex;
      gap: var(--space-6);
      margin-block-start: var(--space-12);
    }
    .promise .icon {
      margin-block-start: 1px;
    }
    .fault {
      margin-block-start: var(--space-8);
      color: var(--bad);
      font: var(--type-small);
    }
  `];

  constructor() {
    super();
    /** @type {DoctorView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {unknown} */
    this.state = null;
    this.host = "";
    /** @type {string | null} */
    this.fault = null;
  }

  /** @param {string} step @param {string} words */
  #button(step, words) {
    const drawing = step === "certificate" ? "file" : null;
    return html`<push-button data-step=${step} .icon=${drawing} @click=${() => emit(this, "step-wanted", { step })}>${text(words)}</push-button>`;
  }

  /** What can be done here, for this connection alone. @param {DoctorFinding} failed */
  #here({ layer, failure, mender }) {
    // Another authority's certificate mends an unknown issuer, and nothing else that is wrong with one.
    if (failure?.code === "tls-untrusted" && mender !== "networkAdministrator") return nothing;
    if (failure?.code === "tls-untrusted") {
      return this.#part("doctor-here", html`<p>${text("doctor-here-certificate")}</p>${this.#button("certificate", "certificate-choose")}`);
    }
    if (layer === "authentication" || layer === "permission") {
      return this.#part("doctor-here-connection", this.#button("connection", "doctor-open-connection"));
    }
    return this.#part("doctor-here", html`<p>${text("doctor-here-network")}</p>${this.#button("network", "doctor-change-network")}`);
  }

  /** @param {string} heading @param {unknown} body */
  #part(heading, body) {
    return html`<section>
      <h3>${text(heading)}</h3>
      ${body}
    </section>`;
  }

  #failed() {
    const { failed } = this.view;
    if (!failed) return nothing;
    return html`<div class="words">
      ${this.#part("doctor-means", html`<p>${meaning(failed)}</p>`)}
      ${this.#part("doctor-who", html`<p>${remedy(failed, this.host)}</p>`)} ${this.#here(failed)}
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
    </div>`;
  }

  /** @param {DoctorReport} report */
  #facts({ checked, lastPassed, route, trust }) {
    const rows = [
      { name: text("doctor-checked"), value: moment(checked), hover: fullDate(checked) },
      lastPassed
        ? { name: text("doctor-last-passed"), value: moment(lastPassed), hover: fullDate(lastPassed) }
        : { name: text("doctor-last-passed"), value: text("doctor-never-passed"), quiet: true },
      { name: text("doctor-route"), value: routeWords(route) },
      { name: text("doctor-trust"), value: trustWords(trust) },
    ];
    return html`<definition-list narrow .rows=${rows}></definition-list>`;
  }

  render() {
    if (!this.view) return nothing;
    const { report } = this.view.state;
    return html`${this.#failed()}
      <div class="facts">
        ${report ? this.#facts(report) : nothing}
        <p class="promise second">${icon("info", "row")}<span>${text("doctor-promise")}</span></p>
      </div>`;
  }
}

customElements.define("doctor-side", DoctorSide);
