// Owns toasts: results and waits at the bottom right, 5 s each or as long as said, held while pointed at or focused.
import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { text } from "../i18n/text.js";
import { base, tones } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";
import "./push-button.js";

const SHOWN_FOR = 5_000;

/** What a toast is about, with its drawing and its colour. */
const SIGNS = /** @type {const} */ ({
  done: ["circle-tick", "tone-ok"],
  warning: ["triangle", "tone-warn"],
  wait: ["clock", "tone-quiet"],
});

/** `until` in ms since 1970. @typedef {{ sign?: keyof typeof SIGNS, until?: number, undo?: () => void }} ToastLook */
/** @typedef {{ id: number, words: string } & ToastLook} Toast */

/** `.toasts=${Toast[]}`; fires `toast-ended` {id}. */
export class ToastStack extends LitElement {
  static properties = { toasts: { attribute: false } };

  static styles = [base, tones, icons, css`
    :host {
      position: fixed;
      inset: auto;
      margin: 0;
      padding: 0;
      border: 0;
      background: none;
      overflow: visible;
      inset-block-end: var(--space-32);
      inset-inline-end: var(--space-24);
      display: flex;
      flex-direction: column;
      gap: var(--space-8);
      z-index: 2;
    }
    .toast {
      display: flex;
      align-items: center;
      gap: var(--space-8);
      min-width: var(--width-menu);
      max-width: var(--width-toast);
      min-height: var(--space-40);
      padding: var(--space-8) var(--space-8) var(--space-8) var(--space-12);
      border-radius: var(--radius-8);
      background: var(--raised);
      border: 1px solid var(--line);
      box-shadow: var(--shadow);
      animation: rise var(--moment-popover) ease-out;
    }
    .words {
      flex: 1;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(var(--rise));
      }
    }
  `];

  /** @type {Map<number, ReturnType<typeof setTimeout>>} */
  #ends = new Map();

  constructor() {
    super();
    /** @type {Toast[]} */
    this.toasts = [];
  }

  /** Above a sheet too, and above one that opened later. @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has("toasts")) this.#raise();
    for (const toast of this.toasts) if (!this.#ends.has(toast.id)) this.#start(toast);
  }

  #raise() {
    this.popover = "manual";
    if (this.matches(":popover-open")) this.hidePopover();
    if (this.toasts.length > 0) this.showPopover();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const id of [...this.#ends.keys()]) this.#hold(id);
  }

  /** @param {Toast} toast */
  #start({ id, until = Date.now() + SHOWN_FOR }) {
    this.#ends.set(id, setTimeout(() => this.#end(id), Math.max(until - Date.now(), 0)));
  }

  /** @param {number} id */
  #hold(id) {
    clearTimeout(this.#ends.get(id));
    this.#ends.delete(id);
  }

  /** @param {number} id */
  #end(id) {
    this.#hold(id);
    emit(this, "toast-ended", { id });
  }

  /** @param {Toast} toast */
  #undo(toast) {
    toast.undo?.();
    this.#end(toast.id);
  }

  /** @param {Toast} toast */
  #sign({ sign = "done" }) {
    const [drawing, tone] = SIGNS[sign];
    return html`<span class=${tone}>${icon(drawing)}</span>`;
  }

  render() {
    return html`<div role="status" aria-label=${text("notices")}>
      ${repeat(
        this.toasts,
        (toast) => toast.id,
        (toast) => html`<div
          class="toast"
          @pointerenter=${() => this.#hold(toast.id)}
          @pointerleave=${() => this.#start(toast)}
          @focusin=${() => this.#hold(toast.id)}
          @focusout=${() => this.#start(toast)}
        >
          ${this.#sign(toast)}
          <span class="words">${toast.words}</span>
          ${toast.undo
            ? html`<push-button variant="quiet" size="small" @click=${() => this.#undo(toast)}>${text("undo")}</push-button>`
            : nothing}
          <push-button
            bare
            variant="quiet"
            size="small"
            icon="cross"
            .name=${text("close")}
            @click=${() => this.#end(toast.id)}
          ></push-button>
        </div>`,
      )}
    </div>`;
  }
}

customElements.define("toast-stack", ToastStack);
