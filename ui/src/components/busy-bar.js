// Owns the 2 px bar under a toolbar. Nothing is shown for the first 200 ms; it takes no room of its own.
import { LitElement, css, html, nothing } from "lit";

import { text } from "../i18n/text.js";
import { properties } from "../style/properties.js";
import { base } from "../style/shared.js";

const QUIET_FOR = 200;

/** `busy`; with `done` and `total` a measured bar. */
export class BusyBar extends LitElement {
  static properties = {
    busy: { type: Boolean },
    done: { type: Number },
    total: { type: Number },
    shown: { state: true },
  };

  static styles = [base, css`
    :host {
      display: block;
      position: relative;
      height: 0;
      z-index: 1;
    }
    .track {
      position: absolute;
      inset-inline: 0;
      inset-block-start: -1px;
      height: 2px;
      overflow: hidden;
      background: var(--line);
    }
    .bar {
      height: 100%;
      background: var(--fill);
    }
    .loop {
      width: 30%;
      animation: pass 1.2s linear infinite;
    }
    @keyframes pass {
      from {
        transform: translateX(-100%);
      }
      to {
        transform: translateX(334%);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .loop {
        width: 100%;
        animation: none;
        background: repeating-linear-gradient(90deg, var(--fill) 0 8%, var(--line) 8% 12%);
      }
    }
  `];

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    super();
    this.busy = false;
    /** @type {number | null} */
    this.done = null;
    /** @type {number | null} */
    this.total = null;
    this.shown = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has("busy")) return;
    clearTimeout(this.#timer);
    this.shown = false;
    if (this.busy) this.#timer = setTimeout(() => (this.shown = true), QUIET_FOR);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    if (!this.shown) return nothing;
    const measured = this.done !== null && this.total;
    const share = measured ? Math.min(100, ((this.done ?? 0) / (this.total ?? 1)) * 100) : 0;
    return html`<div
      class="track"
      role="progressbar"
      aria-label=${text("in-progress")}
      aria-valuenow=${measured ? Math.round(share) : nothing}
    >
      <div class="bar ${measured ? "" : "loop"}" ${properties({ width: measured ? `${share}%` : "" })}></div>
    </div>`;
  }
}

customElements.define("busy-bar", BusyBar);
