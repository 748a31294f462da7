// Owns the form of one kind of connection: its fields in the order of typing, faults and hints beside them.
// Must not save anything and must not keep what was typed: both are the sheet's.
import { LitElement, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { icon, icons } from "../../components/icon.js";
import { text } from "../../i18n/text.js";
import { base, texts } from "../../style/shared.js";
import { formStyle } from "./connection-form.style.js";
import { shapeHint } from "./credential-shape.js";
import { REGIONS, hostOf, nothingTyped } from "./draft.js";
import { addressRows } from "./form-addresses.js";
import "../../components/definition-list.js";
import "../../components/disclosure-block.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/segmented-choice.js";
import "../../components/state-badge.js";
import "../../components/text-field.js";
import "../../components/tick-box.js";
import "./network-fields.js";

/**
 * @import { ConnectionKind } from "../../generated/ConnectionKind.ts"
 * @import { Field } from "../../generated/Field.ts"
 * @import { NetworkFields } from "./network-fields.js"
 * @import { ShapedField } from "./credential-shape.js"
 * @import { Typed } from "./draft.js"
 * @typedef {{ words: string, serverWords?: string | null }} ShownFault
 */

/** Fields that stand behind the disclosure. @type {readonly Field[]} */
const NETWORK = ["proxyAddress", "proxyUsername", "proxyPassword", "certificateAuthority"];

/** Boxes in which a value is looked at that may belong into another. @type {readonly Field[]} */
const SHAPED = ["label", "clientId", "secret", "apiAddress", "tokenAddress", "authority", "userid"];

/** Longer than any secret a keychain keeps, so that the fault can be told with its number. */
const SECRET_GUARD = 4_000;

/**
 * `kind`, `.typed`, `.faults` (by field), `offersThisRun`.
 * Fires `typed` {name, value}, `field-left` {field}, `use-as` {place, value, from}, `certificate-wanted`, `copy-requested`.
 */
export class ConnectionForm extends LitElement {
  static properties = {
    kind: {},
    typed: { attribute: false },
    faults: { attribute: false },
    offersThisRun: { type: Boolean },
    left: { state: true },
    networkOpen: { state: true },
  };

  static styles = [base, texts, icons, formStyle];

  constructor() {
    super();
    /** @type {ConnectionKind} */
    this.kind = "hypothesisPersonalToken";
    /** @type {Typed} */
    this.typed = nothingTyped();
    /** @type {Partial<Record<Field, ShownFault>>} */
    this.faults = {};
    this.offersThisRun = false;
    /** Fields left once: only then is an unfamiliar form worth a word. @type {Set<Field>} */
    this.left = new Set();
    /** The disclosure of proxy, certificate authority and addresses. */
    this.networkOpen = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("faults") && NETWORK.some((field) => this.faults[field])) this.networkOpen = true;
  }

  /** @param {Field} field */
  async focusField(field) {
    const hidden = NETWORK.includes(field);
    if (hidden) this.networkOpen = true;
    await this.updateComplete;
    if (hidden) {
      /** @type {NetworkFields | null} */ (this.renderRoot.querySelector("network-fields"))?.focusField(field);
      return;
    }
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`[data-field="${field}"]`))?.focus();
  }

  /** Puts the keyboard on the first field. */
  focusFirst() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("[data-field]"))?.focus();
  }

  /** @param {keyof Typed} name @param {unknown} value */
  #tell(name, value) {
    emit(this, "typed", { name, value });
  }

  /**
   * @param {Field} field @param {keyof Typed} name
   * @param {{ label: string, hint?: string, type?: "text" | "password", mono?: boolean, optional?: boolean,
   *   placeholder?: string, guard?: number }} look
   */
  #field(field, name, look) {
    const fault = this.faults[field];
    return html`<text-field
      data-field=${field}
      .label=${text(look.label)}
      .value=${String(this.typed[name])}
      .hint=${look.hint ?? null}
      .type=${look.type ?? "text"}
      .mono=${look.mono ?? false}
      .optional=${look.optional ?? false}
      .placeholder=${look.placeholder ? text(look.placeholder) : ""}
      .guard=${look.guard ?? 2_000}
      .error=${fault?.words ?? null}
      .serverWords=${fault?.serverWords ?? null}
      @value-changed=${(/** @type {CustomEvent} */ event) => this.#tell(name, event.detail.value)}
      @left=${() => this.#leave(field)}
      >${this.#hint(field, name)}</text-field
    >`;
  }

  /** @param {Field} field */
  #leave(field) {
    this.left = new Set([...this.left, field]);
    emit(this, "field-left", { field });
  }

  /** @param {Field} field @param {keyof Typed} name */
  #hint(field, name) {
    const value = String(this.typed[name]);
    const hint = SHAPED.includes(field) ? shapeHint(this.kind, /** @type {ShapedField} */ (field), value) : null;
    if (!hint || (hint.waits && !this.left.has(field))) return nothing;
    const { better } = hint;
    const use = better && (better.field === "secret" ? "use-token" : `use-${better.field}`);
    return html`<pane-banner
      tone="warn"
      stacked
      .fact=${text(hint.words)}
      .advice=${hint.advice ? text(hint.advice) : text(`${hint.words}.why`, { ...hint.why, wanted: text(`wanted-${hint.wanted}`) })}
    >
      ${use
        ? html`<push-button
            slot="action"
            size="small"
            @click=${() => emit(this, "use-as", { place: better, value: value.trim(), from: name })}
            >${text(use)}</push-button
          >`
        : nothing}
    </pane-banner>`;
  }

  #label() {
    return this.#field("label", "label", { label: "form-label", optional: true, guard: 400 });
  }

  #secret() {
    const token = this.kind === "hypothesisPersonalToken";
    const label = token ? "form-token" : "form-client-secret";
    return this.#field("secret", "secret", { label, type: "password", mono: true, guard: SECRET_GUARD });
  }

  #clientId() {
    return this.#field("clientId", "clientId", { label: "form-client-id", mono: true });
  }

  #region() {
    const { region } = this.typed;
    const choices = ["us", "eu", "gov", "custom"].map((value) => ({ value, label: text(`region-${value}`) }));
    return html`<div class="sends">
      <segmented-choice
        data-field="region"
        .label=${text("form-region")}
        .choices=${choices}
        .value=${region}
        @value-changed=${(/** @type {CustomEvent} */ event) => this.#tell("region", event.detail.value)}
      ></segmented-choice>
      ${region === "custom" ? nothing : this.#sendsTo(region)}
    </div>`;
  }

  /** @param {"us" | "eu" | "gov"} region */
  #sendsTo(region) {
    const chosen = region === "us" ? REGIONS.us.tokens[0] : this.typed.tokenChoice;
    const line = (/** @type {string} */ host, /** @type {string} */ what) =>
      html`<div class="to">${icon("lock", "row")}<bdi>${host}</bdi><span class="second">${text(what)}</span></div>`;
    return html`<div>
      <div class="label">
        ${text("form-sends-to")} <span class="second">${text("form-sends-fixed")}</span>
      </div>
      ${chosen ? line(new URL(chosen).host, "form-sends-secret") : nothing}
      ${line(REGIONS[region].api, "form-sends-bought")}
    </div>`;
  }

  /** @param {"eu" | "gov"} region */
  #tokenChoice(region) {
    const choices = REGIONS[region].tokens.map((value) => ({ value, label: new URL(value).host }));
    return html`<div>
      <segmented-choice
        data-field="tokenAddress"
        .label=${text("form-token-choice")}
        .choices=${choices}
        .value=${this.typed.tokenChoice}
        .error=${this.faults.tokenAddress?.words ?? null}
        @value-changed=${(/** @type {CustomEvent} */ event) => this.#tell("tokenChoice", event.detail.value)}
      ></segmented-choice>
      <div class="hint second">
        <state-badge tone="warn" icon="triangle">${text("form-unverified")}</state-badge>
        ${text("form-unverified-hint")}
      </div>
    </div>`;
  }

  #customAddresses() {
    return html`${this.#field("tokenAddress", "tokenAddress", { label: "form-token-address", hint: text("form-token-address-hint"), mono: true })}
    ${this.#field("apiAddress", "apiAddress", { label: "form-api-address", hint: text("form-api-address-hint"), mono: true })}`;
  }

  /** The port, and beside it what is to be registered with the service. */
  #callback() {
    const uri = `http://127.0.0.1:${this.typed.callbackPort.trim()}/callback`;
    return html`<div class="port">
      ${this.#field("callbackPort", "callbackPort", { label: "form-callback-port", mono: true, guard: 8 })}
      <div class="redirect">
        <div class="label">${text("form-redirect")} <span class="second">${text("form-redirect-exactly")}</span></div>
        <div class="to">
          <bdi class="mono">${uri}</bdi>
          <push-button
            bare
            variant="quiet"
            size="small"
            icon="copy"
            .name=${text("copy-value", { name: text("form-redirect") })}
            @click=${() => emit(this, "copy-requested", { text: uri })}
          ></push-button>
        </div>
      </div>
    </div>`;
  }

  /** Only a sign-in of Hyperproof's needs the page to be named. */
  #authorize() {
    if (this.kind !== "hyperproofAuthorizationCode") return nothing;
    const look = { label: "form-authorize-address", hint: text("form-authorize-address-hint"), mono: true };
    return html`${this.#field("authorizeAddress", "authorizeAddress", look)} ${this.#callback()}`;
  }

  #hyperproof() {
    const { region } = this.typed;
    return html`${this.#region()} ${region === "custom" ? this.#customAddresses() : nothing}
    ${region === "eu" || region === "gov" ? this.#tokenChoice(region) : nothing} ${this.#authorize()} ${this.#clientId()}
    ${this.#secret()}
    ${this.#field("scopes", "scopes", { label: "form-scopes", optional: true, placeholder: "form-scopes-all" })}`;
  }

  /** Names the only host the secret will go to, as soon as one is typed. */
  #serverHint() {
    const host = hostOf(this.typed.server);
    return host ? text("form-server-binding", { host }) : text("form-server-hint");
  }

  #hypothesis() {
    const server = this.#field("apiAddress", "server", { label: "form-server", hint: this.#serverHint(), mono: true });
    switch (this.kind) {
      case "hypothesisAnonymous":
        return server;
      case "hypothesisPersonalToken":
        return html`${server} ${this.#secret()}`;
      case "hypothesisSignIn":
        return html`${server} ${this.#clientId()} ${this.#callback()}`;
      case "hypothesisGrantToken":
        return html`${server} ${this.#clientId()} ${this.#secret()}
        ${this.#field("userid", "userid", { label: "form-userid", hint: text("form-userid-hint"), mono: true })}`;
      default:
        return html`${server}
        ${this.#field("authority", "authority", { label: "form-authority", hint: text("form-authority-hint") })}
        ${this.#clientId()} ${this.#secret()}`;
    }
  }

  #fields() {
    if (this.kind === "practice") return nothing;
    return this.kind.startsWith("hyperproof") ? this.#hyperproof() : this.#hypothesis();
  }

  #network() {
    if (this.kind === "practice") return nothing;
    return html`<disclosure-block
      .label=${text("form-network")}
      .open=${this.networkOpen}
      @toggled=${(/** @type {CustomEvent} */ event) => (this.networkOpen = event.detail.open)}
    >
      ${this.networkOpen
        ? html`<network-fields .typed=${this.typed} .faults=${this.faults}></network-fields>
            <definition-list .rows=${addressRows(this.kind, this.typed)}></definition-list>`
        : nothing}
    </disclosure-block>`;
  }

  #thisRun() {
    if (!this.offersThisRun || this.kind === "hypothesisAnonymous") return nothing;
    return html`<tick-box
      .label=${text("form-this-run")}
      .hint=${text("form-this-run-hint")}
      .checked=${this.typed.thisRunOnly}
      @checked-changed=${(/** @type {CustomEvent} */ event) => this.#tell("thisRunOnly", event.detail.checked)}
    ></tick-box>`;
  }

  render() {
    return html`<p class="source">${text(`kind-${this.kind}.source`)}</p>
      ${this.#label()} ${this.#fields()} ${this.#network()} ${this.#thisRun()}`;
  }
}

customElements.define("connection-form", ConnectionForm);
