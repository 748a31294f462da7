// Owns the list at the left: documented requests by what they are about, or those made before.
import { LitElement, css, html, nothing } from "lit";

import { emit } from "../../components/emit.js";
import { moment } from "../../i18n/format.js";
import { failureAdvice, failureWords } from "../../i18n/failure.js";
import { text } from "../../i18n/text.js";
import { base, scrolling, texts } from "../../style/shared.js";
import "../../components/item-list.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";
import "../../components/search-field.js";
import "../../components/segmented-choice.js";

/**
 * @import { ItemGroup, ItemList } from "../../components/item-list.js"
 * @import { RequestRemembered } from "../../generated/RequestRemembered.ts"
 * @import { RequestsView, RequestsState } from "./requests-view.js"
 */

/** The service's own names that are written as one word. */
const PARTED = new Map([
  ["customapps", "custom apps"],
  ["customfields", "custom fields"],
  ["externalcontacts", "external contacts"],
  ["policyversions", "policy versions"],
  ["taskstatuses", "task statuses"],
  ["testresults", "test results"],
]);

/** The service's own name of a group, as a heading begins. @param {string} resource */
const headed = (resource) => {
  const words = PARTED.get(resource) ?? resource.replaceAll(/[-_]/g, " ");
  return `${words.charAt(0).toLocaleUpperCase()}${words.slice(1)}`;
};

/** `.view`, `.state`; fires `fill-wanted` when a row is to be filled in and sent. */
export class RequestList extends LitElement {
  static properties = { view: { attribute: false }, state: { attribute: false } };

  static styles = [base, texts, scrolling, css`
    :host {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
      background: var(--bg);
    }
    .head {
      display: flex;
      flex-direction: column;
      gap: var(--space-8);
      flex: none;
      padding: var(--space-8) var(--space-12);
      border-block-end: 1px solid var(--line);
    }
    search-field {
      width: auto;
    }
    pane-banner,
    .none {
      margin: var(--space-12);
    }
    .none {
      color: var(--text-2);
    }
  `];

  constructor() {
    super();
    /** @type {RequestsView} */
    this.view = /** @type {any} */ (undefined);
    /** @type {RequestsState} */
    this.state = /** @type {any} */ (undefined);
  }

  /** @override */
  focus() {
    /** @type {ItemList | null} */ (this.renderRoot.querySelector("item-list"))?.focus();
  }

  focusSearch() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("search-field"))?.focus();
  }

  get #words() {
    return this.state.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  }

  /** @param {string} whole */
  #matches(whole) {
    const lower = whole.toLocaleLowerCase();
    return this.#words.every((word) => lower.includes(word));
  }

  /** @returns {ItemGroup[]} */
  #documented() {
    const found = (this.state.documented ?? []).filter(({ path, description, resource }) => this.#matches(`${path} ${description} ${resource}`));
    const resources = [...new Set(found.map(({ resource }) => resource))];
    return resources.map((resource) => ({
      id: resource.replaceAll(/\W/g, "-"),
      label: headed(resource),
      items: found
        .filter((request) => request.resource === resource)
        .map(({ path, description }) => ({ id: path, title: path, detail: description })),
    }));
  }

  /** @param {RequestRemembered} remembered */
  #query({ request: { query } }) {
    return query.map(({ name, value }) => `${name}=${value}`).join("&");
  }

  /** @returns {ItemGroup[]} */
  #history() {
    const found = this.state.history.map((remembered, place) => ({ remembered, place })).filter(({ remembered }) => this.#matches(`${remembered.request.path} ${this.#query(remembered)}`));
    const items = found.map(({ remembered, place }) => {
      const query = this.#query(remembered);
      const outcome = remembered.status === null ? text("history-no-answer") : String(remembered.status);
      return {
        id: `history-${place}`,
        title: query ? `${remembered.request.path}?${query}` : remembered.request.path,
        detail: `${moment(remembered.at)} · ${outcome}`,
      };
    });
    return items.length > 0 ? [{ id: "history", label: "", items }] : [];
  }

  /** @param {CustomEvent<{ id: string }>} event */
  #chosen(event) {
    const { id } = event.detail;
    if (this.state.list === "documented") this.view.choose(id);
    else this.#recall(id);
  }

  /** @param {string} id */
  #recall(id) {
    const remembered = this.state.history[Number(id.slice("history-".length))];
    if (remembered) this.view.recall(remembered);
  }

  #list() {
    const { state } = this;
    const groups = state.list === "documented" ? this.#documented() : this.#history();
    if (groups.length === 0) return state.list === "documented" && state.documented === null ? nothing : html`<p class="none">${text(this.#words.length > 0 ? "requests-no-match" : "history-none")}</p>`;
    return html`<item-list
      .label=${text(`requests-${state.list}`)}
      .groups=${groups}
      .value=${state.list === "documented" ? state.path : null}
      @chosen=${this.#chosen}
      @opened=${() => emit(this, "fill-wanted")}
    ></item-list>`;
  }

  #failed() {
    const { listFailure } = this.state;
    if (!listFailure || this.state.list !== "documented") return nothing;
    return html`<pane-banner tone="bad" stacked .fact=${failureWords(listFailure).happened} .advice=${failureAdvice(listFailure)}>
      <push-button slot="action" size="small" @click=${() => this.view.openAgain()}
        >${text(listFailure.action === "unlockKeychain" ? "action-unlockKeychain" : "action-retry")}</push-button
      >
    </pane-banner>`;
  }

  render() {
    if (!this.view) return nothing;
    const { search, list } = this.state;
    const choices = ["documented", "history"].map((value) => ({ value, label: text(`requests-${value}`) }));
    return html`<div class="head">
        <search-field
          .label=${text("requests-search")}
          .value=${search}
          @value-changed=${(/** @type {CustomEvent} */ event) => this.view.store.update({ search: event.detail.value })}
          @search-entered=${() => this.focus()}
        ></search-field>
        <segmented-choice
          bare
          .label=${text("requests-list")}
          .choices=${choices}
          .value=${list}
          @value-changed=${(/** @type {CustomEvent} */ event) => this.view.store.update({ list: event.detail.value })}
        ></segmented-choice>
      </div>
      <div class="scrolling">${this.#failed()} ${this.#list()}</div>`;
  }
}

customElements.define("request-list", RequestList);
