// Owns the sheet that adds a connection: kinds at left, one form at right, saving, and what becomes of what was typed.
// Must not let a secret outlive the sheet: it is dropped on success, on closing and after five minutes.
import { LitElement, html, nothing } from "lit";

import { icon, icons } from "../../components/icon.js";
import { emit } from "../../components/emit.js";
import { failureAdvice, failureWords } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { base, texts } from "../../style/shared.js";
import { addStyle } from "./add-connection.style.js";
import { draftOf, faultsOf, isDirty, nothingTyped } from "./draft.js";
import { SecretKeeper } from "./secret-keeper.js";
import "../../components/item-list.js";
import "../../components/modal-sheet.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "./connection-form.js";

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

/** The kinds, the simplest first. */
const KINDS = /** @type {const} */ ([
  { group: "hypothesis", kind: "hypothesisPersonalToken", icon: "key" },
  { group: "hypothesis", kind: "hypothesisClientCredentials", icon: "person" },
  { group: "hyperproof", kind: "hyperproofClientCredentials", icon: "shield-check" },
  { group: "practice", kind: "practice", icon: "flask" },
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
    this.typed = { ...this.typed, secret: "" };
  }

  #dropSecret() {
    if (!this.typed.secret || this.saving) return;
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
    if (name !== "secret") return;
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

  /** What stands beside the fields: the backend's refusal, else the faults shown. @returns {Partial<Record<Field, ShownFault>>} */
  #faults() {
    /** @type {Partial<Record<Field, ShownFault>>} */
    const beside = {};
    for (const { field, words } of faultsOf(this.kind, this.typed)) {
      if (this.shown.has(field)) beside[field] = { words: text(words) };
    }
    const { failure } = this;
    if (failure?.field) {
      const words = failure.code === "input-invalid" && failure.message ? failure.message : failureWords(failure).happened;
      beside[failure.field] = { words, serverWords: failure.serverWords };
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
      const card = await this.app.commands.connectionSave(draftOf(this.kind, this.typed));
      this.app.setCard(card);
      this.app.store.update({ connection: card.id });
      this.app.toast(text("form-saved", { label: card.label }));
      this.#leave();
    } catch (thrown) {
      this.#failed(failureOf(thrown));
    } finally {
      this.saving = false;
    }
  }

  /** @param {Failure} failure */
  #failed(failure) {
    if (failure.code === "cancelled") return;
    this.failure = failure;
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
    if (this.saving) this.app.commands.operationCancel("save");
    else if (isDirty(this.typed) && !this.asking) this.asking = true;
    else this.#leave();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = event.composedPath()[0];
    if (event.key !== "Enter" || !(target instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.#save();
  }

  /** @returns {ItemGroup[]} */
  #groups() {
    return ["hypothesis", "hyperproof", "practice"].map((group) => ({
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
    const words = failureWords(failure);
    return html`<pane-banner
      tone="bad"
      urgent
      .fact=${text("form-not-saved")}
      .advice=${`${words.happened} ${failureAdvice(failure)}`}
      .serverWords=${words.serverWords}
    ></pane-banner>`;
  }

  #note() {
    if (this.asking) return text("form-unsaved");
    const kept = this.typed.thisRunOnly ? "form-kept-this-run" : "form-kept";
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
        >${text(this.saving ? "stop" : "cancel")}</push-button
      >
      <push-button
        slot="foot"
        variant="primary"
        data-action="save"
        .busy=${this.saving}
        .busyWord=${text("form-saving")}
        @click=${() => this.#save()}
        >${text("form-save")}</push-button
      >`;
  }

  render() {
    return html`<modal-sheet width="wide" .heading=${text("connections-add")} @close-requested=${this.#closeRequested}>
      <div slot="side" class="kinds">
        <item-list
          marks="small"
          .label=${text("form-kinds")}
          .groups=${this.#groups()}
          .value=${this.kind}
          @chosen=${this.#choose}
        ></item-list>
      </div>
      <div class="form" @keydown=${this.#key}>
        ${this.#banner()}
        <connection-form
          .kind=${this.kind}
          .typed=${this.typed}
          .faults=${this.#faults()}
          .offersThisRun=${(this.#keychain !== "unlocked" && this.#keychain !== "asking") || this.typed.thisRunOnly}
          @typed=${this.#type}
          @field-left=${this.#left}
          @use-as=${this.#useAs}
        ></connection-form>
      </div>
      <span slot="foot-note" role="status">${this.#note()}</span>
      ${this.#buttons()}
    </modal-sheet>`;
  }
}

customElements.define("add-connection", AddConnection);
