// Owns the shell of the page: rail and the screen beside it, the keys of the window, toasts and announcements.
import { LitElement, css, html, nothing } from "lit";

import { failureAdvice, failureWords } from "./i18n/failure.js";
import { text } from "./i18n/text.js";
import { base } from "./style/shared.js";
import { windowKey } from "./window-keys.js";
import "./components/empty-state.js";
import "./components/navigation-rail.js";
import "./components/push-button.js";
import "./components/toast-stack.js";
import "./components/tool-bar.js";

/**
 * @import { Application, ScreenName } from "./application.js"
 * @import { ScreenElement } from "./screens/screen-element.js"
 * @import { RailGroup } from "./components/navigation-rail.js"
 */

/** Screens are loaded when they are first shown. @type {Record<ScreenName, () => Promise<unknown>>} */
const SCREENS = {
  connections: () => import("./screens/connections/connections-screen.js"),
  controls: () => import("./screens/controls/controls-screen.js"),
  accounts: () => import("./screens/accounts/accounts-screen.js"),
};

/** Below this width the rail is always narrow, in px (ui.md section 2). */
const WIDE_RAIL_FROM = 1000;

export class CountersignApp extends LitElement {
  static properties = { app: { attribute: false }, loaded: { state: true }, wide: { state: true } };

  static styles = [base, css`
    :host {
      display: flex;
      height: 100%;
      overflow: hidden;
    }
    main {
      display: flex;
      flex-direction: column;
      flex: 1;
      min-width: 0;
    }
  `];

  #ending = new AbortController();
  #wideWindow = matchMedia(`(min-width: ${WIDE_RAIL_FROM}px)`);

  constructor() {
    super();
    /** @type {Application | null} */
    this.app = null;
    /** The screens whose code is here. @type {Set<ScreenName>} */
    this.loaded = new Set();
    this.wide = this.#wideWindow.matches;
  }

  connectedCallback() {
    super.connectedCallback();
    const { signal } = (this.#ending = new AbortController());
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#wideWindow.addEventListener("change", ({ matches }) => (this.wide = matches), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ending.abort();
  }

  /** @param {Application} app */
  async run(app) {
    this.app = app;
    app.store.subscribe(() => this.#changed(), { signal: this.#ending.signal });
    await Promise.all([app.start(), this.#load(app.state.screen)]);
  }

  #changed() {
    this.requestUpdate();
    if (this.app) this.#load(this.app.state.screen);
  }

  /** @param {ScreenName} screen */
  async #load(screen) {
    if (this.loaded.has(screen)) return;
    await SCREENS[screen]();
    this.loaded = new Set([...this.loaded, screen]);
  }

  /** @param {Map<string, unknown>} _changed */
  updated(_changed) {
    const screen = this.#screen;
    if (!screen || screen === this.#focused) return;
    this.#focused = screen;
    screen.updateComplete.then(() => screen.focusMain());
  }

  /** @type {ScreenElement | null} */
  #focused = null;

  get #screen() {
    return /** @type {ScreenElement | null} */ (this.renderRoot.querySelector("[data-screen]"));
  }

  get #rail() {
    return /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("navigation-rail"));
  }

  /** @returns {RailGroup[]} */
  #groups() {
    const app = /** @type {Application} */ (this.app);
    const rows = app.card(app.state.controlsConnection)?.registerRows ?? 0;
    return [
      { id: "all", label: "", entries: [{ id: "connections", label: text("rail-connections"), icon: "key", count: app.connections.length || null }] },
      { id: "hyperproof", label: text("rail-hyperproof"), entries: [{ id: "controls", label: text("rail-controls"), icon: "checklist", count: rows || null }] },
      { id: "hypothesis", label: text("rail-hypothesis"), entries: [{ id: "accounts", label: text("rail-accounts"), icon: "person", count: null }] },
    ];
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const key = windowKey(event);
    if (!key || !this.app || event.defaultPrevented) return;
    // The web view's own reload, search and print dialogs would lose what is on the screen.
    if (key !== "escape") event.preventDefault();
    if (this.#sheetOpen()) return;
    if (typeof key === "object") this.#toEntry(key.entry);
    else this.#act(key);
  }

  /** A sheet has the keyboard to itself. */
  #sheetOpen() {
    return Boolean(this.#screen?.renderRoot?.querySelector("modal-sheet, [data-sheet]"));
  }

  /** @param {number} entry */
  #toEntry(entry) {
    const names = /** @type {ScreenName[]} */ (["connections", "controls", "accounts"]);
    const name = names[entry - 1];
    if (name) this.app?.goTo(name);
  }

  /** @param {Exclude<import("./window-keys.js").WindowKey, object>} key */
  #act(key) {
    if (key === "rail") this.app?.store.update({ railNarrow: !this.app.state.railNarrow });
    else if (key === "next-pane") this.#toPane(1);
    else if (key === "previous-pane") this.#toPane(-1);
    else this.#screen?.onKey(key);
  }

  /** @param {1 | -1} step */
  #toPane(step) {
    const panes = [this.#rail, ...(this.#screen?.panes() ?? [])].filter((pane) => pane !== null);
    const at = panes.findIndex((pane) => pane.matches(":focus-within") || pane.shadowRoot?.activeElement);
    panes[(at + step + panes.length) % panes.length]?.focus();
  }

  #main() {
    const app = /** @type {Application} */ (this.app);
    const { startFailure, status, screen } = app.state;
    if (startFailure) return this.#failed(startFailure);
    if (!status || !this.loaded.has(screen)) return nothing;
    if (screen === "controls") return html`<controls-screen data-screen .app=${app}></controls-screen>`;
    if (screen === "accounts") return html`<accounts-screen data-screen .app=${app}></accounts-screen>`;
    return html`<connections-screen data-screen .app=${app}></connections-screen>`;
  }

  /** @param {import("./generated/Failure.ts").Failure} failure */
  #failed(failure) {
    return html`<tool-bar .heading=${text("app-name")}></tool-bar>
      <empty-state
      tone="bad"
      icon="octagon-cross"
      .heading=${text("start-failed")}
      .sentence=${`${failureWords(failure).happened} ${failureAdvice(failure)}`}
    >
      <push-button variant="primary" size="large" @click=${() => this.app?.start()}>${text("action-retry")}</push-button>
    </empty-state>`;
  }

  render() {
    const { app } = this;
    if (!app) return nothing;
    return html`<navigation-rail
        .groups=${this.#groups()}
        .current=${app.state.screen}
        .narrow=${app.state.railNarrow || !this.wide}
        .keychain=${app.state.status?.keychain.state ?? null}
        @chosen=${(/** @type {CustomEvent} */ event) => app.goTo(event.detail.id)}
        @keychain-pressed=${() => app.probeKeychain()}
      ></navigation-rail>
      <main @copy-requested=${(/** @type {CustomEvent} */ event) => app.copy(event.detail.text)}>${this.#main()}</main>
      <toast-stack
        .toasts=${app.state.toasts}
        @toast-ended=${(/** @type {CustomEvent} */ event) => app.endToast(event.detail.id)}
      ></toast-stack>
      <div class="spoken" aria-live="polite">${app.state.announcement}</div>`;
  }
}

customElements.define("countersign-app", CountersignApp);

/** Runs the application in the page's own element. @param {Application} app */
export function startApp(app) {
  const element = /** @type {CountersignApp} */ (document.querySelector("countersign-app"));
  return element.run(app);
}
