// Owns the sheet: modal, focus kept inside and given back, Esc asks to close. The screen decides whether it does.
import { LitElement, css, html } from "lit";

import { text } from "../i18n/text.js";
import { base } from "../style/shared.js";
import { emit } from "./emit.js";
import { focusableWithin } from "./focusable.js";

/**
 * `heading`, `width` ("wide" 800x620, "broad" 800 as high as its body, "medium" 560, "small" 440); body in the default slot, buttons in slot `foot`, a note in
 * slot `foot-note`, a column at left in slot `side`. Opens when it is put into the page. Fires `close-requested`.
 */
export class ModalSheet extends LitElement {
  static properties = { heading: {}, width: { reflect: true } };

  static styles = [base, css`
    dialog {
      display: flex;
      flex-direction: column;
      width: var(--width-sheet-small);
      max-width: calc(100vw - var(--space-32));
      max-height: calc(100vh - var(--space-32));
      padding: 0;
      border: 1px solid var(--line);
      border-radius: var(--radius-10);
      background: var(--raised);
      color: var(--text);
      box-shadow: var(--shadow);
      overflow: hidden;
      animation: rise var(--moment-sheet) ease-out;
    }
    :host([width="wide"]) dialog {
      width: var(--width-sheet);
      height: var(--height-sheet);
    }
    :host([width="broad"]) dialog {
      width: var(--width-sheet);
    }
    :host([width="medium"]) dialog {
      width: var(--width-sheet-medium);
    }
    dialog:focus-visible {
      outline: none;
    }
    dialog::backdrop {
      background: var(--scrim);
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(var(--rise));
      }
    }
    header {
      display: flex;
      align-items: center;
      min-height: var(--height-sheet-head);
      padding: 0 var(--space-20);
      border-block-end: 1px solid var(--line);
      flex: none;
    }
    h2 {
      font: var(--type-title);
      flex: 1;
    }
    header span {
      font: var(--type-tiny);
      color: var(--text-2);
    }
    .columns {
      display: flex;
      flex: 1;
      min-height: 0;
    }
    ::slotted([slot="side"]) {
      flex: none;
      width: var(--width-kinds);
      overflow: auto;
      background: var(--sub);
      border-inline-end: 1px solid var(--line);
    }
    .main {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-width: 0;
    }
    .body {
      flex: 1;
      min-height: 0;
      overflow: auto;
      padding: var(--space-20) var(--space-24);
    }
    footer {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      min-height: var(--height-sheet-foot);
      padding: 0 var(--space-20) 0 var(--space-24);
      border-block-start: 1px solid var(--line);
      flex: none;
    }
    .note {
      flex: 1;
      font: var(--type-small);
      color: var(--text-2);
    }
    .edge {
      position: absolute;
    }
  `];

  /** @type {HTMLElement | null} */
  #opener = null;

  constructor() {
    super();
    this.heading = "";
    /** @type {"wide" | "broad" | "medium" | "small"} */
    this.width = "small";
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector("dialog"));
  }

  firstUpdated() {
    this.#opener = /** @type {HTMLElement | null} */ (document.activeElement);
    while (this.#opener?.shadowRoot?.activeElement) {
      this.#opener = /** @type {HTMLElement} */ (this.#opener.shadowRoot.activeElement);
    }
    this.#dialog.showModal();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    const opener = this.#opener;
    queueMicrotask(() => opener?.isConnected && opener.focus());
  }

  /** @param {Event} event */
  #ask(event) {
    event.preventDefault();
    emit(this, "close-requested");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    this.#ask(event);
  }

  /** @param {"first" | "last"} which */
  #turn(which) {
    const inside = focusableWithin(this.#dialog).filter((element) => !element.classList.contains("edge"));
    (which === "first" ? inside[0] : inside.at(-1))?.focus();
  }

  render() {
    return html`<dialog aria-labelledby="heading" tabindex="-1" autofocus @cancel=${this.#ask} @keydown=${this.#key}>
      <div class="edge" tabindex="0" @focus=${() => this.#turn("last")}></div>
      <header>
        <h2 id="heading">${this.heading}</h2>
        <span>${text("esc-closes")}</span>
      </header>
      <div class="columns">
        <slot name="side"></slot>
        <div class="main">
          <div class="body"><slot></slot></div>
          <footer>
            <div class="note"><slot name="foot-note"></slot></div>
            <slot name="foot"></slot>
          </footer>
        </div>
      </div>
      <div class="edge" tabindex="0" @focus=${() => this.#turn("first")}></div>
    </dialog>`;
  }
}

customElements.define("modal-sheet", ModalSheet);
