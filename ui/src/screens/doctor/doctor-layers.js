// Owns the seven rows of an examination. Must not walk anything.
import { LitElement, css, html, nothing } from "lit";

import { icon, icons } from "../../components/icon.js";
import { duration } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { base, texts, tones } from "../../style/shared.js";
import { LAYERS } from "./doctor-view.js";
import { layerName } from "./doctor-words.js";

/**
 * @import { DoctorLayer } from "../../generated/DoctorLayer.ts"
 * @import { IconName } from "../../components/icon.js"
 * @import { DoctorView } from "./doctor-view.js"
 */

/** @type {Record<string, { icon: IconName, tone: string, words: string }>} */
const MARKS = {
  passed: { icon: "circle-tick", tone: "ok", words: "doctor-state-passed" },
  notNeeded: { icon: "circle-dash", tone: "quiet", words: "doctor-state-not-needed" },
  failed: { icon: "octagon-cross", tone: "bad", words: "doctor-state-failed" },
  notReached: { icon: "circle-dotted", tone: "quiet", words: "doctor-state-not-reached" },
  walking: { icon: "circle-half", tone: "accent", words: "doctor-state-walking" },
  waiting: { icon: "circle-dotted", tone: "quiet", words: "doctor-state-waiting" },
};

/** A fingerprint is recognised by its beginning; the whole of it is in the title and in the report. @param {string} line */
const shortened = (line) => line.replace(/((?:[0-9A-F]{2}:){4}[0-9A-F]{2})(?::[0-9A-F]{2}){10,}/gi, "$1…");

/** `.view`, `.state` (for drawing again). */
export class DoctorLayers extends LitElement {
  static properties = { view: { attribute: false }, state: { attribute: false } };

  static styles = [base, texts, tones, icons, css`
    :host {
      display: block;
    }
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      display: flex;
      align-items: baseline;
      gap: var(--space-12);
      padding: var(--space-12) var(--space-16);
      border-block-end: 1px solid var(--line);
    }
    li.failed {
      background: var(--bad-soft);
      box-shadow: inset 2px 0 var(--bad);
    }
    li.failed:dir(rtl) {
      box-shadow: inset -2px 0 var(--bad);
    }
    .mark {
      align-self: flex-start;
      padding-block-start: 2px;
    }
    .layer {
      flex: none;
      width: calc(var(--width-name) - var(--space-12));
      font: var(--type-value);
    }
    .away .layer,
    .away .first {
      font: var(--type-text);
      color: var(--text-2);
    }
    .lines {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .failed .first {
      font: var(--type-value);
    }
    .time {
      flex: none;
      font: var(--type-small);
      color: var(--text-2);
    }
    @media (forced-colors: active) {
      li.failed {
        border-inline-start: 2px solid CanvasText;
      }
    }
  `];

  constructor() {
    super();
    /** @type {DoctorView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {unknown} */
    this.state = null;
  }

  /** How a layer stands, before it was found too. @param {DoctorLayer} layer */
  #standing(layer) {
    const found = this.view.finding(layer)?.state;
    if (found) return found;
    if (layer === this.view.walking) return "walking";
    return this.view.failed ? "notReached" : "waiting";
  }

  /** @param {DoctorLayer} layer */
  #row(layer) {
    const finding = this.view.finding(layer);
    const standing = this.#standing(layer);
    const mark = /** @type {typeof MARKS[string]} */ (MARKS[standing]);
    const [first = text(mark.words), ...rest] = finding?.seen ?? [];
    const look = standing === "failed" ? "failed" : standing === "passed" || standing === "walking" ? "" : "away";
    const words = finding?.failure?.serverWords;
    return html`<li class=${look} aria-current=${standing === "walking" ? "step" : nothing}>
      <span class="mark tone-${mark.tone}">${icon(mark.icon)}<span class="spoken">${text(mark.words)}</span></span>
      <span class="layer">${layerName(layer)}</span>
      <span class="lines">
        <bdi class="first">${first}</bdi>
        ${rest.length > 0 ? html`<div class="second" title=${rest.join(" · ")}><bdi>${shortened(rest.join(" · "))}</bdi></div>` : nothing}
        ${words ? html`<code>${words}</code>` : nothing}
      </span>
      ${finding && finding.state !== "notReached" && finding.state !== "notNeeded"
        ? html`<span class="time">${duration(finding.milliseconds)}</span>`
        : nothing}
    </li>`;
  }

  render() {
    if (!this.view) return nothing;
    return html`<ol aria-label=${text("doctor-layers")}>
      ${LAYERS.map((layer) => this.#row(layer))}
    </ol>`;
  }
}

customElements.define("doctor-layers", DoctorLayers);
