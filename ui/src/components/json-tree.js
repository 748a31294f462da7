// Owns the tree of an answer: rows are made when their parent is opened, and only those in sight exist.
// Shows text only: nothing of an answer is ever markup.
import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { text } from "../i18n/text.js";
import { number } from "../i18n/format.js";
import { properties } from "../style/properties.js";
import { base, texts } from "../style/shared.js";
import { emit } from "./emit.js";
import { icon, icons } from "./icon.js";
import { childrenOf, readJson, sizeOf, written } from "./json-reader.js";
import { ROW_HEIGHT, RowWindow } from "./row-window.js";

/**
 * @import { JsonNode } from "./json-reader.js"
 * @typedef {{ id: string, key: string, node: JsonNode, level: number, place: number, of: number }} TreeRow
 */

/** How much of a text stands in a row and in its title, in characters. */
const SHOWN = 300;
const TITLE = 2_000;

/** With so few entries the second level is open too. */
const FEW = 40;

/** `label`, `source` (JSON text). Fires `copy-requested` {text} with the value of a row. */
export class JsonTree extends LitElement {
  static properties = { label: {}, source: {}, active: { state: true }, opened: { state: true } };

  static styles = [base, texts, icons, css`
    :host {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-height: 0;
      min-width: 0;
    }
    .tree {
      flex: 1;
      min-height: 0;
      overflow: auto;
      scrollbar-color: var(--line-2) transparent;
    }
    .body {
      position: relative;
    }
    .row {
      position: absolute;
      inset-inline: 0;
      inset-block-start: 0;
      display: flex;
      align-items: center;
      gap: var(--space-6);
      height: var(--height-row);
      padding-inline: calc(var(--space-16) + var(--level) * var(--space-16)) var(--space-16);
      white-space: nowrap;
    }
    .row:hover {
      background: var(--hover);
    }
    .row:focus-visible {
      outline-offset: -2px;
    }
    .row .icon {
      color: var(--text-2);
    }
    .leaf {
      width: var(--icon-row);
      flex: none;
    }
    .key {
      flex: none;
      color: var(--text-2);
    }
    .value {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      direction: ltr;
      unicode-bidi: isolate;
    }
    .number,
    .literal {
      color: var(--accent);
    }
    .many {
      color: var(--text-3);
    }
  `];

  #rows = new RowWindow(this, () => this.renderRoot?.querySelector?.(".tree") ?? null);
  /** @type {JsonNode | null} */
  #root = null;
  /** @type {TreeRow[]} */
  #flat = [];

  constructor() {
    super();
    this.label = "";
    this.source = "";
    this.active = 0;
    /** Rows that are open, by their way from the root. @type {Set<string>} */
    this.opened = new Set();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("source")) this.#begin();
    if (changed.has("source") || changed.has("opened")) this.#flat = this.#flattened();
    this.active = Math.max(0, Math.min(this.active, this.#flat.length - 1));
    this.#rows.set(this.#flat.length, this.active);
  }

  #begin() {
    this.#root = readJson(this.source);
    this.active = 0;
    const open = new Set([""]);
    const children = this.#root ? childrenOf(this.#root) : [];
    if (children.length > 0 && children.length <= FEW) children.forEach(({ node }, place) => sizeOf(node) <= FEW && open.add(`/${place}`));
    this.opened = open;
  }

  #flattened() {
    /** @type {TreeRow[]} */
    const rows = [];
    /** @param {JsonNode} node @param {string} id @param {number} level */
    const inside = (node, id, level) => {
      const children = childrenOf(node);
      children.forEach((child, place) => {
        const own = `${id}/${place}`;
        rows.push({ id: own, key: child.key, node: child.node, level, place: place + 1, of: children.length });
        if (this.opened.has(own)) inside(child.node, own, level + 1);
      });
    };
    if (!this.#root) return rows;
    if (sizeOf(this.#root) === 0) return [{ id: "", key: "", node: this.#root, level: 0, place: 1, of: 1 }];
    inside(this.#root, "", 0);
    return rows;
  }

  /** Puts the keyboard on the active row. */
  async focus() {
    while (!(await this.updateComplete));
    this.#element()?.focus({ preventScroll: true });
  }

  #element() {
    return /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`[data-index="${this.active}"]`));
  }

  /** @param {number} index */
  async #move(index) {
    this.active = Math.max(0, Math.min(index, this.#flat.length - 1));
    this.#rows.show(this.active);
    await this.updateComplete;
    this.#element()?.focus({ preventScroll: true });
  }

  /** @param {TreeRow} row @param {boolean} open */
  #open(row, open) {
    if (sizeOf(row.node) === 0 || this.opened.has(row.id) === open) return false;
    const opened = new Set(this.opened);
    if (open) opened.add(row.id);
    else opened.delete(row.id);
    this.opened = opened;
    return true;
  }

  /** @param {TreeRow} row */
  #parent(row) {
    const way = row.id.slice(0, row.id.lastIndexOf("/"));
    return this.#flat.findIndex(({ id }) => id === way);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const row = this.#flat[this.active];
    if (!row) return;
    const places = /** @type {Record<string, number>} */ ({
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + this.#rows.page,
      PageUp: this.active - this.#rows.page,
      Home: 0,
      End: this.#flat.length - 1,
    });
    const place = places[event.key];
    if (place !== undefined) this.#move(place);
    else if (event.key === "ArrowRight") this.#open(row, true) || (sizeOf(row.node) > 0 && this.#move(this.active + 1));
    else if (event.key === "ArrowLeft") this.#open(row, false) || (this.#parent(row) >= 0 && this.#move(this.#parent(row)));
    else if (event.key === "Enter" || event.key === " ") this.#open(row, !this.opened.has(row.id));
    else if (event.key.toLowerCase() === "c" && (event.ctrlKey || event.metaKey)) this.#copy(row);
    else return;
    event.preventDefault();
  }

  /** @param {TreeRow} row */
  #copy({ node }) {
    emit(this, "copy-requested", { text: node.kind === "string" ? node.text : written(node) });
  }

  /** @param {number} index @param {TreeRow} row */
  #press(index, row) {
    this.active = index;
    this.#element()?.focus({ preventScroll: true });
    this.#open(row, !this.opened.has(row.id));
  }

  /** @param {JsonNode} node */
  #value(node) {
    if (node.kind === "object" || node.kind === "array") {
      const count = sizeOf(node);
      return html`<span class="value many">${text(`tree-${node.kind}`, { count, shown: number(count) })}</span>`;
    }
    const words = node.kind === "string" ? `“${node.text.slice(0, SHOWN)}${node.text.length > SHOWN ? "…" : ""}”` : node.text;
    return html`<span class="value mono ${node.kind}" title=${node.text.length > 40 ? node.text.slice(0, TITLE) : nothing}>${words}</span>`;
  }

  /** @param {{ index: number, top: number }} place */
  #row({ index, top }) {
    const row = this.#flat[index];
    if (!row) return nothing;
    const holds = sizeOf(row.node) > 0;
    const open = this.opened.has(row.id);
    return html`<div
      class="row"
      role="treeitem"
      data-index=${index}
      tabindex=${index === this.active ? 0 : -1}
      aria-level=${row.level + 1}
      aria-posinset=${row.place}
      aria-setsize=${row.of}
      aria-expanded=${holds ? (open ? "true" : "false") : nothing}
      aria-selected=${index === this.active ? "true" : "false"}
      ${properties({ "transform": `translateY(${top}px)`, "--level": String(row.level) })}
      @click=${() => this.#press(index, row)}
    >
      ${holds ? icon(open ? "chevron-down" : "chevron-right", "row") : html`<span class="leaf"></span>`}
      ${row.key === "" ? nothing : html`<bdi class="key mono">${row.key.slice(0, SHOWN)}</bdi>`}${this.#value(row.node)}
    </div>`;
  }

  render() {
    return html`<div class="tree">
      <div class="body" role="tree" aria-label=${this.label} @keydown=${this.#key} ${properties({ height: `${this.#flat.length * ROW_HEIGHT}px` })}>
        ${repeat(
          this.#rows.rows,
          (place) => this.#flat[place.index]?.id ?? place.index,
          (place) => this.#row(place),
        )}
      </div>
    </div>`;
  }
}

customElements.define("json-tree", JsonTree);
