// Owns the form of an account that is there: what can be changed, what the server has, what the service cannot do.
import { css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { fullDate, moment } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { LONGEST, authorityOf, changedFields } from "./account-form.js";
import { AccountPane } from "./account-pane.js";
import { changeWords, nameOf } from "./account-words.js";
import "../../components/definition-list.js";

/** @import { KnownAccount } from "../../generated/KnownAccount.ts" */

export class AccountEditor extends AccountPane {
  static styles = [AccountPane.styles, css`
    .away {
      visibility: hidden;
    }
    section {
      margin-block-start: var(--space-32);
      padding-block-start: var(--space-16);
      border-block-start: 1px solid var(--line);
    }
    h3 {
      margin-block-end: var(--space-8);
    }
    section p {
      margin-block-start: var(--space-16);
    }
  `];

  get #account() {
    return /** @type {KnownAccount} */ (this.form.base);
  }

  #head() {
    const account = this.#account;
    const asking = this.state.asking === account.userid;
    return html`<header>
      <div class="subject">
        <h2><bdi>${nameOf(account)}</bdi></h2>
        <p>
          <bdi dir="ltr">${account.userid}</bdi>
          <push-button
            bare
            variant="quiet"
            size="small"
            icon="copy"
            .name=${text("copy-value", { name: account.userid })}
            @click=${() => emit(this, "copy-requested", { text: account.userid })}
          ></push-button>
        </p>
      </div>
      <push-button
        variant="quiet"
        icon="sync"
        data-action="read-again"
        .busy=${asking}
        .busyWord=${text("accounts-asking")}
        @click=${() => this.view.readAgain()}
        >${text("accounts-read")}</push-button
      >
    </header>`;
  }

  #username() {
    return html`<text-field
      data-field="username"
      .label=${text("accounts-username")}
      .value=${this.#account.username}
      .hint=${text("accounts-username-locked")}
      .locked=${true}
    ></text-field>`;
  }

  #email() {
    const used = [...this.form.typed.email.trim()].length;
    return this.emailField(text("accounts-email-hint", { limit: LONGEST.email, used }));
  }

  /** Their room is kept while nothing is changed, so that nothing moves when something is. */
  #buttons() {
    const { writing } = this.state;
    const changed = changedFields(this.form).length;
    if (this.form.result?.is === "unknown") {
      return html`<div class="buttons">
        ${this.readBackButton()} ${writing ? this.stopButton() : this.#discardButton()}
      </div>`;
    }
    return html`<div class="buttons ${changed === 0 && !writing ? "away" : ""}">
      <push-button
        variant="primary"
        data-action="save"
        .busy=${writing === "saving"}
        .busyWord=${text("accounts-saving")}
        @click=${() => this.save()}
        >${text("accounts-save")}</push-button
      >
      ${writing ? this.stopButton() : this.#discardButton()}
      <span class="second" role="status">${changeWords(this.form, changed)}</span>
    </div>`;
  }

  #discardButton() {
    return html`<push-button data-action="discard" @click=${() => this.#discard()}>${text("accounts-discard")}</push-button>`;
  }

  #discard() {
    this.view.discard();
    this.focusField("email");
  }

  #server() {
    const account = this.#account;
    const missing = text("not-provided");
    const rows = [
      { name: text("accounts-authority"), value: authorityOf(account.userid) || missing },
      { name: text("accounts-email"), value: account.email || missing, quiet: !account.email },
      { name: text("accounts-display-name"), value: account.displayName || missing, quiet: !account.displayName },
      { name: text("accounts-normal-form"), value: this.form.normalForm ?? "", note: text("accounts-normal-form-note") },
      { name: text("accounts-identities"), value: text("accounts-identities-never"), quiet: true },
      { name: text("accounts-read-at"), value: moment(account.read), hover: fullDate(account.read) },
    ];
    return html`<section aria-labelledby="server">
      <h3 class="group-head" id="server">${text("accounts-server")}</h3>
      <definition-list .rows=${rows}></definition-list>
      <p class="second">${text("accounts-no-deletion")}</p>
    </section>`;
  }

  render() {
    if (!this.state?.form?.base) return nothing;
    return html`${this.#head()} ${this.banner()}
      <div class="fields" @keydown=${this.onKey}>${this.#username()} ${this.#email()} ${this.displayNameField()}</div>
      ${this.#buttons()} ${this.#server()}`;
  }
}

customElements.define("account-editor", AccountEditor);
