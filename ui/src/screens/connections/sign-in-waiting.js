// Owns what is shown while a sign-in waits for the browser: where it is open, where it comes back to, and the ways on when
// it does not. Must not let a pasted address outlive this view or five minutes: it holds a one-time code.
import { LitElement, css, html, nothing } from "lit";

import { icon, icons } from "../../components/icon.js";
import { failureSentences } from "../../i18n/failure.js";
import { clockTime, fullDate } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { base, texts, tones } from "../../style/shared.js";
import { SecretKeeper } from "./secret-keeper.js";
import { signInBegun } from "./sign-in-steps.js";
import "../../components/busy-bar.js";
import "../../components/definition-list.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/text-field.js";

/**
 * @import { Application } from "../../application.js"
 * @import { SignInProgress, WaitingStep } from "./sign-in-steps.js"
 */

const PHASES = /** @type {const} */ (["waiting", "exchanging", "proving"]);

/** `.app`, `.progress`. Copies bubble out as `copy-requested`. */
export class SignInWaiting extends LitElement {
  static properties = {
    app: { attribute: false },
    progress: { attribute: false },
    pasted: { state: true },
    fault: { state: true },
    handing: { state: true },
  };

  static styles = [base, texts, tones, icons, css`
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--space-16);
    }
    h3 {
      font: var(--type-title);
    }
    .lead,
    .later {
      color: var(--text-2);
    }
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      min-height: var(--height-small);
    }
    .now {
      font: var(--type-value);
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-8);
    }
    .paste {
      display: flex;
      align-items: flex-start;
      gap: var(--space-8);
    }
    .paste text-field {
      flex: 1;
    }
    .paste push-button {
      margin-block-start: var(--space-20);
    }
  `];

  #keeper = new SecretKeeper(() => (this.pasted = ""));

  constructor() {
    super();
    /** @type {Application} */
    this.app = /** @type {any} */ (undefined);
    /** @type {SignInProgress} */
    this.progress = signInBegun();
    this.pasted = "";
    /** Why the pasted address was not taken. @type {string | null} */
    this.fault = null;
    this.handing = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }

  #forget() {
    this.#keeper.stop();
    this.pasted = "";
  }

  /** @param {() => Promise<void>} step */
  async #attempt(step) {
    this.fault = null;
    try {
      await step();
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.code === "cancelled") return;
      this.fault = failureSentences(failure);
    }
  }

  async #hand() {
    if (this.handing) return;
    if (!this.pasted.trim()) {
      this.fault = text("sign-in-paste-empty");
      return;
    }
    this.handing = true;
    await this.#attempt(async () => {
      await this.app.commands.signInPaste(this.pasted.trim());
      this.#forget();
    });
    this.handing = false;
  }

  /** @param {CustomEvent<{ value: string }>} event */
  #typed(event) {
    event.stopPropagation();
    this.pasted = event.detail.value;
    this.fault = null;
    this.#keeper.typed();
  }

  /** Enter hands the address over, and does not press the sheet's own button. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    this.#hand();
  }

  #banner() {
    const { waiting, stranger, phase } = this.progress;
    if (phase !== "waiting" || !waiting) return nothing;
    if (stranger) {
      return html`<pane-banner tone="warn" .fact=${text("sign-in-stranger")} .advice=${text("sign-in-stranger.advice")}></pane-banner>`;
    }
    if (waiting.browserOpened) return nothing;
    return html`<pane-banner tone="warn" .fact=${text("sign-in-no-browser")} .advice=${text("sign-in-no-browser.advice")}></pane-banner>`;
  }

  #phases() {
    const at = PHASES.indexOf(/** @type {any} */ (this.progress.phase));
    return html`<ol aria-live="polite">
      ${PHASES.map((phase, place) => {
        const done = place < at;
        const look = place === at ? "now" : done ? "" : "later";
        const mark = done ? "circle-tick" : place === at ? "circle-full" : "circle-dotted";
        const tone = done ? "tone-ok" : place === at ? "tone-accent" : "tone-quiet";
        return html`<li class=${look} aria-current=${place === at ? "step" : nothing}>
          <span class=${tone}>${icon(mark)}</span>${text(`sign-in-phase-${phase}`)}
        </li>`;
      })}
    </ol>`;
  }

  /** @param {WaitingStep} waiting */
  #where({ host, redirectUri, until }) {
    return html`<definition-list
      .rows=${[
        { name: text("sign-in-page"), value: host },
        { name: text("sign-in-redirect"), value: redirectUri, mono: true, copy: redirectUri },
        { name: text("sign-in-until"), value: clockTime(until), hover: fullDate(until) },
      ]}
    ></definition-list>`;
  }

  /** @param {WaitingStep} waiting */
  #ways({ authorizeAddress }) {
    const copied = () => this.app.copy(authorizeAddress);
    const again = () => this.#attempt(() => this.app.commands.signInOpenAgain());
    return html`<div class="actions">
        <push-button data-action="open-again" @click=${again}>${text("sign-in-open-again")}</push-button>
        <push-button variant="quiet" icon="copy" data-action="copy-address" @click=${copied}>${text("sign-in-copy-address")}</push-button>
      </div>
      <div class="paste" @keydown=${this.#key}>
        <text-field
          mono
          .label=${text("sign-in-paste")}
          .hint=${text("sign-in-paste-hint")}
          .value=${this.pasted}
          .error=${this.fault}
          @value-changed=${this.#typed}
        ></text-field>
        <push-button data-action="paste" .busy=${this.handing} .busyWord=${text("sign-in-paste-busy")} @click=${() => this.#hand()}
          >${text("sign-in-paste-use")}</push-button
        >
      </div>`;
  }

  render() {
    const { waiting, phase } = this.progress;
    const host = waiting?.host ?? "";
    return html`<div>
        <h3>${text(waiting ? "sign-in-heading" : "sign-in-opening", { host })}</h3>
        <p class="lead">${text("sign-in-lead")}</p>
      </div>
      ${this.#banner()} ${this.#phases()} ${waiting ? this.#where(waiting) : nothing}
      ${waiting && phase === "waiting" ? this.#ways(waiting) : nothing}`;
  }
}

customElements.define("sign-in-waiting", SignInWaiting);
