// Owns the form of an account that is not there yet.
import { html, nothing } from "lit";

import { text } from "../../i18n/text.js";
import { AccountPane } from "./account-pane.js";
import { whereWords } from "./account-words.js";

export class NewAccount extends AccountPane {
  /** A name that is seen here already is said, and does not stop: what is seen here may be old. */
  #username() {
    const { namesake, normalForm, typed, faults, refusals, touched } = this.form;
    const known = touched.includes("username") ? namesake : null;
    const fits = typed.username.trim() !== "" && !faults.some(({ field }) => field === "username");
    const refused = refusals.some(({ field }) => field === "username");
    return this.field("username", {
      label: "accounts-username",
      hint: text("accounts-username-rule"),
      counted: true,
      good: fits && !refused && !namesake ? text("accounts-username-good", { normal: normalForm ?? "" }) : null,
      warning: known ? text("accounts-username-seen", { username: known.username }) : null,
      slot: known ? this.openButton(known) : this.#openTaken(),
    });
  }

  /** The name that the server says is taken can be asked for. */
  #openTaken() {
    const taken = this.form.refusals.some(({ field, code }) => field === "username" && code === "already-exists");
    if (!taken) return nothing;
    const { username } = this.form.typed;
    return html`<div class="beside">
      <push-button size="small" data-action="open-taken" @click=${() => this.view.lookUp(username)}
        >${text("accounts-open", { name: username.trim() })}</push-button
      >
    </div>`;
  }

  #buttons() {
    const { writing } = this.state;
    const leave = html`<push-button data-action="cancel" @click=${() => this.view.close()}>${text("cancel")}</push-button>`;
    if (this.form.result?.is === "unknown") {
      return html`<div class="buttons">${this.readBackButton()} ${writing ? this.stopButton() : leave}</div>`;
    }
    return html`<div class="buttons">
      <push-button
        variant="primary"
        data-action="create"
        .busy=${writing === "creating"}
        .busyWord=${text("accounts-creating")}
        @click=${() => this.save()}
        >${text("accounts-create")}</push-button
      >
      ${writing ? this.stopButton() : leave}
    </div>`;
  }

  render() {
    if (!this.state?.form || this.state.form.base) return nothing;
    return html`<header>
        <div class="subject">
          <h2>${text("accounts-new")}</h2>
          <p>${whereWords(this.card, this.authority)}</p>
        </div>
      </header>
      ${this.banner()}
      <div class="fields" @keydown=${this.onKey}>${this.#username()} ${this.emailField()} ${this.displayNameField(true)}</div>
      ${this.#buttons()}`;
  }
}

customElements.define("new-account", NewAccount);
