// Owns what both forms of an account share: fields with their faults, the banner, the keys, the first fault's focus.
// Must not send anything: the view does.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { icons } from "../../components/icon.js";
import { text } from "../../i18n/text.js";
import { base, texts } from "../../style/shared.js";
import { FIELDS, LONGEST } from "./account-form.js";
import { beside, nameOf } from "./account-words.js";
import { resultWords } from "./result-words.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/text-field.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { KnownAccount } from "../../generated/KnownAccount.ts"
 * @import { TextField } from "../../components/text-field.js"
 * @import { FieldName, Form } from "./account-form.js"
 * @import { AccountsState } from "./accounts-state.js"
 * @import { AccountsView } from "./accounts-view.js"
 * @import { Wanted } from "./account-words.js"
 * @import { BannerWords } from "./result-words.js"
 */

/** Far above every real value, far below what would freeze. */
const GUARD = 1_000;

/** @type {Record<Wanted, string>} */
const WANTED_WORDS = {
  openThere: "accounts-open-there",
  replaceSecret: "action-replaceSecret",
  keychain: "action-unlockKeychain",
};

/** A banner with its button; `from` fires `wanted` {wanted} when it is pressed. @param {EventTarget} from @param {BannerWords | null} words */
export function bannerOf(from, words) {
  if (!words) return nothing;
  const { tone, fact, advice, serverWords = null, wanted = null } = words;
  return html`<pane-banner tone=${tone} ?urgent=${tone === "bad"} .fact=${fact} .advice=${advice} .serverWords=${serverWords}>
    ${wanted
      ? html`<push-button slot="action" size="small" data-wanted=${wanted} @click=${() => emit(from, "wanted", { wanted })}
          >${text(WANTED_WORDS[wanted])}</push-button
        >`
      : nothing}
  </pane-banner>`;
}

/** `.view`, `.state`, `.card`, `authority`. */
export class AccountPane extends LitElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = {
    view: { attribute: false },
    state: { attribute: false },
    card: { attribute: false },
    authority: {},
  };

  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** @type {import("lit").CSSResultGroup} */
  static styles = [base, texts, icons, css`
    :host {
      display: block;
    }
    header {
      display: flex;
      align-items: center;
      gap: var(--space-16);
      margin-block-end: var(--space-24);
    }
    .subject {
      flex: 1;
      min-width: 0;
    }
    h2 {
      font: var(--type-subject);
      overflow-wrap: anywhere;
    }
    .subject p {
      color: var(--text-2);
      overflow-wrap: anywhere;
    }
    .subject push-button {
      vertical-align: middle;
      margin-block: -2px;
    }
    pane-banner {
      margin-block-end: var(--space-16);
    }
    .fields {
      display: flex;
      flex-direction: column;
      gap: var(--space-16);
    }
    .beside {
      margin-block-start: var(--space-6);
    }
    .buttons {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      min-height: var(--height-row);
      margin-block-start: var(--space-24);
    }
    .buttons .second {
      margin-inline-start: var(--space-8);
    }
  `];

  /** The pointer is down on the form. */
  #pressing = false;

  constructor() {
    super();
    /** @type {AccountsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {AccountsState} */
    this.state = /** @type {any} */ (undefined);
    /** @type {ConnectionCard} */
    this.card = /** @type {any} */ (undefined);
    /** @type {string | null} */
    this.authority = null;
    this.addEventListener("pointerdown", () => this.#pressed());
  }

  #pressed() {
    this.#pressing = true;
    window.addEventListener("pointerup", () => (this.#pressing = false), { once: true });
  }

  /**
   * A field left by pressing a button of the form shows its fault once the press is over: what appeared before would
   * move the button from under the pointer, and the press would be lost.
   * @param {FieldName} name
   */
  #left(name) {
    if (!this.#pressing) this.view.leftField(name);
    else window.addEventListener("pointerup", () => setTimeout(() => this.view.leftField(name)), { once: true });
  }

  get form() {
    return /** @type {Form} */ (this.state.form);
  }

  /** What an unanswered write sent must not change before it is read back. */
  get locked() {
    return this.form.result?.is === "unknown";
  }

  /** The first field that can be typed into. */
  focus() {
    this.focusField(this.form.base ? "email" : "username");
  }

  /** @param {string} name @returns {TextField | null} */
  #field(name) {
    return this.renderRoot.querySelector(`[data-field="${name}"]`);
  }

  /** Puts the keyboard where it can be typed. @param {FieldName} name */
  async focusField(name) {
    await this.updateComplete;
    this.#field(name)?.focus();
  }

  /** Sends, and puts the keyboard on the first fault where there is one. */
  async save() {
    await this.view.writer.save();
    if (!this.isConnected || !this.state.form) return;
    await this.updateComplete;
    const fault = FIELDS.find((field) => beside(this.form, field).error !== null);
    if (fault) this.focusField(fault);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const target = event.composedPath()[0];
    if (event.key !== "Enter" || !(target instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.save();
  }

  banner() {
    return bannerOf(this, resultWords(this.form));
  }

  /**
   * @param {FieldName} name
   * @param {{ label: string, hint?: string | null, good?: string | null, counted?: boolean,
   *   optional?: boolean, warning?: string | null, slot?: unknown }} options
   */
  field(name, { label, hint = null, good = null, counted = false, optional = false, warning = null, slot = nothing }) {
    const { error, serverWords } = beside(this.form, name);
    return html`<text-field
      data-field=${name}
      .label=${text(label)}
      .value=${this.form.typed[name]}
      .hint=${hint}
      .good=${good}
      .error=${error ?? warning}
      .serverWords=${serverWords}
      .limit=${counted ? LONGEST[name] : null}
      .guard=${GUARD}
      .optional=${optional}
      .locked=${this.locked}
      @value-changed=${(/** @type {CustomEvent<{ value: string }>} */ event) => this.view.typeField(name, event.detail.value)}
      @left=${() => this.#left(name)}
      >${slot}</text-field
    >`;
  }

  /**
   * A plain text: an input of type "email" has its own idea of a good address, and the service's is wider.
   * @param {string | null} [hint]
   */
  emailField(hint = null) {
    const { addressee, touched } = this.form;
    const shown = touched.includes("email") ? addressee : null;
    return this.field("email", {
      label: "accounts-email",
      hint,
      warning: shown ? text("accounts-email-seen", { username: shown.username }) : null,
      slot: shown ? this.openButton(shown) : nothing,
    });
  }

  displayNameField(optional = false) {
    return this.field("displayName", { label: "accounts-display-name", counted: true, optional });
  }

  /** Opens an account seen here that has what was typed. @param {KnownAccount} account */
  openButton(account) {
    const name = nameOf(account) === account.username ? account.username : `${nameOf(account)} (${account.username})`;
    return html`<div class="beside">
      <push-button size="small" data-action="open-seen" @click=${() => this.view.open(account)}
        >${text("accounts-open", { name })}</push-button
      >
    </div>`;
  }

  /** Reading back in place of sending again. */
  readBackButton() {
    return html`<push-button
      variant="primary"
      data-action="read-back"
      .busy=${this.state.writing === "readingBack"}
      .busyWord=${text("accounts-reading-back")}
      @click=${() => this.view.writer.readBack()}
      >${text("accounts-read-back")}</push-button
    >`;
  }

  stopButton() {
    return html`<push-button data-action="stop" @click=${() => this.view.stop()}
      >${text(this.state.stopping ? "accounts-stopping" : "stop")}</push-button
    >`;
  }
}
