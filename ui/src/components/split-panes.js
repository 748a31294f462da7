// Owns panes beside each other, parted by a hairline that can be dragged or moved with the arrows.
import { LitElement, css, html, nothing } from "lit";

import { text } from "../i18n/text.js";
import { properties } from "../style/properties.js";
import { base } from "../style/shared.js";
import { emit } from "./emit.js";

/** How far one press of an arrow moves a divider, in px. */
const STEP = 16;

/** @typedef {{ width: number, least: number, most: number }} PaneSize */

/**
 * Slots `start`, `end` and the default between them. `.start` and `.end` are `PaneSize`, or null for no such pane.
 * Fires `resized` {pane: "start" | "end", width} at each step, and `resize-ended` once the divider rests.
 */
export class SplitPanes extends LitElement {
  static properties = { start: { attribute: false }, end: { attribute: false } };

  static styles = [base, css`
    :host {
      display: flex;
      flex: 1;
      min-height: 0;
      min-width: 0;
    }
    .pane {
      display: flex;
      flex-direction: column;
      flex: none;
      min-width: 0;
      min-height: 0;
    }
    .middle {
      flex: 1;
    }
    .divider {
      position: relative;
      flex: none;
      width: 1px;
      background: var(--line);
      cursor: col-resize;
      touch-action: none;
    }
    .divider::after {
      content: "";
      position: absolute;
      inset: 0 calc(-1 * var(--space-4));
    }
  `];

  constructor() {
    super();
    /** @type {PaneSize | null} */
    this.start = null;
    /** @type {PaneSize | null} */
    this.end = null;
  }

  /** A divider was moved and did not come to rest yet. */
  #moving = false;

  /** A drag ends with its panes, too. */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.#rest();
  }

  /** One end for all steps of a drag, and of a key held down. */
  #rest() {
    if (!this.#moving) return;
    this.#moving = false;
    emit(this, "resize-ended");
  }

  /** @param {"start" | "end"} pane @param {number} wanted */
  #resize(pane, wanted) {
    const size = this[pane];
    if (!size) return;
    const width = Math.round(Math.min(size.most, Math.max(size.least, wanted)));
    if (width === size.width) return;
    this[pane] = { ...size, width };
    this.#moving = true;
    emit(this, "resized", { pane, width });
  }

  /** +1 when a pane grows towards the right. @param {"start" | "end"} pane */
  #direction(pane) {
    const leftToRight = getComputedStyle(this).direction !== "rtl";
    return (pane === "start") === leftToRight ? 1 : -1;
  }

  /** @param {"start" | "end"} pane @param {PointerEvent} event */
  #drag(pane, event) {
    const divider = /** @type {HTMLElement} */ (event.currentTarget);
    const from = event.clientX;
    const width = this[pane]?.width ?? 0;
    const drag = new AbortController();
    divider.setPointerCapture(event.pointerId);
    divider.addEventListener(
      "pointermove",
      (moved) => this.#resize(pane, width + (moved.clientX - from) * this.#direction(pane)),
      { signal: drag.signal },
    );
    const ended = () => {
      drag.abort();
      this.#rest();
    };
    divider.addEventListener("lostpointercapture", ended, { signal: drag.signal });
  }

  /** @param {"start" | "end"} pane @param {KeyboardEvent} event */
  #key(pane, event) {
    const size = this[pane];
    if (!size) return;
    const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: -STEP, ArrowRight: STEP });
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#resize(pane, size.width + step * this.#direction(pane));
  }

  /** @param {"start" | "end"} pane @param {PaneSize} size */
  #divider(pane, size) {
    return html`<div
      class="divider"
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label=${text("resize-pane")}
      aria-valuenow=${size.width}
      aria-valuemin=${size.least}
      aria-valuemax=${size.most}
      @pointerdown=${(/** @type {PointerEvent} */ event) => this.#drag(pane, event)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(pane, event)}
      @keyup=${() => this.#rest()}
      @blur=${() => this.#rest()}
    ></div>`;
  }

  render() {
    const { start, end } = this;
    return html`${start
        ? html`<div class="pane" ${properties({ width: `${start.width}px` })}><slot name="start"></slot></div>
            ${this.#divider("start", start)}`
        : nothing}
      <div class="pane middle"><slot></slot></div>
      ${end
        ? html`${this.#divider("end", end)}
            <div class="pane" ${properties({ width: `${end.width}px` })}><slot name="end"></slot></div>`
        : nothing}`;
  }
}

customElements.define("split-panes", SplitPanes);
