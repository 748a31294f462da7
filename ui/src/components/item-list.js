// Owns the list: a listbox of two-line rows in groups. One tab stop; arrows move and choose, Enter opens, letters jump.
import { LitElement, html, nothing } from "lit";

import { base, texts, tones } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";
import { listStyle } from "./item-list.style.js";

/**
 * @import { IconName } from "./icon.js"
 * @typedef {"ok" | "warn" | "bad" | "quiet" | "accent"} Tone
 * @typedef {{ icon: IconName, word: string, tone: Tone }} ItemState
 * @typedef {{ id: string, title: string, detail: string, detailTone?: Tone, icon?: IconName, state?: ItemState }} Item
 * @typedef {{ id: string, label: string, items: Item[] }} ItemGroup
 */

/**
 * `label`, `.groups=${ItemGroup[]}` (an empty group label shows no head), `value` = id chosen,
 * `marks`: "large" (56 px rows, icon on a ground), "small" (44 px rows, plain icon) or "none".
 * Fires `chosen` {id} and `opened` {id}.
 */
export class ItemList extends LitElement {
  static properties = { label: {}, groups: { attribute: false }, value: {}, marks: { reflect: true } };

  static styles = [base, texts, tones, icons, listStyle];

  #typed = "";
  #typedAt = 0;

  constructor() {
    super();
    this.label = "";
    /** @type {ItemGroup[]} */
    this.groups = [];
    /** @type {string | null} */
    this.value = null;
    /** @type {"large" | "small" | "none"} */
    this.marks = "none";
  }

  get #items() {
    return this.groups.flatMap((group) => group.items);
  }

  /** @override */
  async focus() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[role="listbox"]'))?.focus();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has("value")) this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string | undefined} id */
  #choose(id) {
    if (id === undefined || id === this.value) return;
    this.value = id;
    emit(this, "chosen", { id });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const items = this.#items;
    const at = items.findIndex((item) => item.id === this.value);
    const places = /** @type {Record<string, number>} */ ({
      ArrowDown: Math.min(at + 1, items.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      PageDown: Math.min(at + 10, items.length - 1),
      PageUp: Math.max(at - 10, 0),
      Home: 0,
      End: items.length - 1,
    });
    const place = places[event.key];
    if (place !== undefined) {
      event.preventDefault();
      this.#choose(items[place]?.id);
    } else if (event.key === "Enter" && this.value !== null) {
      event.preventDefault();
      emit(this, "opened", { id: this.value });
    } else {
      this.#typeAhead(event);
    }
  }

  /** @param {KeyboardEvent} event */
  #typeAhead(event) {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    this.#typed = event.timeStamp - this.#typedAt > 800 ? event.key : this.#typed + event.key;
    this.#typedAt = event.timeStamp;
    const sought = this.#typed.toLocaleLowerCase();
    this.#choose(this.#items.find((item) => item.title.toLocaleLowerCase().startsWith(sought))?.id);
  }

  /** @param {ItemState} state */
  #state({ icon: drawing, word, tone }) {
    const plain = tone === "ok" || tone === "quiet";
    return html`<span class="state tone-${tone}">${icon(drawing, "row")}<span class=${plain ? "plain" : ""}>${word}</span></span>`;
  }

  /** @param {Item} item */
  #row(item) {
    const { state } = item;
    return html`<div
      class="row"
      role="option"
      id="item-${item.id}"
      data-id=${item.id}
      aria-selected=${item.id === this.value ? "true" : "false"}
      @click=${() => this.#choose(item.id)}
      @dblclick=${() => emit(this, "opened", { id: item.id })}
    >
      ${item.icon && this.marks !== "none" ? html`<span class="mark">${icon(item.icon)}</span>` : nothing}
      <span class="lines">
        <span class="first">
          <span class="title cut" title=${item.title}>${item.title}</span>
          ${state ? this.#state(state) : nothing}
        </span>
        <span class="second cut ${item.detailTone ? `tone-${item.detailTone}` : ""}" title=${item.detail}>${item.detail}</span>
      </span>
    </div>`;
  }

  /** @param {ItemGroup} group */
  #group(group) {
    if (!group.label) return group.items.map((item) => this.#row(item));
    return html`<div role="group" aria-labelledby="group-${group.id}">
      <div class="group-head" id="group-${group.id}" role="presentation">${group.label}</div>
      ${group.items.map((item) => this.#row(item))}
    </div>`;
  }

  render() {
    return html`<div
      role="listbox"
      tabindex="0"
      aria-label=${this.label}
      aria-activedescendant=${this.value === null ? nothing : `item-${this.value}`}
      @keydown=${this.#key}
    >
      ${this.groups.map((group) => this.#group(group))}
    </div>`;
  }
}

customElements.define("item-list", ItemList);
