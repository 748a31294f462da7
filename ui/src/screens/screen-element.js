// Owns what every screen is: an element that has the application and draws again when its state changes.
import { LitElement, css } from "lit";

import { icons } from "../components/icon.js";
import { base, scrolling, texts, tones } from "../style/shared.js";

/** @import { Application } from "../application.js" */

/** The column every screen is: toolbar, body, status bar. */
export const screenStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
    min-height: 0;
    background: var(--bg);
  }
`;

export class ScreenElement extends LitElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { app: { attribute: false } };

  /** @type {import("lit").CSSResultGroup} */
  static styles = [base, texts, tones, icons, scrolling, screenStyle];

  #listening = new AbortController();

  constructor() {
    super();
    /** Set by whoever makes the screen, before it is connected. @type {Application} */
    this.app = /** @type {any} */ (undefined);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#listening = new AbortController();
    this.app.store.subscribe(() => this.requestUpdate(), { signal: this.#listening.signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#listening.abort();
  }

  /** Ends when the screen is left: for listeners and commands that only it needs. */
  get whileShown() {
    return this.#listening.signal;
  }

  /** Puts the keyboard on the screen's main list. Screens override it. */
  focusMain() {}

  /** Panes that F6 goes through, in the order of reading. Screens override it. @returns {(HTMLElement | null)[]} */
  panes() {
    return [];
  }

  /**
   * A key of the window that belongs to the screen: "new" (Ctrl N), "search" (Ctrl F), "refresh" (Ctrl R), "detail"
   * (Ctrl I), "escape"; and "read-token", which only the palette gives. Screens override it and return whether they did
   * something.
   * @param {import("../window-keys.js").ScreenKey | "read-token"} _key
   */
  onKey(_key) {
    return false;
  }
}
