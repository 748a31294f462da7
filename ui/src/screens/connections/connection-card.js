// Owns the card of a connection: where its secret may go, who the server says one is, what it may do, recent calls.
// Must not act: buttons stand in the toolbar, which is the screen's.
import { LitElement, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { icon, icons } from "../../components/icon.js";
import { actionWord, failureAdvice, failureState, failureWords } from "../../i18n/failure.js";
import { clockTime, duration, fullDate, momentWithin, size, timeOfDay } from "../../i18n/format.js";
import { hasText, text } from "../../i18n/text.js";
import { base, texts, tones } from "../../style/shared.js";
import { cardStyle } from "./connection-card.style.js";
import {
  bindingSentence,
  cardIcon,
  identityRows,
  keepingSentence,
  permissionAdvice,
  permissionShown,
  permissionsInOrder,
  stateShown,
  subtitle,
} from "./connection-words.js";
import { credentialRows } from "./credential-rows.js";
import "../../components/definition-list.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/state-badge.js";
import "./sign-in-block.js";

/**
 * @import { CallShown } from "../../generated/CallShown.ts"
 * @import { ConnectionCard as Card } from "../../generated/ConnectionCard.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { KeychainState } from "../../generated/KeychainState.ts"
 */

/** How often what depends on the time is written anew, in ms. */
const AGE_EVERY = 30_000;

/** Failures on the way to the service: the doctor names the layer, and who mends it. */
const ON_THE_WAY = new Set(["host-unknown", "unreachable", "tls-untrusted", "redirected", "proxy-failed", "answer-unreadable"]);

/** The one button of a failure's banner, where there is something to press. @param {Failure} failure */
function bannerStep(failure) {
  if (failure.code === "proxy-refused") return { action: "network", word: text("doctor-change-network") };
  if (ON_THE_WAY.has(failure.code)) return { action: "doctor", word: text("card-doctor") };
  return { action: failure.action, word: failure.action === "correct" ? null : actionWord(failure) };
}

/** `.card`, `.calls`, `keychain`, `.failure` (of the last step on it). Fires `action-pressed` {action}, and `row-action` {id: "rate" | "network"}. */
export class ConnectionCard extends LitElement {
  static properties = {
    card: { attribute: false },
    calls: { attribute: false },
    keychain: {},
    failure: { attribute: false },
  };

  static styles = [base, texts, tones, icons, cardStyle];

  constructor() {
    super();
    /** @type {Card} */
    this.card = /** @type {any} */ (undefined);
    /** Newest first; null while they are read. @type {CallShown[] | null} */
    this.calls = null;
    /** @type {KeychainState} */
    this.keychain = "unlocked";
    /** @type {Failure | null} */
    this.failure = null;
  }

  /** "Renews in 41 min" goes on while it is looked at. @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), AGE_EVERY);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  #head() {
    const { card } = this;
    const state = stateShown(card, this.keychain);
    return html`<header>
      <span class="mark">${icon(cardIcon(card))}</span>
      <div class="names">
        <h2 class="cut" title=${card.label}>${card.label}</h2>
        <div class="subtitle">
          <span>${subtitle(card)}</span>
          ${card.kind === "practice" ? html`<state-badge icon="flask">${text("badge-practice")}</state-badge>` : nothing}
          ${card.plainHttp ? html`<state-badge tone="warn" icon="triangle">${text("badge-plain-http")}</state-badge>` : nothing}
          ${card.keeping === "thisRunOnly" ? html`<state-badge tone="accent" icon="clock">${text("badge-this-run")}</state-badge>` : nothing}
        </div>
      </div>
      <div class="state">
        <div class="state-word tone-${state.tone}">${icon(state.icon)}<span>${state.word}</span></div>
        <div class="second" title=${card.checked ? fullDate(card.checked) : nothing}>
          ${card.checked ? text("state-checked", { moment: momentWithin(card.checked) }) : text("state-never-checked")}
        </div>
      </div>
    </header>`;
  }

  #binding() {
    return html`<div class="binding">
      <span class="tone-accent">${icon("lock")}</span>
      <div>
        <p class="sentence">${bindingSentence(this.card)}</p>
        <p class="second">${keepingSentence(this.card)}</p>
      </div>
    </div>`;
  }

  /** The failure worth a banner: of the last step, else of the last proof. */
  #banner() {
    const { state } = this.card;
    if (state.is === "keychainUnavailable") return this.keychain === "unlocked" ? this.#unavailable() : nothing;
    const failure = this.failure ?? (state.is === "failing" ? state.failure : null);
    if (!failure) return nothing;
    const words = failureWords(failure);
    const { action, word } = bannerStep(failure);
    return html`<pane-banner
      tone=${stateShown(this.card, this.keychain).tone === "warn" ? "warn" : "bad"}
      .fact=${words.happened}
      .advice=${failureAdvice(failure)}
      .serverWords=${words.serverWords}
    >
      ${word
        ? html`<push-button slot="action" size="small" @click=${() => emit(this, "action-pressed", { action, failure })}
            >${word}</push-button
          >`
        : nothing}
    </pane-banner>`;
  }

  /** The keychain answers again, the last proof still says it did not. */
  #unavailable() {
    return html`<pane-banner tone="warn" .fact=${text("card-keychain-was")} .advice=${text("card-keychain-was.advice")}>
      <push-button slot="action" size="small" @click=${() => emit(this, "action-pressed", { action: "retry" })}
        >${text("card-test")}</push-button
      >
    </pane-banner>`;
  }

  #identity() {
    const rows = identityRows(this.card);
    return html`<section>
      <h3>${text("card-identity")}</h3>
      ${rows.length > 0
        ? html`<definition-list .rows=${rows}></definition-list>`
        : html`<p class="none">${text("card-identity-none")}</p>`}
    </section>`;
  }

  /** What a refusal probably lacks, said as a guess. */
  #advice() {
    const advice = permissionAdvice(this.card);
    if (!advice) return nothing;
    const scopes = advice.scopes.map((scope, place) => html`${place > 0 ? ", " : nothing}<code>${scope}</code>`);
    return html`<p class="second advice">${advice.words} ${scopes}. ${text("permission-advice-who")}</p>`;
  }

  /** A new refresh token that the keychain refused. */
  #notKept() {
    const { notKept } = this.card;
    if (!notKept) return nothing;
    return html`<pane-banner tone="warn" .fact=${text("card-not-kept")} .advice=${`${failureWords(notKept).happened} ${text("card-not-kept.advice")}`}>
      <push-button slot="action" size="small" @click=${() => emit(this, "action-pressed", { action: "unlockKeychain", failure: notKept })}
        >${text("keychain-check")}</push-button
      >
    </pane-banner>`;
  }

  #signIn() {
    const { signIn } = this.card;
    if (!signIn) return nothing;
    return html`<section>
      <h3>${text("card-sign-in")}</h3>
      <sign-in-block .signIn=${signIn}></sign-in-block>
    </section>`;
  }

  #permissions() {
    const { permissions, checked } = this.card;
    if (permissions.length === 0) return nothing;
    return html`<section class="permissions">
      <h3>
        <span>${text("card-permissions")}</span>
        ${checked ? html`<span class="tiny">${text("card-permissions-when", { moment: clockTime(checked) })}</span>` : nothing}
      </h3>
      <ul>
        ${permissionsInOrder(permissions).map((permission) => {
          const shown = permissionShown(permission);
          return html`<li>
            <span class="tone-${shown.tone}">${icon(shown.icon, "row")}</span><span class="permission">${shown.name}</span
            ><span class="words">${shown.words}</span>
          </li>`;
        })}
      </ul>
      ${this.#advice()}
    </section>`;
  }

  /** @param {CallShown} call */
  #outcome(call) {
    if (call.status !== null) return String(call.status);
    const state = `error-${call.code}.state`;
    return call.code && hasText(state) ? failureState(/** @type {Failure} */ ({ code: call.code })) : (call.code ?? "");
  }

  /** @param {CallShown} call */
  #call(call) {
    const bad = call.status === null || call.status >= 400;
    return html`<tr>
      <td title=${fullDate(call.at)}>${timeOfDay(call.at)}</td>
      <td>${call.method}</td>
      <td class="path"><bdi>${call.path}</bdi></td>
      <td class=${bad ? "refused" : ""}>${this.#outcome(call)}</td>
      <td class="number">${duration(call.milliseconds)}</td>
      <td class="number">${size(call.bytes)}</td>
    </tr>`;
  }

  #calls() {
    const { calls } = this;
    if (!calls) return nothing;
    const heads = ["call-time", "call-method", "call-path", "call-status", "call-duration", "call-size"];
    return html`<section class="calls">
      <h3>
        <span id="calls">${text("card-calls")}</span>
        <button type="button" class="link" @click=${() => emit(this, "action-pressed", { action: "activity" })}>${text("card-all-activity")}</button>
      </h3>
      ${calls.length === 0
        ? html`<p class="none">${text("card-calls-none")}</p>`
        : html`<table aria-labelledby="calls">
            <thead class="spoken">
              <tr>
                ${heads.map((head) => html`<th scope="col">${text(head)}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${calls.map((call) => this.#call(call))}
            </tbody>
          </table>`}
    </section>`;
  }

  render() {
    if (!this.card) return nothing;
    return html`<article>
      ${this.#head()} ${this.#binding()} ${this.#banner()} ${this.#notKept()}
      <div class="columns">
        <div class="main-column">
          ${this.#identity()} ${this.#signIn()}
          <section>
            <h3>${text("card-credential")}</h3>
            <definition-list .rows=${credentialRows(this.card)}></definition-list>
          </section>
        </div>
        ${this.#permissions()}
      </div>
      ${this.#calls()}
    </article>`;
  }
}

customElements.define("connection-card", ConnectionCard);
