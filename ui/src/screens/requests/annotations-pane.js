// Owns the view of annotations: what is searched for, the rows, the one chosen beside them. Everything in them was written
// by others: it is shown as text.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { failureAdvice, failureWords } from "../../i18n/failure.js";
import { fullDate, moment } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { base, scrolling, texts } from "../../style/shared.js";
import { annotationColumns } from "./annotation-columns.js";
import "../../components/busy-bar.js";
import "../../components/data-table.js";
import "../../components/definition-list.js";
import "../../components/empty-state.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/segmented-choice.js";
import "../../components/split-panes.js";
import "../../components/text-field.js";

/**
 * @import { AnnotationShown } from "../../generated/AnnotationShown.ts"
 * @import { DataTable } from "../../components/data-table.js"
 * @import { PaneSize } from "../../components/split-panes.js"
 * @import { AnnotationsView, AnnotationsState } from "./annotations-view.js"
 */

/** Below this width of the window the chosen annotation stands under the rows no more: it is not shown, in px. */
const DETAIL_FROM = 860;

const COLUMNS = annotationColumns();

/** `.view`, `.state`, `standsForAccount` ("mine" is offered where there is somebody), `.detailSize`; its panes' own events come out of it. */
export class AnnotationsPane extends LitElement {
  static properties = {
    view: { attribute: false },
    state: { attribute: false },
    standsForAccount: { type: Boolean },
    // Made anew at each drawing of the screen, which is no reason to draw the rows again.
    detailSize: { attribute: false, hasChanged: (/** @type {PaneSize | null} */ now, /** @type {PaneSize | null | undefined} */ before) => now?.width !== before?.width },
  };

  static styles = [base, texts, scrolling, css`
    :host {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
    }
    .fields {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-end;
      gap: var(--space-8) var(--space-12);
      flex: none;
      padding: var(--space-8) var(--space-16) var(--space-12);
      border-block-end: 1px solid var(--line);
    }
    .fields text-field {
      flex: 1;
      min-width: var(--width-search-least);
    }
    .rows {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
    }
    .more {
      display: flex;
      align-items: center;
      gap: var(--space-12);
      flex: none;
      padding: var(--space-8) var(--space-16);
      border-block-start: 1px solid var(--line);
    }
    .detail {
      flex: 1;
      padding: var(--space-16);
      background: var(--sub);
    }
    h2 {
      font: var(--type-title);
      overflow-wrap: anywhere;
      margin-block-end: var(--space-8);
    }
    blockquote {
      margin: 0 0 var(--space-12);
      padding-inline-start: var(--space-12);
      border-inline-start: 2px solid var(--line-2);
      color: var(--text-2);
    }
    .written {
      margin-block-end: var(--space-16);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    pane-banner {
      margin: var(--space-12) var(--space-16) 0;
    }
  `];

  constructor() {
    super();
    /** @type {AnnotationsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {AnnotationsState} */
    this.state = /** @type {any} */ (undefined);
    this.standsForAccount = false;
    /** @type {PaneSize | null} */
    this.detailSize = null;
  }

  /** Puts the keyboard on the rows, or on the first field where there are none. @override */
  focus() {
    const table = /** @type {DataTable | null} */ (this.renderRoot.querySelector("data-table"));
    if (table) table.focus();
    else this.focusSearch();
  }

  focusSearch() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("text-field"))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || !(event.composedPath()[0] instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.view.search();
  }

  /** @param {"words" | "uri" | "tag"} name */
  #field(name) {
    return html`<text-field
      data-field=${name}
      .label=${text(`annotations-${name}`)}
      .value=${this.state.asked[name]}
      .guard=${1_000}
      ?mono=${name === "uri"}
      @value-changed=${(/** @type {CustomEvent} */ event) => this.view.ask({ [name]: event.detail.value })}
    ></text-field>`;
  }

  /** @param {boolean} mine */
  #whose(mine) {
    this.view.ask({ mine });
    this.view.search();
  }

  #fields() {
    const { asked, searching } = this.state;
    const choices = ["public", "mine"].map((value) => ({ value, label: text(`annotations-${value}`) }));
    return html`<div class="fields" role="search" aria-label=${text("annotations-fields")} @keydown=${this.#key}>
      ${this.standsForAccount
        ? html`<segmented-choice
            .label=${text("annotations-whose")}
            .choices=${choices}
            .value=${asked.mine ? "mine" : "public"}
            @value-changed=${(/** @type {CustomEvent} */ event) => this.#whose(event.detail.value === "mine")}
          ></segmented-choice>`
        : nothing}
      ${this.#field("words")} ${this.#field("uri")} ${this.#field("tag")}
      ${searching
        ? html`<push-button data-action="stop" @click=${() => this.view.stop()}>${text("stop")}</push-button>`
        : html`<push-button variant="primary" data-action="search" @click=${() => this.view.search()}>${text("annotations-search")}</push-button>`}
    </div>`;
  }

  /** @param {AnnotationShown[]} rows */
  #rows(rows) {
    const { selected, next, searching } = this.state;
    return html`<div class="rows">
      <data-table
        .label=${text("annotations-list")}
        .columns=${COLUMNS}
        .count=${rows.length}
        .rowAt=${(/** @type {number} */ index) => rows[index]}
        .selected=${selected}
        @selected=${(/** @type {CustomEvent} */ event) => this.view.select(event.detail.index)}
      ></data-table>
      ${next
        ? html`<div class="more">
            <push-button data-action="more" .busy=${searching} .busyWord=${text("annotations-loading")} @click=${() => this.view.more()}
              >${text("annotations-more")}</push-button
            >
          </div>`
        : nothing}
    </div>`;
  }

  /** @param {AnnotationShown} annotation */
  #facts({ user, uri, tags, group, created, updated, id }) {
    /** @param {string} name @param {string | null} value @param {object} [more] */
    const row = (name, value, more = {}) => (value ? [{ name: text(`annotation-${name}`), value, ...more }] : []);
    return [
      ...row("user", user),
      ...row("uri", uri, { copy: uri }),
      ...row("tags", tags.join(", ")),
      ...row("group", group, { mono: true }),
      ...(created ? row("created", moment(created), { hover: fullDate(created) }) : []),
      ...(updated && updated !== created ? row("updated", moment(updated), { hover: fullDate(updated) }) : []),
      ...row("id", id, { mono: true, copy: id }),
    ];
  }

  /** @param {AnnotationShown} annotation */
  #detail(annotation) {
    const { title, uri, quote, text: written } = annotation;
    return html`<div slot="end" class="detail scrolling" role="region" tabindex="0" aria-label=${text("annotations-detail")}>
      <h2>${title ?? uri ?? annotation.id}</h2>
      ${quote ? html`<blockquote>${quote}</blockquote>` : nothing} ${written ? html`<p class="written">${written}</p>` : nothing}
      <definition-list narrow .rows=${this.#facts(annotation)}></definition-list>
    </div>`;
  }

  #body() {
    const { rows, selected } = this.state;
    if (!rows) return html`<empty-state .heading=${text("annotations-begin")} .sentence=${text("annotations-begin-sentence")}></empty-state>`;
    if (rows.length === 0) return html`<empty-state .heading=${text("annotations-none")} .sentence=${text("annotations-none-sentence")}></empty-state>`;
    const annotation = innerWidth >= DETAIL_FROM ? rows[selected] : undefined;
    const end = annotation ? this.detailSize : null;
    return html`<split-panes .end=${end}>
      ${this.#rows(rows)} ${annotation ? this.#detail(annotation) : nothing}
    </split-panes>`;
  }

  #failed() {
    const { failure } = this.state;
    if (!failure) return nothing;
    const { happened, serverWords } = failureWords(failure);
    return html`<pane-banner tone="bad" urgent .fact=${happened} .advice=${failureAdvice(failure)} .serverWords=${serverWords}>
      ${failure.action === "signInAgain" || failure.action === "replaceSecret"
        ? html`<push-button slot="action" size="small" @click=${() => emit(this, "connection-wanted")}>${text("doctor-open-connection")}</push-button>`
        : nothing}
    </pane-banner>`;
  }

  render() {
    if (!this.view) return nothing;
    return html`<busy-bar .busy=${this.state.searching}></busy-bar>${this.#fields()} ${this.#failed()} ${this.#body()}`;
  }
}

customElements.define("annotations-pane", AnnotationsPane);
