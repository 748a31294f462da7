// Owns the field: label above, hint, counter, fault beside it. Refuses what is far too long before it is put in.
// Must not decide what is valid: faults are handed in.
import { LitElement, html, nothing } from "lit";
import { live } from "lit/directives/live.js";

import { number } from "../i18n/format.js";
import { text } from "../i18n/text.js";
import { base, texts } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";
import { fieldStyle } from "./text-field.style.js";

/** What any field takes at most, where none is given: far above every real value, far below what would freeze. */
const DEFAULT_GUARD = 4_000;

/** Fires `value-changed` {value} on each key and `left` when the focus goes. */
export class TextField extends LitElement {
  static properties = {
    label: {},
    value: {},
    type: {},
    hint: {},
    error: {},
    serverWords: { attribute: "server-words" },
    good: {},
    placeholder: {},
    limit: { type: Number },
    guard: { type: Number },
    optional: { type: Boolean },
    mono: { type: Boolean },
    locked: { type: Boolean },
    guardNote: { state: true },
  };

  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static styles = [base, texts, icons, fieldStyle];

  constructor() {
    super();
    this.label = "";
    this.value = "";
    /** @type {"text" | "password" | "email" | "url"} */
    this.type = "text";
    /** @type {string | null} */
    this.hint = null;
    /** @type {string | null} */
    this.error = null;
    /** The server's words, quoted under the fault. @type {string | null} */
    this.serverWords = null;
    /** What is right about the value. @type {string | null} */
    this.good = null;
    this.placeholder = "";
    /** The rule's length in characters; shows a counter. @type {number | null} */
    this.limit = null;
    this.guard = DEFAULT_GUARD;
    this.optional = false;
    this.mono = false;
    /** Shown, but not to be changed here. */
    this.locked = false;
    this.guardNote = "";
  }

  /** The input itself, for selecting its text. */
  get input() {
    return /** @type {HTMLInputElement} */ (this.renderRoot.querySelector("input"));
  }

  /** Forgets what was typed, in the input too. */
  clear() {
    this.value = "";
    this.guardNote = "";
    if (this.input) this.input.value = "";
  }

  /** @param {number} length */
  #refuse(length) {
    this.guardNote = text("field-too-long", { length: number(length), limit: number(this.guard) });
  }

  /** Pastes and drops are refused as a whole, so that a cut value is never taken for the real one. @param {InputEvent} event */
  #before(event) {
    const added = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    // What is selected goes: an e-mail field does not tell what that is.
    const { selectionStart, selectionEnd } = this.input;
    const replaced = (selectionEnd ?? 0) - (selectionStart ?? 0);
    if (this.value.length - replaced + added.length <= this.guard) return;
    event.preventDefault();
    this.#refuse(added.length);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    const tooLong = pasted.length > this.guard;
    // An input would drop the line break silently, and a secret would not be the one that was copied.
    const broken = !tooLong && /[\r\n]/.test(pasted.trim());
    if (!tooLong && !broken) return;
    event.preventDefault();
    if (tooLong) this.#refuse(pasted.length);
    else this.guardNote = text("field-line-break");
  }

  #typed() {
    const { value } = this.input;
    if (value.length > this.guard) {
      this.#refuse(value.length);
      this.input.value = this.value;
      return;
    }
    this.guardNote = "";
    this.value = value;
    emit(this, "value-changed", { value });
  }

  #left() {
    this.guardNote = "";
    emit(this, "left", { value: this.value });
  }

  #counter() {
    if (this.limit === null) return nothing;
    const used = [...this.value].length;
    return html`<span class="counter ${used > this.limit ? "over" : ""}" id="counter"
      >${text("count-of", { used, limit: this.limit })}</span
    >`;
  }

  #fault() {
    const words = this.guardNote || this.error;
    if (!words) return nothing;
    return html`<div class="fault" id="fault" role="alert">
      ${icon("octagon-cross", "row")}
      <div>
        <span>${words}</span>
        ${this.serverWords && !this.guardNote ? html`<code class="server-words">${this.serverWords}</code>` : nothing}
      </div>
    </div>`;
  }

  render() {
    const wrong = Boolean(this.guardNote || this.error);
    const described = [wrong && "fault", this.good && "good", this.hint && "hint"].filter(Boolean).join(" ");
    return html`<div class="head">
        <label for="input">${this.label}</label>
        ${this.optional ? html`<span class="second">${text("optional")}</span>` : nothing} ${this.#counter()}
      </div>
      <div class="box ${wrong ? "wrong" : ""} ${this.locked ? "locked" : ""}">
        ${this.locked ? icon("lock", "row") : nothing}
        <input
          id="input"
          class=${this.mono ? "mono" : ""}
          type=${this.type}
          .value=${live(this.value)}
          placeholder=${this.placeholder || nothing}
          ?readonly=${this.locked}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-invalid=${wrong ? "true" : "false"}
          aria-describedby=${described || nothing}
          @beforeinput=${this.#before}
          @paste=${this.#paste}
          @input=${this.#typed}
          @blur=${this.#left}
        />
      </div>
      ${this.#fault()}
      ${this.good && !wrong ? html`<div class="good" id="good">${icon("check", "row")}<span>${this.good}</span></div>` : nothing}
      ${this.hint ? html`<div class="hint second" id="hint">${this.hint}</div>` : nothing}
      <slot></slot>`;
  }
}

customElements.define("text-field", TextField);
