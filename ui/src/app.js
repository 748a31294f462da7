// Owns the shell of the page: rail and the screen beside it, the keys of the window, toasts and announcements.
import { LitElement, css, html, nothing } from "lit";

import { failureSentences } from "./i18n/failure.js";
import { text } from "./i18n/text.js";
import { ENTRIES, OnePress, menuKey } from "./shell/menu.js";
import { SCREEN_ICONS, paletteCommands } from "./shell/palette-commands.js";
import { base } from "./style/shared.js";
import { windowKey } from "./window-keys.js";
import "./components/empty-state.js";
import "./components/navigation-rail.js";
import "./components/push-button.js";
import "./components/toast-stack.js";
import "./components/tool-bar.js";
import "./screens/connections/connections-screen.js";
import "./shell/command-palette.js";
import "./shell/keys-sheet.js";
import "./shell/settings-sheet.js";

/**
 * @import { Application, ScreenName } from "./application.js"
 * @import { ScreenElement } from "./screens/screen-element.js"
 * @import { RailGroup } from "./components/navigation-rail.js"
 * @import { WaitShown } from "./generated/WaitShown.ts"
 * @import { WindowKey } from "./window-keys.js"
 * @typedef {"palette" | "settings" | "keys"} ShellSheet
 */

/** Screens are loaded when they are first shown; the first one comes with the page, in one file. @type {Record<Exclude<ScreenName, "connections">, () => Promise<unknown>>} */
const SCREENS = {
  controls: () => import("./screens/controls/controls-screen.js"),
  accounts: () => import("./screens/accounts/accounts-screen.js"),
  requests: () => import("./screens/requests/requests-screen.js"),
  activity: () => import("./screens/activity/activity-screen.js"),
  doctor: () => import("./screens/doctor/doctor-screen.js"),
};

/** What draws each screen. @type {Record<ScreenName, (app: Application) => unknown>} */
const DRAWN = {
  connections: (app) => html`<connections-screen data-screen .app=${app}></connections-screen>`,
  controls: (app) => html`<controls-screen data-screen .app=${app}></controls-screen>`,
  accounts: (app) => html`<accounts-screen data-screen .app=${app}></accounts-screen>`,
  requests: (app) => html`<requests-screen data-screen .app=${app}></requests-screen>`,
  activity: (app) => html`<activity-screen data-screen .app=${app}></activity-screen>`,
  doctor: (app) => html`<doctor-screen data-screen .app=${app}></doctor-screen>`,
};

/** Below this width the rail is always narrow, in px (ui.md section 2). */
const WIDE_RAIL_FROM = 1000;

export class CountersignApp extends LitElement {
  static properties = { app: { attribute: false }, loaded: { state: true }, wide: { state: true }, sheet: { state: true } };

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
    this.loaded = new Set(/** @type {ScreenName[]} */ (["connections"]));
    this.wide = this.#wideWindow.matches;
    /** The shell's own sheet that is open. @type {ShellSheet | null} */
    this.sheet = null;
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
    app.platform.listen("menu", (word) => this.#menu(word));
    app.platform.listen("wait", (wait) => app.wait(/** @type {WaitShown} */ (wait)));
    await Promise.all([app.start(), this.#load(app.state.screen)]);
  }

  #changed() {
    this.requestUpdate();
    if (!this.app) return;
    // The page's own attributes, before anything is drawn with them: the tokens follow.
    const { status, preferences, screen } = this.app.state;
    const { dataset } = document.documentElement;
    dataset.contrast = preferences.contrast;
    if (status) dataset.platform = status.platform;
    this.#load(screen);
  }

  /** @param {ScreenName} screen */
  async #load(screen) {
    if (screen === "connections" || this.loaded.has(screen)) return;
    await SCREENS[screen]();
    this.loaded = new Set([...this.loaded, screen]);
  }

  /** @param {Map<string, unknown>} _changed */
  updated(_changed) {
    const screen = this.#screen;
    if (!screen || screen === this.#focused) return;
    this.#focused = screen;
    screen.updateComplete.then(() => screen.focusMain()).then(() => this.#pressWaiting());
  }

  /** A key pressed for a screen that is not there yet. @type {Parameters<ScreenElement["onKey"]>[0] | null} */
  #waiting = null;

  #pressWaiting() {
    const key = this.#waiting;
    this.#waiting = null;
    if (key) this.#screen?.onKey(key);
  }

  /** Goes to a screen and presses a key of its own there. @param {ScreenName} screen @param {Parameters<ScreenElement["onKey"]>[0]} key */
  #press(screen, key) {
    this.#waiting = key;
    if (this.app?.state.screen === screen && this.#screen) this.#pressWaiting();
    else this.app?.goTo(screen);
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
    /** @param {ScreenName} id @param {number} [count] */
    const entry = (id, count = 0) => ({ id, label: text(`rail-${id}`), icon: SCREEN_ICONS[id], count: count || null });
    return [
      { id: "all", label: "", entries: [entry("connections", app.connections.length)] },
      { id: "hyperproof", label: text("rail-hyperproof"), entries: [entry("controls", rows)] },
      { id: "hypothesis", label: text("rail-hypothesis"), entries: [entry("accounts")] },
      { id: "tools", label: text("rail-tools"), entries: [entry("requests"), entry("activity"), entry("doctor")] },
    ];
  }

  #presses = new OnePress();

  /** @param {KeyboardEvent} event */
  #key(event) {
    const key = windowKey(event);
    if (!key || !this.app || event.defaultPrevented) return;
    // The web view's own reload, search and print dialogs would lose what is on the screen.
    if (key !== "escape") event.preventDefault();
    if (!this.#presses.repeats(key, "key", event.timeStamp)) this.#do(key);
  }

  /** @param {unknown} word of the native menu */
  #menu(word) {
    const key = menuKey(word);
    if (key && this.app && !this.#presses.repeats(key, "menu", performance.now())) this.#do(key);
  }

  /** @param {WindowKey} key */
  #do(key) {
    if (this.#sheetOpen()) return;
    if (typeof key === "object") this.#toEntry(key.entry);
    else this.#act(key);
  }

  /** A sheet has the keyboard to itself. */
  #sheetOpen() {
    return this.sheet !== null || Boolean(this.#screen?.renderRoot?.querySelector("modal-sheet, [data-sheet]"));
  }

  /** @param {number} entry */
  #toEntry(entry) {
    const name = ENTRIES[entry - 1];
    if (name) this.app?.goTo(name);
  }

  #foldRail() {
    this.app?.preferences.choose({ railNarrow: !this.app.state.preferences.railNarrow });
  }

  /** @param {Exclude<WindowKey, object>} key */
  #act(key) {
    if (key === "rail") this.#foldRail();
    else if (key === "palette" || key === "settings" || key === "keys") this.sheet = key;
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
    return DRAWN[screen](app);
  }

  /** @param {Application} app */
  #sheetShown(app) {
    const closed = () => (this.sheet = null);
    const { status, preferences } = app.state;
    if (this.sheet === "settings") {
      return html`<settings-sheet
        .status=${status}
        .contrast=${preferences.contrast}
        @contrast-chosen=${(/** @type {CustomEvent} */ event) => app.preferences.choose(event.detail)}
        @closed=${closed}
      ></settings-sheet>`;
    }
    if (this.sheet === "keys") return html`<keys-sheet .platform=${status?.platform ?? "linux"} @closed=${closed}></keys-sheet>`;
    if (this.sheet !== "palette") return nothing;
    const commands = paletteCommands({
      app,
      open: (sheet) => (this.sheet = sheet),
      press: (screen, key) => this.#press(screen, key),
      foldRail: () => this.#foldRail(),
    });
    return html`<command-palette .commands=${commands} @closed=${closed}></command-palette>`;
  }

  /** @param {import("./generated/Failure.ts").Failure} failure */
  #failed(failure) {
    return html`<tool-bar .heading=${text("app-name")}></tool-bar>
      <empty-state
      tone="bad"
      icon="octagon-cross"
      .heading=${text("start-failed")}
      .sentence=${failureSentences(failure)}
    >
      <push-button variant="primary" size="large" @click=${() => this.app?.start()}>${text("action-retry")}</push-button>
    </empty-state>`;
  }

  render() {
    const { app } = this;
    // One picture, once there is something to say: a rail drawn before it is known to be folded would move everything
    // beside it, and cost a second drawing at each start.
    if (!app || (!app.state.status && !app.state.startFailure)) return nothing;
    return html`<navigation-rail
        .groups=${this.#groups()}
        .current=${app.state.screen}
        .narrow=${app.state.preferences.railNarrow || !this.wide}
        .keychain=${app.state.status?.keychain.state ?? null}
        @chosen=${(/** @type {CustomEvent} */ event) => app.goTo(event.detail.id)}
        @settings-pressed=${() => (this.sheet = "settings")}
        @keychain-pressed=${() => app.probeKeychain()}
      ></navigation-rail>
      <main @copy-requested=${(/** @type {CustomEvent} */ event) => app.copy(event.detail.text)}>
        ${this.#main()} ${this.#sheetShown(app)}
      </main>
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
