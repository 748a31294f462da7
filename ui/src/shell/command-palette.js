// Owns the palette: a field and a list under it, from which any command is run by its words.
import { LitElement, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { deepActiveElement } from "../components/focusable.js";
import { emit } from "../components/emit.js";
import { icon, icons } from "../components/icon.js";
import { text } from "../i18n/text.js";
import { base, texts } from "../style/shared.js";
import { paletteStyle } from "./command-palette.style.js";
import { matching } from "./palette-commands.js";

/** @import { PaletteCommand } from "./palette-commands.js" */

/** Rows drawn at most: further words find the rest. */
const MOST_SHOWN = 50;

/** `.commands`; fires `closed`, and runs the command chosen after it. */
export class CommandPalette extends LitElement {
  static properties = { commands: { attribute: false }, typed: { state: true }, at: { state: true } };

  static styles = [base, texts, icons, paletteStyle];

  /** @type {HTMLElement | null} */
  #opener = null;

  constructor() {
    super();
    /** @type {PaletteCommand[]} */
    this.commands = [];
    this.typed = "";
    this.at = 0;
  }

  firstUpdated() {
    this.#opener = deepActiveElement();
    /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector("dialog")).showModal();
    /** @type {HTMLElement} */ (this.renderRoot.querySelector("input")).focus();
  }

  updated() {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  get #found() {
    return matching(this.commands, this.typed).slice(0, MOST_SHOWN);
  }

  #close() {
    emit(this, "closed");
    const opener = this.#opener;
    queueMicrotask(() => opener?.isConnected && opener.focus());
  }

  /** @param {PaletteCommand | undefined} command */
  #run(command) {
    if (!command) return;
    this.#close();
    queueMicrotask(() => command.run());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = Math.max(0, this.#found.length - 1);
    const places = /** @type {Record<string, number>} */ ({
      ArrowDown: this.at === last ? 0 : this.at + 1,
      ArrowUp: this.at === 0 ? last : this.at - 1,
      PageDown: Math.min(last, this.at + 8),
      PageUp: Math.max(0, this.at - 8),
    });
    const place = places[event.key];
    if (place !== undefined) this.at = place;
    else if (event.key === "Enter") this.#run(this.#found[this.at]);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Event} event */
  #input(event) {
    this.typed = /** @type {HTMLInputElement} */ (event.target).value;
    this.at = 0;
  }

  /** @param {PaletteCommand} command @param {number} place */
  #row(command, place) {
    return html`<div
      class="row"
      role="option"
      id="command-${place}"
      aria-selected=${place === this.at ? "true" : "false"}
      @click=${() => this.#run(command)}
    >
      ${icon(command.icon)}<span class="label cut">${command.label}</span><span class="second cut">${command.detail}</span>
    </div>`;
  }

  render() {
    const found = this.#found;
    return html`<dialog aria-label=${text("palette-name")} @cancel=${(/** @type {Event} */ event) => (event.preventDefault(), this.#close())} @keydown=${this.#key}>
      <div class="field">
        ${icon("search")}
        <input
          type="text"
          role="combobox"
          aria-label=${text("palette-name")}
          aria-expanded="true"
          aria-controls="commands"
          aria-activedescendant=${found.length > 0 ? `command-${this.at}` : nothing}
          placeholder=${text("palette-name")}
          maxlength="200"
          autocomplete="off"
          spellcheck="false"
          .value=${this.typed}
          @input=${this.#input}
        />
      </div>
      <div class="list" id="commands" role="listbox" aria-label=${text("palette-list")}>
        ${repeat(
          found,
          (command) => command.id,
          (command, place) => this.#row(command, place),
        )}
      </div>
      <div class="none second" role="status">${found.length === 0 ? text("palette-none") : nothing}</div>
    </dialog>`;
  }
}

customElements.define("command-palette", CommandPalette);
