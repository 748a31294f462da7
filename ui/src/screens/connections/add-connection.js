// Owns the sheet that adds a connection: kinds at left, one form at right, saving, and what becomes of what was typed.
// Must not let a secret outlive the sheet: it is dropped on success, on closing and after five minutes.
import { LitElement, html, nothing } from "lit";

import { icon, icons } from "../../components/icon.js";
import { emit } from "../../components/emit.js";
import { failureAtField, failureSentences } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { base, texts } from "../../style/shared.js";
import { addStyle } from "./add-connection.style.js";
import { chooseCertificate } from "./choose-certificate.js";
import { draftOf, faultsOf, holdsSecret, isDirty, nothingTyped, signsIn, withoutSecrets } from "./draft.js";
import { SecretKeeper } from "./secret-keeper.js";
import { signInAfter, signInBegun } from "./sign-in-steps.js";
import "../../components/item-list.js";
import "../../components/modal-sheet.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "./connection-form.js";
import "./sign-in-waiting.js";

/**
 * @import { Application } from "../../application.js"
 * @import { ConnectionKind } from "../../generated/ConnectionKind.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { Field } from "../../generated/Field.ts"
 * @import { ItemGroup } from "../../components/item-list.js"
 * @import { ConnectionForm, ShownFault } from "./connection-form.js"
 * @import { BetterPlace } from "./credential-shape.js"
 * @import { Typed } from "./draft.js"
 */

/** The kinds in the order of the list; what only few need stands last. */
const KINDS = /** @type {const} */ ([
  { group: "hyperproof", kind: "hyperproofClientCredentials", icon: "shield-check" },
  { group: "hypothesis", kind: "hypothesisPersonalToken", icon: "key" },
  { group: "hypothesis", kind: "hypothesisSignIn", icon: "speech" },
  { group: "hypothesis", kind: "hypothesisClientCredentials", icon: "person" },
  { group: "hypothesis", kind: "hypothesisGrantToken", icon: "file" },
  { group: "hypothesis", kind: "hypothesisAnonymous", icon: "globe" },
  { group: "practice", kind: "practice", icon: "flask" },
  { group: "advanced", kind: "hyperproofAuthorizationCode", icon: "shield-check" },
]);

/** Fires `closed` when it wants to go; the card saved has been given to the application by then. */
export class AddConnection extends LitElement {
  static properties = {
    app: { attribute: false },
    kind: { state: true },
    typed: { state: true },
    shown: { state: true },
    failure: { state: true },
    saving: { state: true },
    asking: { state: true },
    dropped: { state: true },
    progress: { state: true },
    certificateFault: { state: true },
  };

  static styles = [base, texts, icons, addStyle];

  #keeper = new SecretKeeper(() => this.#dropSecret());

  constructor() {
    super();
    /** @type {Application} */
    this.app = /** @type {any} */ (undefined);
    /** @type {ConnectionKind} */
    this.kind = "hypothesisPersonalToken";
    /** @type {Typed} */
    this.typed = nothingTyped();
    /** Fields whose faults are shown: left once, or asked for by saving. @type {Set<Field>} */
    this.shown = new Set();
    /** How the last save failed. @type {Failure | null} */
    this.failure = null;
    this.saving = false;
    /** Closing would lose something, and was asked about. */
    this.asking = false;
    this.dropped = false;
    /** Of a sign-in under way. @type {import("./sign-in-steps.js").SignInProgress | null} */
    this.progress = null;
    /** Why the file chosen was not taken. @type {ShownFault | null} */
    this.certificateFault = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forgetSecret();
  }

  get #form() {
    return /** @type {ConnectionForm} */ (this.renderRoot.querySelector("connection-form"));
  }

  get #keychain() {
    return this.app.state.status?.keychain.state ?? "asking";
  }

  async firstUpdated() {
    await this.updateComplete;
    await this.#form.updateComplete;
    this.#form.focusFirst();
  }

  #forgetSecret() {
    this.#keeper.stop();
    this.typed = withoutSecrets(this.typed);
  }

  #dropSecret() {
    if (!holdsSecret(this.typed) || this.saving) return;
    this.#forgetSecret();
    this.dropped = true;
  }

  /** @param {CustomEvent<{ id: ConnectionKind }>} event */
  #choose(event) {
    this.kind = event.detail.id;
    this.shown = new Set();
    this.failure = null;
    this.asking = false;
  }

  /** @param {CustomEvent<{ name: keyof Typed, value: any }>} event */
  #type(event) {
    const { name, value } = event.detail;
    const unchosen = name === "region" ? { tokenChoice: "" } : {};
    this.typed = { ...this.typed, [name]: value, ...unchosen };
    this.asking = false;
    if (this.failure?.field) this.failure = null;
    if (name === "certificate") this.certificateFault = null;
    if (name !== "secret" && name !== "proxyPassword") return;
    this.dropped = false;
    this.#keeper.typed();
  }

  /** An empty field is not nagged about before saving. @param {CustomEvent<{ field: Field }>} event */
  #left(event) {
    const { field } = event.detail;
    const fault = faultsOf(this.kind, this.typed).find((found) => found.field === field);
    if (!fault || fault.words.startsWith("fault-empty")) return;
    this.shown = new Set([...this.shown, field]);
  }

  /** @param {CustomEvent<{ place: BetterPlace, value: string, from: keyof Typed }>} event */
  #useAs(event) {
    const { place, value, from } = event.detail;
    const target = place.field === "apiAddress" ? "server" : place.field;
    this.kind = place.kind;
    this.typed = { ...this.typed, [from]: from === "server" ? nothingTyped().server : "", [target]: value };
    this.shown = new Set();
    this.failure = null;
    this.#form.focusField(place.field);
  }

  async #chooseCertificate() {
    const { certificate, fault } = await chooseCertificate(this.app);
    this.certificateFault = fault ?? null;
    if (certificate) this.typed = { ...this.typed, certificate };
  }

  /** What stands beside the fields: the backend's refusal, else the faults shown. @returns {Partial<Record<Field, ShownFault>>} */
  #faults() {
    /** @type {Partial<Record<Field, ShownFault>>} */
    const beside = {};
    for (const { field, words } of faultsOf(this.kind, this.typed)) {
      if (this.shown.has(field)) beside[field] = { words: text(words) };
    }
    const { failure, certificateFault } = this;
    if (certificateFault) beside.certificateAuthority = certificateFault;
    if (failure?.field) {
      beside[failure.field] = { words: failureAtField(failure), serverWords: failure.serverWords };
    }
    return beside;
  }

  async #save() {
    if (this.saving) return;
    const faults = faultsOf(this.kind, this.typed);
    this.shown = new Set(faults.map(({ field }) => field));
    if (faults[0]) {
      this.#form.focusField(faults[0].field);
      return;
    }
    this.saving = true;
    this.failure = null;
    try {
      const card = await this.#send();
      this.app.setCard(card);
      this.app.store.update({ connection: card.id });
      this.app.toast(text("form-saved", { label: card.label }));
      this.#leave();
    } catch (thrown) {
      this.#failed(failureOf(thrown));
    } finally {
      this.saving = false;
      this.progress = null;
    }
  }

  /** Kinds that sign in go through the browser, and tell their steps. */
  #send() {
    const draft = draftOf(this.kind, this.typed);
    if (!signsIn(this.kind)) return this.app.commands.connectionSave(draft);
    this.progress = signInBegun();
    return this.app.commands.signInSave(draft, (step) => {
      if (this.progress) this.progress = signInAfter(this.progress, step);
    });
  }

  /** @param {Failure} failure */
  async #failed(failure) {
    if (failure.code === "cancelled") return;
    this.failure = failure;
    this.progress = null;
    await this.updateComplete;
    if (failure.field) this.#form.focusField(failure.field);
    if (failure.code.startsWith("keychain-")) this.app.probeKeychain();
  }

  #leave() {
    this.#forgetSecret();
    emit(this, "closed");
  }

  /** Esc and Cancel: stop a save, ask once about what was typed, else go. @param {Event} [event] */
  #closeRequested(event) {
    event?.stopPropagation();
    if (this.saving) this.app.commands.operationCancel(this.progress ? "sign-in" : "save");
    else if (isDirty(this.typed) && !this.asking) this.asking = true;
    else this.#leave();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = event.composedPath()[0];
    if (event.key !== "Enter" || this.progress || !(target instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.#save();
  }

  /** @returns {ItemGroup[]} */
  #groups() {
    return ["hyperproof", "hypothesis", "practice", "advanced"].map((group) => ({
      id: group,
      label: text(`connections-group-${group}`),
      items: KINDS.filter((entry) => entry.group === group).map((entry) => ({
        id: entry.kind,
        title: text(`kind-${entry.kind}`),
        detail: text(`kind-${entry.kind}.detail`),
        icon: entry.icon,
      })),
    }));
  }

  #banner() {
    const { failure } = this;
    if (this.dropped) return html`<pane-banner tone="warn" .fact=${text("form-secret-dropped")}></pane-banner>`;
    if (!failure || failure.field) return nothing;
    return html`<pane-banner
      tone="bad"
      urgent
      .fact=${text("form-not-saved")}
      .advice=${failureSentences(failure)}
      .serverWords=${failure.serverWords}
    ></pane-banner>`;
  }

  /** What of this kind is kept where, as a Fluent id. */
  #kept() {
    if (this.kind === "hypothesisAnonymous") return "form-kept-nothing";
    if (this.typed.thisRunOnly) return "form-kept-this-run";
    return this.kind === "hypothesisSignIn" ? "form-kept-sign-in" : "form-kept";
  }

  #note() {
    if (this.asking) return text("form-unsaved");
    const kept = this.#kept();
    return html`<span class="kept">
      ${icon("lock")}<span><span class="line">${text(kept)}</span> <span class="line">${text(`${kept}.later`)}</span></span>
    </span>`;
  }

  #buttons() {
    if (this.asking) {
      return html`<push-button slot="foot" @click=${() => (this.asking = false)}>${text("form-keep-editing")}</push-button>
        <push-button slot="foot" variant="danger" @click=${() => this.#leave()}>${text("form-discard")}</push-button>`;
    }
    return html`<push-button slot="foot" @click=${() => this.#closeRequested()}
        >${text(this.saving && !this.progress ? "stop" : "cancel")}</push-button
      >
      <push-button
        slot="foot"
        variant="primary"
        data-action="save"
        .busy=${this.saving}
        .busyWord=${text(this.progress ? "form-signing-in" : "form-saving")}
        @click=${() => this.#save()}
        >${text(signsIn(this.kind) ? "form-sign-in" : "form-save")}</push-button
      >`;
  }

  render() {
    return html`<modal-sheet width="wide" .heading=${text("connections-add")} @close-requested=${this.#closeRequested}>
      <div slot="side" class="kinds" ?inert=${this.saving}>
        <item-list
          marks="small"
          .label=${text("form-kinds")}
          .groups=${this.#groups()}
          .value=${this.kind}
          @chosen=${this.#choose}
        ></item-list>
      </div>
      ${this.progress ? html`<sign-in-waiting .app=${this.app} .progress=${this.progress}></sign-in-waiting>` : nothing}
      <div class="form" ?hidden=${this.progress !== null} @keydown=${this.#key}>
        ${this.#banner()}
        <connection-form
          .kind=${this.kind}
          .typed=${this.typed}
          .faults=${this.#faults()}
          .offersThisRun=${(this.#keychain !== "unlocked" && this.#keychain !== "asking") || this.typed.thisRunOnly}
          @typed=${this.#type}
          @field-left=${this.#left}
          @use-as=${this.#useAs}
          @certificate-wanted=${() => this.#chooseCertificate()}
        ></connection-form>
      </div>
      <span slot="foot-note" role="status">${this.#note()}</span>
      ${this.#buttons()}
    </modal-sheet>`;
  }
}

customElements.define("add-connection", AddConnection);
